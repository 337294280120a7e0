"""Alarms in memory."""

from datetime import datetime

from sayso.services.ports.queues import OccurrenceDue, OpeningDue


class FakeScheduler:
    """A Scheduler; `alarms` are those set for runs, `due` those of openings and occurrences."""

    def __init__(self) -> None:
        self.alarms: dict[str, datetime] = {}
        self.due: dict[OpeningDue | OccurrenceDue, None] = {}

    def arm(self, run_id: str, at: datetime) -> None:
        self.alarms.setdefault(run_id, at)

    def disarm(self, run_id: str) -> None:
        self.alarms.pop(run_id, None)

    def arm_due(self, due: OpeningDue | OccurrenceDue) -> None:
        self.due[due] = None

    def disarm_due(self, due: OpeningDue | OccurrenceDue) -> None:
        self.due.pop(due, None)
