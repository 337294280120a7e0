"""What the till and the hold-out say in a campaign's report, as seen from outside."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from decimal import Decimal

from pydantic import Field

from sayso.domain.evidence import Group, wilson
from sayso.domain.lift import Lift
from sayso.handlers.admin_api.forms import View
from sayso.handlers.admin_api.money import dollars, sum_of
from sayso.services.till_figures import Place, Till

_MINUTE = timedelta(minutes=1)


class GroupView(View):
    """One group of a comparison. The rate's interval holds 95 times in 100 (Wilson's)."""

    name: str
    people: int = Field(description="Everyone drawn into it, whatever became of their text")
    events: int
    rate: float
    low: float
    high: float


class PlaceView(View):
    """Where it was redeemed; "" is for redemptions that named no place."""

    name: str
    uses: int
    sales: int
    revenue: Decimal


class TillView(View):
    """What came of the offer at the till."""

    uses: int = Field(description="Redemptions; a person may have several")
    sales: int = Field(description="Of them, how many staff have told the amount of")
    revenue: Decimal = Field(description="Those amounts, in dollars")
    rate: float | None = Field(
        description="People who redeemed, of those sent the text; null where all share a code"
    )
    low: float | None = Field(description="The rate's interval, which holds 95 times in 100")
    high: float | None
    median_minutes: float | None = Field(
        description="From text to till, of each person's first redemption, to about a tenth"
    )
    timed: int = Field(description="Of how many people that time is known")
    cost: Decimal = Field(description="The texts' price, and the offer's worth for each redemption")
    cost_per_redemption: Decimal | None
    includes_worth: bool = Field(description="Whether the offer says what one costs the shop")
    by_place: list[PlaceView]


class RemindersView(View):
    """What went out to remind. These people are counted once, as those the campaign was for."""

    targeted: int
    sent: int
    waiting: int
    delivered: int
    opted_out: int
    excluded: Mapping[str, int] = Field(
        description="By reason; redeemed is who had no need of it any more"
    )


class LiftView(View):
    """Known visits of those meant to be texted against those held out. An estimate, no claim."""

    texted: GroupView
    held_out: GroupView
    difference: float
    low: float | None = Field(description="Null where nothing is known of who was held out")
    high: float | None
    said: str


def till_view(till: Till) -> TillView:
    """The offer's figures as the API shows them."""
    minutes = till.median / _MINUTE if till.median else None
    return TillView(
        uses=till.uses,
        sales=till.sales,
        revenue=sum_of(till.revenue),
        **rate_figures(till.rate),
        median_minutes=None if minutes is None else float(f"{minutes:.2g}"),
        timed=till.timed,
        cost=sum_of(till.cost),
        cost_per_redemption=dollars(till.cost_each),
        includes_worth=till.includes_worth,
        by_place=[_place(one) for one in till.by_place],
    )


def rate_figures(group: Group | None) -> dict[str, float | None]:
    """`rate` with its interval, `low` and `high`; all None where there is no group."""
    if group is None:
        return dict.fromkeys(("rate", "low", "high"))
    low, high = wilson(group)
    return {"rate": group.rate, "low": low, "high": high}


def lift_view(told: Lift) -> LiftView:
    """The lift as the API shows it."""
    low, high = told.interval or (None, None)
    return LiftView(
        texted=group_view(told.texted),
        held_out=group_view(told.held_out),
        difference=told.difference,
        low=low,
        high=high,
        said=told.said,
    )


def _place(one: Place) -> PlaceView:
    return PlaceView.model_validate(asdict(one) | {"revenue": sum_of(one.revenue)})


def group_view(group: Group) -> GroupView:
    """The group with its rate as the API shows it."""
    return GroupView.model_validate(asdict(group) | rate_figures(group))
