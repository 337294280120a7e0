"""Queues in memory: what was put, in order, with its delay."""

from collections.abc import Sequence
from datetime import timedelta

from sayso.domain.run import Slice
from sayso.services.ports.queues import BatchTask


class FakeLaunches:
    """A LaunchQueue."""

    def __init__(self) -> None:
        self.messages: list[str] = []

    def put(self, run_id: str) -> None:
        self.messages.append(run_id)


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
