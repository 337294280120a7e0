"""When a store is open, on its own clock."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sayso.domain.catalog import Location
from sayso.domain.opening import DAY, Standing, opening_faults, standing
from tests.support.bluebird import DOWNTOWN

CHICAGO = ZoneInfo("America/Chicago")
WEEKDAY_HOURS = tuple((day, 7 * 60, 18 * 60) for day in range(5))
# Split on Mondays; on Saturdays past midnight.
BAR = replace(DOWNTOWN, hours=((0, 8 * 60, 12 * 60), (0, 13 * 60, 18 * 60), (5, 18 * 60, 26 * 60)))
OFFICE = replace(DOWNTOWN, hours=WEEKDAY_HOURS)
ALWAYS = replace(DOWNTOWN, hours=tuple((day, 0, DAY) for day in range(7)))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHICAGO)


def seen(location: Location, text: str) -> tuple[bool, str]:
    """Whether it is open at that time in Chicago, and until when, there."""
    found = standing(location, at(text))
    assert found is not None
    changes = found.changes_at
    return found.is_open, changes.astimezone(CHICAGO).strftime("%m-%d %H:%M") if changes else ""


@pytest.mark.parametrize(
    ("store", "when", "is_open", "until"),
    [
        # 2026-11-23 is a Monday.
        (BAR, "2026-11-23T07:59", False, "11-23 08:00"),
        (BAR, "2026-11-23T08:00", True, "11-23 12:00"),
        (BAR, "2026-11-23T12:00", False, "11-23 13:00"),
        (BAR, "2026-11-23T18:00", False, "11-28 18:00"),
        (BAR, "2026-11-28T23:59", True, "11-29 02:00"),
        (BAR, "2026-11-29T01:59", True, "11-29 02:00"),
        (BAR, "2026-11-29T02:00", False, "11-30 08:00"),
        (OFFICE, "2026-11-27T18:00", False, "11-30 07:00"),
    ],
)
def test_a_store_keeps_its_hours(store: Location, when: str, is_open: bool, until: str) -> None:
    assert seen(store, when) == (is_open, until)


def test_a_store_that_never_closes_has_no_end_in_sight() -> None:
    assert seen(ALWAYS, "2026-11-23T12:00") == (True, "")


def test_a_store_that_never_closes_but_for_a_holiday_ends_there() -> None:
    store = replace(ALWAYS, holidays=(("2026-11-26", ()),))
    assert seen(store, "2026-11-23T12:00") == (True, "11-26 00:00")
    assert seen(store, "2026-11-26T12:00") == (False, "11-27 00:00")


def test_nothing_is_said_of_hours_that_nobody_entered() -> None:
    assert standing(DOWNTOWN, at("2026-11-23T12:00")) is None


def test_a_store_with_nothing_but_a_day_off_never_opens() -> None:
    closed = replace(DOWNTOWN, holidays=(("2026-11-26", ()),))
    assert standing(closed, at("2026-11-23T12:00")) == Standing(is_open=False, changes_at=None)


def test_a_holiday_has_hours_of_its_own_in_place_of_the_weeks() -> None:
    eve = replace(OFFICE, holidays=(("2026-12-24", ((9 * 60, 14 * 60),)), ("2026-12-25", ())))

    assert seen(eve, "2026-12-24T08:00") == (False, "12-24 09:00")
    assert seen(eve, "2026-12-24T14:00") == (False, "12-28 07:00")
    assert seen(eve, "2026-12-25T12:00") == (False, "12-28 07:00")


def test_the_night_before_a_holiday_goes_on_into_it() -> None:
    bar = replace(BAR, holidays=(("2026-11-29", ()),))
    assert seen(bar, "2026-11-29T01:00") == (True, "11-29 02:00")


def test_many_holidays_in_a_row_hide_no_opening() -> None:
    mondays = [at("2026-11-23T00:00") + timedelta(weeks=week) for week in range(20)]
    holidays = tuple((day.date().isoformat(), ()) for day in mondays)
    only_mondays = replace(DOWNTOWN, hours=((0, 480, 1080),), holidays=holidays)

    assert standing(only_mondays, mondays[0]) == Standing(
        is_open=False, changes_at=mondays[-1] + timedelta(weeks=1, hours=8)
    )


@pytest.mark.parametrize(
    ("when", "is_open", "utc"),
    [
        # 2026-03-08: the clock goes from 02:00 to 03:00, so 02:30 comes an hour late.
        ("2026-03-08T01:59", False, "2026-03-08T08:30:00+00:00"),
        # 2026-11-01: 01:30 comes twice; doors that close then close the second time.
        ("2026-11-01T00:30", True, "2026-11-01T07:30:00+00:00"),
    ],
)
def test_the_clock_may_change_in_between(when: str, is_open: bool, utc: str) -> None:
    sundays = replace(DOWNTOWN, hours=((5, 20 * 60, 25 * 60 + 30), (6, 2 * 60 + 30, 6 * 60)))
    found = standing(sundays, at(when))
    assert found == Standing(is_open, datetime.fromisoformat(utc))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hours": ((0, 480, 480),)}, "hours.monday"),
        ({"hours": ((1, 480, 480 + DAY + 1),)}, "hours.tuesday"),
        ({"hours": ((1, DAY, DAY + 5),)}, "hours.tuesday"),
        ({"hours": ((0, 480, 720), (0, 700, 900))}, "hours"),
        ({"hours": ((0, 1200, DAY + 120), (1, 60, 300))}, "hours"),
        ({"hours": ((6, 1200, DAY + 120), (0, 60, 300))}, "hours"),
        ({"hours": tuple((2, n * 60, n * 60 + 30) for n in range(7))}, "hours.wednesday"),
        ({"holidays": (("2026-12-25", ()), ("2026-12-25", ()))}, "holidays.1.date"),
        ({"holidays": (("2026-12-24", ((480, 720), (700, 900))),)}, "holidays.0.hours"),
        ({"holidays": tuple((f"2027-{n}", ()) for n in range(61))}, "holidays"),
    ],
)
def test_hours_with_one_fault_are_told_which(change: dict[str, object], field: str) -> None:
    faults = opening_faults(replace(DOWNTOWN, **change))  # type: ignore[arg-type]
    assert [name for name, _ in faults] == [field]


def test_sound_hours_have_no_fault() -> None:
    for store in (DOWNTOWN, BAR, OFFICE, ALWAYS):
        assert list(opening_faults(store)) == []
