"""What came of an attempt, as the redeem page shows it: in plain words, and in fields."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.domain.catalog import Catalog, Staff
from sayso.domain.codes import spoken
from sayso.domain.coupon import Coupon, Verdict, Way
from sayso.domain.redeeming import UNDO_WITHIN, Undoing
from sayso.handlers.offer_page.times import end, moment
from sayso.services.redeeming import Outcome, Undone

_LANGUAGE = "en"  # as everything that staff see
_BY = {Way.TEXT: "by text", Way.COUNTER: "on the redeem page", Way.PAGE: "on the customer's phone"}
_SAID = {
    Verdict.REDEEMED: "Redeemed",
    Verdict.USED: "Used already",
    Verdict.EXPIRED: "Expired",
    Verdict.NOT_YET: "Not valid yet",
    Verdict.WRONG_LOCATION: "Not at this store",
    Verdict.UNKNOWN: "No such code",
    Verdict.LOCKED: "Too many wrong codes",
    Verdict.WITHDRAWN: "Withdrawn",
}
_UNDONE = {
    Undoing.UNDONE: "Taken back: the customer can use it again.",
    Undoing.NOTHING: "There is nothing to take back.",
    Undoing.TOO_LATE: "Too late: it can be taken back for {minutes} minutes only.",
    Undoing.NOT_YOURS: "Only who redeemed it can take it back.",
}


@dataclass(frozen=True, slots=True)
class Teller:
    """Puts answers into words for one member of staff."""

    catalog: Catalog
    member: Staff

    def outcome(self, outcome: Outcome) -> dict[str, Any]:
        """An answer to POST /counter/uses."""
        coupon, verdict, use = outcome.coupon, outcome.verdict, outcome.use
        was_undone = use is not None and use.undone_at is not None
        told: dict[str, Any] = {
            "verdict": "undone" if was_undone else verdict,
            "title": "Taken back" if was_undone else _SAID[verdict],
            "detail": self._detail(outcome),
            "offer": outcome.offer.title if outcome.offer else "",
            "terms": outcome.offer.terms if outcome.offer else "",
            "code": spoken(coupon.shown or coupon.code) if coupon else "",
        }
        if use:
            told["undo_until"] = (use.at + UNDO_WITHIN).isoformat()
        return told

    def undone(self, undone: Undone) -> dict[str, Any]:
        """An answer to POST /counter/undo."""
        minutes = int(UNDO_WITHIN.total_seconds() // 60)
        detail = _UNDONE[undone.undoing].format(minutes=minutes)
        return {"undone": undone.undoing, "detail": detail}

    def _detail(self, outcome: Outcome) -> str:
        use = outcome.use
        if outcome.verdict is Verdict.LOCKED:
            return "Wait an hour. Nothing was looked up."
        if outcome.coupon is None:
            return "Check it with the customer: eight characters, no vowels."
        if use:
            return f"{self._when(use.at, use.place)}, {_BY[use.way]}"
        return self._refused(outcome.verdict, outcome.coupon)

    def _refused(self, verdict: Verdict, coupon: Coupon) -> str:
        zone = self._zone(self.member.location or coupon.location)
        if verdict is Verdict.USED and coupon.last_used_at:
            return self._when(coupon.last_used_at, coupon.last_used_place)
        if verdict is Verdict.EXPIRED and coupon.valid_until:
            return f"It was good until {end(coupon.valid_until, zone, _LANGUAGE)}."
        if verdict is Verdict.NOT_YET and coupon.valid_from:
            return f"It is good from {moment(coupon.valid_from, zone, _LANGUAGE)}."
        if verdict is Verdict.WRONG_LOCATION:
            return f"It is good at {', '.join(map(self._name, coupon.places))}."
        return ""

    def _when(self, at: datetime, place: str) -> str:
        when = moment(at, self._zone(place or self.member.location), _LANGUAGE)
        return f"{when}, {self._name(place)}" if place else when

    def _zone(self, place: str) -> str:
        location = self.catalog.location(place)
        if location:
            return location.timezone
        return self.catalog.program.timezone if self.catalog.program else "UTC"

    def _name(self, place: str) -> str:
        location = self.catalog.location(place)
        return location.name if location else place
