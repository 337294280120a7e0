"""The report over everything that happened in some days, by campaign, by channel or by store."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sayso.domain.campaign import Campaign, State
from sayso.domain.catalog import Catalog
from sayso.domain.catalog_rules import Fault
from sayso.domain.day_counters import CAMPAIGN
from sayso.domain.reported import reported_channels
from sayso.domain.slot import CHANNEL, LOCATION, OF_GROUP, Tally
from sayso.domain.takings import PLACE
from sayso.services.breakdown import groups_of
from sayso.services.campaigns import Campaigns
from sayso.services.ports.activities import DayCounters
from sayso.services.ports.campaigns import CatalogReader
from sayso.services.refusals import Invalid

# So long the days' counters are kept; and so many campaigns are looked at, the newest first.
DAYS_AT_MOST = 400
CAMPAIGNS_AT_MOST = 50
_USUALLY = timedelta(days=29)


class By(StrEnum):
    """What the rows are of."""

    CAMPAIGN = "campaign"
    CHANNEL = "channel"
    LOCATION = "location"


_GROUP = {By.CAMPAIGN: CAMPAIGN, By.CHANNEL: CHANNEL, By.LOCATION: LOCATION}


@dataclass(frozen=True, slots=True)
class Texts:
    """What a campaign has sent, in all its days; `price` in millionths of a dollar."""

    sent: int
    price: int
    is_estimate: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What happened, in the counters of domain.day_counters.

    `key` is a campaign's id, a channel or a store's code; "" is what belongs to none. `here` counts
    the redemptions made at a store, by whomever; None but for stores. `texts` is None where the row
    is of no campaign, or not of one of the newest.
    """

    key: str
    name: str
    counts: Mapping[str, int]
    here: Mapping[str, int] | None = None
    texts: Texts | None = None


@dataclass(frozen=True, slots=True)
class Overall:
    """From `first` to `last`, both included, days of `zone`; `days` has each of them."""

    first: date
    last: date
    zone: str
    by: By
    all: Mapping[str, int]
    lines: tuple[Line, ...]
    days: tuple[tuple[date, Mapping[str, int]], ...]


@dataclass(frozen=True, slots=True)
class OverallDesk:
    """Adds up the days' counters."""

    counters: DayCounters
    campaigns: Campaigns
    catalog: CatalogReader

    def report(self, first: date | None, last: date | None, by: By, now: datetime) -> Overall:
        """The thirty days until today where none are named. Raises Invalid."""
        catalog = self.catalog.load()
        zone = catalog.program.timezone if catalog.program else "UTC"
        last = last or now.astimezone(ZoneInfo(zone)).date()
        first = first or max(last, date.min + _USUALLY) - _USUALLY
        _check(first, last)
        found = self.counters.between(first, last)
        tally = _sum(found)
        days = tuple((day, _plain(found.get(day, {}))) for day in _days(first, last))
        lines = self._lines(by, tally, catalog, (first, last), now)
        return Overall(first, last, zone, by, _plain(tally), lines, days)

    def _lines(
        self, by: By, tally: Tally, catalog: Catalog, days: tuple[date, date], now: datetime
    ) -> tuple[Line, ...]:
        groups = groups_of(tally, _GROUP[by])
        match by:
            case By.CAMPAIGN:
                found = self._of_campaigns(groups, tally, days, now)
            case By.CHANNEL:
                names = {one: one for one in reported_channels(catalog)}
                found = _named(names, groups)
            case By.LOCATION:
                here = groups_of(tally, PLACE)
                names = {one.code: one.name for one in catalog.locations}
                found = [_at(line, here) for line in _named(names, groups, also=here)]
        return tuple(sorted(found, key=_most_first))

    def _of_campaigns(
        self,
        groups: Mapping[str, Counter[str]],
        tally: Tally,
        days: tuple[date, date],
        now: datetime,
    ) -> list[Line]:
        newest = self.campaigns.page(CAMPAIGNS_AT_MOST, "").campaigns
        known = {one.id: one for one in newest if one.id in groups or _ran(one, *days)}
        # What is counted for a campaign that is older, or gone, is told under its id.
        lines = [
            Line(key, known[key].name if key in known else "", groups.get(key, Counter()))
            for key in dict.fromkeys([*known, *groups])
        ]
        with_texts = [
            Line(one.key, one.name, one.counts, texts=self._texts(one.key, now))
            if one.key in known
            else one
            for one in lines
        ]
        return [*with_texts, Line("", "", _without(_plain(tally), lines))]

    def _texts(self, campaign_id: str, now: datetime) -> Texts:
        report = self.campaigns.report(campaign_id, now)
        sent = report.sent + (report.reminders.sent if report.reminders else 0)
        return Texts(sent, report.price.amount, report.price.is_estimate)


def _check(first: date, last: date) -> None:
    if first > last:
        raise Invalid([Fault("from", "it begins after it ends")])
    if (last - first).days >= DAYS_AT_MOST:
        raise Invalid([Fault("from", f"at most {DAYS_AT_MOST} days at a time")])


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _sum(days: Mapping[date, Tally]) -> Tally:
    total = Tally()
    for tally in days.values():
        total.update(tally)
    return total


def _plain(tally: Mapping[str, int]) -> dict[str, int]:
    return {name: count for name, count in tally.items() if OF_GROUP not in name}


def _ran(campaign: Campaign, first: date, last: date) -> bool:
    """Whether it may have texted in these days, to within a day: the time zones' difference."""
    if campaign.state is State.DRAFT:
        return False
    a_day = timedelta(days=1)
    goes_on = campaign.state not in (State.FINISHED, State.CANCELLED)
    ended = campaign.updated_at.astimezone(UTC).date()
    begun = campaign.created_at.astimezone(UTC).date()
    return begun - a_day <= last and (goes_on or ended + a_day >= first)


def _named(
    names: Mapping[str, str],
    groups: Mapping[str, Counter[str]],
    also: Mapping[str, Counter[str]] | None = None,
) -> list[Line]:
    """A line for each that is known, whatever it has, and for each that something is counted of."""
    keys = dict.fromkeys([*names, *groups, *(also or {})])
    return [Line(key, names.get(key, ""), groups.get(key, Counter())) for key in keys]


def _at(line: Line, here: Mapping[str, Counter[str]]) -> Line:
    return Line(line.key, line.name, line.counts, here=here.get(line.key, Counter()))


def _without(tally: Mapping[str, int], lines: Sequence[Line]) -> Mapping[str, int]:
    """What belongs to none of the lines."""
    rest = Counter(tally)
    for line in lines:
        rest.subtract(line.counts)
    return rest


def _most_first(line: Line) -> tuple[bool, int, int, str]:
    redeemed, joined = line.counts.get("redeemed", 0), line.counts.get("joined", 0)
    return not line.key, -redeemed, -joined, line.key
