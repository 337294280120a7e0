"""Looking people up, and proving what they said."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from sayso.domain.contact import Contact, Status
from sayso.domain.conversation import decide
from sayso.domain.ledger import Entry
from sayso.domain.understanding import understand
from sayso.services.refusals import Invalid, NotFound
from sayso.services.subscribers import NOWHERE, SubscriberDesk
from tests.fakes.catalog import FakeCatalog
from tests.fakes.subscribers import FakeSubscribers
from tests.support.bluebird import ANA, BEN, CHLOE, SHOP, a_text


def after(*bodies: str) -> tuple[Contact, list[Entry]]:
    """Ana and her ledger after she has sent these texts."""
    contact, entries = Contact.stranger(ANA), []
    for body in bodies:
        decision = decide(contact, a_text(body), understand(body, SHOP), SHOP)
        contact = decision.contact
        if decision.entry:
            entries.append(decision.entry)
    return contact, entries


def desk(store: FakeSubscribers) -> SubscriberDesk:
    return SubscriberDesk(store, FakeCatalog(SHOP))


def test_a_ledger_that_texts_have_written_verifies() -> None:
    contact, entries = after("JOIN DOWNTOWN", "JOIN UPTOWN", "STOP", "START")

    consent = desk(FakeSubscribers([contact], entries)).consent(ANA)

    assert [entry.evidence.words for entry in consent.entries] == [
        "JOIN DOWNTOWN",
        "JOIN UPTOWN",
        "STOP",
        "START",
    ]
    assert consent.faults == []


def test_a_number_that_only_asked_for_help_has_an_empty_ledger() -> None:
    contact, entries = after("HELP")

    consent = desk(FakeSubscribers([contact], entries)).consent(ANA)

    assert (consent.entries, consent.faults) == ([], [])


def test_a_number_that_never_texted_has_neither_record_nor_ledger() -> None:
    store = FakeSubscribers()

    with pytest.raises(NotFound):
        desk(store).get(ANA)
    with pytest.raises(NotFound):
        desk(store).consent(ANA)


@pytest.mark.parametrize(
    ("tamper", "fault"),
    [
        (lambda entries: entries[:-1], "are missing"),
        (lambda entries: [], "are missing"),
        (lambda entries: entries[1:], "missing or out of order"),
        (lambda entries: [*entries, replace(entries[-1], seq=4)], "were not written by a text"),
        (lambda entries: [*entries[:-1], replace(entries[-1], digest="0")], "was changed"),
    ],
)
def test_a_ledger_that_was_tampered_with_says_how(
    tamper: Callable[[list[Entry]], list[Entry]], fault: str
) -> None:
    contact, entries = after("JOIN DOWNTOWN", "STOP", "START")

    consent = desk(FakeSubscribers([contact], tamper(entries))).consent(ANA)

    assert any(fault in one for one in consent.faults)


def test_a_ledger_written_anew_from_its_first_entry_on_shows_at_its_end() -> None:
    contact, _ = after("JOIN DOWNTOWN", "STOP")
    _, forged = after("JOIN DOWNTOWN", "START")

    consent = desk(FakeSubscribers([contact], forged)).consent(ANA)

    assert consent.faults == ["entry 2 is not the one that was written last"]


def test_a_text_that_arrives_while_the_ledger_is_read_is_no_fault() -> None:
    earlier, _ = after("JOIN DOWNTOWN")
    later, entries = after("JOIN DOWNTOWN", "STOP")

    class Growing(FakeSubscribers):
        """Ana says STOP between our looks at her record and at her ledger."""

        def ledger(self, phone: str) -> list[Entry]:
            self.contacts[ANA] = later
            return super().ledger(phone)

    consent = desk(Growing([earlier], entries)).consent(ANA)

    assert consent.faults == []
    assert len(consent.entries) == 2


def people() -> FakeSubscribers:
    return FakeSubscribers(
        [
            Contact(ANA, Status.SUBSCRIBED, location="DOWNTOWN"),
            Contact(BEN, Status.SUBSCRIBED),
            Contact(CHLOE, Status.OPTED_OUT, location="DENVER"),
        ]
    )


@pytest.mark.parametrize(
    ("location", "status", "listed"),
    [
        ("", None, {ANA, BEN, CHLOE}),
        ("", Status.SUBSCRIBED, {ANA, BEN}),
        ("DOWNTOWN", None, {ANA}),
        ("DENVER", Status.SUBSCRIBED, set()),
        (NOWHERE, None, {BEN}),
    ],
)
def test_people_are_listed_by_location_and_status(
    location: str, status: Status | None, listed: set[str]
) -> None:
    page = desk(people()).page(location, status, 10, "")

    assert {contact.phone for contact in page.contacts} == listed


def test_a_location_that_does_not_exist_has_no_list() -> None:
    with pytest.raises(Invalid, match="MOON"):
        desk(people()).page("MOON", None, 10, "")
