"""One delivery of a batch keeps to its number's pace."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate

from sayso.domain.pace import CATCH_UP, HASTE, SPARE, TOGETHER, Stretch, Throughput
from sayso.services.ports.pace import NotYet, Pace

# Taken at once at most: what a sender that dies or finds everybody barred leaves unused.
_LONGEST_STRETCH = timedelta(seconds=5)
# After this a delivery takes no more stretches: the rest goes on in another, in good time.
_LONGEST_DELIVERY = timedelta(seconds=8)


@dataclass(frozen=True, slots=True)
class Metronome:
    """A number's pace, and how to wait for it; `sleep` takes seconds."""

    pace: Pace
    throughput: Throughput
    clock: Callable[[], datetime]
    sleep: Callable[[float], None]


class Pacing:
    """The stretches of the number's time that a delivery has taken, one after the other."""

    def __init__(self, metronome: Metronome, *, has_waited: bool) -> None:
        self._with = metronome
        self._has_waited = has_waited
        self._began = metronome.clock()
        self._stretch: Stretch | None = None
        self._room = 0  # parts that the stretch is for and that have not gone yet
        self._at = self._next = self._began

    def due(self, parts: Sequence[int]) -> int:
        """How many of the texts, each of so many parts, are to go now: one at least.

        Sleeps until the first is due. Raises NotYet where that is too far off.
        """
        if not self._lasts(parts[0]):
            self._take(parts)
        self._sleep()
        together = self._prefix(parts, TOGETHER)
        while together > 1 and sum(parts[:together]) > self._room:
            together -= 1
        return together

    def hand_over(self) -> None:
        """Keep the distance to the texts before, where this claim was quicker than theirs."""
        wait = (self._next - self._with.clock()).total_seconds()
        if wait > 0:
            self._with.sleep(wait)
        self._next = self._with.clock()

    def used(self, parts: int) -> None:
        """So many parts have been handed over, or are about to be."""
        takes = self._with.throughput.takes(parts) * HASTE
        self._next += takes
        self._at += takes
        self._room -= parts

    def close(self) -> None:
        """Nothing more is sent: what is left of the stretch may be somebody else's."""
        if self._stretch and self._stretch.ends - self._at > TOGETHER:
            self._with.pace.give_back(self._stretch, self._at)

    def hold(self, pause: timedelta) -> None:
        """The carrier takes no more: nobody sends from this number for a while."""
        self._with.pace.hold(self._with.clock() + pause)

    def _lasts(self, parts: int) -> bool:
        """Whether the stretch has room for another text, and its time is not over."""
        if self._stretch is None or self._room < parts:
            return False
        return max(self._at, self._with.clock()) <= self._stretch.usable_until

    def _take(self, parts: Sequence[int]) -> None:
        now = self._with.clock()
        if self._stretch and now - self._began > _LONGEST_DELIVERY:
            raise NotYet(now)
        room = sum(parts[: self._prefix(parts, _LONGEST_STRETCH)])
        length = self._with.throughput.takes(room) * SPARE
        self._stretch = self._with.pace.take(length, now, has_waited=self._has_waited)
        self._room = room
        self._has_waited = True
        self._at = self._stretch.begins

    def _sleep(self) -> None:
        """Until the next text is due; who is late by more than a moment does not catch up."""
        wait = (self._at - self._with.clock()).total_seconds()
        if wait > 0:
            self._with.sleep(wait)
        self._at = max(self._at, self._with.clock() - CATCH_UP)

    def _prefix(self, parts: Sequence[int], most: timedelta) -> int:
        """How many of the texts fit this time: one at least."""
        takes = self._with.throughput.takes
        return max(1, sum(takes(total) <= most for total in accumulate(parts)))
