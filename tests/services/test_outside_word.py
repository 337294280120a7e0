"""Contacts change by what is no text: with proof, in step with the carrier, after any text."""

from dataclasses import replace

import pytest

from sayso.domain.contact import Contact, Status
from sayso.services.outside_word import Changed, KeepsChanging, OutsideWord
from sayso.services.ports.carrier import Certainty
from tests.fakes.contacts import FakeContacts
from tests.fakes.opt_out_list import FakeOptOutList
from tests.support.bluebird import ANA
from tests.support.campaigns import a_subscriber


@pytest.fixture
def contacts() -> FakeContacts:
    return FakeContacts({ANA: a_subscriber(ANA)})


@pytest.fixture
def carriers() -> FakeOptOutList:
    return FakeOptOutList()


@pytest.fixture
def outside(contacts: FakeContacts, carriers: FakeOptOutList) -> OutsideWord:
    return OutsideWord(contacts, carriers)


def leaves(contact: Contact) -> Changed:
    return replace(contact, status=Status.OPTED_OUT), None


def test_an_opt_out_is_stored_and_mirrored_to_the_carrier(
    outside: OutsideWord, contacts: FakeContacts, carriers: FakeOptOutList
) -> None:
    effect = outside.change(ANA, leaves)

    assert effect.has_changed
    assert effect.is_mirrored
    assert contacts.contacts[ANA] == effect.contact
    assert effect.contact.status is Status.OPTED_OUT
    assert carriers.phones == {ANA}


def test_every_change_is_a_new_revision(outside: OutsideWord) -> None:
    assert outside.change(ANA, leaves).contact.revision == 2


def test_a_rule_that_has_nothing_to_change_stores_nothing(
    outside: OutsideWord, contacts: FakeContacts, carriers: FakeOptOutList
) -> None:
    for rule in (lambda contact: None, lambda contact: (contact, None)):
        assert not outside.change(ANA, rule).has_changed
    assert contacts.contacts == {ANA: a_subscriber(ANA)}
    assert carriers.phones == set()


def test_what_the_carrier_s_list_has_already_is_not_put_on_it(
    outside: OutsideWord, carriers: FakeOptOutList
) -> None:
    assert outside.change(ANA, leaves, is_listed=True).is_mirrored
    assert carriers.phones == set()


@pytest.mark.parametrize("certainty", Certainty)
def test_a_list_that_cannot_be_reached_holds_no_opt_out_up(
    outside: OutsideWord, contacts: FakeContacts, carriers: FakeOptOutList, certainty: Certainty
) -> None:
    carriers.failing = [certainty]

    assert not outside.change(ANA, leaves).is_mirrored
    assert contacts.contacts[ANA].status is Status.OPTED_OUT


def test_a_text_that_comes_in_between_is_heeded_first(
    outside: OutsideWord, contacts: FakeContacts
) -> None:
    moved = replace(a_subscriber(ANA, "UPTOWN"), revision=2)
    contacts.in_between = lambda: contacts.contacts.update({ANA: moved})
    seen = []

    def rule(contact: Contact) -> Changed:
        seen.append(contact.location)
        return leaves(contact)

    assert outside.change(ANA, rule).contact == replace(moved, status=Status.OPTED_OUT, revision=3)
    assert seen == ["DOWNTOWN", "UPTOWN"]


def test_a_contact_that_keeps_changing_is_left_for_later(
    outside: OutsideWord, contacts: FakeContacts
) -> None:
    def again() -> None:
        standing = contacts.contacts[ANA]
        contacts.contacts[ANA] = replace(standing, revision=standing.revision + 1)
        contacts.in_between = again

    contacts.in_between = again
    with pytest.raises(KeepsChanging):
        outside.change(ANA, leaves)


def test_of_a_stranger_the_rule_is_asked_too(outside: OutsideWord, contacts: FakeContacts) -> None:
    assert not outside.change("+13125550199", lambda contact: None).has_changed
    assert "+13125550199" not in contacts.contacts
