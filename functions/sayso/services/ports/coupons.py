"""Coupons as storage keeps them: found by code, redeemed and taken back in one transaction each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sayso.domain.contact import Contact
from sayso.domain.coupon import Coupon, Use
from sayso.domain.offer import Offer


class CouponChanged(Exception):
    """The coupon, or the use, is not as it was read: read it again and judge anew."""


class RequestKnown(Exception):
    """This request has redeemed before; `use` is what came of it."""

    def __init__(self, use: Use) -> None:
        super().__init__("this request has redeemed before")
        self.use = use


@dataclass(frozen=True, slots=True)
class Look:
    """A coupon, and the use of it that a request has made before, if any."""

    coupon: Coupon
    use: Use | None = None


@dataclass(frozen=True, slots=True)
class Background:
    """What stands behind a coupon: its owner, what it is for, whether it counts any more."""

    contact: Contact | None = None
    offer: Offer | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """The newest use that a member of staff has entered."""

    code: str
    use_id: str


class CouponStore(Protocol):
    """Keeps coupons and their uses; every read sees every write that has returned."""

    def get(self, code: str) -> Coupon | None:
        """The coupon of this code of ours, or of the word that all share."""
        ...

    def find(self, shown: str) -> Coupon | None:
        """The coupon that somebody shows: by our code, a shared word, or the till system's code."""
        ...

    def look(self, code: str, request_id: str) -> Look | None:
        """The coupon with this request's use, as both stand at one moment."""
        ...

    def background(self, coupon: Coupon) -> Background:
        """What the shop knows behind it."""
        ...

    def uses(self, code: str) -> list[Use]:
        """All uses, those that were taken back included; the oldest first."""
        ...

    def of(self, phone: str) -> list[Coupon]:
        """All coupons that a number has been sent, the newest first."""
        ...

    def entered(self, staff: str) -> Entered | None:
        """What the member of staff with this number entered last."""
        ...

    def put(self, coupon: Coupon) -> None:
        """Store a coupon as it is, whatever stands there."""
        ...

    def redeem(self, before: Coupon, use: Use) -> None:
        """Store the use, count it on the coupon and in its run, or do nothing.

        Raises RequestKnown where this request has a use, CouponChanged where the coupon has been
        used since it was read, or is fought over.
        """
        ...

    def undo(self, before: Coupon, use: Use, after: Coupon, now: datetime) -> None:
        """Note on the use that it was taken back `now`, and take it out of all counts.

        Raises CouponChanged where it was taken back before, or the coupon is not as it was read.
        """
        ...
