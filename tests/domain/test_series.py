"""Buckets, names and occasions of triggered campaigns."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.contact import Contact, Status
from sayso.domain.daily import found_by, next_look
from sayso.domain.firing_names import Does, FiringName, firing_name
from sayso.domain.listed import Listed
from sayso.domain.run import Run, run_ids
from sayso.domain.series import QUEUE_REACH, Trigger, bucket_at, happened
from tests.support.bluebird import ANA, NOON
from tests.support.campaigns import a_subscriber

LATER = NOON + timedelta(hours=1)
MOMENTS = st.integers(0, 10**11).map(lambda ms: NOON + timedelta(milliseconds=ms))
ULID = "01KAMZ3S8E5XQW0V7Y9T2B4C6D"


@given(due_at=MOMENTS, now=MOMENTS)
def test_a_bucket_is_never_past_nor_more_than_a_minute_late(
    due_at: datetime, now: datetime
) -> None:
    at = bucket_at(due_at, now)

    assert at > now
    assert timedelta() <= at - max(due_at, now) <= timedelta(seconds=61)
    assert at.microsecond == 0
    if due_at - now > QUEUE_REACH:
        assert at.second == 0


@given(due_at=MOMENTS, seconds=st.integers(0, 600))
def test_what_is_due_soon_is_on_time_to_ten_seconds(due_at: datetime, seconds: int) -> None:
    assert bucket_at(due_at, due_at - timedelta(seconds=seconds)) - due_at <= timedelta(seconds=11)


@given(at=MOMENTS, does=st.sampled_from(Does))
def test_a_name_is_read_as_it_was_written(at: datetime, does: Does) -> None:
    name = FiringName(ULID, does, at.replace(microsecond=0))

    assert firing_name(str(name)) == name


def test_a_schedule_can_be_named_by_a_bucket_and_an_opening() -> None:
    """EventBridge Scheduler takes 64 characters."""
    assert len(f"{FiringName(ULID, Does.BUCKET, NOON)}-opens-20261123T180000") == 64


@pytest.mark.parametrize("run_id", [ULID, *run_ids(ULID, 3), "R1", ""])
def test_the_run_of_another_campaign_is_no_firing(run_id: str) -> None:
    run = Run(run_id, "another", "", NOON, "UTC", ())

    assert firing_name(run_id) is None
    assert (run.series, run.is_bucket, run.is_series) == ("", False, False)


@pytest.mark.parametrize("trigger", [Trigger.JOINED, Trigger.VISITED, Trigger.REDEEMED])
def test_what_a_later_time_says_has_happened(trigger: Trigger) -> None:
    before = a_subscriber(ANA)
    after = timed(before, trigger, LATER)

    assert list(happened(before, after)) == [trigger]
    assert happened(after, after) == {}
    assert happened(after, timed(after, trigger, NOON - timedelta(days=1))) == {}


def timed(contact: Contact, trigger: Trigger, at: datetime) -> Contact:
    match trigger:
        case Trigger.JOINED:
            return replace(contact, joined_at=at)
        case Trigger.VISITED:
            return replace(contact, visited_at=at)
    return replace(contact, redeemed_at=at)


def test_a_new_subscriber_has_joined() -> None:
    assert list(happened(None, a_subscriber(ANA))) == [Trigger.JOINED]
    assert list(happened(Contact.stranger(ANA), a_subscriber(ANA))) == [Trigger.JOINED]


@pytest.mark.parametrize("status", [one for one in Status if one is not Status.SUBSCRIBED])
def test_nothing_happens_to_whoever_is_no_subscriber(status: Status) -> None:
    assert happened(None, replace(a_subscriber(ANA), status=status, visited_at=LATER)) == {}


def test_what_was_said_before_it_happened_is_no_reply() -> None:
    after = replace(a_subscriber(ANA), visited_at=NOON, last_heard_at=LATER)

    (candidate,) = happened(replace(after, visited_at=None), after).values()

    assert (candidate.happened_at, candidate.since) == (NOON, LATER)


def test_a_look_at_ten_comes_at_ten_in_each_zone() -> None:
    zones = ["America/Chicago", "America/Denver", "America/Mexico_City"]

    first = next_look(time(10), zones, NOON)
    second = next_look(time(10), zones, first.at)

    ten = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    assert (first.at, first.zones) == (ten, ("America/Chicago", "America/Mexico_City"))
    assert (second.at, second.zones) == (ten + timedelta(hours=1), ("America/Denver",))


def test_a_look_at_a_time_that_the_clocks_skip_comes_at_the_next() -> None:
    look = next_look(time(2, 30), ["America/Chicago"], datetime(2027, 3, 14, 0, 0, tzinfo=UTC))

    assert look.at == datetime(2027, 3, 14, 8, 0, tzinfo=UTC)  # three o'clock in summer time


@pytest.mark.parametrize(
    ("day", "is_found"), [("2027-02-28", True), ("2028-02-28", False), ("2028-02-29", True)]
)
def test_who_was_born_on_a_leap_day_has_a_birthday_each_year(day: str, is_found: bool) -> None:
    person = Listed(ANA, attributes={"birthday": "02-29"})
    at = datetime.fromisoformat(f"{day}T18:00:00+00:00")

    found = found_by(Trigger.BIRTHDAY, 0, person, at, "America/Chicago")

    assert (found is not None) == is_found


def test_a_visit_is_a_sign_of_life_too() -> None:
    person = Listed(ANA, joined_at=NOON, visited_at=NOON + timedelta(days=20))
    at = NOON + timedelta(days=40)

    assert found_by(Trigger.SILENT, 30, person, at, "UTC") is None
    found = found_by(Trigger.SILENT, 20, person, at, "UTC")
    assert found
    assert found.happened_at == NOON + timedelta(days=20)
