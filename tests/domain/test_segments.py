"""Whom each filter lets through, at what moment."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from sayso.domain.listed import Listed
from sayso.domain.preference import Preference
from sayso.domain.segment.filters import (
    Filter,
    all_of,
    any_of,
    locations_required,
    needs_history,
    negated,
)
from sayso.domain.segment.reading import read
from sayso.domain.segment.testing import bound, decided
from tests.support.bluebird import ANA, NOON
from tests.support.segments import PLACES, ago, histories, people, segments

CHICAGO = ZoneInfo("America/Chicago")
WHO = Listed(
    ANA,
    location="SOHO",
    channel="Window Sign",
    keyword="COFFEE",
    language="en",
    joined_at=ago(days=30),
    last_heard_at=ago(hours=5),
    attributes={"first_name": "Ana", "city": "San Antonio", "birthday": "11-30"},
    visits={"DOWNTOWN": ago(days=30).isoformat(), "HARBOR": ago(days=3).isoformat()},
    zip="60614",
)

PREFERS_LITTLE = replace(WHO, preference=Preference(most=1))
PREFERS_HOURS = replace(WHO, preference=Preference(opens=time(9)))


def passes(text: str, who: Listed = WHO, now: datetime = NOON) -> bool:
    return bound(read(text), now, places=PLACES)(who)


@pytest.mark.parametrize(
    ("text", "is_in"),
    [
        ("", True),
        ("at SOHO", True),
        ("at DOWNTOWN, soho", True),
        ("at DOWNTOWN", False),
        ("home SOHO", True),
        ("home DOWNTOWN", False),
        ("home is known", True),
        ("visited DOWNTOWN", True),
        ("visited SOHO, downtown", True),
        ("visited SOHO", False),
        ("never visited SOHO", True),
        ("visited DOWNTOWN within 31 days", True),
        ("visited DOWNTOWN within 30 days", False),
        ("visited DOWNTOWN, HARBOR within 1 week", True),
        ("home SOHO and visited HARBOR", True),
        ("within 2 miles of SOHO", True),
        ("within 2 miles of 10012", True),
        ("within 500 miles of DOWNTOWN", False),
        ("within 1 mile of 60614", False),
        ("within 500 miles of 99999", False),
        ("within 500 miles of NOWHERE", False),
        ("location is known", True),
        ('channel "window sign"', True),
        ("channel window", False),
        ("keyword coffee", True),
        ("language es, EN", True),
        ("not language es", True),
        ("language is unknown", False),
        ("first_name is known", True),
        ("shoe_size is known", False),
        ("city = Austin, 'x', \"san antonio\"", True),
        ("city = San", False),
        ("shoe_size = 9", False),
        ("joined within 31 days", True),
        ("joined within 30 days", False),
        ("joined over 30 days ago", True),
        ("joined over 31 days ago", False),
        ("joined within 721 hours", True),
        ("heard within 6 hours", True),
        ("heard over 6 hours ago", False),
        ("visited over 1 day ago", False),
        ("never visited", True),
        ("ever heard", True),
        ("ever redeemed or ever clicked", False),
        ("joined before 2026-10-24", False),
        ("joined before 2026-10-25", True),
        ("joined since 2026-10-24", True),
        ("joined after 2026-10-24", False),
        ("birthday today", False),
        ("birthday within 6 days", False),
        ("birthday within 7 days", True),
        ("birthday in November", True),
        ("birthday in December, January", False),
        ("prefers fewer", False),
        ("at SOHO and language en and never visited", True),
        ("at SOHO and language en and ever visited", False),
        ("at DOWNTOWN or language es or never visited", True),
        ("not (at DOWNTOWN or language en)", False),
        ("received any", False),
    ],
)
def test_a_filter_lets_through_whom_it_names(text: str, is_in: bool) -> None:
    assert passes(text) is is_in


def test_of_whom_nothing_is_known_only_what_is_not_asked_for_passes() -> None:
    stranger = Listed(ANA)
    for text in ("at SOHO", "joined within 9 days", "joined over 9 days ago", "birthday today"):
        assert not passes(text, stranger)
        assert passes(f"not {text}", stranger)


@pytest.mark.parametrize("location", ["", "POPUP"])
def test_without_a_store_on_the_map_the_zip_code_says_where_somebody_is(location: str) -> None:
    who = replace(WHO, location=location)
    assert passes("within 5 miles of DOWNTOWN", who)
    assert passes("within 1 mile of 60614", who)
    assert not passes("within 5 miles of SOHO", who)
    assert not passes("within 500 miles of 60614", replace(who, zip=""))


def test_the_miles_are_those_to_the_circle_s_edge() -> None:
    who = replace(WHO, location="DOWNTOWN")
    assert not passes("within 2 miles of 60614", who)
    assert passes("within 4 miles of 60614", who)


def test_wishes_of_customers_can_be_asked_for() -> None:
    assert passes("prefers fewer", PREFERS_LITTLE)
    assert not passes("prefers hours", PREFERS_LITTLE)
    assert passes("prefers hours", PREFERS_HOURS)


@pytest.mark.parametrize(
    ("birthday", "today", "is_today"),
    [
        ("02-29", date(2028, 2, 29), True),
        ("02-29", date(2028, 2, 28), False),
        ("02-29", date(2027, 2, 28), True),
        ("02-29", date(2027, 3, 1), False),
        ("02-28", date(2027, 2, 28), True),
        ("01-02", date(2026, 12, 31), False),
    ],
)
def test_a_leap_day_s_birthday_is_kept_the_day_before_in_other_years(
    birthday: str, today: date, is_today: bool
) -> None:
    who = Listed(ANA, attributes={"birthday": birthday})
    now = datetime.combine(today, time(9), CHICAGO)

    assert passes("birthday today", who, now) is is_today


def test_birthdays_ahead_go_on_in_the_next_year() -> None:
    who = Listed(ANA, attributes={"birthday": "01-02"})
    new_years_eve = datetime(2026, 12, 31, 9, tzinfo=CHICAGO)

    assert passes("birthday within 2 days", who, new_years_eve)
    assert not passes("birthday within 1 day", who, new_years_eve)


def test_days_begin_where_the_moment_s_clock_says() -> None:
    """23:30 in Chicago on the 24th is the 25th already in UTC."""
    late = datetime(2026, 10, 24, 23, 30, tzinfo=CHICAGO)
    who = Listed(ANA, joined_at=late, attributes={"birthday": "10-24"})

    assert passes("joined before 2026-10-25", who, late)
    assert not passes("joined before 2026-10-25", who, late.astimezone(ZoneInfo("UTC")))
    assert passes("birthday today", who, late)
    assert not passes("birthday today", who, late.astimezone(ZoneInfo("UTC")))


def test_a_day_on_which_the_clocks_change_begins_at_its_own_midnight() -> None:
    now = datetime(2026, 11, 2, 9, tzinfo=CHICAGO)
    first = datetime(2026, 11, 1, 0, 0, tzinfo=CHICAGO)

    assert passes("joined since 2026-11-01", Listed(ANA, joined_at=first), now)
    just_before = Listed(ANA, joined_at=first - timedelta(seconds=1))
    assert not passes("joined since 2026-11-01", just_before, now)


@pytest.mark.parametrize(
    ("text", "is_in"),
    [
        ("received any", True),
        ("received any within 3 days", True),
        ("received any within 2 days", False),
        ("not received any within 2 days", True),
        ("received C1", False),
        ("received C2, C1", True),
        ("received C2 within 9 days", False),
        ("received C2 within 11 days", True),
    ],
)
def test_what_campaigns_have_sent_is_taken_from_the_history(text: str, is_in: bool) -> None:
    history = {ANA: {"": ago(days=2), "C2": ago(days=10)}}

    assert bound(read(text), NOON, history)(WHO) is is_in


@given(segments, people)
def test_not_lets_through_exactly_the_others(segment: Filter, who: Listed) -> None:
    assert bound(negated(segment), NOON)(who) is not bound(segment, NOON)(who)


@given(segments, segments, people)
def test_and_and_or_are_what_they_say(first: Filter, second: Filter, who: Listed) -> None:
    one, other = bound(first, NOON)(who), bound(second, NOON)(who)
    assert bound(all_of([first, second]), NOON)(who) is (one and other)
    assert bound(any_of([first, second]), NOON)(who) is (one or other)


@given(segments, people, histories)
def test_whoever_the_index_decides_no_history_changes(
    segment: Filter, who: Listed, history: Mapping[str, Mapping[str, datetime]]
) -> None:
    by_index = decided(segment, NOON)
    is_in = bound(segment, NOON, history)(who)

    assert not by_index.surely(who) or is_in
    assert by_index.possibly(who) or not is_in
    if not needs_history(segment):
        assert by_index.surely(who) is by_index.possibly(who) is is_in


@given(segments, people)
def test_nobody_passes_from_outside_the_locations_that_are_required(
    segment: Filter, who: Listed
) -> None:
    required = locations_required(segment)

    assert not required or who.location in required or not bound(segment, NOON)(who)
