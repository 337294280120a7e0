"""Saved segments, as storage keeps them."""

from dataclasses import dataclass
from typing import Protocol

from sayso.domain.segment.saved import SavedSegment


class SegmentChanged(Exception):
    """The segment is not as it was read: read it again and judge anew."""


@dataclass(frozen=True, slots=True)
class SegmentPage:
    """Segments, newest first; `position` is where the next page begins, "" after the last."""

    segments: tuple[SavedSegment, ...]
    position: str


class SegmentStore(Protocol):
    """Keeps segments; every read sees every write that has returned."""

    def get(self, segment_id: str) -> SavedSegment | None:
        """The segment, or None."""
        ...

    def page(self, limit: int, position: str = "") -> SegmentPage:
        """At most `limit` segments, newest first."""
        ...

    def save(self, before: SavedSegment | None, after: SavedSegment) -> None:
        """Write it. Raises SegmentChanged unless it has `before`'s revision (None: is new)."""
        ...

    def delete(self, segment: SavedSegment) -> None:
        """Remove it. Raises SegmentChanged when it is not as it was read."""
        ...
