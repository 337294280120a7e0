"""What happens when: virtual time, and the order of events in it."""

from collections.abc import Callable
from datetime import datetime
from heapq import heappop, heappush
from itertools import count

from simulation.moments import at_ms

Act = Callable[[], object]
_Entry = tuple[int, int, Act]


class Agenda:
    """A clock that jumps from event to event.

    What happens outside (customers, the carrier's reports) also happens while a worker waits for
    an answer; other work waits for its end, but for now and then, when another worker takes it.
    """

    def __init__(self, start: int, workers: int, takes_over: Callable[[], bool]) -> None:
        self.ms = start
        self._now = at_ms(start)
        self._workers = workers
        self._takes_over = takes_over
        self._busy = 0
        self._order = count()
        self._outside: list[_Entry] = []
        self._work: list[_Entry] = []

    def now(self) -> datetime:
        """The moment, as the use cases ask for it."""
        return self._now

    def outside(self, at: int, act: Act) -> None:
        """Something that happens whatever the workers do."""
        heappush(self._outside, (max(at, self.ms), next(self._order), act))

    def work(self, at: int, act: Act) -> None:
        """Something that takes a worker."""
        heappush(self._work, (max(at, self.ms), next(self._order), act))

    def run(self, until: int) -> None:
        """Let everything happen up to that moment."""
        while (due := self._next()) and due[0][0] <= until:
            self._move_on(due[0][0])
            self._begin(heappop(due)[2], is_work=due is self._work)
        self._move_on(until)

    def elapse(self, ms: int) -> None:
        """A worker waits for so long; what is due outside happens meanwhile."""
        until = self.ms + ms
        while self._outside and self._outside[0][0] <= until:
            at, _, act = heappop(self._outside)
            self._move_on(at)
            self._begin(act, is_work=False)
        self._move_on(until)
        is_due = self._work and self._busy < self._workers and self._work[0][0] <= self.ms
        if is_due and self._takes_over():
            self._begin(heappop(self._work)[2], is_work=True)

    @property
    def is_empty(self) -> bool:
        return not self._outside and not self._work

    def _next(self) -> list[_Entry] | None:
        heaps = [heap for heap in (self._outside, self._work) if heap]
        return min(heaps, key=lambda heap: heap[0][:2], default=None)

    def _begin(self, act: Act, *, is_work: bool) -> None:
        self._busy += is_work
        try:
            act()
        finally:
            self._busy -= is_work

    def _move_on(self, to: int) -> None:
        if to > self.ms:
            self.ms = to
            self._now = at_ms(to)
