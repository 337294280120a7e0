"""Queues in memory: what was put, in order, with its delay."""

from collections.abc import Sequence
from datetime import timedelta

from sayso.domain.run import Slice
from sayso.services.ports.queues import (
    A_MOMENT,
    BatchTask,
    Due,
    OccurrenceDue,
    OpeningDue,
    RunDue,
)


class FakeLaunches:
    """A LaunchQueue; `messages` are the runs to launch, `due` what else there is.

    `delays` has one delay a run.
    """

    def __init__(self) -> None:
        self.messages: list[str] = []
        self.delays: list[timedelta] = []
        self.due: list[OpeningDue | OccurrenceDue] = []

    def put(self, run_id: str, delay: timedelta = A_MOMENT) -> None:
        self.messages.append(run_id)
        self.delays.append(delay)

    def queues(self) -> tuple[Sequence[object], ...]:
        """What waits, of either kind."""
        return self.messages, self.due

    def put_due(self, due: Due) -> None:
        if isinstance(due, RunDue):
            self.put(due.run_id)
        else:
            self.due.append(due)


class FakeSlices:
    """A SliceQueue."""

    def __init__(self) -> None:
        self.messages: list[Slice] = []

    def put(self, slices: Sequence[Slice]) -> None:
        self.messages += slices


class FakeBatches:
    """A BatchQueue; `delays` has one delay a message."""

    def __init__(self) -> None:
        self.messages: list[BatchTask] = []
        self.delays: list[timedelta] = []

    def put(self, tasks: Sequence[BatchTask], delay: timedelta = timedelta()) -> None:
        self.messages += tasks
        self.delays += [delay] * len(tasks)
