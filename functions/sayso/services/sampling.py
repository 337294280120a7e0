"""Some of a campaign's audience, or all of it, to try its texts on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.domain.listed import Listed
from sayso.services.ports.audience import AudienceIndex, AudiencePage

# Enough for a range, and read and written in a fraction of a second.
PEOPLE_AT_MOST = 500
PAGES_AT_MOST = 40


@dataclass(frozen=True, slots=True)
class Member:
    """One of the audience, and the location that the index lists them at."""

    location: str
    listed: Listed


@dataclass(frozen=True, slots=True)
class Sample:
    """People of an audience; `is_whole` says that there is nobody else."""

    people: tuple[Member, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Sampler:
    """Reads the audience index, a little of each partition."""

    audience: AudienceIndex

    def sample(self, places: Sequence[str]) -> Sample:
        """People of these locations ("" for those who named none), at most PEOPLE_AT_MOST."""
        people: list[Member] = []
        is_whole = True
        for pages, (place, page) in enumerate(self._pages(places)):
            if pages == PAGES_AT_MOST or len(people) > PEOPLE_AT_MOST:
                is_whole = False
                break
            people += [Member(place, one) for one in page.people]
            is_whole = is_whole and not page.position
        is_whole = is_whole and len(people) <= PEOPLE_AT_MOST
        return Sample(tuple(people[:PEOPLE_AT_MOST]), is_whole)

    def size(self, places: Sequence[str]) -> int:
        """How many people the index lists for these locations."""
        return sum(self.audience.count(place) for place in places)

    def _pages(self, places: Sequence[str]) -> Iterator[tuple[str, AudiencePage]]:
        """First pages, a shard of each place after the other, so that no place stands for all."""
        for shard in self.audience.shards():
            for place in places:
                yield place, self.audience.page(place, shard)
