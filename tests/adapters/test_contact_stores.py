"""What every ContactStore does: the one on the table and the fake of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.adapters.dynamodb.standing_contacts import DynamoContacts
from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Change, Entry, Evidence, append
from sayso.services.ports.contacts import ContactStore
from sayso.services.ports.conversations import Outdated
from tests.fakes.contacts import FakeContacts
from tests.support.bluebird import ANA, BEN, CHLOE, NOON, SHOP
from tests.support.campaigns import a_subscriber
from tests.support.shelves import (
    SHELVES,
    DynamoShelf,
    FakeShelf,
    Shelf,
    SimulatedShelf,
    opened,
)
from tests.support.table import TABLE


@pytest.fixture(params=SHELVES)
def shelf(request: pytest.FixtureRequest) -> Iterator[Shelf]:
    with opened(request.param, SHOP) as found:
        yield found


@pytest.fixture
def store(shelf: Shelf) -> ContactStore:
    if isinstance(shelf, FakeShelf):
        return FakeContacts(shelf.conversations.contacts, shelf.conversations.ledgers)
    if isinstance(shelf, SimulatedShelf):
        return shelf.conversations
    assert isinstance(shelf, DynamoShelf)
    return DynamoContacts(shelf.client, TABLE)


def stored(store: ContactStore, contact: Contact) -> Contact:
    store.change(Contact.stranger(contact.phone), contact, None)
    return contact


def left(contact: Contact) -> tuple[Contact, Entry]:
    """The contact opted out by the carrier's word, and the proof of it."""
    said = Evidence(
        contact.phone, NOON, "carrier", "", "", "OPTED_OUT", "", "", "", "", "DOWNTOWN", ""
    )
    seq, head = contact.ledger_seq, contact.ledger_head
    entry = append(seq=seq, head=head, change=Change.OPTED_OUT, evidence=said)
    after = replace(
        contact,
        status=Status.OPTED_OUT,
        opted_out_at=NOON,
        revision=contact.revision + 1,
        ledger_seq=entry.seq,
        ledger_head=entry.digest,
    )
    return after, entry


def test_contacts_are_read_as_they_were_stored_and_strangers_are_left_out(
    store: ContactStore,
) -> None:
    ana, ben = stored(store, a_subscriber(ANA)), stored(store, a_subscriber(BEN, "UPTOWN"))

    assert store.read([ANA, BEN, CHLOE, ANA]) == {ANA: ana, BEN: ben}
    assert store.read([]) == {}


def test_hundreds_of_contacts_are_read_at_once(store: ContactStore) -> None:
    phones = [f"+1312555{n:04d}" for n in range(250)]
    for phone in phones:
        stored(store, a_subscriber(phone))

    assert set(store.read(phones)) == set(phones)


def test_a_change_and_its_proof_are_stored_together(store: ContactStore, shelf: Shelf) -> None:
    before = stored(store, a_subscriber(ANA))
    after, entry = left(before)

    store.change(before, after, entry)

    assert shelf.contact(ANA) == after
    assert shelf.ledger(ANA) == [entry]


def test_a_change_of_what_has_changed_meanwhile_stores_nothing_and_brings_what_stands_there(
    store: ContactStore, shelf: Shelf
) -> None:
    before = stored(store, a_subscriber(ANA))
    moved = replace(before, revision=2, location="UPTOWN")
    store.change(before, moved, None)
    after, entry = left(before)

    with pytest.raises(Outdated) as outdated:
        store.change(before, after, entry)

    assert outdated.value.contact == moved
    assert shelf.contact(ANA) == moved
    assert shelf.ledger(ANA) == []


def test_a_stranger_who_has_texted_meanwhile_is_found(store: ContactStore) -> None:
    ana = stored(store, a_subscriber(ANA))

    with pytest.raises(Outdated) as outdated:
        store.change(Contact.stranger(ANA), a_subscriber(ANA, "UPTOWN"), None)

    assert outdated.value.contact == ana


def test_what_a_send_notes_on_the_contact_survives_a_change(
    store: ContactStore, shelf: Shelf
) -> None:
    before = stored(store, a_subscriber(ANA))
    shelf.was_texted(ANA, "R1", NOON + timedelta(minutes=1))
    after, entry = left(before)

    store.change(before, after, entry)

    assert shelf.contact(ANA).last_run == "R1"
