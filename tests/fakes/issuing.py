"""The key of codes, and the codes that all share, in memory."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from sayso.domain.coupon import Coupon
from sayso.domain.run import Run
from sayso.services.ports.issuing import CodeTaken


class FakeCodeKey:
    """Always the same key."""

    def get(self) -> bytes:
        return b"bluebird" * 4


class FakeSharedCodes:
    """SharedCodes over coupons by their codes."""

    def __init__(self, coupons: dict[str, Coupon] | None = None) -> None:
        self.coupons: dict[str, Coupon] = {} if coupons is None else coupons

    def open(self, coupon: Coupon, now: datetime, instead_of: str = "") -> None:
        standing = self.coupons.get(coupon.code)
        if standing is None:
            self.coupons[coupon.code] = coupon
        elif standing.campaign_id == coupon.campaign_id:
            self.coupons[coupon.code] = replace(
                standing,
                run_id=coupon.run_id,
                valid_from=coupon.valid_from,
                valid_until=coupon.valid_until,
                places=coupon.places,
            )
        elif standing.campaign_id == instead_of or _is_over(standing, now):
            self.coupons[coupon.code] = coupon
        else:
            raise CodeTaken(standing.campaign_id)


class FakeTillCodes:
    """TillCodes of one pool, handed out in their order."""

    def __init__(self, *codes: str) -> None:
        self._left = list(codes)
        self._given: dict[str, str] = {}

    def take(self, run: Run, batch_id: str, phones: Collection[str]) -> Mapping[str, str]:
        for phone in phones:
            if phone not in self._given and self._left:
                self._given[phone] = self._left.pop(0)
        return {phone: self._given[phone] for phone in phones if phone in self._given}


def _is_over(coupon: Coupon, now: datetime) -> bool:
    return coupon.valid_until is not None and coupon.valid_until < now
