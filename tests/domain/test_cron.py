"""Recurring times are read as crontab has them, and refused with what is wrong with them."""

from contextlib import suppress
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.cron import NotACron, parsed

NOON = datetime.fromisoformat("2026-11-23T12:00")  # a Monday


def next_times(text: str, count: int, after: datetime = NOON) -> list[str]:
    found = []
    for _ in range(count):
        following = parsed(text).after(after)
        assert following is not None
        after = following
        found.append(f"{after:%a %Y-%m-%d %H:%M}")
    return found


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("0 10 * * TUE", ["Tue 2026-11-24 10:00", "Tue 2026-12-01 10:00"]),
        ("0 10 * * tue,Thu", ["Tue 2026-11-24 10:00", "Thu 2026-11-26 10:00"]),
        ("0 12 * * *", ["Tue 2026-11-24 12:00", "Wed 2026-11-25 12:00"]),
        ("5 12 * * *", ["Mon 2026-11-23 12:05", "Tue 2026-11-24 12:05"]),
        ("30 9,17 * * 1-5", ["Mon 2026-11-23 17:30", "Tue 2026-11-24 09:30"]),
        ("0 8-18/5 * * *", ["Mon 2026-11-23 13:00", "Mon 2026-11-23 18:00"]),
        ("0 20/2 * * *", ["Mon 2026-11-23 20:00", "Mon 2026-11-23 22:00"]),
        ("0 10 * * 0", ["Sun 2026-11-29 10:00", "Sun 2026-12-06 10:00"]),
        ("0 10 * * 7", ["Sun 2026-11-29 10:00", "Sun 2026-12-06 10:00"]),
        ("0 10 * * FRI-7", ["Fri 2026-11-27 10:00", "Sat 2026-11-28 10:00"]),
        ("0 10 1 * *", ["Tue 2026-12-01 10:00", "Fri 2027-01-01 10:00"]),
        ("0 10 31 * *", ["Thu 2026-12-31 10:00", "Sun 2027-01-31 10:00"]),
        ("0 10 1 JAN,JUL *", ["Fri 2027-01-01 10:00", "Thu 2027-07-01 10:00"]),
        ("0 10 29 2 *", ["Tue 2028-02-29 10:00", "Sun 2032-02-29 10:00"]),
        # Both days restricted: either will do. A field that begins with * restricts nothing.
        ("0 10 13 * FRI", ["Fri 2026-11-27 10:00", "Fri 2026-12-04 10:00"]),
        ("0 10 24 * FRI", ["Tue 2026-11-24 10:00", "Fri 2026-11-27 10:00"]),
        ("0 10 */2 * FRI", ["Fri 2026-11-27 10:00", "Fri 2026-12-11 10:00"]),
        ("  0   10 *\t* MON ", ["Mon 2026-11-30 10:00", "Mon 2026-12-07 10:00"]),
    ],
)
def test_a_text_means_these_times(text: str, times: list[str]) -> None:
    assert next_times(text, 2) == times


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "five fields"),
        ("0 10 * *", "five fields"),
        ("0 10 * * * 2026", "five fields"),
        ("@daily", "five fields"),
        ("* 10 * * *", "once an hour"),
        ("*/30 * * * *", "once an hour"),
        ("0,30 10 * * *", "once an hour"),
        ("60 10 * * *", "'60' is no minute: write 0 to 59"),
        ("0 24 * * *", "'24' is no hour"),
        ("0 10 0 * *", "'0' is no day of month"),
        ("0 10 * 13 *", "'13' is no month: write 1 to 12, or JAN to DEC"),
        ("0 10 * * 8", "'8' is no day of week"),
        ("0 10 * * TUESDAY", "'TUESDAY' is no day of week: write 0 to 7, or SUN to SAT"),
        ("0 10 * * TUE-MON", "ends before it begins"),
        ("0 10-8 * * *", "ends before it begins"),
        ("0 */0 * * *", "a step is a number above 0"),
        ("0 8/x * * *", "a step"),
        ("0 10 , * *", "'' is no day of month"),
        ("0 ١٠ * * *", "is no hour"),
        ("0 10 L * *", "'L' is no day of month"),
        ("0 -1 * * *", "is no hour"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(NotACron) as refused:
        parsed(text)
    assert refused.value.field == "schedule.cron"
    assert why in refused.value.detail


def test_a_day_that_never_comes_is_never() -> None:
    assert parsed("0 10 30 FEB *").after(NOON) is None


def test_the_last_days_of_the_calendar_are_survived() -> None:
    assert parsed("0 10 1 JAN *").after(datetime.fromisoformat("9999-12-30")) is None


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(NotACron):
        assert parsed(text).hours


_NUMBERS = {"hours": (0, 23), "days": (1, 31), "months": (1, 12), "weekdays": (0, 6)}


@st.composite
def fields(draw: st.DrawFn, name: str) -> tuple[str, set[int]]:
    """A field's text, and the numbers that it means."""
    least, most = _NUMBERS[name]
    if draw(st.booleans()):
        return "*", set(range(least, most + 1))
    numbers = draw(st.sets(st.integers(least, most), min_size=1, max_size=4))
    return ",".join(map(str, sorted(numbers))), numbers


@given(
    st.integers(0, 59),
    fields("hours"),
    fields("days"),
    fields("months"),
    fields("weekdays"),
    st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2028-12-31")),
)
def test_the_next_time_is_the_first_that_a_walk_finds(
    minute: int,
    hours: tuple[str, set[int]],
    days: tuple[str, set[int]],
    months: tuple[str, set[int]],
    weekdays: tuple[str, set[int]],
    after: datetime,
) -> None:
    """The walk knows the rules in its own words: hour by hour, for two months."""
    text = f"{minute} {hours[0]} {days[0]} {months[0]} {weekdays[0]}"

    def matches(at: datetime) -> bool:
        by_month, by_week = at.day in days[1], (at.weekday() + 1) % 7 in weekdays[1]
        both = "*" in (days[0], weekdays[0])
        day = (by_month and by_week) if both else (by_month or by_week)
        return at.hour in hours[1] and at.month in months[1] and day

    first = after.replace(minute=minute, second=0, microsecond=0)
    walked = (first + timedelta(hours=hour) for hour in range(60 * 24))
    expected = next((at for at in walked if at > after and matches(at)), None)
    found = parsed(text).after(after)
    if expected is None:
        assert found is None or found > after + timedelta(days=58)
    else:
        assert found == expected
