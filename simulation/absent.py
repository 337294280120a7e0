"""What this shop does not use: no saved segments, no triggered campaigns, no shared codes."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sayso.domain.coupon import Coupon
from sayso.domain.segment.saved import SavedSegment
from sayso.domain.series import Standing
from sayso.services.ports.segments import SegmentPage
from sayso.services.ports.series import BucketPage, EnrolmentMove


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
    """SharedCodes of a shop whose people get no codes."""

    def open(self, coupon: Coupon, now: datetime, instead_of: str = "") -> None:
        raise NotImplementedError(_unused("shared codes"))


class NoSeries:
    """EnrolmentStore and BucketStore of a shop without triggered campaigns."""

    def standing(self, campaign_id: str, phones: Collection[str]) -> dict[str, Standing]:  # noqa: ARG002
        return {}

    def enrol(self, run_id: str, moves: Sequence[EnrolmentMove], now: datetime) -> None:
        raise NotImplementedError(_unused("triggered campaigns"))

    def close(self, run_id: str, now: datetime) -> tuple[str, ...]:  # noqa: ARG002
        return ()

    def begun(self, run_id: str, now: datetime) -> None: ...

    def page(self, run_id: str, location: str, position: str = "") -> BucketPage:  # noqa: ARG002
        return BucketPage((), "")

    def overdue(self, campaign_id: str, now: datetime) -> list[str]:  # noqa: ARG002
        return []


def _unused(feature: str) -> str:
    """What to say of a use that the simulation has no store for."""
    return (
        f"The simulated shop has no {feature}, so nothing keeps them here. To simulate them, give "
        "World (simulation/world.py) a store in place of this one."
    )
