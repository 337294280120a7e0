"""A pool: codes of the shop's own till system, given out one by one, each to one person.

Its codes stand in a row: those that were imported, and again at its end those that came back
because nobody was sent them. They are given out in the order of the row.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self

# What one pool may hold, and how many pools a shop may have.
CODES_AT_MOST = 100_000
# What all of them may hold: an import reads every one, with a third of a processor and 25 seconds.
OF_ALL_AT_MOST = 1_000_000
POOLS_AT_MOST = 50
NAME_AT_MOST = 80
# Whoever reserves codes writes their campaign right after.
SETTLING = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Pool:
    """Times are aware UTC. `codes` is how many were imported.

    `end` is how long the row is, `taken` how much of it is given out. `reserved` is how many codes
    each campaign may still count on, by the campaign's id. `revision` counts the writes.
    """

    id: str
    name: str
    created_at: datetime
    updated_at: datetime
    codes: int = 0
    end: int = 0
    taken: int = 0
    reserved: Mapping[str, int] = field(default_factory=dict[str, int], hash=False)
    revision: int = 1

    @property
    def free(self) -> int:
        """Codes that nobody has, reserved or not."""
        return self.end - self.taken

    @property
    def given(self) -> int:
        """Codes that somebody has, or has had: they are never given out again."""
        return self.codes - self.free

    def open_to(self, campaign_id: str) -> int:
        """How many codes are left for this campaign: all but those that others count on."""
        others = sum(n for one, n in self.reserved.items() if one != campaign_id)
        return max(0, self.free - others)

    def reserving(self, campaign_id: str, count: int, now: datetime) -> Self:
        """The pool of which this campaign counts on so many codes from now on."""
        return self._written(now, reserved={**self.reserved, campaign_id: count})

    def keeping(self, campaigns: Collection[str], now: datetime) -> Self:
        """The pool without the reservations of any other campaign."""
        kept = {one: n for one, n in self.reserved.items() if one in campaigns}
        return self._written(now, reserved=kept)

    def giving(self, campaign_id: str, count: int, now: datetime) -> Self:
        """The pool after so many codes of it have been given out for the campaign."""
        left = max(0, self.reserved.get(campaign_id, 0) - count)
        others = {one: n for one, n in self.reserved.items() if one != campaign_id}
        reserved = {**others, campaign_id: left} if left else others
        return self._written(now, taken=self.taken + count, reserved=reserved)

    def getting_back(self, count: int, now: datetime) -> Self:
        """The pool with so many codes at the end of its row that nobody was sent."""
        return self._written(now, end=self.end + count)

    def with_more(self, count: int, now: datetime) -> Self:
        """The pool after so many new codes were imported."""
        return self._written(now, codes=self.codes + count, end=self.end + count)

    def _written(self, now: datetime, **changes: object) -> Self:
        return replace(self, updated_at=now, revision=self.revision + 1, **changes)  # type: ignore[arg-type]
