"""What every Entrants does: the one on the table and the fake of the use cases' tests."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol

import pytest
from botocore.exceptions import ClientError

from sayso.adapters.dynamodb import entrants, keys
from sayso.adapters.dynamodb.contacts import contact_attributes, contact_from
from sayso.adapters.dynamodb.entrants import DynamoEntrants
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.subscribers import DynamoSubscribers
from sayso.domain.contact import Contact, Status
from sayso.domain.imports.consent import Entering, Standing, enter
from sayso.domain.ledger import Line
from sayso.services.ledgers import audit_ledger
from sayso.services.ports.imports import Entrants
from tests.fakes.imports import FakeEntrants
from tests.support.bluebird import ANA, BEN, CHLOE, NOON, PROGRAM
from tests.support.sheets import good_row
from tests.support.shelves import OneCallAtATime
from tests.support.table import TABLE, everything_in, mocked_table

IMPORT = "01KAMZ3S8E5XQW0V7Y9T2B4C6D"
OPTED_OUT = Contact(BEN, Status.OPTED_OUT, revision=3, ledger_seq=2, ledger_head="x")
HELPED = Contact(CHLOE, revision=2, last_heard_at=NOON)


class People(Protocol):
    """One implementation of Entrants, and a look behind it."""

    @property
    def entrants(self) -> Entrants: ...

    def contact(self, phone: str) -> Contact: ...

    def ledger(self, phone: str) -> Sequence[Line]: ...


class FakePeople:
    def __init__(self, *contacts: Contact) -> None:
        self.entrants = FakeEntrants(*contacts)

    def contact(self, phone: str) -> Contact:
        return self.entrants.contacts[phone]

    def ledger(self, phone: str) -> Sequence[Line]:
        return self.entrants.ledgers.get(phone, [])


class TablePeople:
    def __init__(self, client: Any, *contacts: Contact) -> None:
        # moto's transactions are not atomic among threads; DynamoDB's are.
        self.client = OneCallAtATime(client)
        self.entrants = DynamoEntrants(self.client, TABLE)
        for contact in contacts:
            item = to_item(keys.subscriber(contact.phone)) | contact_attributes(contact)
            client.put_item(TableName=TABLE, Item=item)

    def contact(self, phone: str) -> Contact:
        key = to_item(keys.subscriber(phone))
        return contact_from(self.client.get_item(TableName=TABLE, Key=key)["Item"])

    def ledger(self, phone: str) -> Sequence[Line]:
        return list(DynamoSubscribers(self.client, TABLE).ledger(phone))


Inhabited = Callable[..., People]


@pytest.fixture(params=["fake", "dynamodb"])
def inhabited(request: pytest.FixtureRequest) -> Iterator[Inhabited]:
    """Makes the people of a table who are known already."""
    if request.param == "fake":
        yield FakePeople
        return
    with mocked_table() as client:
        yield lambda *contacts: TablePeople(client, *contacts)


def entering(phone: str, number: int = 2, before: Contact | None = None) -> Entering:
    row = replace(good_row(location="downtown"), phone=phone, row=number)
    return enter(before or Contact.stranger(phone), row, IMPORT, PROGRAM, NOON)


def crowd(size: int) -> list[Entering]:
    return [entering(f"+1312555{number:04}", number + 2) for number in range(size)]


def test_strangers_are_entered_with_contact_and_proof(inhabited: Inhabited) -> None:
    people = inhabited()
    ana = entering(ANA)

    assert people.entrants.enter([ana]) == {}

    assert people.contact(ANA) == ana.after
    assert people.ledger(ANA) == [ana.entry]


def test_many_more_than_a_transaction_takes_are_entered(inhabited: Inhabited) -> None:
    people = inhabited()
    everybody = crowd(130)

    assert people.entrants.enter(everybody) == {}

    assert all(people.contact(one.after.phone) == one.after for one in everybody)


def test_whoever_is_on_record_is_told_of_and_left_alone(inhabited: Inhabited) -> None:
    people = inhabited(OPTED_OUT, HELPED)
    everybody = [*crowd(60), entering(BEN), entering(CHLOE)]

    standings = people.entrants.enter(everybody)

    assert standings == {BEN: Standing(OPTED_OUT), CHLOE: Standing(HELPED)}
    assert (people.contact(BEN), people.contact(CHLOE)) == (OPTED_OUT, HELPED)
    assert people.ledger(BEN) == people.ledger(CHLOE) == []
    assert all(len(people.ledger(one.after.phone)) == 1 for one in everybody[:60])


def test_whoever_was_entered_before_is_told_of_with_the_row_that_did_it(
    inhabited: Inhabited,
) -> None:
    people = inhabited()
    people.entrants.enter([entering(ANA, 7)])

    again = people.entrants.enter([entering(ANA, 9)])

    assert again == {ANA: Standing(entering(ANA, 7).after, f"{IMPORT}/7")}
    assert len(people.ledger(ANA)) == 1


def test_a_known_stranger_is_entered_as_read(inhabited: Inhabited) -> None:
    people = inhabited(HELPED)
    chloe = entering(CHLOE, before=HELPED)

    assert people.entrants.enter([chloe]) == {}

    assert people.contact(CHLOE) == chloe.after
    assert (chloe.after.revision, chloe.after.last_heard_at) == (3, NOON)


def test_a_known_stranger_who_has_texted_meanwhile_is_read_again(inhabited: Inhabited) -> None:
    people = inhabited(replace(HELPED, revision=3))

    standings = people.entrants.enter([entering(CHLOE, before=HELPED)])

    assert standings == {CHLOE: Standing(replace(HELPED, revision=3))}
    assert people.ledger(CHLOE) == []


def test_the_contacts_of_many_numbers_are_looked_up(inhabited: Inhabited) -> None:
    people = inhabited(OPTED_OUT, HELPED)

    found = people.entrants.look([*(one.after.phone for one in crowd(230)), BEN, CHLOE])

    assert found == {BEN: OPTED_OUT, CHLOE: HELPED}


def test_every_ledger_that_was_begun_verifies() -> None:
    with mocked_table() as client:
        people = TablePeople(client)
        people.entrants.enter(crowd(3))

        audits = [
            audit_ledger(DynamoSubscribers(client, TABLE), one.after.phone, lambda _: None)
            for one in crowd(3)
        ]

    assert [audit.faults for audit in audits] == [[]] * 3
    assert [audit.read_so_far for audit in audits] == [1] * 3


def test_a_ledger_without_its_record_is_never_written_over() -> None:
    """Somebody has deleted the record: the proof that is left is nothing to build on."""
    with mocked_table() as client:
        people = TablePeople(client)
        people.entrants.enter([entering(ANA, 7)])
        client.delete_item(TableName=TABLE, Key=to_item(keys.subscriber(ANA)))
        before = everything_in(client)

        standings = people.entrants.enter([entering(ANA, 9)])

        assert standings == {ANA: Standing(Contact.stranger(ANA), f"{IMPORT}/7")}
        assert everything_in(client) == before


class Busy:
    """DynamoDB at its limit: the first `times` transactions are cancelled for that alone."""

    def __init__(self, client: Any, times: int) -> None:
        self.client, self.times = client, times
        self.exceptions = client.exceptions

    def transact_write_items(self, **request: Any) -> Any:
        if self.times > 0:
            self.times -= 1
            reasons = [{"Code": "ThrottlingError"}] * len(request["TransactItems"])
            error = {"Error": {"Code": "TransactionCanceledException", "Message": "throttled"}}
            raise self.exceptions.TransactionCanceledException(
                error | {"CancellationReasons": reasons}, "TransactWriteItems"
            )
        return self.client.transact_write_items(**request)


def test_a_table_at_its_limit_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    monkeypatch.setattr("time.sleep", pauses.append)
    with mocked_table() as client:
        busy = Busy(client, times=30)

        assert DynamoEntrants(busy, TABLE).enter([entering(ANA)]) == {}

        assert TablePeople(client).contact(ANA) == entering(ANA).after
    assert busy.times == 0
    assert max(pauses) > 1


def test_a_table_that_stays_at_its_limit_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda _: None)
    with mocked_table() as client, pytest.raises(ClientError, match="throttled"):
        DynamoEntrants(Busy(client, times=999), TABLE).enter([entering(ANA)])


def test_a_failure_is_not_swallowed_by_the_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise KeyError("no such thing")

    monkeypatch.setattr(entrants, "transact", fails)
    with pytest.raises(KeyError):
        DynamoEntrants(object(), TABLE).enter([entering(ANA)])
