"""Who has opened the link of a coupon, as storage counts it."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from sayso.domain.coupon import Coupon


class ClickStore(Protocol):
    """Counts into the counters of a coupon's run."""

    def first(self, coupon: Coupon, groups: Collection[str], at: datetime) -> bool:
        """Note that its owner has opened it, and count them among those who have, or do nothing.

        For everybody and for each of the groups, and once for good: whether it was not known.
        """
        ...

    def opened(self, coupon: Coupon, at: datetime) -> None:
        """Count that a person opened it, however often they have."""
        ...

    def previewed(self, coupon: Coupon, at: datetime) -> None:
        """Count that a program did."""
        ...
