"""How fast a number may send, and who of its senders has which piece of its time.

The senders of a number share one line of time. A sender takes a stretch of it, as long as its
texts' parts need at the number's pace; stretches never overlap, so neither do their texts.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Self

# Longer than this nobody sleeps for their stretch: a function's time costs money, a queue's none.
LONGEST_WAIT = timedelta(seconds=2)
# Texts that are due so close together go out together: nobody sleeps for less.
TOGETHER = timedelta(milliseconds=50)
# A stretch is a little longer than its texts need, and they are a little closer than they need be:
# what takes longer than it did for the texts before then ends within it, not in the next.
SPARE, HASTE = 1.02, 0.98
# Who has fallen behind by more than this does not catch up: several would come at once.
CATCH_UP = timedelta(milliseconds=20)
# At a fast pace a whole batch is due sooner than one sender can hand it over: that takes this long.
SHORTEST = timedelta(milliseconds=500)


@dataclass(frozen=True, slots=True)
class Throughput:
    """Message parts a second that marketing may take; what replies need is not in it."""

    parts_per_second: float

    def takes(self, parts: int) -> timedelta:
        """How much of the number's time so many parts take."""
        return timedelta(seconds=parts / self.parts_per_second)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a number's time that one sender has for itself."""

    begins: datetime
    ends: datetime

    @property
    def usable_until(self) -> datetime:
        """After this its texts would meet another's."""
        return max(self.ends, self.begins + SHORTEST)


@dataclass(frozen=True, slots=True)
class Line:
    """A number's time: given away up to `free_at`; those sent to wait are up to `turn_at`."""

    free_at: datetime
    turn_at: datetime

    def taken(
        self, length: timedelta, now: datetime, *, has_waited: bool
    ) -> tuple[Self, Stretch | datetime]:
        """The line after somebody asked for so much of it, and their stretch, or when to come back.

        Who has not waited yet goes behind all of those who do; who has comes back at their turn,
        and takes what is free by then.
        """
        begins, latest = max(self.free_at, now), now + LONGEST_WAIT
        if begins <= latest and (has_waited or self.turn_at <= latest):
            stretch = Stretch(begins, begins + length)
            return replace(self, free_at=stretch.ends), stretch
        if has_waited:
            return self, begins
        turn = max(self.turn_at, begins)
        return replace(self, turn_at=turn + length), turn

    def given_back(self, stretch: Stretch, used_until: datetime) -> Self:
        """The line when the rest of a stretch is not used, and nobody has any time after it."""
        if self.free_at != stretch.ends or used_until >= stretch.ends:
            return self
        return replace(self, free_at=max(used_until, stretch.begins))

    def held(self, until: datetime) -> Self:
        """The line when nothing may begin before `until`."""
        return replace(self, free_at=max(self.free_at, until))


def throughput(parts_per_second: float, reply_headroom_percent: float) -> Throughput:
    """What is left to marketing of a number's parts a second, when replies keep their share.

    Raises ValueError where nothing is left.
    """
    left = parts_per_second * (1 - reply_headroom_percent / 100)
    if left <= 0:
        raise ValueError("marketing is left no parts a second")
    return Throughput(left)
