"""How often the opt-in page may be used."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.limits import (
    ADDRESS,
    NUMBER,
    Limit,
    Window,
    admits,
    household,
    program_limit,
    use,
)
from tests.support.bluebird import NOON

every_limit = pytest.mark.parametrize(
    "limit", [*ADDRESS, *NUMBER, program_limit(300)], ids=lambda limit: limit.name
)
HOUR = timedelta(hours=1)


@every_limit
@given(gaps=st.lists(st.integers(0, 90 * 24 * 3600), max_size=60))
def test_no_window_ever_holds_more_than_its_limit(limit: Limit, gaps: list[int]) -> None:
    window: Window | None = None
    now, admitted = NOON, list[datetime]()
    for gap in gaps:
        now += timedelta(seconds=gap)
        if admits(limit, window, now):
            window = use(limit, window, now).after
            admitted.append(now)
        assert window is not None
        assert window.uses <= limit.most
    for first in admitted:
        # A window begins with its first use, so no period of its length ever sees twice the limit.
        within = [at for at in admitted if first <= at < first + limit.within]
        assert len(within) < 2 * limit.most


def test_a_number_is_asked_once_in_any_24_hours_and_three_times_in_30_days() -> None:
    day, month = NUMBER
    asked = use(day, None, NOON).after
    assert not admits(day, asked, NOON + timedelta(hours=23, minutes=59))
    assert admits(day, asked, NOON + timedelta(hours=24))
    three = Window(3, NOON + timedelta(days=30))
    assert not admits(month, three, NOON + timedelta(days=29))


def test_an_address_has_five_uses_an_hour_and_twenty_a_day() -> None:
    hour, day = ADDRESS
    assert (hour.most, hour.within, day.most, day.within) == (5, HOUR, 20, 24 * HOUR)
    full = Window(5, NOON + HOUR)
    assert not admits(hour, full, NOON)
    assert admits(hour, full, NOON + HOUR)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
    ],
)
def test_one_household_cannot_make_itself_many_addresses(one: str, other: str) -> None:
    assert household(one) == household(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("203.0.113.7", "203.0.113.8"), ("2001:db8:1:2::1", "2001:db8:1:3::1"), ("a", "b")],
)
def test_two_households_are_two(one: str, other: str) -> None:
    assert household(one) != household(other)
