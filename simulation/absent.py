"""What this shop does not use: no saved segments, no codes that all share, nobody locked out."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sayso.domain.coupon import Coupon
from sayso.domain.limits import Use, Window
from sayso.domain.segment.saved import SavedSegment
from sayso.services.ports.segments import SegmentPage


class NoSegments:
    """SegmentStore of a shop that has saved none."""

    def get(self, segment_id: str) -> None: ...

    def page(self, limit: int, position: str = "") -> SegmentPage:  # noqa: ARG002
        return SegmentPage((), "")

    def save(self, before: SavedSegment | None, after: SavedSegment) -> None:
        raise NotImplementedError(_unused("segments"))

    def delete(self, segment: SavedSegment) -> None:
        raise NotImplementedError(_unused("segments"))


class NoSharedCodes:
    """SharedCodes of a shop whose people get codes of their own."""

    def open(self, coupon: Coupon, now: datetime, instead_of: str = "") -> None:
        raise NotImplementedError(_unused("shared codes"))


class NoWindows:
    """Windows of a shop whose counters count no guesses: tests of their own are for those."""

    def read(self, names: Collection[str]) -> dict[str, Window]:
        raise NotImplementedError(_unused("lock-out"))

    def count(self, uses: Mapping[str, Use]) -> None:
        raise NotImplementedError(_unused("lock-out"))

    def give_back(self, uses: Mapping[str, Use]) -> None:
        raise NotImplementedError(_unused("lock-out"))


class NoSeals:
    """Seals where nobody's number is sealed."""

    def seal(self, text: str) -> str:
        raise NotImplementedError(_unused("seals"))


def _unused(feature: str) -> str:
    """What to say of a use that the simulation has no store for."""
    return (
        f"The simulated shop has no {feature}, so nothing keeps them here. To simulate them, give "
        "World (simulation/world.py) a store in place of this one."
    )
