"""Legal holidays, for the states where no marketing may arrive on one.

A state's own "legal holidays" are read strictly: the federal ones and every day that the state's
statute lists, wherever in the state it holds. One that falls on a weekend counts on its own day
and on the workday beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import cache

AS_OF = "2026-11"
_SATURDAY, _SUNDAY = 5, 6
_ONE_DAY = timedelta(days=1)


class Weekday(Enum):
    """Days by which holidays are reckoned, as `date.weekday()` counts them."""

    MONDAY = 0
    THURSDAY = 3


@dataclass(frozen=True, slots=True)
class Fixed:
    """The same date every year."""

    month: int
    day: int

    def dates(self, year: int) -> Iterator[date]:
        """The day, and the workday on which a weekend's holiday is kept."""
        day = date(year, self.month, self.day)
        yield day
        if day.weekday() == _SATURDAY:
            yield day - _ONE_DAY
        if day.weekday() == _SUNDAY:
            yield day + _ONE_DAY


@dataclass(frozen=True, slots=True)
class Nth:
    """The `nth` such weekday of a month (-1: the last), `plus` days later."""

    month: int
    weekday: Weekday
    nth: int
    plus: int = 0

    def dates(self, year: int) -> Iterator[date]:
        first = date(year, self.month, 1)
        if self.nth < 0:
            first = (first + 31 * _ONE_DAY).replace(day=1)
        ahead = (self.weekday.value - first.weekday()) % 7
        weeks = self.nth if self.nth < 0 else self.nth - 1
        yield first + timedelta(days=ahead + 7 * weeks + self.plus)


@dataclass(frozen=True, slots=True)
class Easter:
    """So many days after Easter Sunday, or before it."""

    plus: int

    def dates(self, year: int) -> Iterator[date]:
        yield _easter(year) + timedelta(days=self.plus)


@dataclass(frozen=True, slots=True)
class ElectionDay:
    """The Tuesday after the first Monday of November, in even years."""

    def dates(self, year: int) -> Iterator[date]:
        if year % 2 == 0:
            yield from Nth(11, Weekday.MONDAY, 1, plus=1).dates(year)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A holiday of one state, or of all of them ("")."""

    name: str
    day: Fixed | Nth | Easter | ElectionDay
    state: str = ""


_MONDAY, _THURSDAY = Weekday.MONDAY, Weekday.THURSDAY
# Certainty: the federal days are read in the statute; those of the states are not, and doubt counts
# as a holiday (Louisiana struck two of its days out in 2022, as far as is known).
SOURCES = {
    "": "5 U.S.C. 6103(a)",
    "AL": "Ala. Code 1-3-8",
    "LA": "La. R.S. 1:55",
    "RI": "R.I. Gen. Laws 25-1-1",
}
HOLIDAYS: tuple[Holiday, ...] = (
    Holiday("New Year's Day", Fixed(1, 1)),
    Holiday("Birthday of Martin Luther King, Jr.", Nth(1, _MONDAY, 3)),
    Holiday("Washington's Birthday", Nth(2, _MONDAY, 3)),
    Holiday("Memorial Day", Nth(5, _MONDAY, -1)),
    Holiday("Juneteenth", Fixed(6, 19)),
    Holiday("Independence Day", Fixed(7, 4)),
    Holiday("Labor Day", Nth(9, _MONDAY, 1)),
    Holiday("Columbus Day", Nth(10, _MONDAY, 2)),
    Holiday("Veterans Day", Fixed(11, 11)),
    Holiday("Thanksgiving Day", Nth(11, _THURSDAY, 4)),
    Holiday("Christmas Day", Fixed(12, 25)),
    Holiday("Mardi Gras", Easter(-47), "AL"),
    Holiday("Confederate Memorial Day", Nth(4, _MONDAY, 4), "AL"),
    Holiday("Jefferson Davis' Birthday", Nth(6, _MONDAY, 1), "AL"),
    Holiday("Battle of New Orleans", Fixed(1, 8), "LA"),
    Holiday("Robert E. Lee Day", Fixed(1, 19), "LA"),
    Holiday("Mardi Gras", Easter(-47), "LA"),
    Holiday("Good Friday", Easter(-2), "LA"),
    Holiday("Confederate Memorial Day", Fixed(6, 3), "LA"),
    Holiday("Huey P. Long Day", Fixed(8, 30), "LA"),
    Holiday("All Saints' Day", Fixed(11, 1), "LA"),
    Holiday("Election Day", ElectionDay(), "LA"),
    Holiday("Acadian Day", Nth(11, _THURSDAY, 4, plus=1), "LA"),
    Holiday("Victory Day", Nth(8, _MONDAY, 2), "RI"),
    Holiday("Election Day", ElectionDay(), "RI"),
)


def holiday_on(day: date, states: frozenset[str]) -> str:
    """The name of the federal holiday, or that of one of these states, on this day; "" for none."""
    # New Year's Day may be kept on the last day of the year before.
    for year in (day.year, day.year + 1):
        for holiday in HOLIDAYS:
            if (not holiday.state or holiday.state in states) and day in _dates(holiday, year):
                return holiday.name
    return ""


@cache
def _dates(holiday: Holiday, year: int) -> frozenset[date]:
    return frozenset(holiday.day.dates(year))


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    drift = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + drift + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
