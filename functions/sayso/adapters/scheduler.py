"""EventBridge Scheduler: one one-time schedule a run, in UTC, gone once it has fired."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sayso.adapters.queues import launch_message

SERVICE = "scheduler"

# An offer that could not be queued for an hour is better looked at by a person than sent late.
_GIVE_UP_AFTER_S = 3600
_MOST_ATTEMPTS = 185


@dataclass(frozen=True, slots=True)
class EventBridgeScheduler:
    """Scheduler. `queue_arn` is the runs queue; what cannot reach it goes to `dead_letters_arn`."""

    client: Any
    group: str
    queue_arn: str
    role_arn: str
    dead_letters_arn: str

    def arm(self, run_id: str, at: datetime) -> None:
        """See services.ports.scheduler.Scheduler; a schedule is named like its run."""
        try:
            self.client.create_schedule(
                Name=run_id,
                GroupName=self.group,
                ScheduleExpression=f"at({at.astimezone(UTC):%Y-%m-%dT%H:%M:%S})",
                ScheduleExpressionTimezone="UTC",
                FlexibleTimeWindow={"Mode": "OFF"},
                ActionAfterCompletion="DELETE",
                Target={
                    "Arn": self.queue_arn,
                    "RoleArn": self.role_arn,
                    "Input": launch_message(run_id),
                    "DeadLetterConfig": {"Arn": self.dead_letters_arn},
                    "RetryPolicy": {
                        "MaximumEventAgeInSeconds": _GIVE_UP_AFTER_S,
                        "MaximumRetryAttempts": _MOST_ATTEMPTS,
                    },
                },
            )
        except self.client.exceptions.ConflictException:
            return  # an earlier try went through, and only its answer was lost

    def disarm(self, run_id: str) -> None:
        """See services.ports.scheduler.Scheduler."""
        try:
            self.client.delete_schedule(Name=run_id, GroupName=self.group)
        except self.client.exceptions.ResourceNotFoundException:
            return  # it has fired, or was removed before
