"""Whether a coupon may be redeemed, what becomes of it, and how a use is taken back. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from sayso.domain.coupon import Coupon, Use, Verdict, Way

# For a wrong code, or a customer who changes their mind at the counter.
UNDO_WITHIN = timedelta(minutes=10)


class Undoing(StrEnum):
    """What becomes of a wish to take a use back."""

    UNDONE = "undone"
    NOTHING = "nothing"  # there is no such use
    TOO_LATE = "too_late"
    NOT_YOURS = "not_yours"  # somebody else entered it


def judged(coupon: Coupon, place: str, at: datetime, *, is_withdrawn: bool = False) -> Verdict:
    """What comes of redeeming it `at` a time (aware UTC) in a place, "" where not known which.

    What can't be mended is said first: nobody is sent to another store with a used coupon.
    """
    if is_withdrawn or coupon.withdrawn_at:
        return Verdict.WITHDRAWN
    if coupon.most_uses and coupon.uses >= coupon.most_uses:
        return Verdict.USED
    if coupon.valid_until and at > coupon.valid_until:
        return Verdict.EXPIRED
    if coupon.valid_from and at < coupon.valid_from:
        return Verdict.NOT_YET
    if coupon.places and place and place not in coupon.places:
        return Verdict.WRONG_LOCATION
    return Verdict.REDEEMED


def place_of(coupon: Coupon, place: str) -> str:
    """Where it is being redeemed: where it can only be one place, nobody has to say so."""
    return coupon.places[0] if not place and len(coupon.places) == 1 else place


def used(coupon: Coupon, use: Use) -> Coupon:
    """The coupon after one use more."""
    return replace(
        coupon,
        uses=coupon.uses + 1,
        last_use=use.id,
        last_used_at=use.at,
        last_used_place=use.place,
    )


def restored(coupon: Coupon, use: Use, uses: Iterable[Use]) -> Coupon:
    """The coupon without that use; `uses` are all that it has had, the one included."""
    others = [one for one in uses if one.id != use.id and one.undone_at is None]
    last = max(others, key=lambda one: (one.at, one.id), default=None)
    return replace(
        coupon,
        uses=max(coupon.uses - 1, 0),
        last_use=last.id if last else "",
        last_used_at=last.at if last else None,
        last_used_place=last.place if last else "",
    )


def may_undo(use: Use, staff: str, now: datetime) -> Undoing:
    """Whether the member of staff with this number may take the use back.

    Their own, and what a customer has pressed in front of them. No customer takes one back: that
    would be a second coffee. What has been taken back stays so, however often it is asked for, and
    a wish that arrives late is not about what was entered after it.
    """
    if use.at > now:
        return Undoing.NOTHING
    if not staff or (use.way is not Way.PAGE and use.staff != staff):
        return Undoing.NOT_YOURS
    if use.undone_at:
        return Undoing.UNDONE
    return Undoing.UNDONE if now - use.at <= UNDO_WITHIN else Undoing.TOO_LATE
