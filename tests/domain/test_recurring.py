"""A recurring time is the same by the wall clock all year, whatever the clocks do."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.domain.cron import Cron, NotACron, parsed
from sayso.domain.recurring import LATEST, Occurrence, Recurrence, recurrence
from sayso.domain.schedule import Schedule, TooFarAhead, UnclearSchedule, UnknownTimezone

HOME = "America/New_York"
ZONES = {"DOWNTOWN": "America/Chicago", "DENVER": "America/Denver", "PHOENIX": "America/Phoenix"}
MINUTE = timedelta(minutes=1)


def recurring(cron: str, timezone: str = "America/Chicago") -> Recurrence:
    return recurrence(Schedule(cron=cron, timezone=timezone), ZONES, HOME)


def occurrences(recurring: Recurrence, after: datetime, count: int) -> list[Occurrence]:
    found = [recurring.first(after)]
    while len(found) < count:
        following = recurring.following(found[-1].wall)
        assert following is not None
        found.append(following)
    return found


def instants(cron: str, after: datetime, count: int) -> list[str]:
    """In UTC, of one zone."""
    return [f"{one.at:%d %H:%M}" for one in occurrences(recurring(cron), after, count)]


def test_ten_stays_ten_when_summer_time_begins_and_when_it_ends() -> None:
    march, october = datetime(2026, 3, 6, 20, tzinfo=UTC), datetime(2026, 10, 30, 20, tzinfo=UTC)

    # 2026-03-08 and 2026-11-01 are the days of the change in Chicago.
    assert instants("0 10 * * *", march, 3) == ["07 16:00", "08 15:00", "09 15:00"]
    assert instants("0 10 * * *", october, 3) == ["31 15:00", "01 16:00", "02 16:00"]


def test_a_time_that_the_clocks_skip_fires_at_the_next_that_they_show() -> None:
    before = datetime(2026, 3, 7, 12, tzinfo=UTC)

    # Half past two does not exist on the 8th: three o'clock summer time is 8:00 UTC.
    assert instants("30 2 * * *", before, 2) == ["08 08:00", "09 07:30"]


def test_two_times_that_come_to_the_same_instant_are_one() -> None:
    before = datetime(2026, 3, 8, 6, 30, tzinfo=UTC)

    assert instants("0 1-4 * * *", before, 3) == ["08 07:00", "08 08:00", "08 09:00"]


def test_a_time_that_the_clocks_show_twice_fires_once_at_the_first() -> None:
    before = datetime(2026, 11, 1, 5, tzinfo=UTC)

    assert instants("30 1 * * *", before, 2) == ["01 06:30", "02 07:30"]
    assert instants("0 * * * *", before, 3) == ["01 06:00", "01 08:00", "01 09:00"]


def test_at_recipients_time_each_zone_has_its_own_instant_of_one_occurrence() -> None:
    (first, second) = occurrences(
        recurring("0 10 * * SAT,SUN", "recipient"), datetime(2026, 3, 7, 12, tzinfo=UTC), 2
    )

    assert [(one.timezone, one.at.hour) for one in first.firings] == [
        ("America/Chicago", 16),
        ("America/Denver", 17),
        ("America/Phoenix", 17),
    ]
    # On the 8th Chicago and Denver have summer time; Phoenix has none.
    assert [(one.timezone, one.at.hour) for one in second.firings] == [
        ("America/Chicago", 15),
        ("America/Denver", 16),
        ("America/Phoenix", 17),
    ]


def test_where_the_clocks_skip_a_time_its_zone_waits_for_the_next_one_if_that_is_the_same() -> None:
    (two, three) = occurrences(
        recurring("0 2,3 * * *", "recipient"), datetime(2026, 3, 7, 23, tzinfo=UTC), 2
    )

    assert [one.timezone for one in two.firings] == ["America/Phoenix"]
    assert len(three.firings) == 3


def test_the_first_occurrence_is_still_to_come_everywhere() -> None:
    half_past_ten_in_chicago = datetime(2026, 3, 10, 15, 30, tzinfo=UTC)

    found = recurring("0 10 * * *", "recipient").first(half_past_ten_in_chicago)

    assert found.wall == datetime.fromisoformat("2026-03-11T10:00")


def test_without_a_zone_the_programs_own_holds() -> None:
    first = recurring("0 10 * * *", "").first(datetime(2026, 1, 1, tzinfo=UTC))

    assert (first.firings[0].timezone, first.at.hour) == (HOME, 15)
    assert first.firings[0].locations == tuple(ZONES)


@pytest.mark.parametrize(
    ("schedule", "refusal"),
    [
        (Schedule(cron="0 10 * * *", now=True), UnclearSchedule),
        (Schedule(cron="0 10 * * *", at="2026-12-01T10:00:00"), UnclearSchedule),
        (Schedule(cron="0 10 * * *", timezone="Chicago"), UnknownTimezone),
        (Schedule(cron="0 10 30 2 *"), NotACron),
        (Schedule(cron="0 10 29 2 *"), TooFarAhead),
    ],
)
def test_what_never_comes_or_says_two_things_is_refused(
    schedule: Schedule, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        recurrence(schedule, ZONES, HOME).first(datetime(2026, 3, 1, tzinfo=UTC))


def test_a_firing_is_in_time_for_an_hour() -> None:
    one = recurring("0 10 * * *").first(datetime(2026, 3, 1, tzinfo=UTC))

    assert one.in_time(one.at + LATEST) == one.firings
    assert one.in_time(one.at + LATEST + timedelta(seconds=1)) == ()


def walked(cron: Cron, zone: ZoneInfo, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Minute by minute: where a time matches that was not shown before, or that was skipped."""
    shown_before: set[datetime] = set()
    at, last = begin, begin.astimezone(zone).replace(tzinfo=None) - MINUTE
    while at < end:
        wall = at.astimezone(zone).replace(tzinfo=None)
        skipped = [last + MINUTE * number for number in range(1, (wall - last) // MINUTE)]
        times = [one for one in (*skipped, wall) if one not in shown_before]
        if any(_matches(cron, one) for one in times):
            yield at
        shown_before.update(times)
        last, at = max(last, wall), at + MINUTE


def _matches(cron: Cron, wall: datetime) -> bool:
    return (wall.minute, wall.hour in cron.hours) == (cron.minute, True) and cron.falls_on(
        wall.date()
    )


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(
        [
            *("America/Chicago", "America/New_York", "America/Phoenix", "America/St_Johns"),
            *("Europe/London", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca"),
        ]
    ),
    st.sampled_from([datetime(2026, month, 1, tzinfo=UTC) for month in (2, 3, 4, 9, 10, 11)]),
    st.integers(0, 25),
    st.sampled_from(["0", "15", "30", "59"]),
    st.sampled_from(["*", "0", "1", "2", "3", "1,2", "2,3", "1-3", "0-23/2", "23"]),
    st.sampled_from(["*", "SUN", "SAT,MON", "1-5"]),
)
def test_occurrences_are_those_that_a_walk_by_the_minute_finds(
    zone: str, month: datetime, day: int, minute: str, hours: str, weekdays: str
) -> None:
    begin = month + timedelta(days=day)
    end = begin + timedelta(days=9)
    text = f"{minute} {hours} * * {weekdays}"
    recurring = recurrence(Schedule(cron=text, timezone=zone), ZONES, HOME)

    found, one = [], recurring.first(begin - MINUTE)
    while one.at < end:
        found.append(one.at)
        following = recurring.following(one.wall)
        assert following is not None
        one = following

    # The walk does not know what was shown before it began: it begins an hour or more early.
    early = begin - timedelta(days=1)
    expected = [at for at in walked(parsed(text), ZoneInfo(zone), early, end) if at >= begin]
    assert found == expected
