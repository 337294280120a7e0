"""How the values within a condition are read from a segment's text: spans, days, months, miles."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from sayso.domain.segment.bounds import BadSegment, checked_span, checked_values
from sayso.domain.segment.filters import Field, Span, Unit
from sayso.domain.segment.source import Source
from sayso.domain.segment.words import MONTHS, UNITS, month_of

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_YEARS = range(1970, 2101)
_NUMBER = re.compile(r"[0-9]{1,6}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_span(source: Source) -> Span:
    """`30 days`."""
    return checked_by(source, lambda: _count_of(source), lambda read: checked_span(*read))


def _count_of(source: Source) -> tuple[int, Unit]:
    if not _NUMBER.fullmatch(source.word):
        raise source.fault("a number is missing; write, for example: 30 days")
    count = int(source.take(source.word))
    unit = UNITS.get(source.word)
    if unit is None:
        raise source.unknown("unit of time", [unit.value for unit in Unit])
    source.take(source.word)
    return count, unit


def read_day(source: Source, later: int = 0) -> date:
    """`2026-12-01`, or the day so many days later."""
    if not _DAY.fullmatch(source.word):
        raise source.fault("a date is missing; write it as 2026-12-01")
    try:
        day = date.fromisoformat(source.word) + timedelta(days=later)
    except (ValueError, OverflowError):
        raise source.fault(f"{source.shown} is no day of the calendar") from None
    if day.year not in _YEARS:
        raise source.fault(f"write a day from {_YEARS[0]} to {_YEARS[-1]}")
    source.take(source.word)
    return day


def read_months(source: Source) -> tuple[int, ...]:
    """`December, January`."""
    found: list[int] = []
    while not found or source.take(","):
        month = month_of(source.word)
        if not month:
            raise source.unknown("month", MONTHS)
        source.take(source.word)
        found.append(month)
    return tuple(dict.fromkeys(found))


def read_near(source: Source) -> tuple[int, str]:
    """`10 miles of 60614`."""
    if not _NUMBER.fullmatch(source.word):
        raise source.fault("a number is missing; write: within 10 miles of 60614")
    miles = int(source.take(source.word))
    if not source.take("mile", "miles"):
        raise source.fault(
            f"{source.shown} is no unit of distance; write: within 10 miles of 60614, "
            "or what has happened within that time: joined within 30 days"
        )
    source.expect("of", "say of what; write: within 10 miles of 60614")
    return miles, source.text("a ZIP code, or the code of a location,")


def read_values(source: Source, field: Field | None, what: str) -> tuple[str, ...]:
    """`DOWNTOWN, SOHO`, as they are kept; `what` says what is wanted."""
    return checked_by(
        source, lambda: source.list(what), lambda values: checked_values(field, values)
    )


def checked_by(
    source: Source, reader: Callable[[], _Given], check: Callable[[_Given], _Made]
) -> _Made:
    """What the check makes of what is read; its refusal is told with the place where that began."""
    start = source.place
    value = reader()
    try:
        return check(value)
    except BadSegment as bad:
        raise source.fault(bad.detail, start) from None
