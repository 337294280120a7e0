"""How many people an audience has now, what each of its filters removes, and some of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from heapq import nsmallest
from zlib import crc32

from sayso.domain.listed import Listed
from sayso.domain.segment.filters import Filter, needs_history, terms_of
from sayso.domain.segment.printing import text_of
from sayso.services.choosing import Chooser
from sayso.services.ports.audience import AudienceIndex

# Reading so many takes about a second; beyond it whole shards stand for all of them.
EXACT_UP_TO = 20_000
# Of them, reading what campaigns have sent before.
EXACT_WITH_HISTORY_UP_TO = 5_000
SAMPLE = 10


@dataclass(frozen=True, slots=True)
class CountStep:
    """One filter: how many of those before it it removes, and how many are left after it."""

    filter: str
    removed: int
    left: int


@dataclass(frozen=True, slots=True)
class Counted:
    """An audience's size. An estimate is worked out from whole shards of the index.

    `total` is how many subscribers its locations have before any filter.
    """

    count: int
    total: int
    steps: tuple[CountStep, ...]
    sample: tuple[Listed, ...]
    is_estimate: bool


@dataclass(slots=True)
class _Tally:
    """What has been seen so far, in people."""

    total: int = 0
    left: list[int] = field(default_factory=list[int])
    sample: list[Listed] = field(default_factory=list[Listed])

    @property
    def count(self) -> int:
        return self.left[-1] if self.left else self.total

    def add(self, read: int, left: Sequence[int], passed: Sequence[Listed]) -> None:
        self.total += read
        self.left = [before + now for before, now in zip(self.left, left, strict=True)]
        self.sample = nsmallest(SAMPLE, [*self.sample, *passed], key=_lot)


@dataclass(frozen=True, slots=True)
class AudienceCount:
    """Counts audiences, in the memory of one page."""

    audience: AudienceIndex
    chooser: Chooser

    def of(self, places: Sequence[str], segment: Filter, now: datetime) -> Counted:
        """The audience of these locations ("" stands for none named), narrowed to the segment.

        The steps are the segment's own filters in their order, those that ask for what people
        were sent after the others, as they are applied.
        """
        terms = sorted(terms_of(segment), key=needs_history)
        enough = EXACT_WITH_HISTORY_UP_TO if needs_history(segment) else EXACT_UP_TO
        tally, shards = _Tally(left=[0] * len(terms)), self.audience.shards()
        read = 0
        for shard in shards:
            if tally.total >= enough:
                break
            for place in places:
                self._add(tally, place, shard, terms, now)
            read += 1
        return _counted(tally, terms, scale=len(shards) / max(read, 1))

    def at_least(
        self, places: Sequence[str], segment: Filter, now: datetime, enough: int
    ) -> Counted:
        """The audience counted one by one, until they are more than `enough`.

        Beyond that it is an estimate only where they are more than can be read in a second.
        """
        terms = sorted(terms_of(segment), key=needs_history)
        tally, shards = _Tally(left=[0] * len(terms)), self.audience.shards()
        for read, shard in enumerate(shards, 1):
            for place in places:
                self._add(tally, place, shard, terms, now)
            found = _counted(tally, terms, scale=len(shards) / read)
            if tally.total >= EXACT_UP_TO and tally.count > enough:
                return found
        return _counted(tally, terms, scale=1)

    def _add(
        self, tally: _Tally, place: str, shard: int, terms: Sequence[Filter], now: datetime
    ) -> None:
        for page in self._pages(place, shard):
            left, counts = page, []
            for term in terms:
                left = self.chooser.chosen(term, left, now)
                counts.append(len(left))
            tally.add(len(page), counts, left)

    def _pages(self, place: str, shard: int) -> Iterator[Sequence[Listed]]:
        position, is_first = "", True
        while position or is_first:
            page = self.audience.page(place, shard, position)
            yield page.people
            position, is_first = page.position, False


def _counted(tally: _Tally, terms: Sequence[Filter], scale: float) -> Counted:
    before, steps = round(tally.total * scale), list[CountStep]()
    for term, seen in zip(terms, tally.left, strict=True):
        left = round(seen * scale)
        steps.append(CountStep(text_of(term), before - left, left))
        before = left
    return Counted(
        count=before,
        total=round(tally.total * scale),
        steps=tuple(steps),
        sample=tuple(tally.sample),
        is_estimate=scale > 1,
    )


def _lot(who: Listed) -> tuple[int, str]:
    """Puts people in an order that has nothing to do with them, and is the same every time."""
    return crc32(who.phone[::-1].encode()), who.phone
