"""What the daily round makes of a number on the carrier's list, and of one that is not on it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sayso.domain.contact import Contact, Status
from sayso.domain.slot import Tally
from sayso.domain.upkeep import (
    MIRRORED_WITHIN,
    Phase,
    Round,
    Verdict,
    belongs_on_list,
    verdict,
)
from tests.support.bluebird import ANA, NOON

HOUR = timedelta(hours=1)
BEFORE, AFTER = NOON - HOUR, NOON + HOUR


def a_contact(status: Status) -> Contact:
    """Somebody whose opt-in, or our question, was at noon."""
    asked = NOON if status is Status.PENDING else None
    joined = None if status is Status.PENDING else NOON
    return Contact(ANA, status, revision=1, joined_at=joined, asked_at=asked)


@pytest.mark.parametrize(
    ("status", "since", "expected"),
    [
        (Status.SUBSCRIBED, AFTER, Verdict.OPT_OUT),
        (Status.SUBSCRIBED, NOON, Verdict.OPT_OUT),
        (Status.SUBSCRIBED, BEFORE, Verdict.TAKE_OFF),
        (Status.SUBSCRIBED, None, Verdict.OPT_OUT),
        (Status.PENDING, AFTER, Verdict.OPT_OUT),
        (Status.PENDING, BEFORE, Verdict.TAKE_OFF),
        (Status.PAUSED, AFTER, Verdict.OPT_OUT),
        (Status.PAUSED, BEFORE, Verdict.TAKE_OFF),
        (Status.HELD, AFTER, Verdict.OPT_OUT),
        (Status.HELD, BEFORE, Verdict.AGREED),
        (Status.UNREACHABLE, AFTER, Verdict.OPT_OUT),
        (Status.UNREACHABLE, BEFORE, Verdict.AGREED),
        (Status.OPTED_OUT, AFTER, Verdict.AGREED),
        (Status.OPTED_OUT, BEFORE, Verdict.AGREED),
        (Status.FORGOTTEN, BEFORE, Verdict.AGREED),
        (Status.UNKNOWN, AFTER, Verdict.STRANGER),
    ],
)
def test_the_later_of_both_words_counts(
    status: Status, since: datetime | None, expected: Verdict
) -> None:
    assert verdict(a_contact(status), since) is expected


def test_of_whom_nothing_is_stored_nothing_is_to_be_done() -> None:
    assert verdict(None, NOON) is Verdict.STRANGER
    assert not belongs_on_list(None, NOON)


@pytest.mark.parametrize("status", Status)
def test_only_who_has_left_belongs_on_the_list(status: Status) -> None:
    contact = replace(a_contact(status), opted_out_at=BEFORE)

    assert belongs_on_list(contact, NOON) is (status in (Status.OPTED_OUT, Status.FORGOTTEN))


def test_who_has_left_a_moment_ago_may_still_be_on_the_way_to_the_list() -> None:
    left = replace(a_contact(Status.OPTED_OUT), opted_out_at=NOON)

    assert not belongs_on_list(left, NOON + MIRRORED_WITHIN)
    assert belongs_on_list(left, NOON + MIRRORED_WITHIN + timedelta(seconds=1))


def test_a_round_goes_through_its_phases_and_adds_up() -> None:
    first = Round("today", NOON)
    second = first.after("page 2", Tally(listed=100, strangers=3), NOON)
    third = second.after("", Tally(listed=7), NOON)
    fourth = third.after("", Tally(contacts=9, put_on=0), AFTER)

    assert [one.phase for one in (first, second, third, fourth)] == [
        Phase.LIST,
        Phase.LIST,
        Phase.CONTACTS,
        Phase.DONE,
    ]
    assert [one.position for one in (second, third, fourth)] == ["page 2", "", ""]
    assert [one.step for one in (first, second, third, fourth)] == [0, 1, 2, 3]
    assert (third.ended_at, fourth.ended_at) == (None, AFTER)
    assert fourth.counts == {"listed": 107, "strangers": 3, "contacts": 9}
