"""Some of a campaign's audience, or all of it, to try its texts on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import inf

from sayso.domain.listed import Listed
from sayso.domain.segment.filters import needs_history
from sayso.domain.segment.reading import read as filter_of
from sayso.services.ports.audience import AudienceIndex, AudiencePage

# Enough for a range, and read and written in a fraction of a second.
PEOPLE_AT_MOST = 500
PAGES_AT_MOST = 40
# Of so many it can be read what campaigns have sent them before, while somebody waits.
WITH_HISTORY_AT_MOST = 5_000


@dataclass(frozen=True, slots=True)
class Member:
    """One of the audience, and the location that the index lists them at."""

    location: str
    listed: Listed


@dataclass(frozen=True, slots=True)
class Sample:
    """People of an audience; `is_whole` says that there is nobody else.

    `share` of those at its locations are meant.
    """

    people: tuple[Member, ...]
    is_whole: bool
    share: float = 1.0


# Those of a page whom a segment's text form means, at a moment.
Narrowing = Callable[[str, Sequence[Listed], datetime], Sequence[Listed]]


@dataclass(frozen=True, slots=True)
class Sampler:
    """Reads the audience index, a little of each partition."""

    audience: AudienceIndex
    narrowed: Narrowing

    def sample(self, places: Sequence[str], where: str, now: datetime) -> Sample:
        """People of these locations ("" for those who named none), at most PEOPLE_AT_MOST."""
        people: list[Member] = []
        enough = WITH_HISTORY_AT_MOST if needs_history(filter_of(where)) else inf
        read, is_whole = 0, True
        for pages, (place, page) in enumerate(self._pages(places)):
            if pages == PAGES_AT_MOST or len(people) > PEOPLE_AT_MOST or read >= enough:
                is_whole = False
                break
            meant = self.narrowed(where, page.people, now)
            people += [Member(place, one) for one in meant]
            read += len(page.people)
            is_whole = is_whole and not page.position
        is_whole = is_whole and len(people) <= PEOPLE_AT_MOST
        share = len(people) / read if read else 1.0
        return Sample(tuple(people[:PEOPLE_AT_MOST]), is_whole, share)

    def size(self, places: Sequence[str], sample: Sample) -> int:
        """How many people it is, as far as the index knows and the sample tells."""
        if sample.is_whole:
            return len(sample.people)
        return round(sample.share * sum(self.audience.count(place) for place in places))

    def _pages(self, places: Sequence[str]) -> Iterator[tuple[str, AudiencePage]]:
        """First pages, a shard of each place after the other, so that no place stands for all."""
        for shard in self.audience.shards():
            for place in places:
                yield place, self.audience.page(place, shard)
