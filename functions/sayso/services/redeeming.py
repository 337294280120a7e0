"""At the counter: a coupon is redeemed once, whoever asks, however often and by whichever way."""

from dataclasses import dataclass
from datetime import datetime

from sayso.domain.catalog import Staff
from sayso.domain.comparing import Outcome as Deed
from sayso.domain.coupon import Coupon, Use, Verdict, Way
from sayso.domain.offer import Offer
from sayso.domain.redeeming import Undoing, judged, may_undo, place_of, restored, used
from sayso.services.guessing import Guessing, Source
from sayso.services.outcomes import Outcomes
from sayso.services.ports.coupons import Background, CouponChanged, CouponStore, Look, RequestKnown
from sayso.services.visiting import KeepsChanging, Visiting

__all__ = ["Attempt", "Counter", "KeepsChanging", "Outcome", "Undone"]

# A coupon changes under an attempt only when others redeem it at the very moment.
_LOOKS = 8


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody tries to redeem what was `typed`, a code of any kind.

    `id` is the request's (a text's message id, a form's own): once it has redeemed, it gets the
    same answer and never another use. `at` is aware UTC. `by` is None where the customer presses
    the button on their own page. `source` None is somebody who needs no guessing, such as the
    shop's own script.
    """

    id: str
    typed: str
    way: Way
    at: datetime
    source: Source | None
    by: Staff | None = None
    place: str = ""
    amount: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt. Without a coupon (unknown, locked) nothing is told of any.

    Where it is redeemed, `use` is the use, which the coupon has had; `offer` is what the coupon is
    for, if that is still known.
    """

    verdict: Verdict
    coupon: Coupon | None = None
    use: Use | None = None
    offer: Offer | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """What came of taking back; `use` is the one it was about, if any."""

    undoing: Undoing
    use: Use | None = None
    coupon: Coupon | None = None


@dataclass(frozen=True, slots=True)
class Counter:
    """The use case behind the text, the staff's page and the customer's page."""

    coupons: CouponStore
    guessing: Guessing
    visits: Visiting
    outcomes: Outcomes

    def redeem(self, attempt: Attempt) -> Outcome:
        """Redeem the coupon, or say why not. Raises KeepsChanging, when nothing was changed.

        Broken off after it was redeemed, the same request brings the rest about.
        """
        if attempt.source is None:
            return self._redeemed(self._found(attempt), attempt)
        counted = self.guessing.begin(attempt.source, attempt.at)
        if counted is None:
            return Outcome(Verdict.LOCKED)
        coupon = self._found(attempt)
        if coupon:
            self.guessing.was_right(counted)
        return self._redeemed(coupon, attempt)

    def undo(self, staff: str, now: datetime, *, code: str = "", request_id: str = "") -> Undone:
        """Take back the use of that request, or the newest of the code or of this staff member.

        `staff` is their number: of others' uses only those that a customer has pressed can be taken
        back, which takes the code. Raises KeepsChanging.
        """
        if code:
            coupon = self.coupons.find(code)
            code = coupon.code if coupon else ""
        elif entered := self.coupons.entered(staff):
            code, request_id = entered.code, request_id or entered.use_id
        for _ in range(_LOOKS):
            done = self._undone(code, request_id, staff, now) if code else Undone(Undoing.NOTHING)
            if done:
                return done
        raise KeepsChanging("others are redeeming it")

    def settle(self, coupon: Coupon, use: Use) -> None:
        """What follows from a use beside its counts: the visit. Done again, it changes nothing."""
        if not coupon.phone or use.undone_at:
            return
        self.visits.came(coupon.phone, use)
        self.outcomes.happened(coupon.phone, Deed.VISITED, use.at, use.at)

    def _found(self, attempt: Attempt) -> Coupon | None:
        """Not one of a campaign that has links only, which has nothing to redeem.

        And nobody's own page is that of a code that all share: it is for staff to enter.
        """
        coupon = self.coupons.find(attempt.typed)
        if coupon is None or not coupon.shown:
            return None
        return coupon if coupon.phone or attempt.way is not Way.PAGE else None

    def _redeemed(self, coupon: Coupon | None, attempt: Attempt) -> Outcome:
        if coupon is None:
            return Outcome(Verdict.UNKNOWN)
        background = self.coupons.background(coupon)
        for _ in range(_LOOKS):
            look = self.coupons.look(coupon.code, attempt.id)
            if look is None:
                return Outcome(Verdict.UNKNOWN)
            outcome = self._tried(look, background, attempt)
            if outcome:
                return outcome
        raise KeepsChanging("others are redeeming it")

    def _tried(self, look: Look, background: Background, attempt: Attempt) -> Outcome | None:
        """None where the coupon has changed meanwhile."""
        coupon, use = look.coupon, look.use
        if use is None:
            place = place_of(coupon, attempt.place)
            verdict = judged(coupon, place, attempt.at, is_withdrawn=background.is_withdrawn)
            if verdict is not Verdict.REDEEMED:
                return Outcome(verdict, coupon, offer=background.offer)
            use = _use(attempt, coupon, place)
            try:
                self.coupons.redeem(coupon, use)
            except (CouponChanged, RequestKnown):
                return None
            coupon = used(coupon, use)
        self.settle(coupon, use)
        return Outcome(Verdict.REDEEMED, coupon, use, background.offer)

    def _undone(self, code: str, request_id: str, staff: str, now: datetime) -> Undone | None:
        coupon, uses = self.coupons.get(code), self.coupons.uses(code)
        asked = [one for one in uses if request_id in ("", one.id)]
        if coupon is None or not asked:
            return Undone(Undoing.NOTHING)
        use = asked[-1]
        undoing = may_undo(use, staff, now)
        if undoing is not Undoing.UNDONE or use.undone_at:
            return Undone(undoing, use, coupon)
        try:
            self.coupons.undo(coupon, use, restored(coupon, use, uses), now)
        except CouponChanged:
            return None
        return Undone(undoing, use, coupon)


def _use(attempt: Attempt, coupon: Coupon, place: str) -> Use:
    return Use(
        id=attempt.id,
        code=coupon.code,
        at=attempt.at,
        way=attempt.way,
        by=attempt.by.name if attempt.by else "",
        staff=attempt.by.phone if attempt.by else "",
        place=place,
        amount=attempt.amount,
    )
