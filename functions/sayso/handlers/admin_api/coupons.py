"""`/admin/coupons/{code}`: what became of a coupon; and a shop's own till may redeem it."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from pydantic import Field

from sayso.domain.coupon import Coupon, Use, Verdict, Way
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Form, View
from sayso.handlers.admin_api.money import dollars, micros
from sayso.handlers.admin_api.routing import Answer, Call, Route
from sayso.services.coupon_desk import Ringing


class UseForm(Form):
    """A till redeems a coupon."""

    request_id: str = Field(
        pattern=r"^[A-Za-z0-9_-]{8,64}$",
        description="The till's own, of this sale: sent again, it gets the same answer",
        examples=["till-3-20261123-0042"],
    )
    location: str | None = Field(None, max_length=20, description="Code of the store it stands in")
    amount: Decimal | None = Field(
        None, ge=0, lt=1_000_000, decimal_places=2, description="The sale, in dollars"
    )


class UseView(View):
    """One redemption."""

    id: str
    at: datetime
    way: Way
    by: str | None = Field(description="Whose of the staff; null for the customer and for tills")
    location: str | None
    amount: Decimal | None = Field(examples=["23.5"])
    undone_at: datetime | None = Field(description="When it was taken back")


class CouponView(View):
    """One person's claim to an offer, or a code that all share."""

    code: str = Field(examples=["K7P4XQ9M"])
    shown: str = Field(description="What the customer shows or says")
    phone: str | None = Field(description="Whose it is; null for a code that all share")
    campaign_id: str
    issued_at: datetime
    valid_from: datetime | None
    valid_until: datetime | None
    locations: list[str] = Field(description="Where it may be redeemed; everywhere if empty")
    most_uses: int | None = Field(description="How often it may be used; null for no limit")
    uses: int
    variant: str | None
    channel: str | None
    location: str | None = Field(description="The customer's own store when it was issued")


class CouponWithUses(CouponView):
    """A coupon with all that became of it, what was taken back included."""

    history: list[UseView]


class CouponVerdict(StrEnum):
    """What can come of it, where there is such a coupon."""

    REDEEMED = "redeemed"
    USED = "used"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    WRONG_LOCATION = "wrong_location"
    WITHDRAWN = "withdrawn"


class Redeemed(View):
    """What came of it."""

    verdict: CouponVerdict
    coupon: CouponView
    offer: str | None = Field(description="What the customer gets")
    use: UseView | None = Field(description="Null where it was not redeemed")


def _get(desks: Desks, call: Call[None, None]) -> Answer:
    coupon, uses = desks.coupons.get(call.path["coupon"])
    history = [_use(one) for one in uses]
    return Answer(CouponWithUses(**_fields(coupon), history=history))


def _redeem(desks: Desks, call: Call[UseForm, None]) -> Answer:
    form = call.body
    ringing = Ringing(
        id=form.request_id,
        code=call.path["coupon"],
        place=form.location or "",
        amount=micros(form.amount),
    )
    outcome = desks.coupons.redeem(ringing, desks.clock())
    is_redeemed = outcome.verdict is Verdict.REDEEMED
    answer = Redeemed.model_construct(
        verdict=CouponVerdict(outcome.verdict.value),
        coupon=CouponView(**_fields(outcome.coupon)) if outcome.coupon else None,
        offer=outcome.offer.title if outcome.offer else None,
        use=_use(outcome.use) if outcome.use else None,
    )
    return Answer(answer, HTTPStatus.CREATED if is_redeemed else HTTPStatus.OK)


def _fields(coupon: Coupon) -> dict[str, Any]:
    return {
        "code": coupon.code,
        "shown": coupon.shown,
        "phone": coupon.phone or None,
        "campaign_id": coupon.campaign_id,
        "issued_at": coupon.issued_at,
        "valid_from": coupon.valid_from,
        "valid_until": coupon.valid_until,
        "locations": list(coupon.places),
        "most_uses": coupon.most_uses or None,
        "uses": coupon.uses,
        "variant": coupon.variant or None,
        "channel": coupon.channel or None,
        "location": coupon.location or None,
    }


def _use(use: Use) -> UseView:
    return UseView.model_construct(
        id=use.id,
        at=use.at,
        way=use.way,
        by=use.by or None,
        location=use.place or None,
        amount=dollars(use.amount),
        undone_at=use.undone_at,
    )


_PATH = "/admin/coupons/{coupon}"
ROUTES = (
    Route(
        "GET",
        _PATH,
        "One coupon, with its uses",
        _get,
        answers={HTTPStatus.OK: CouponWithUses},
        problems=[HTTPStatus.NOT_FOUND],
    ),
    Route(
        "POST",
        f"{_PATH}/uses",
        "Redeem a coupon, as a till does: once for each request",
        _redeem,
        body=UseForm,
        answers={HTTPStatus.OK: Redeemed, HTTPStatus.CREATED: Redeemed},
        problems=[HTTPStatus.NOT_FOUND],
    ),
)
