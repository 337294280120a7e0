"""Saved segments, in memory."""

from sayso.domain.segment.saved import SavedSegment
from sayso.services.ports.segments import SegmentChanged, SegmentPage


class FakeSegments:
    """A SegmentStore."""

    def __init__(self) -> None:
        self.segments: dict[str, SavedSegment] = {}

    def get(self, segment_id: str) -> SavedSegment | None:
        return self.segments.get(segment_id)

    def page(self, limit: int, position: str = "") -> SegmentPage:
        newest_first = sorted(self.segments, reverse=True)
        rest = [one for one in newest_first if not position or one < position]
        found = tuple(self.segments[one] for one in rest[:limit])
        return SegmentPage(found, found[-1].id if len(rest) > limit else "")

    def save(self, before: SavedSegment | None, after: SavedSegment) -> None:
        self._check(after.id, before)
        self.segments[after.id] = after

    def delete(self, segment: SavedSegment) -> None:
        self._check(segment.id, segment)
        del self.segments[segment.id]

    def _check(self, segment_id: str, read: SavedSegment | None) -> None:
        standing = self.segments.get(segment_id)
        if (standing and standing.revision) != (read and read.revision):
            raise SegmentChanged(segment_id)
