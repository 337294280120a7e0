"""A coupon: one person's claim to an offer, with the code that they show, and each use of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Way(StrEnum):
    """How a coupon was redeemed."""

    TEXT = "text"  # a member of staff texted USE and the code
    COUNTER = "counter"  # on the shop's redeem page
    TILL = "till"  # the shop's own till did, by the API
    PAGE = "page"  # the customer pressed redeem in front of staff


class Verdict(StrEnum):
    """What becomes of an attempt to redeem."""

    REDEEMED = "redeemed"
    USED = "used"  # as often as it may be
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    WRONG_LOCATION = "wrong_location"
    UNKNOWN = "unknown"  # no such code
    LOCKED = "locked"  # too many wrong codes from there
    WITHDRAWN = "withdrawn"  # the campaign was cancelled, or the person is forgotten


@dataclass(frozen=True, slots=True)
class Use:
    """One redemption. `id` is that of the request (a text's message id, a page's own).

    `by` is a staff member's name or "" (the customer), `staff` their number, which alone may take
    it back; `place` the location's code or "". `amount` is the sale, in millionths of a dollar;
    None: not told. A use that was taken back has the time.
    """

    id: str
    code: str
    at: datetime
    way: Way
    by: str = ""
    staff: str = ""
    place: str = ""
    amount: int | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Coupon:
    """One person's claim to a run's offer. Times are aware UTC; "" means none or not known.

    `code` is Sayso's own and opens the person's page; `shown` is what they show or say, the same
    unless the code is shared or out of a pool. `phone` is "" for a shared code itself, which has a
    coupon too (`most_uses` 0: no limit). `location` is the person's own store when it was issued,
    `places` are those where it may be redeemed (() is everywhere). One without anything to show
    leads to the campaign's links only; one that was `withdrawn_at` some time was its owner's, who
    is forgotten.
    """

    code: str
    phone: str
    campaign_id: str
    run_id: str
    issued_at: datetime
    shown: str = ""
    variant: str = ""
    channel: str = ""
    location: str = ""
    language: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    places: tuple[str, ...] = ()
    most_uses: int = 1
    uses: int = 0
    last_use: str = ""
    last_used_at: datetime | None = None
    last_used_place: str = ""
    clicked_at: datetime | None = None
    withdrawn_at: datetime | None = None
