"""The short text that tells what came of a code at the counter, in one part of GSM-7. Pure.

Only the list of somebody's offers may be longer: `sayso.domain.wallet_said`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sayso.domain.catalog import Catalog
from sayso.domain.codes import spoken
from sayso.domain.coupon import Coupon, Use, Verdict
from sayso.domain.parts import count_parts
from sayso.domain.redeeming import Undoing
from sayso.domain.speech.counter import PHRASES, CounterPhrases
from sayso.domain.wallet_said import Held, listed

_STORES_NAMED = 2
_LONGEST_CODE = 24
_DOLLAR = 1_000_000


@dataclass(frozen=True, slots=True)
class Teller:
    """Says things in a shop's words; `language` is "" for the program's own."""

    catalog: Catalog
    language: str = ""

    def redeemed(self, coupon: Coupon, use: Use, title: str = "") -> str:
        """It was valid, and is redeemed now; or it was, and has been taken back since."""
        code = _shown(coupon)
        if use.undone_at:
            return self._one_part(self._phrases.taken_back, code=code)
        amount = f", ${use.amount / _DOLLAR:.2f}" if use.amount is not None else ""
        where = self._where(use.place)
        return self._one_part(
            self._phrases.redeemed, code=code, offer=title, amount=amount, where=where
        )

    def refused(self, verdict: Verdict, coupon: Coupon | None, typed: str, place: str = "") -> str:
        """It was not redeemed, and why not."""
        form: str = getattr(self._phrases, verdict.value)
        if coupon is None:
            return self._one_part(form, code=spoken(typed)[:_LONGEST_CODE])
        when = {
            Verdict.USED: coupon.last_used_at,
            Verdict.EXPIRED: coupon.valid_until,
            Verdict.NOT_YET: coupon.valid_from,
        }.get(verdict)
        at = coupon.last_used_place or place or coupon.location
        return self._one_part(
            form,
            code=_shown(coupon),
            when=self._when(when, at) if when else "",
            where=self._where(coupon.last_used_place),
            stores=self._stores(coupon),
        )

    def undone(self, undoing: Undoing, coupon: Coupon | None, use: Use | None) -> str:
        """What became of a wish to take a use back."""
        form: str = getattr(self._phrases, undoing.value)
        when = self._when(use.at, use.place) if use else ""
        return self._one_part(form, code=_shown(coupon) if coupon else "", when=when)

    def show(self, typed: str) -> str:
        """To a customer who texts their code: it is for the counter, whether or not it is good."""
        name = self.catalog.program.name if self.catalog.program else ""
        return self._one_part(self._phrases.show, name=name, code=spoken(typed))

    def offers(self, held: Sequence[Held]) -> str:
        """The offers that somebody has, in a few parts at most."""
        name = self.catalog.program.name if self.catalog.program else ""
        if not held:
            return self._one_part(self._phrases.no_offers, name=name)
        return listed(held, lambda offers: self._phrases.offers.format(name=name, offers=offers))

    @property
    def _phrases(self) -> CounterPhrases:
        own = self.catalog.program.language if self.catalog.program else ""
        return PHRASES.get(self.language or own, PHRASES["en"])

    def _one_part(self, form: str, offer: str = "", **values: str) -> str:
        """Without the offer's title where that is too long, or of characters that cost more."""
        told = [f"{offer}, ", ""] if offer else [""]
        texts = [form.format(offer=one, **values) for one in told]
        return next((text for text in texts if count_parts(text).parts == 1), texts[-1])

    def _where(self, place: str) -> str:
        location = self.catalog.location(place) if place else None
        return self._phrases.at.format(store=location.name) if location else ""

    def _stores(self, coupon: Coupon) -> str:
        found = [self.catalog.location(one) for one in coupon.places]
        names = [location.name for location in found if location]
        more = ", ..." if len(names) > _STORES_NAMED else ""
        return self._phrases.or_.join(names[:_STORES_NAMED]) + more

    def _when(self, at: datetime, place: str) -> str:
        location = self.catalog.location(place) if place else None
        anywhere = self.catalog.locations[0] if self.catalog.locations else None
        known = location or anywhere
        local = at.astimezone(ZoneInfo(known.timezone) if known else UTC)
        return self._phrases.moment.format(
            month=f"{local:%b}",
            month_number=local.month,
            day=local.day,
            time12=f"{local:%I:%M %p}".lstrip("0"),
            time24=f"{local:%H:%M}",
        )


def _shown(coupon: Coupon) -> str:
    """The code as people know it."""
    return spoken(coupon.shown or coupon.code)
