"""OFFERS: a customer's live coupons, the soonest to end first."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sayso.domain.catalog import Catalog
from sayso.domain.codes import page_of
from sayso.domain.contact import Contact
from sayso.domain.counter_said import Teller
from sayso.domain.coupon import Coupon, Verdict
from sayso.domain.exchange import InboundText
from sayso.domain.redeeming import judged
from sayso.domain.wallet_said import Held
from sayso.services.ports.coupons import CouponStore

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Wallet:
    """Names coupons that may be used now, or soon.

    `address` is where customers' pages are, without a slash at its end; "" where nobody knows.
    """

    coupons: CouponStore
    address: str = ""

    def said(self, contact: Contact, text: InboundText, catalog: Catalog) -> str:
        """The answer to OFFERS."""
        held = self.held(text.phone, text.received_at)
        return Teller(catalog, contact.language).offers(held)

    def held(self, phone: str, now: datetime) -> list[Held]:
        """What is neither used up nor over nor withdrawn, the soonest to end first.

        The newest first of those that end at once, or never. What leads to links only is no offer.
        """
        live = [
            coupon
            for coupon in self.coupons.of(phone)
            if coupon.shown and judged(coupon, "", now) in (Verdict.REDEEMED, Verdict.NOT_YET)
        ]
        live.sort(key=lambda coupon: coupon.valid_until or _NEVER)
        return [held for coupon in live if (held := self._held(coupon))]

    def _held(self, coupon: Coupon) -> Held | None:
        """None where it counts no more."""
        background = self.coupons.background(coupon)
        if background.is_withdrawn:
            return None
        title = background.offer.title if background.offer else ""
        page = page_of(coupon.code, self.address) if self.address else ""
        return Held(coupon.shown, title, page)
