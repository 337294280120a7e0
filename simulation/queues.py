"""The queues between the steps: messages in their own form, delivered once, twice or late."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from random import Random

from sayso.adapters.queues import batch_message, due_message, slice_message
from sayso.domain.run import Slice
from sayso.services.ports.queues import A_MOMENT, BatchTask, Due, RunDue
from simulation.agenda import Agenda
from simulation.mishaps import Broken, WorkerDied
from simulation.moments import MINUTE, SECOND, lasting
from simulation.observer import Observer

# SQS gives a message up after so many deliveries (max_receive_count in cdk.json).
_DELIVERIES = 5
_VISIBLE_AGAIN_AFTER = 3 * MINUTE
_TWICE = 0.01
Handle = Callable[[str], object]


class SimulatedQueue:
    """One queue. `handle` takes a message's body; what it raises of `failures` means: again."""

    def __init__(
        self,
        name: str,
        agenda: Agenda,
        random: Random,
        observer: Observer,
        failures: tuple[type[Exception], ...],
    ) -> None:
        self.name = name
        self.handle: Handle | None = None
        self.counts: Counter[str] = Counter()
        self._agenda = agenda
        self._random = random
        self._observer = observer
        self._failures: tuple[type[BaseException], ...] = (*failures, Broken, WorkerDied)

    def put(self, body: str, delay: int = 0) -> None:
        """Queue a message; now and then SQS delivers one that it has delivered already."""
        at = self._agenda.ms + delay
        self.counts["put"] += 1
        self._deliver_at(at, body, 1)
        if self._random.random() < _TWICE:
            self.counts["delivered twice"] += 1
            late = at + self._random.randrange(5 * MINUTE)
            self._deliver_at(late, body, 1)

    def _deliver_at(self, at: int, body: str, delivery: int) -> None:
        self._agenda.work(
            at + self._random.randrange(SECOND), partial(self._deliver, body, delivery)
        )

    def _deliver(self, body: str, delivery: int) -> None:
        if self.handle is None:
            raise RuntimeError(f"nobody takes what is in {self.name}")
        try:
            self.handle(body)
        except self._failures as failure:
            self.counts[f"again: {type(failure).__name__}"] += 1
            if delivery == _DELIVERIES:
                self._observer.violated("a message is given up", f"{self.name}: {failure!r}")
            self._deliver_at(self._agenda.ms + _VISIBLE_AGAIN_AFTER, body, delivery + 1)


class Launches:
    """LaunchQueue."""

    def __init__(self, queue: SimulatedQueue) -> None:
        self._queue = queue

    def put(self, run_id: str, delay: timedelta = A_MOMENT) -> None:
        self._queue.put(due_message(RunDue(run_id)), lasting(delay))

    def put_due(self, due: Due) -> None:
        self._queue.put(due_message(due), SECOND)


class Slices:
    """SliceQueue."""

    def __init__(self, queue: SimulatedQueue) -> None:
        self._queue = queue

    def put(self, slices: Sequence[Slice]) -> None:
        for piece in slices:
            self._queue.put(slice_message(piece))


class Batches:
    """BatchQueue."""

    def __init__(self, queue: SimulatedQueue) -> None:
        self._queue = queue

    def put(self, tasks: Sequence[BatchTask], delay: timedelta = timedelta()) -> None:
        for task in tasks:
            self._queue.put(batch_message(task), lasting(delay))
