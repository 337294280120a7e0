"""Holidays fall on the days that people know them by."""

from datetime import date, timedelta

import pytest

from sayso.domain.holidays import HOLIDAYS, SOURCES, holiday_on

NOWHERE: frozenset[str] = frozenset()
# From the calendar of the Office of Personnel Management.
FEDERAL_2026 = {
    *(date(2026, 1, 1), date(2026, 1, 19), date(2026, 2, 16), date(2026, 5, 25)),
    *(date(2026, 6, 19), date(2026, 7, 3), date(2026, 9, 7), date(2026, 10, 12)),
    *(date(2026, 11, 11), date(2026, 11, 26), date(2026, 12, 25)),
}


def test_the_federal_holidays_of_a_year_are_those_of_the_calendar() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    found = {day for day in days if holiday_on(day, NOWHERE)}
    # Independence Day is kept on Friday the 3rd, and falls on Saturday the 4th.
    assert found == FEDERAL_2026 | {date(2026, 7, 4)}


@pytest.mark.parametrize(
    ("day", "state", "name"),
    [
        (date(2026, 2, 17), "LA", "Mardi Gras"),
        (date(2027, 2, 9), "AL", "Mardi Gras"),
        (date(2026, 4, 3), "LA", "Good Friday"),
        (date(2024, 3, 29), "LA", "Good Friday"),
        (date(2026, 11, 3), "RI", "Election Day"),
        (date(2026, 8, 10), "RI", "Victory Day"),
        (date(2026, 4, 27), "AL", "Confederate Memorial Day"),
        (date(2026, 11, 27), "LA", "Acadian Day"),
        (date(2027, 12, 31), "RI", "New Year's Day"),
        (date(2023, 1, 2), "RI", "New Year's Day"),
    ],
)
def test_a_holiday_falls_where_it_is_kept(day: date, state: str, name: str) -> None:
    assert holiday_on(day, frozenset({state})) == name


def test_an_election_is_every_other_year() -> None:
    assert holiday_on(date(2027, 11, 2), frozenset({"RI"})) == ""


def test_another_states_holiday_is_a_day_like_others() -> None:
    assert holiday_on(date(2026, 8, 10), frozenset({"AL"})) == ""


def test_every_holiday_has_a_source() -> None:
    assert {holiday.state for holiday in HOLIDAYS} == SOURCES.keys()
