"""Whom of a page of listed people a segment lets through."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.domain.listed import Listed
from sayso.domain.nearest import points_of
from sayso.domain.segment.filters import (
    EVERYONE,
    Filter,
    campaigns_in,
    centers_in,
    needs_history,
)
from sayso.domain.segment.reading import read
from sayso.domain.segment.testing import ANY_CAMPAIGN, Places, bound, decided
from sayso.services.ports.campaigns import CatalogReader
from sayso.services.ports.history import CampaignHistory


@dataclass(frozen=True, slots=True)
class Chooser:
    """Applies segments. `now` carries the time zone in which days begin.

    The catalog is read for segments alone that measure miles: it says where the stores are.
    What it lets through is who is meant, never who may be texted: that is for the claim to say.
    """

    history: CampaignHistory
    catalog: CatalogReader

    def named(self, where: str, people: Sequence[Listed], now: datetime) -> Sequence[Listed]:
        """Those of `people` in the segment that the text says. Raises BadSegment."""
        return self.chosen(read(where), people, now)

    def chosen(self, segment: Filter, people: Sequence[Listed], now: datetime) -> Sequence[Listed]:
        """Those of `people` in the segment, in their order.

        What they were sent is read for those alone whom nothing cheaper decides.
        """
        if segment == EVERYONE:
            return people
        if not needs_history(segment):
            passes = bound(segment, now, places=self._places(segment))
            return [who for who in people if passes(who)]
        places = self._places(segment)
        by_index = decided(segment, now, places)
        possible = [who for who in people if by_index.possibly(who)]
        open_cases = [who.phone for who in possible if not by_index.surely(who)]
        asked = campaigns_in(segment)
        found = self.history.last_texts(open_cases, (*asked, ANY_CAMPAIGN)) if open_cases else {}
        passes = bound(segment, now, found, places)
        return [who for who in possible if by_index.surely(who) or passes(who)]

    def _places(self, segment: Filter) -> Places:
        return points_of(self.catalog.load().locations) if centers_in(segment) else {}
