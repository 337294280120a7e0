"""What happens every day at the same hour."""

from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from constructs import Construct

from infra.constructs.work_queue import WorkQueue


class Daily(Construct):
    """A rule that puts its event into a queue once a day, at a whole hour of UTC.

    A rule rather than a schedule of EventBridge Scheduler: it needs no role, and it is nobody's
    business to change it.
    """

    def __init__(
        self, scope: Construct, construct_id: str, *, hour_utc: int, target: WorkQueue
    ) -> None:
        super().__init__(scope, construct_id)
        self.rule = events.Rule(
            self,
            "Rule",
            description=f"Begins Sayso's daily round at {hour_utc}:00 UTC",
            schedule=events.Schedule.cron(minute="0", hour=str(hour_utc)),
            targets=[targets.SqsQueue(target.queue, dead_letter_queue=target.dead_letters)],
        )
