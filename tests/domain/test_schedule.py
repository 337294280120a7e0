"""When a campaign goes out, and which times are refused with what to do instead."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.refusal import Refused
from sayso.domain.schedule import (
    RECIPIENT,
    Firing,
    InThePast,
    NotATime,
    Schedule,
    SkippedByClocks,
    TooFarAhead,
    UnclearSchedule,
    UnknownTimezone,
    resolve,
)

HOME = "America/New_York"
ZONES = {
    "DOWNTOWN": "America/Chicago",
    "UPTOWN": "America/Chicago",
    "DENVER": "America/Denver",
    "": HOME,
}
EVERYWHERE = tuple(ZONES)
NOW = datetime(2026, 2, 1, 12, 0, 30, 250_000, UTC)


def fired(schedule: Schedule, now: datetime = NOW) -> tuple[Firing, ...]:
    return resolve(schedule, ZONES, HOME, now)


def fired_or_refused(schedule: Schedule) -> tuple[Firing, ...] | Refused:
    try:
        return fired(schedule)
    except Refused as refused:
        return refused


def one(at: str, timezone: str = "") -> datetime:
    (firing,) = fired(Schedule(at=at, timezone=timezone))
    assert firing.locations == EVERYWHERE
    return firing.at


def test_now_is_this_second_for_everyone() -> None:
    assert fired(Schedule(now=True)) == (Firing(NOW.replace(microsecond=0), HOME, EVERYWHERE),)


def test_a_wall_clock_time_is_read_in_its_zone() -> None:
    assert one("2026-02-02T10:00:00", "America/Chicago") == datetime(2026, 2, 2, 16, tzinfo=UTC)


def test_without_a_zone_it_is_the_program_s() -> None:
    assert one("2026-02-02T10:00") == datetime(2026, 2, 2, 15, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["", "America/Denver"])
def test_an_offset_says_all_there_is_to_say(zone: str) -> None:
    assert one("2026-02-02T10:00:00+01:00", zone) == datetime(2026, 2, 2, 9, tzinfo=UTC)


def test_fractions_of_a_second_are_dropped() -> None:
    assert one("2026-02-02T10:00:00.999", "UTC") == datetime(2026, 2, 2, 10, tzinfo=UTC)


def test_recipient_time_is_the_same_wall_clock_time_in_every_zone_earliest_first() -> None:
    firings = fired(Schedule(at="2026-02-02T10:00:00", timezone=RECIPIENT))

    assert firings == (
        Firing(datetime(2026, 2, 2, 15, tzinfo=UTC), HOME, ("",)),
        Firing(datetime(2026, 2, 2, 16, tzinfo=UTC), "America/Chicago", ("DOWNTOWN", "UPTOWN")),
        Firing(datetime(2026, 2, 2, 17, tzinfo=UTC), "America/Denver", ("DENVER",)),
    )


@pytest.mark.parametrize(
    ("at", "zone", "instant"),
    [
        # One hour before the change to summer time, and one after it.
        ("2026-03-08T01:30:00", "America/Chicago", "2026-03-08T07:30:00+00:00"),
        ("2026-03-08T03:30:00", "America/Chicago", "2026-03-08T08:30:00+00:00"),
        # 1:30 comes twice in autumn: the first of the two, still in summer time.
        ("2026-11-01T01:30:00", "America/Chicago", "2026-11-01T06:30:00+00:00"),
        ("2026-11-01T02:30:00", "America/Chicago", "2026-11-01T08:30:00+00:00"),
    ],
)
def test_times_around_a_clock_change_are_as_people_read_them(
    at: str, zone: str, instant: str
) -> None:
    assert one(at, zone) == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    ("at", "zone", "gap"),
    [
        ("2026-03-08T02:00:00", "America/Chicago", ("02:00", "03:00", "2026-03-08T03:00:00")),
        ("2026-03-08T02:59:59", "America/Chicago", ("02:00", "03:00", "2026-03-08T03:00:00")),
        # Half an hour, and across midnight.
        ("2026-10-04T02:15:00", "Australia/Lord_Howe", ("02:00", "02:30", "2026-10-04T02:30:00")),
        ("2026-04-24T00:30:00", "Africa/Cairo", ("00:00", "01:00", "2026-04-24T01:00:00")),
    ],
)
def test_a_time_that_the_clocks_skip_is_refused_with_the_next_that_they_show(
    at: str, zone: str, gap: tuple[str, str, str]
) -> None:
    with pytest.raises(SkippedByClocks) as skipped:
        fired(Schedule(at=at, timezone=zone))

    assert all(part in skipped.value.detail for part in (*gap, zone))
    assert skipped.value.field == "schedule.at"


def test_a_time_skipped_in_one_recipient_s_zone_is_refused() -> None:
    with pytest.raises(SkippedByClocks):
        fired(Schedule(at="2026-03-08T02:30:00", timezone=RECIPIENT))


@pytest.mark.parametrize("at", ["2026-02-01T12:00:30Z", "2026-02-01T12:00:00Z", "0001-01-01T00:00"])
def test_a_time_that_has_gone_by_is_refused(at: str) -> None:
    with pytest.raises(InThePast):
        fired(Schedule(at=at))


def test_a_time_that_has_gone_by_for_some_names_their_zone() -> None:
    with pytest.raises(InThePast, match="America/New_York"):
        # 7:30 in New York, 6:30 in Chicago.
        fired(Schedule(at="2026-02-01T07:00:00", timezone=RECIPIENT))


@pytest.mark.parametrize("at", ["2027-02-03T12:00:00", "9999-12-31T23:59:59", "9999-12-31T23:59Z"])
def test_a_mistyped_year_is_refused(at: str) -> None:
    with pytest.raises(TooFarAhead):
        fired(Schedule(at=at))


@pytest.mark.parametrize(
    "zone", ["America/Gotham", "America", "EST5", "../../etc/passwd", "\0", "x"]
)
def test_a_zone_that_does_not_exist_is_refused(zone: str) -> None:
    with pytest.raises(UnknownTimezone) as unknown:
        fired(Schedule(at="2026-02-02T10:00:00", timezone=zone))

    assert unknown.value.field == "schedule.timezone"


@pytest.mark.parametrize("at", ["soon", "10:00", "2026-02-02", "20260202", "2026-13-01T10:00:00"])
def test_what_is_no_date_and_time_is_refused(at: str) -> None:
    with pytest.raises(NotATime, match="2026-12-01T10:00:00"):
        fired(Schedule(at=at))


def test_a_recurring_time_beside_another_is_refused() -> None:
    with pytest.raises(UnclearSchedule, match='"cron"'):
        fired(Schedule(cron="0 10 * * 1", now=True))


@pytest.mark.parametrize(
    "schedule",
    [
        Schedule(),
        Schedule(timezone=RECIPIENT),
        Schedule(at="2026-02-02T10:00:00", now=True),
        Schedule(at="2026-02-02T10:00:00Z", timezone=RECIPIENT),
    ],
)
def test_a_schedule_that_says_nothing_or_two_things_is_refused(schedule: Schedule) -> None:
    with pytest.raises(UnclearSchedule):
        fired(schedule)


_ZONE_NAMES = (
    *("America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Africa/Cairo"),
    *("Pacific/Apia", "Asia/Kathmandu", "UTC", "America/Asuncion"),
)


@given(
    st.integers(2 * 86_400, 363 * 86_400).map(lambda s: NOW + timedelta(seconds=s)),
    st.sampled_from(_ZONE_NAMES),
)
def test_a_firing_shows_the_written_time_on_the_zone_s_clock(at: datetime, zone: str) -> None:
    written = at.replace(microsecond=0, tzinfo=None)
    try:
        instant = one(written.isoformat(), zone)
    except SkippedByClocks as skipped:
        following = skipped.detail.split()[-1].rstrip(".")
        assert one(following, zone) - one((written - timedelta(hours=2)).isoformat(), zone) <= (
            timedelta(hours=2)
        )
    else:
        assert instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == written


@given(st.text() | st.datetimes().map(str), st.text(), st.booleans(), st.text())
def test_any_schedule_resolves_or_is_refused(at: str, zone: str, now: bool, cron: str) -> None:
    found = fired_or_refused(Schedule(at=at, timezone=zone, now=now, cron=cron))
    if isinstance(found, Refused):
        assert found.field.startswith("schedule")
        assert found.detail
        return
    assert sorted(place for one in found for place in one.locations) == sorted(EVERYWHERE)
    assert all(one.at.tzinfo is UTC for one in found)
