"""Alarms, wired to a function's settings: of the admin API, and of those who set the next one."""

from sayso.adapters import scheduler
from sayso.adapters.aws import client
from sayso.handlers.settings import required


def alarms() -> scheduler.EventBridgeScheduler:
    """The deployment's group of schedules, which fire into the runs queue."""
    return scheduler.EventBridgeScheduler(
        client(scheduler.SERVICE),
        group=required("SCHEDULE_GROUP"),
        queue_arn=required("RUNS_QUEUE_ARN"),
        role_arn=required("SCHEDULE_ROLE_ARN"),
        dead_letters_arn=required("SCHEDULE_DLQ_ARN"),
    )
