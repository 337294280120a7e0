"""EventBridge Scheduler: one-time schedules in UTC, each gone once it has fired."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sayso.adapters.queues import due_message
from sayso.services.ports.queues import Due, OccurrenceDue, OpeningDue, RunDue

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
        self._create(run_id, at, RunDue(run_id))

    def disarm(self, run_id: str) -> None:
        """See services.ports.scheduler.Scheduler."""
        self._delete(run_id)

    def arm_due(self, due: OpeningDue | OccurrenceDue) -> None:
        """See services.ports.scheduler.Scheduler; the name has whose it is, and the instant."""
        self._create(_name(due), due.at, due)

    def disarm_due(self, due: OpeningDue | OccurrenceDue) -> None:
        """See services.ports.scheduler.Scheduler."""
        self._delete(_name(due))

    def _create(self, name: str, at: datetime, due: Due) -> None:
        try:
            self.client.create_schedule(
                Name=name,
                GroupName=self.group,
                ScheduleExpression=f"at({at.astimezone(UTC):%Y-%m-%dT%H:%M:%S})",
                ScheduleExpressionTimezone="UTC",
                FlexibleTimeWindow={"Mode": "OFF"},
                ActionAfterCompletion="DELETE",
                Target={
                    "Arn": self.queue_arn,
                    "RoleArn": self.role_arn,
                    "Input": due_message(due),
                    "DeadLetterConfig": {"Arn": self.dead_letters_arn},
                    "RetryPolicy": {
                        "MaximumEventAgeInSeconds": _GIVE_UP_AFTER_S,
                        "MaximumRetryAttempts": _MOST_ATTEMPTS,
                    },
                },
            )
        except self.client.exceptions.ConflictException:
            return  # an earlier try went through, and only its answer was lost

    def _delete(self, name: str) -> None:
        try:
            self.client.delete_schedule(Name=name, GroupName=self.group)
        except self.client.exceptions.ResourceNotFoundException:
            return  # it has fired, or was removed before


def _name(due: OpeningDue | OccurrenceDue) -> str:
    """At most 64 characters, as Scheduler has it, for ids of up to 41."""
    at = f"{due.at.astimezone(UTC):%Y%m%dT%H%M%S}"
    match due:
        case OpeningDue(run_id):
            return f"{run_id}-opens-{at}"
        case OccurrenceDue(campaign_id):
            return f"{campaign_id}-occurs-{at}"
