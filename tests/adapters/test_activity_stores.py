"""What every ActivityStore does, with the counters of the days: the table's and the fake of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.activities import DynamoActivities, activity_from, activity_item
from sayso.adapters.dynamodb.day_counters import DynamoDayCounters
from sayso.domain.activity import Activity, Kind
from sayso.domain.slot import Tally
from sayso.services.ports.activities import ActivityStore, DayCounters
from tests.fakes.activities import FakeActivities
from tests.support.bluebird import ANA, BEN, NOON
from tests.support.table import TABLE, everything_in, mocked_table

MONDAY = date(2026, 11, 23)
JOINED = Activity(Kind.JOINED, NOON, id="A1", phone=ANA, channel="sign", location="DOWNTOWN")
ONE = Tally({"joined": 1, "c=sign|joined": 1, "l=DOWNTOWN|joined": 1})


@dataclass(frozen=True)
class Shelf:
    activities: ActivityStore
    days: DayCounters


@pytest.fixture(params=["fake", "dynamodb"])
def shelf(request: pytest.FixtureRequest) -> Iterator[Shelf]:
    if request.param == "fake":
        fake = FakeActivities()
        yield Shelf(fake, fake)
        return
    with mocked_table() as client:
        yield Shelf(DynamoActivities(client, TABLE), DynamoDayCounters(client, TABLE))


@pytest.fixture
def table() -> Iterator[Any]:
    with mocked_table() as client:
        yield client


def test_an_activity_is_counted_once_however_often_it_is_told(shelf: Shelf) -> None:
    assert shelf.activities.record(JOINED, MONDAY, ONE, NOON)
    assert not shelf.activities.record(JOINED, MONDAY, ONE, NOON + timedelta(hours=1))

    assert shelf.days.between(MONDAY, MONDAY) == {MONDAY: ONE}


def test_activities_of_a_day_add_up_whoever_they_are_of(shelf: Shelf) -> None:
    assert shelf.activities.record(JOINED, MONDAY, ONE, NOON)
    assert shelf.activities.record(replace(JOINED, id="A2", phone=BEN), MONDAY, ONE, NOON)

    assert shelf.days.between(MONDAY, MONDAY)[MONDAY] == ONE + ONE


def test_what_is_taken_out_is_gone(shelf: Shelf) -> None:
    used, undone = Tally({"redeemed": 1, "revenue": 9}), Tally({"redeemed": -1, "revenue": -9})
    shelf.activities.record(replace(JOINED, id="A1"), MONDAY, used, NOON)
    shelf.activities.record(replace(JOINED, id="A2"), MONDAY, undone, NOON)

    assert not any(shelf.days.between(MONDAY, MONDAY)[MONDAY].values())


def test_days_are_told_apart_and_those_with_nothing_are_left_out(shelf: Shelf) -> None:
    wednesday = MONDAY + timedelta(days=2)
    shelf.activities.record(JOINED, MONDAY, ONE, NOON)
    shelf.activities.record(replace(JOINED, id="A2"), wednesday, ONE, NOON)
    shelf.activities.record(replace(JOINED, id="A3"), wednesday + timedelta(days=1), ONE, NOON)

    found = shelf.days.between(MONDAY - timedelta(days=400), wednesday)

    assert found == {MONDAY: ONE, wednesday: ONE}


def test_what_counts_for_nothing_is_kept_all_the_same(shelf: Shelf) -> None:
    end = Activity(Kind.FINISHED, NOON, id="A1", campaign="C1")

    assert shelf.activities.record(end, MONDAY, Tally(), NOON)
    assert not shelf.activities.record(end, MONDAY, Tally(), NOON)
    assert shelf.days.between(MONDAY, MONDAY) == {}


def test_an_item_holds_the_whole_activity() -> None:
    undone = Activity(
        Kind.UNDONE,
        NOON,
        *("A1", ANA, "C1", "R1", "B", "sign", "DOWNTOWN", "UPTOWN", "K7P4XQ9M"),
        amount=23_500_000,
        undoes=NOON - timedelta(minutes=3),
    )

    for activity in (undone, JOINED, Activity(Kind.FINISHED, NOON, id="A1", campaign="C1")):
        assert activity_from(activity_item(activity, MONDAY, NOON)) == activity


def test_what_a_person_did_lies_with_them_and_of_the_forgotten_not_for_long(table: Any) -> None:
    store = DynamoActivities(table, TABLE)
    store.record(JOINED, MONDAY, Tally(), NOON)
    gone = Activity(Kind.OPTED_OUT, NOON, id="A2", phone=BEN, is_forgotten=True)
    store.record(gone, MONDAY, Tally(), NOON)

    kept, ending = everything_in(table)

    assert (kept["pk"]["S"], kept["sk"]["S"]) == (f"S#{ANA}", "ACT#A1")
    assert int(kept["expires_at"]["N"]) == keys.expires_at(NOON)
    assert int(ending["expires_at"]["N"]) == keys.expires_soon_at(NOON)
