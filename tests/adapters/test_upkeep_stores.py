"""What every RoundStore and every Roll does: those on the table and the fakes of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.contacts import contact_attributes
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.roll import DynamoRoll
from sayso.adapters.dynamodb.rounds import DynamoRounds
from sayso.domain.contact import Contact, Status
from sayso.domain.slot import Tally
from sayso.domain.upkeep import Phase, Round
from sayso.services.ports.upkeep import Overtaken, Roll, RoundStore
from tests.fakes.upkeep import FakeRoll, FakeRounds
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaigns import a_subscriber
from tests.support.table import TABLE, mocked_table

TODAY, TOMORROW = "2026-11-23T09:00:00Z", "2026-11-24T09:00:00Z"
DAY = timedelta(days=1)


@dataclass
class Shelf:
    rounds: RoundStore
    roll: Roll
    put: Callable[[Contact], None]


@pytest.fixture(params=["fake", "dynamodb"])
def shelf(request: pytest.FixtureRequest) -> Iterator[Shelf]:
    if request.param == "fake":
        contacts: dict[str, Contact] = {}
        roll = FakeRoll(contacts, page_size=2)
        yield Shelf(FakeRounds(), roll, lambda one: contacts.update({one.phone: one}))
        return
    with mocked_table() as client:

        def put(contact: Contact) -> None:
            item = to_item(keys.subscriber(contact.phone)) | contact_attributes(contact)
            client.put_item(TableName=TABLE, Item=item)

        yield Shelf(DynamoRounds(client, TABLE), DynamoRoll(client, TABLE, page_size=2), put)


def walked(roll: Roll) -> list[tuple[str, Status]]:
    found: list[tuple[str, Status]] = []
    position = ""
    while True:
        page = roll.page(position)
        found += page.standings
        if not page.position:
            return sorted(found)
        position = page.position


def test_a_round_begins_once(shelf: Shelf) -> None:
    begun = shelf.rounds.open(TODAY, NOON)

    assert begun == Round(TODAY, NOON)
    assert shelf.rounds.open(TODAY, NOON + DAY) == begun


def test_a_step_is_kept_with_all_that_it_found(shelf: Shelf) -> None:
    first = shelf.rounds.open(TODAY, NOON)
    second = first.after("page 2", Tally(listed=2, strangers=1), NOON)
    shelf.rounds.advance(first, second, [ANA, BEN], NOON)
    third = second.after("", Tally(listed=1), NOON)
    shelf.rounds.advance(second, third, [CHLOE], NOON)

    assert shelf.rounds.open(TODAY, NOON) == third
    assert third.phase is Phase.CONTACTS
    assert third.counts == {"listed": 3, "strangers": 1}
    assert shelf.rounds.listed(TODAY) == {ANA, BEN, CHLOE}
    assert shelf.rounds.listed(TOMORROW) == set()


def test_a_round_that_is_over_says_when(shelf: Shelf) -> None:
    current = shelf.rounds.open(TODAY, NOON)
    for _ in range(2):
        following = current.after("", Tally(), NOON + DAY)
        shelf.rounds.advance(current, following, [], NOON)
        current = following

    stored = shelf.rounds.open(TODAY, NOON)
    assert (stored.phase, stored.ended_at) == (Phase.DONE, NOON + DAY)


def test_of_two_workers_at_one_step_only_one_goes_on(shelf: Shelf) -> None:
    first = shelf.rounds.open(TODAY, NOON)
    second = first.after("page 2", Tally(listed=1), NOON)
    shelf.rounds.advance(first, second, [ANA], NOON)

    with pytest.raises(Overtaken):
        shelf.rounds.advance(first, second, [BEN], NOON)

    with pytest.raises(Overtaken):
        shelf.rounds.advance(first, first.after("", Tally(), NOON), [], NOON)

    assert shelf.rounds.open(TODAY, NOON) == second
    assert shelf.rounds.listed(TODAY) == {ANA}


def test_the_newest_rounds_come_first(shelf: Shelf) -> None:
    for name in (TODAY, TOMORROW):
        shelf.rounds.open(name, NOON)

    assert [one.id for one in shelf.rounds.newest(5)] == [TOMORROW, TODAY]
    assert [one.id for one in shelf.rounds.newest(1)] == [TOMORROW]
    assert [one.id for one in shelf.rounds.newest(5, after=TOMORROW)] == [TODAY]
    assert shelf.rounds.newest(5, after=TODAY) == []


def test_everybody_is_walked_past_once_wherever_they_belong(shelf: Shelf) -> None:
    people = {f"+1312555{n:04d}": status for n, status in enumerate([*Status] * 3)}
    for number, (phone, status) in enumerate(people.items()):
        places = ("DOWNTOWN", "", "CLOSED")
        shelf.put(a_subscriber(phone, places[number % 3], status))

    assert walked(shelf.roll) == sorted(
        (phone, status) for phone, status in people.items() if status is not Status.UNKNOWN
    )


def test_nobody_makes_an_empty_walk(shelf: Shelf) -> None:
    assert walked(shelf.roll) == []
    shelf.put(replace(a_subscriber(ANA), status=Status.UNKNOWN))
    assert walked(shelf.roll) == []
