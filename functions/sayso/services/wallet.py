"""OFFERS: a customer's live coupons, the newest first."""

from dataclasses import dataclass
from datetime import datetime

from sayso.domain.catalog import Catalog
from sayso.domain.contact import Contact
from sayso.domain.counter_said import Teller
from sayso.domain.coupon import Coupon, Verdict
from sayso.domain.exchange import InboundText
from sayso.domain.redeeming import judged
from sayso.services.ports.coupons import CouponStore

_NAMED = 2


@dataclass(frozen=True, slots=True)
class PlainWallet:
    """Names coupons that may be used now, or soon."""

    coupons: CouponStore

    def said(self, contact: Contact, text: InboundText, catalog: Catalog) -> str:
        """The answer to OFFERS, in one part."""
        live = self.live(text.phone, text.received_at)
        titled = [(one, self._title(one)) for one in live[:_NAMED]]
        return Teller(catalog, contact.language).offers(titled, len(live))

    def live(self, phone: str, now: datetime) -> list[Coupon]:
        """Those neither used up nor over nor withdrawn, the newest first."""
        return [
            coupon
            for coupon in self.coupons.of(phone)
            if judged(coupon, "", now) in (Verdict.REDEEMED, Verdict.NOT_YET)
            and not self.coupons.background(coupon).is_withdrawn
        ]

    def _title(self, coupon: Coupon) -> str:
        offer = self.coupons.background(coupon).offer
        return offer.title if offer else ""
