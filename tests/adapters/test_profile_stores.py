"""What every ProfileStore does: the one on the table and the fake of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.contacts import contact_attributes
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.profiles import DynamoProfiles
from sayso.adapters.dynamodb.standing_contacts import DynamoContacts
from sayso.domain.contact import Contact, Status
from sayso.domain.outside_word import Outcome, Said, became_unreachable, erased
from sayso.domain.segment.filters import Event
from sayso.services.ports.profiles import ProfileChanged, ProfileStore
from tests.fakes.profiles import FakeProfiles
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaigns import a_subscriber
from tests.support.table import TABLE, mocked_table

HOUR = timedelta(hours=1)
GONE = a_subscriber(BEN, status=Status.FORGOTTEN)


@dataclass(frozen=True)
class Shelf:
    """A store in which Ana is a subscriber, Ben is forgotten and Chloe is not."""

    profiles: ProfileStore
    client: Any = None

    @property
    def ana(self) -> Contact:
        found = self.profiles.get(ANA)
        assert found is not None
        return found


@pytest.fixture(params=["fake", "dynamodb"])
def shelf(request: pytest.FixtureRequest) -> Iterator[Shelf]:
    people = [a_subscriber(ANA), GONE]
    if request.param == "fake":
        yield Shelf(FakeProfiles({one.phone: one for one in people}))
        return
    with mocked_table() as client:
        for one in people:
            item = to_item(keys.subscriber(one.phone)) | contact_attributes(one)
            client.put_item(TableName=TABLE, Item=item)
        yield Shelf(DynamoProfiles(client, TABLE), client)


def test_notes_are_written_and_nothing_else_changes(shelf: Shelf) -> None:
    shelf.profiles.write(shelf.ana, {"first_name": "Ana"})
    assert shelf.ana == replace(a_subscriber(ANA), attributes={"first_name": "Ana"})

    shelf.profiles.write(shelf.ana, {"first_name": "Ana", "city": "Austin"})
    shelf.profiles.write(shelf.ana, {})
    assert shelf.ana == a_subscriber(ANA)


def test_notes_that_another_has_changed_are_not_overwritten(shelf: Shelf) -> None:
    blank = shelf.ana
    shelf.profiles.write(blank, {"first_name": "Ana"})

    with pytest.raises(ProfileChanged):
        shelf.profiles.write(blank, {"city": "Austin"})
    with pytest.raises(ProfileChanged):
        shelf.profiles.write(replace(blank, attributes={"first_name": "Anna"}), {})
    assert shelf.ana.attributes == {"first_name": "Ana"}


@pytest.mark.parametrize("event", [Event.VISITED, Event.CLICKED, Event.REDEEMED])
def test_of_an_event_the_newest_time_stays(shelf: Shelf, event: Event) -> None:
    for at in (NOON, NOON + HOUR, NOON - HOUR, NOON + HOUR):
        assert shelf.profiles.note(ANA, event, at)

    newest: dict[str, Any] = {f"{event}_at": NOON + HOUR}
    assert shelf.ana == replace(a_subscriber(ANA), **newest)


def test_nothing_is_noted_about_the_forgotten_and_about_strangers(shelf: Shelf) -> None:
    for phone in (BEN, CHLOE):
        assert not shelf.profiles.note(phone, Event.VISITED, NOON)
    for contact in (GONE, Contact.stranger(CHLOE)):
        with pytest.raises(ProfileChanged):
            shelf.profiles.write(contact, {"first_name": "Ben"})

    assert (shelf.profiles.get(BEN), shelf.profiles.get(CHLOE)) == (GONE, None)


def test_a_change_by_text_leaves_what_the_shop_noted_as_it_is() -> None:
    with mocked_table() as client:
        item = to_item(keys.subscriber(ANA)) | contact_attributes(a_subscriber(ANA))
        client.put_item(TableName=TABLE, Item=item)
        before = a_subscriber(ANA)
        profiles = DynamoProfiles(client, TABLE)
        profiles.write(before, {"first_name": "Ana"})
        profiles.note(ANA, Event.VISITED, NOON)

        # Whoever handles the text had read Ana before.
        texted = replace(before.heard(NOON + HOUR), status=Status.OPTED_OUT)
        DynamoContacts(client, TABLE).change(before, texted, None)

        assert profiles.get(ANA) == replace(
            texted, attributes={"first_name": "Ana"}, visited_at=NOON
        )


@pytest.mark.parametrize("end", [erased, became_unreachable])
def test_who_is_forgotten_or_given_up_loses_what_the_shop_noted_in_that_very_write(
    end: Callable[[Contact, Said], Outcome],
) -> None:
    """A number that is given up may have another holder by the next opt-in."""
    with mocked_table() as client:
        item = to_item(keys.subscriber(ANA)) | contact_attributes(a_subscriber(ANA))
        client.put_item(TableName=TABLE, Item=item)
        profiles, before = DynamoProfiles(client, TABLE), a_subscriber(ANA)
        profiles.write(before, {"first_name": "Ana"})
        for event in (Event.VISITED, Event.CLICKED, Event.REDEEMED):
            profiles.note(ANA, event, NOON)
        shelved = profiles.get(ANA)
        assert shelved is not None
        assert shelved.attributes

        after = end(before, Said(NOON + HOUR, "no longer theirs"))[0]
        DynamoContacts(client, TABLE).change(before, after, None)

        assert profiles.get(ANA) == after
        assert end(shelved, Said(NOON + HOUR, "no longer theirs"))[0] == after
