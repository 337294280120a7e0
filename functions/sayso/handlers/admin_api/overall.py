"""`/admin/report`: what happened in some days, by campaign, channel or location."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from http import HTTPStatus

from pydantic import Field

from sayso.domain.activity import Kind
from sayso.domain.takings import REVENUE, SALES
from sayso.handlers.admin_api.access import MARKETERS
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Query, View
from sayso.handlers.admin_api.money import sum_of
from sayso.handlers.admin_api.overall_csv import csv_of
from sayso.handlers.admin_api.routing import Answer, Call, Document, Route
from sayso.services.overall import DAYS_AT_MOST, By, Line, Overall


class Format(StrEnum):
    """How the report comes."""

    JSON = "json"
    CSV = "csv"


class OverallQuery(Query):
    """Of which days, and divided by what."""

    first: date | None = Field(
        None, alias="from", description="Day of the program's zone; 30 days by default"
    )
    last: date | None = Field(
        None, alias="to", description=f"Included; today by default. At most {DAYS_AT_MOST} days"
    )
    by: By = By.CAMPAIGN
    format: Format = Format.JSON


class FiguresView(View):
    """What happened. Redemptions that were taken back are taken out of the day they were of."""

    joined: int
    opted_out: int
    replied: int = Field(description="First answers within a week after a campaign's text")
    clicked: int = Field(description="First clicks, of people")
    redeemed: int = Field(description="Redemptions; a person may have several")
    sales: int = Field(description="Redemptions of which staff have told the amount")
    revenue: Decimal = Field(description="Those amounts, in dollars")


class LineView(FiguresView):
    """One row; what is not known is null."""

    key: str = Field(description='Campaign, channel or location; "" is what belongs to none')
    name: str
    redeemed_here: int | None = Field(description="By location: redemptions made there")
    revenue_here: Decimal | None
    sent: int | None = Field(description="By campaign: its texts, of all its days")
    price: Decimal | None = Field(description="By campaign: what they cost, in dollars")
    price_is_estimate: bool | None


class DayView(FiguresView):
    """One day."""

    day: date


class OverallView(View):
    """What happened in these days; days are those of the program's time zone."""

    first: date
    last: date
    timezone: str
    by: By
    all: FiguresView
    items: list[LineView] = Field(description="Those with nothing included")
    days: list[DayView]


def _report(desks: Desks, call: Call[None, OverallQuery]) -> Answer:
    asked = call.query
    found = desks.overall.report(asked.first, asked.last, asked.by, desks.clock())
    view = overall_view(found)
    if asked.format is Format.CSV:
        name = f"report-{found.by}-{found.first}-{found.last}.csv"
        return Answer(Document(csv_of(view.items), "text/csv", name))
    return Answer(view)


def overall_view(report: Overall) -> OverallView:
    """The report as the API shows it."""
    return OverallView(
        first=report.first,
        last=report.last,
        timezone=report.zone,
        by=report.by,
        all=FiguresView.model_validate(_figures(report.all)),
        items=[_line(one) for one in report.lines],
        days=[DayView.model_validate({"day": day} | _figures(one)) for day, one in report.days],
    )


_COUNTED = (Kind.JOINED, Kind.OPTED_OUT, Kind.REPLIED, Kind.CLICKED, Kind.REDEEMED, SALES)


def _figures(counts: Mapping[str, int]) -> dict[str, int | Decimal]:
    plain = {str(name): counts.get(name, 0) for name in _COUNTED}
    return {**plain, REVENUE: sum_of(counts.get(REVENUE, 0))}


def _line(line: Line) -> LineView:
    here, texts = line.here, line.texts
    return LineView.model_validate(
        _figures(line.counts)
        | {
            "key": line.key,
            "name": line.name,
            "redeemed_here": None if here is None else here.get(Kind.REDEEMED, 0),
            "revenue_here": None if here is None else sum_of(here.get(REVENUE, 0)),
            "sent": texts.sent if texts else None,
            "price": sum_of(texts.price) if texts else None,
            "price_is_estimate": texts.is_estimate if texts else None,
        }
    )


ROUTES = (
    Route(
        "GET",
        "/admin/report",
        "What happened in some days, by campaign, channel or location; as JSON or as CSV",
        _report,
        roles=MARKETERS,
        query=OverallQuery,
        answers={HTTPStatus.OK: OverallView},
        files=("text/csv",),
    ),
)
