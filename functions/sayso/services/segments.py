"""Saved segments, and what an audience comes to before anything is sent to it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sayso.domain.catalog import Catalog
from sayso.domain.catalog_rules import Fault
from sayso.domain.refusal import Refused
from sayso.domain.segment.json_reading import from_json
from sayso.domain.segment.printing import text_of
from sayso.domain.segment.reading import read
from sayso.domain.segment.saved import SavedSegment, canonical, checked_segment_name
from sayso.services.audiences import Audiences
from sayso.services.campaign_checks import checked_locations, places_of
from sayso.services.counting import AudienceCount, Counted
from sayso.services.ports.campaigns import CatalogReader
from sayso.services.ports.segments import SegmentChanged, SegmentPage, SegmentStore
from sayso.services.refusals import Conflict, Invalid, NotFound


@dataclass(frozen=True, slots=True)
class Written:
    """Whom somebody means: `where` is the text form, or `filters` the JSON form instead."""

    locations: tuple[str, ...] = ()
    where: str = ""
    filters: Mapping[str, Any] | None = None

    def canonical(self) -> str:
        """The text form in its one spelling. Raises Refused."""
        if self.filters is None:
            return canonical(self.where)
        if self.where:
            raise Refused("filters", "give the text or the filters, not both")
        return canonical(text_of(from_json(self.filters)))


@contextmanager
def _explained() -> Iterator[None]:
    """Turn the domain's refusals into those of a use case."""
    try:
        yield
    except Refused as refused:
        field = refused.field.removeprefix("audience.")
        raise Invalid([Fault(field, refused.detail)]) from None
    except SegmentChanged:
        raise Conflict(
            "the segment was changed by someone else: look at it and try again"
        ) from None


@dataclass(frozen=True, slots=True)
class SegmentDesk:
    """Keeps segments and counts audiences. Each may raise one of services.refusals."""

    store: SegmentStore
    audiences: Audiences
    catalog: CatalogReader
    counting: AudienceCount
    new_id: Callable[[], str]

    @_explained()
    def create(self, name: str, written: Written, now: datetime) -> SavedSegment:
        """Save a segment."""
        locations, where = self._checked(written, self.catalog.load())
        segment = SavedSegment(
            self.new_id(), checked_segment_name(name), now, now, locations, where
        )
        self.store.save(None, segment)
        return segment

    @_explained()
    def update(self, segment_id: str, name: str, written: Written, now: datetime) -> SavedSegment:
        """Change a segment; campaigns that have been scheduled with it stay as they are."""
        before = self.get(segment_id)
        locations, where = self._checked(written, self.catalog.load())
        after = replace(
            before,
            name=checked_segment_name(name),
            locations=locations,
            where=where,
            updated_at=now,
            revision=before.revision + 1,
        )
        self.store.save(before, after)
        return after

    @_explained()
    def delete(self, segment_id: str) -> None:
        """Remove a segment; drafts that name it cannot be scheduled any more."""
        self.store.delete(self.get(segment_id))

    def get(self, segment_id: str) -> SavedSegment:
        segment = self.store.get(segment_id)
        if segment is None:
            raise NotFound(f"there is no segment {segment_id}")
        return segment

    def page(self, limit: int, position: str = "") -> SegmentPage:
        """A page of segments, newest first; `position` is that of the page before."""
        return self.store.page(limit, position)

    @_explained()
    def count(self, written: Written, now: datetime) -> tuple[str, Counted]:
        """The canonical text of who is meant, and how many they are now."""
        catalog = self.catalog.load()
        locations, where = self._checked(written, catalog)
        zone = ZoneInfo(catalog.program.timezone) if catalog.program else now.tzinfo
        places = places_of(locations, catalog)
        return where, self.counting.of(places, read(where), now.astimezone(zone))

    def _checked(self, written: Written, catalog: Catalog) -> tuple[tuple[str, ...], str]:
        where = written.canonical()
        self.audiences.check_named(read(where), catalog)
        return checked_locations(written.locations, catalog), where
