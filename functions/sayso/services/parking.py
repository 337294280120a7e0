"""Laying recipients by who are to be texted later, and bringing them back.

A batch stays one batch: what is left of it lies under its run in one piece, by the first opening
that somebody in it waits for; who sleeps longer is laid by again then. Each opening of a run has
one alarm, whatever the number of recipients.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sayso.services.ports.parking import NotPaused, Parking
from sayso.services.ports.queues import BatchQueue, BatchTask, OpeningDue
from sayso.services.ports.scheduler import Scheduler

# What the queue itself can hold back (SQS: 15 minutes); no item and no alarm is needed for that.
SHORT_WAIT = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class CarPark:
    """Lays tasks by. `new_id` gives their tickets; `armed` are the alarms set by this worker."""

    parking: Parking
    scheduler: Scheduler
    batches: BatchQueue
    new_id: Callable[[], str]
    armed: set[OpeningDue] = field(default_factory=set[OpeningDue])

    def until(self, opens: datetime, task: BatchTask, now: datetime) -> None:
        """Lay the task by until `opens`, which is a while ahead.

        The alarm first: one that finds nothing is harmless, a task without one would lie for good.
        """
        due = OpeningDue(task.run_id, opens)
        if due not in self.armed:
            self.scheduler.arm_due(due)
            self.armed.add(due)
        self.parking.park(task, self.new_id(), opens, now)

    def while_paused(self, task: BatchTask, now: datetime) -> None:
        """Lay the task by until its run goes on; at once where it does."""
        try:
            self.parking.park(task, self.new_id(), None, now)
        except NotPaused:
            self.batches.put([task])


@dataclass(frozen=True, slots=True)
class Return:
    """Brings tasks back to the batches queue, page by page; each at least once."""

    parking: Parking
    batches: BatchQueue

    def of_paused(self, run_id: str, is_time_short: Callable[[], bool]) -> bool:
        """Bring back what waits for the paused run to go on; whether all of it is."""
        return self.of(run_id, None, is_time_short)

    def of_all(self, run_id: str, is_time_short: Callable[[], bool]) -> bool:
        """Bring back whatever the run has parked; whether all of it is."""
        waits = [None, *self.parking.openings(run_id)]
        return all(self.of(run_id, until, is_time_short) for until in waits)

    def of(self, run_id: str, until: datetime | None, is_time_short: Callable[[], bool]) -> bool:
        """Bring back what waits for the instant, or for the paused run; whether all of it is."""
        position = ""
        while True:
            page = self.parking.page(run_id, until, position)
            if page.parked:
                self.batches.put([one.task for one in page.parked])
                self.parking.remove(run_id, page)
            if not page.position:
                return True
            if is_time_short():
                return False
            position = page.position
