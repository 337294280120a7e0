"""What a campaign's report looks like from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal

from pydantic import Field

from sayso.domain.campaign import State
from sayso.domain.comparing import Comparison, Outcome
from sayso.domain.evidence import Difference, Group
from sayso.handlers.admin_api.forms import View
from sayso.handlers.admin_api.money import sum_of
from sayso.handlers.admin_api.till_models import (
    GroupView,
    LiftView,
    RemindersView,
    TillView,
    group_view,
    lift_view,
    rate_figures,
    till_view,
)
from sayso.services.breakdown import Row
from sayso.services.report import Price, Report


class PriceView(View):
    """What the texts cost, in money."""

    amount: Decimal = Field(examples=["12.345"])
    currency: str = Field(description="As AWS bills: US dollars")
    is_estimate: bool = Field(description="Whether the carrier has not said the price of all yet")


class RowView(View):
    """The people of one location, channel or variant; "" is for those who named none."""

    name: str = Field(description="`held_out` among the variants is who gets nothing")
    targeted: int
    sent: int
    delivered: int
    failed: int = Field(description="Refused and undelivered together")
    refused: int
    unknown: int
    excluded: int
    waiting: int
    replied: int
    opted_out: int
    visited: int
    clicked: int
    redeemed: int = Field(description="People")
    uses: int = Field(description="Redemptions")
    sales: int = Field(description="Redemptions of which staff have told the amount")
    revenue: Decimal = Field(description="Those amounts, in dollars")
    referred: int = Field(description="Friends who joined by the codes of these people")
    rate: float | None = Field(
        description="`redeemed` of `sent`; null where nobody was sent anything, nothing is offered "
        "or all share a code"
    )
    low: float | None = Field(description="The rate's interval, which holds 95 times in 100")
    high: float | None


class DifferenceView(View):
    """How much higher the rate of one group is; all intervals hold together 95 times in 100."""

    of: str
    against: str
    difference: float
    low: float
    high: float
    chance: float = Field(description="How likely chance alone makes any two differ so much")


class ComparisonView(View):
    """Whether the groups differ. As long as figures may change, nothing is claimed."""

    outcome: Outcome = Field(description="What is compared: the first of these that anybody did")
    groups: list[GroupView]
    differences: list[DifferenceView]
    verdict: str
    is_evidence: bool


class ReportView(View):
    """What came of a campaign so far, in people.

    `targeted` = `sent` + `refused` + `unknown` + `waiting` + all of `excluded`.
    """

    campaign_id: str
    status: State
    is_finished: bool
    targeted: int
    sent: int = Field(description="Taken by the carrier")
    delivered: int = Field(description="Of those sent, known to have arrived")
    undelivered: int = Field(description="Of those sent, known not to have arrived")
    failed: int = Field(description="`refused` and `undelivered` together")
    refused: int = Field(description="Not taken by the carrier")
    unknown: int = Field(description="May have been sent; a delivery event will tell")
    waiting: int = Field(description="Not tried yet")
    held_out: int = Field(description="Of those excluded, who get nothing, to compare with")
    opted_out: int = Field(description="Said stop within three days after this campaign's text")
    replied: int = Field(description="Wrote anything else within a week after it")
    visited: int = Field(description="Came within a week after it, as the shop reports")
    clicked: int = Field(description="Opened the link within a week after it")
    redeemed: int = Field(description="Redeemed an offer within a week after it")
    clicks: int = Field(description="How often people opened its links")
    previews: int = Field(description="How often programs did: previews, scanners")
    referred: int = Field(description="Friends who joined by a code of this campaign")
    price: PriceView
    till: TillView | None = Field(description="Null where it offers nothing to redeem")
    reminders: RemindersView | None = Field(description="Null where nobody was reminded")
    excluded: Mapping[str, int] = Field(description="Not texted, by reason")
    failures: Mapping[str, int] = Field(description="Of those failed, by reason")
    failure_classes: Mapping[str, int] = Field(description="Of those failed, by whose doing it is")
    waiting_by_reason: Mapping[str, int]
    explained: Mapping[str, str] = Field(description="Each of these reasons in a sentence")
    by_location: list[RowView]
    by_channel: list[RowView]
    by_variant: list[RowView]
    comparison: ComparisonView | None = Field(
        description="Null where there are not two groups to compare"
    )
    lift: LiftView | None = Field(description="Null where nobody was held out")


def report_view(report: Report) -> ReportView:
    """The report as the API shows it."""
    made = {
        "failed": report.refused + report.undelivered,
        "price": _price(report.price),
        "comparison": _comparison(report.comparison) if report.comparison else None,
        "till": till_view(report.till) if report.till else None,
        "lift": lift_view(report.lift) if report.lift else None,
        **{
            f"by_{kind}": [_row(one, report.rate_of(one)) for one in rows]
            for kind, rows in _rows(report).items()
        },
    }
    values = asdict(report)
    return ReportView.model_validate(values | values.pop("attention") | made)


def _rows(report: Report) -> Mapping[str, Sequence[Row]]:
    return {
        "location": report.by_location,
        "channel": report.by_channel,
        "variant": report.by_variant,
    }


def _row(row: Row, rate: Group | None) -> RowView:
    made = {"revenue": sum_of(row.revenue), **rate_figures(rate)}
    return RowView.model_validate(asdict(row) | made)


def _price(price: Price) -> PriceView:
    return PriceView(amount=sum_of(price.amount), currency="USD", is_estimate=price.is_estimate)


def _comparison(told: Comparison) -> ComparisonView:
    return ComparisonView(
        outcome=told.outcome,
        groups=[group_view(one) for one in told.groups],
        differences=[_difference(one) for one in told.differences],
        verdict=told.verdict,
        is_evidence=told.is_evidence,
    )


def _difference(one: Difference) -> DifferenceView:
    low, high = one.interval
    names = {"of": one.of.name, "against": one.against.name}
    return DifferenceView(**names, difference=one.size, low=low, high=high, chance=one.chance)
