"""Clicks in memory."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from sayso.domain.coupon import Coupon
from tests.fakes.campaigns import FakeCampaigns


class Coupons(Protocol):
    """Wherever the coupons are kept."""

    def get(self, code: str) -> Coupon | None: ...
    def put(self, coupon: Coupon) -> None: ...


class FakeClicks:
    """A ClickStore that counts into the runs of `campaigns`."""

    def __init__(self, campaigns: FakeCampaigns, coupons: Coupons) -> None:
        self.campaigns = campaigns
        self.coupons = coupons
        self.clicked: set[tuple[str, str]] = set()

    def first(self, coupon: Coupon, groups: Collection[str], at: datetime) -> bool:
        with self.campaigns.lock:
            is_new = (coupon.phone, coupon.run_id) not in self.clicked
            if is_new:
                self.clicked.add((coupon.phone, coupon.run_id))
                names = ["clicked", *(f"{group}|clicked" for group in groups)]
                self.campaigns.tallies[coupon.run_id].update(names)
            kept = self.coupons.get(coupon.code)
            if kept and kept.clicked_at is None:
                self.coupons.put(replace(kept, clicked_at=at))
            return is_new

    def opened(self, coupon: Coupon, at: datetime) -> None:
        with self.campaigns.lock:
            self.campaigns.tallies[coupon.run_id]["clicks"] += 1

    def previewed(self, coupon: Coupon, at: datetime) -> None:
        with self.campaigns.lock:
            self.campaigns.tallies[coupon.run_id]["previews"] += 1
