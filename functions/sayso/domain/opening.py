"""When a store is open, on its own clock. Pure.

A location's `hours` are `(weekday, opens, closes)`: Monday is 0, times are minutes since midnight,
and what closes past midnight closes after more than 1440 of them, on the day after. `holidays` are
`(date, ((opens, closes), …))`: the whole hours of that date, none of them where it is closed. What
began on the day before a holiday goes on into it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from sayso.domain.catalog import Location

DAY = 24 * 60
WEEK = 7 * DAY
SPANS_AT_MOST = 6
HOLIDAYS_AT_MOST = 60
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIMES_OVERLAP = "hours of one day overlap, or run into those of the next"


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a store is open, and when (UTC) that changes; None: not as far as one can see."""

    is_open: bool
    changes_at: datetime | None


def standing(location: Location, at: datetime) -> Standing | None:
    """How the store stands at that moment (aware); None where its hours are not known."""
    if not location.hours and not location.holidays:
        return None
    now = at.astimezone(UTC)
    for opens, closes in _joined(_spans(location, now)):
        if now < opens:
            return Standing(is_open=False, changes_at=opens)
        if now < closes:
            ends = None if closes - now > _sight(location) else closes
            return Standing(is_open=True, changes_at=ends)
    return Standing(is_open=False, changes_at=None)


def opening_faults(location: Location) -> Iterator[tuple[str, str]]:
    """What is wrong with the hours and holidays: the field, and why."""
    for day, name in enumerate(WEEKDAYS):
        spans = [(opens, closes) for on, opens, closes in location.hours if on == day]
        if reason := _wrong_with(spans):
            yield f"hours.{name}", reason
    week = sorted((day * DAY + opens, day * DAY + closes) for day, opens, closes in location.hours)
    around = [*week, *((opens + WEEK, closes + WEEK) for opens, closes in week[:1])]
    if any(before[1] > after[0] for before, after in pairwise(around)):
        yield "hours", _TIMES_OVERLAP
    yield from _holiday_faults(location)


def _holiday_faults(location: Location) -> Iterator[tuple[str, str]]:
    if len(location.holidays) > HOLIDAYS_AT_MOST:
        yield "holidays", f"at most {HOLIDAYS_AT_MOST} fit; take out those that are past"
    seen = set[str]()
    for number, (day, spans) in enumerate(location.holidays):
        if day in seen:
            yield f"holidays.{number}.date", "is in the list already"
        seen.add(day)
        if reason := _wrong_with(spans) or _wrong_together(spans):
            yield f"holidays.{number}.hours", reason


def _wrong_with(spans: Iterable[tuple[int, int]]) -> str:
    found = list(spans)
    if len(found) > SPANS_AT_MOST:
        return f"at most {SPANS_AT_MOST} spans fit in a day"
    if any(not 0 <= opens < DAY or not opens < closes <= opens + DAY for opens, closes in found):
        return "a span begins within its day and lasts a day at most"
    return ""


def _wrong_together(spans: Iterable[tuple[int, int]]) -> str:
    overlap = any(before[1] > after[0] for before, after in pairwise(sorted(spans)))
    return _TIMES_OVERLAP if overlap else ""


def _sight(location: Location) -> timedelta:
    """For so long all hours come by at least once, whatever days are holidays."""
    return timedelta(weeks=2 + len(location.holidays))


def _spans(location: Location, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Spans in their order, from those that began the day before yesterday, as far as one sees."""
    zone = ZoneInfo(location.timezone)
    exceptions = dict(location.holidays)
    first = now.astimezone(zone).date() - timedelta(days=2)
    for days in range(_sight(location).days + 4):
        day = first + timedelta(days=days)
        weekly = [(opens, closes) for on, opens, closes in location.hours if on == day.weekday()]
        for opens, closes in sorted(exceptions.get(day.isoformat(), weekly)):
            yield _instant(day, opens, zone, 0), _instant(day, closes, zone, 1)


def _instant(day: date, minutes: int, zone: ZoneInfo, fold: int) -> datetime:
    """That time on the store's clock.

    Of an hour that comes twice, doors open in the first and close in the second. A time that the
    clock leaps over comes as late as it would without.
    """
    days, minutes = divmod(minutes, DAY)
    clock = datetime.combine(day + timedelta(days=days), time(minutes // 60, minutes % 60), zone)
    both = clock.replace(fold=0).astimezone(UTC), clock.replace(fold=1).astimezone(UTC)
    return both[0] if both[0] >= both[1] else both[fold]


def _joined(
    spans: Iterable[tuple[datetime, datetime]],
) -> Iterator[tuple[datetime, datetime]]:
    """The spans, those that touch put together."""
    current: tuple[datetime, datetime] | None = None
    for opens, closes in spans:
        if current and opens <= current[1]:
            current = current[0], max(closes, current[1])
            continue
        if current:
            yield current
        current = opens, closes
    if current:
        yield current
