"""Alarms in memory."""

from datetime import datetime


class FakeScheduler:
    """A Scheduler; `alarms` are those set."""

    def __init__(self) -> None:
        self.alarms: dict[str, datetime] = {}

    def arm(self, run_id: str, at: datetime) -> None:
        self.alarms.setdefault(run_id, at)

    def disarm(self, run_id: str) -> None:
        self.alarms.pop(run_id, None)
