"""What every Pace does: the one on the table and the fake of it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from sayso.adapters.dynamodb.pace import DynamoPace
from sayso.domain.pace import LONGEST_WAIT, Stretch
from sayso.services.ports.pace import NotYet, Pace
from tests.fakes.pace import FakePace
from tests.support.bluebird import NOON
from tests.support.shelves import OneCallAtATime
from tests.support.table import TABLE, mocked_table

A_SECOND = timedelta(seconds=1)
A_MILLISECOND = timedelta(milliseconds=1)


@pytest.fixture(params=["fake", "dynamodb"])
def pace(request: pytest.FixtureRequest) -> Iterator[Pace]:
    if request.param == "fake":
        yield FakePace()
        return
    with mocked_table() as client:
        yield DynamoPace(OneCallAtATime(client), TABLE, "80808")


@pytest.fixture
def table() -> Iterator[Any]:
    with mocked_table() as client:
        yield OneCallAtATime(client)


def turn(pace: Pace, length: timedelta = A_SECOND, **later: int) -> timedelta:
    """How long after noon somebody who has not waited is to come back."""
    with pytest.raises(NotYet) as busy:
        pace.take(length, NOON + timedelta(**later), has_waited=False)
    return busy.value.turn - NOON


def test_an_idle_number_is_free_at_once(pace: Pace) -> None:
    stretch = pace.take(A_SECOND, NOON, has_waited=False)
    assert stretch == Stretch(NOON, NOON + A_SECOND)


def test_stretches_follow_each_other(pace: Pace) -> None:
    found = [pace.take(A_SECOND, NOON, has_waited=False) for _ in range(3)]
    assert [one.begins - NOON for one in found] == [n * A_SECOND for n in range(3)]
    assert [one.ends for one in found[:2]] == [one.begins for one in found[1:]]


def test_time_that_nobody_took_is_gone(pace: Pace) -> None:
    pace.take(A_SECOND, NOON, has_waited=False)
    later = NOON + timedelta(minutes=5)
    assert pace.take(A_SECOND, later, has_waited=False).begins == later


def test_whoever_would_sleep_for_long_comes_back_in_order(pace: Pace) -> None:
    pace.take(timedelta(seconds=3), NOON, has_waited=False)
    assert [turn(pace) for _ in range(3)] == [timedelta(seconds=n) for n in (3, 4, 5)]


def test_nobody_overtakes_those_who_wait(pace: Pace) -> None:
    pace.take(timedelta(seconds=3), NOON, has_waited=False)
    assert turn(pace, timedelta(seconds=9)) == timedelta(seconds=3)
    assert turn(pace, seconds=4) == timedelta(seconds=12)


def test_whoever_has_waited_takes_what_is_free(pace: Pace) -> None:
    pace.take(timedelta(seconds=3), NOON, has_waited=False)
    turn(pace)
    turn(pace)
    back = NOON + timedelta(seconds=3)
    assert pace.take(A_SECOND, back, has_waited=True).begins == back
    with pytest.raises(NotYet) as busy:
        pace.take(A_SECOND, NOON, has_waited=True)
    assert busy.value.turn == back + A_SECOND


def test_a_hold_moves_the_time_of_all(pace: Pace) -> None:
    pace.hold(NOON + LONGEST_WAIT)
    assert pace.take(A_SECOND, NOON, has_waited=False).begins == NOON + LONGEST_WAIT
    pace.hold(NOON)
    assert turn(pace) == LONGEST_WAIT + A_SECOND


def test_what_is_given_back_is_taken_by_the_next(pace: Pace) -> None:
    stretch = pace.take(timedelta(seconds=2), NOON, has_waited=False)
    pace.give_back(stretch, NOON + A_SECOND)
    assert pace.take(A_SECOND, NOON, has_waited=False).begins == NOON + A_SECOND


def test_what_is_given_back_too_late_is_lost(pace: Pace) -> None:
    first, second = (pace.take(A_SECOND, NOON, has_waited=True) for _ in range(2))
    pace.give_back(first, NOON)
    assert pace.take(A_SECOND, NOON, has_waited=True).begins == second.ends


def test_the_first_to_ask_of_a_number_may_be_the_carrier_s_pause(pace: Pace) -> None:
    pace.hold(NOON + A_SECOND)
    assert pace.take(A_SECOND, NOON, has_waited=False).begins == NOON + A_SECOND


def test_many_senders_at_once_never_share_a_moment(table: Any) -> None:
    """Each has its own view of the line, and a clock that is off by some milliseconds."""

    def sender(number: int) -> list[Stretch]:
        pace, found = DynamoPace(table, TABLE, "80808"), []
        for step in range(6):
            now = NOON + (number * 7 + step) * A_MILLISECOND
            found.append(pace.take((step + 1) * A_MILLISECOND, now, has_waited=True))
        return found

    with ThreadPoolExecutor(8) as pool:
        stretches = [one for found in pool.map(sender, range(8)) for one in found]
    in_order = sorted(stretches, key=lambda one: one.begins)
    assert len(in_order) == 48
    assert all(one.ends <= following.begins for one, following in pairwise(in_order))


def test_a_sender_alone_writes_once_a_stretch(table: Any) -> None:
    calls: list[str] = []
    table.meta.events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name))
    pace = DynamoPace(table, TABLE, "80808")
    for number in range(5):
        pace.take(A_SECOND, NOON + number * A_SECOND, has_waited=False)
    assert calls == ["PutItem"] * 5


def test_numbers_have_times_of_their_own(table: Any) -> None:
    for number in ("80808", "+18005550100"):
        stretch = DynamoPace(table, TABLE, number).take(A_SECOND, NOON, has_waited=False)
        assert stretch.begins == NOON
