"""Coupons for whoever is signed in, and for the shop's own till by its token."""

from dataclasses import dataclass
from datetime import datetime

from sayso.domain.catalog_rules import Fault
from sayso.domain.coupon import Coupon, Use, Verdict, Way
from sayso.services.ports.campaigns import CatalogReader
from sayso.services.redeeming import Attempt, Counter, KeepsChanging, Outcome
from sayso.services.refusals import Busy, Invalid, NotFound


@dataclass(frozen=True, slots=True)
class Ringing:
    """A till redeems: `id` is its own for this sale, so that a retry is the same use."""

    id: str
    code: str
    place: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class CouponDesk:
    """Shows coupons with what became of them, and redeems them without any guessing."""

    counter: Counter
    catalog: CatalogReader

    def get(self, code: str) -> tuple[Coupon, list[Use]]:
        """The coupon that shows this code, and its uses, the oldest first. Raises NotFound."""
        coupon = self.counter.coupons.find(code)
        if coupon is None:
            raise NotFound("there is no coupon with this code")
        return coupon, self.counter.coupons.uses(coupon.code)

    def redeem(self, ringing: Ringing, now: datetime) -> Outcome:
        """What came of it. Raises NotFound, Invalid, Busy."""
        place = ringing.place.upper()
        if place and self.catalog.load().location(place) is None:
            raise Invalid([Fault("location", f"there is no location {place}")])
        attempt = Attempt(
            id=ringing.id,
            typed=ringing.code,
            way=Way.TILL,
            at=now,
            source=None,
            place=place,
            amount=ringing.amount,
        )
        try:
            outcome = self.counter.redeem(attempt)
        except KeepsChanging:
            raise Busy("others are redeeming this coupon right now; try again") from None
        if outcome.verdict is Verdict.UNKNOWN:
            raise NotFound("there is no coupon with this code")
        return outcome
