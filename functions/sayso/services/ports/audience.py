"""The index of subscribers by location: good for finding people, never for consent."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sayso.domain.listed import Listed


@dataclass(frozen=True, slots=True)
class AudiencePage:
    """People whom the index lists as subscribed; `position` is "" after the last page.

    Any of their numbers is a position too: the next page then begins after that person.
    """

    people: tuple[Listed, ...]
    position: str

    @property
    def phones(self) -> tuple[str, ...]:
        return tuple(one.phone for one in self.people)


class AudienceIndex(Protocol):
    """Finds subscribers. The location "" holds those who named none."""

    def shards(self) -> Sequence[int]:
        """The partitions that every location is divided into."""
        ...

    def page(self, location: str, shard: int, position: str = "") -> AudiencePage:
        """The next subscribers of one partition, after `position`."""
        ...

    def count(self, location: str) -> int:
        """How many subscribers the index lists for the location."""
        ...
