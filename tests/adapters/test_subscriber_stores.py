"""What every SubscriberStore does: the one on the table and the fake of the use cases' tests."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest

from sayso.adapters.dynamodb import keys, subscribers
from sayso.adapters.dynamodb.contacts import contact_attributes
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.ledger import entry_item
from sayso.adapters.dynamodb.subscribers import DynamoSubscribers
from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Change, Entry, Evidence, append
from sayso.services.ports.subscribers import SubscriberStore
from tests.fakes.subscribers import FakeSubscribers
from tests.support.bluebird import ANA, BEN, CHLOE, NOON, NUMBER
from tests.support.table import TABLE, mocked_table

Stocked = Callable[[Sequence[Contact], Sequence[Entry]], SubscriberStore]


def joined(phone: str, location: str = "DOWNTOWN", status: Status = Status.SUBSCRIBED) -> Contact:
    return Contact(phone, status, revision=1, location=location, joined_at=NOON, last_heard_at=NOON)


def crowd(size: int, location: str = "DOWNTOWN") -> list[Contact]:
    return [joined(f"+1312555{number:04}", location) for number in range(size)]


def ledger_of(phone: str, changes: Sequence[Change]) -> list[Entry]:
    entries: list[Entry] = []
    for change in changes:
        evidence = Evidence(
            phone=phone,
            at=NOON,
            medium="sms",
            message_id=f"in-{len(entries)}",
            number=NUMBER,
            words="JOIN DOWNTOWN",
            shown="You're in!",
            program="Bluebird Coffee",
            keyword="JOIN",
            channel="",
            location="DOWNTOWN",
            rule="keyword JOIN",
        )
        head = entries[-1].digest if entries else ""
        entries.append(append(seq=len(entries), head=head, change=change, evidence=evidence))
    return entries


def store_all(client: Any, contacts: Sequence[Contact], entries: Sequence[Entry] = ()) -> None:
    for contact in contacts:
        item = to_item(keys.subscriber(contact.phone)) | contact_attributes(contact)
        client.put_item(TableName=TABLE, Item=item)
    for entry in entries:
        client.put_item(TableName=TABLE, Item=entry_item(entry))


@pytest.fixture(params=["fake", "dynamodb"])
def stocked(request: pytest.FixtureRequest) -> Iterator[Stocked]:
    if request.param == "fake":
        yield FakeSubscribers
        return
    with mocked_table() as client:

        def on_the_table(contacts: Sequence[Contact], entries: Sequence[Entry]) -> SubscriberStore:
            store_all(client, contacts, entries)
            return DynamoSubscribers(client, TABLE)

        yield on_the_table


def walk(
    store: SubscriberStore, locations: Sequence[str], status: Status | None, limit: int
) -> list[list[str]]:
    """Every page of a list, as phone numbers."""
    pages, after = [], ""
    while True:
        page = store.page(locations, status, limit, after)
        assert len(page.contacts) <= limit
        pages.append([contact.phone for contact in page.contacts])
        after = page.after
        if not after:
            return pages


def test_a_contact_is_found_by_number(stocked: Stocked) -> None:
    store = stocked([joined(ANA), joined(BEN)], [])

    assert store.get(BEN) == joined(BEN)
    assert store.get(CHLOE) is None


@pytest.mark.parametrize("limit", [1, 2, 7, 200])
def test_pages_of_any_size_list_everyone_of_the_location_once(stocked: Stocked, limit: int) -> None:
    people = crowd(15)
    store = stocked([*people, joined(CHLOE, "DENVER")], [])

    listed = [phone for page in walk(store, ["DOWNTOWN"], None, limit) for phone in page]

    assert sorted(listed) == [contact.phone for contact in people]


def test_a_list_over_all_locations_has_those_of_none_too(stocked: Stocked) -> None:
    store = stocked([joined(ANA), joined(BEN, ""), joined(CHLOE, "DENVER")], [])

    listed = [phone for page in walk(store, ["", "DENVER", "DOWNTOWN"], None, 2) for phone in page]

    assert sorted(listed) == sorted([ANA, BEN, CHLOE])


def test_a_status_leaves_the_others_out(stocked: Stocked) -> None:
    left = joined(BEN, status=Status.OPTED_OUT)
    store = stocked([joined(ANA), left, joined(CHLOE, status=Status.PENDING)], [])

    assert store.page(["DOWNTOWN"], Status.OPTED_OUT, 10).contacts == [left]


def test_a_stranger_who_only_asked_for_help_is_in_no_list(stocked: Stocked) -> None:
    store = stocked([Contact(ANA, Status.UNKNOWN, revision=1)], [])

    assert store.page([""], None, 10) == ([], "")


def test_a_location_without_anyone_has_one_empty_page(stocked: Stocked) -> None:
    assert stocked([joined(ANA)], []).page(["UPTOWN"], None, 10) == ([], "")


@pytest.mark.parametrize(
    ("status", "counts"),
    [(Status.SUBSCRIBED, True), (Status.PENDING, True), (Status.OPTED_OUT, False)],
)
def test_somebody_is_at_a_location_unless_they_have_left(
    stocked: Stocked, status: Status, counts: bool
) -> None:
    store = stocked([joined(ANA, status=status)], [])

    assert store.has_anyone_at("DOWNTOWN") is counts
    assert not store.has_anyone_at("UPTOWN")


def test_a_ledger_comes_oldest_first_and_only_that_of_the_number(stocked: Stocked) -> None:
    mine = ledger_of(ANA, [Change.OPTED_IN, Change.OPTED_OUT] * 6)
    store = stocked([joined(ANA)], [*reversed(mine), *ledger_of(BEN, [Change.OPTED_IN])])

    assert list(store.ledger(ANA)) == mine
    assert list(store.ledger(CHLOE)) == []


def test_who_has_moved_or_left_since_the_index_was_read_is_left_out() -> None:
    with mocked_table() as client:
        store_all(client, [joined(ANA), joined(BEN), joined(CHLOE)])

        class Lagging:
            """A client whose index still has everyone where they were."""

            def __getattr__(self, name: str) -> Any:
                return getattr(client, name)

            def batch_get_item(self, **request: Any) -> Any:
                moved = joined(ANA, "UPTOWN")
                store_all(client, [moved, replace(joined(BEN), status=Status.OPTED_OUT)])
                return client.batch_get_item(**request)

        page = DynamoSubscribers(Lagging(), TABLE).page(["DOWNTOWN"], Status.SUBSCRIBED, 10)

        assert page.contacts == [joined(CHLOE)]


def test_what_dynamodb_leaves_unprocessed_is_asked_for_again() -> None:
    with mocked_table() as client:
        people = crowd(6)
        store_all(client, people)

        class Busy:
            """A client that answers for half of what it is asked, as DynamoDB may."""

            def __getattr__(self, name: str) -> Any:
                return getattr(client, name)

            def batch_get_item(self, RequestItems: dict[str, Any]) -> Any:  # noqa: N803
                wanted = RequestItems[TABLE]
                half = (len(wanted["Keys"]) + 1) // 2
                now = {TABLE: wanted | {"Keys": wanted["Keys"][:half]}}
                later = {TABLE: wanted | {"Keys": wanted["Keys"][half:]}}
                answer = client.batch_get_item(RequestItems=now)
                return answer | {"UnprocessedKeys": later if wanted["Keys"][half:] else {}}

        page = DynamoSubscribers(Busy(), TABLE).page(["DOWNTOWN"], None, 10)

        assert sorted(one.phone for one in page.contacts) == [one.phone for one in people]


def test_a_page_over_many_empty_places_ends_early_and_can_be_continued(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(subscribers, "_READS_A_PAGE", 5)
    with mocked_table() as client:
        store_all(client, [joined(ANA, "UPTOWN")])
        store = DynamoSubscribers(client, TABLE)

        pages = walk(store, ["DENVER", "DOWNTOWN", "UPTOWN"], None, 10)

    assert pages[0] == []
    assert [phone for page in pages for phone in page] == [ANA]


def test_a_location_that_was_deleted_between_two_pages_is_passed_over() -> None:
    with mocked_table() as client:
        store_all(client, [*crowd(4), joined(CHLOE, "UPTOWN")])
        store = DynamoSubscribers(client, TABLE)
        after = store.page(["DOWNTOWN", "UPTOWN"], None, 2).after

        assert store.page(["UPTOWN"], None, 10, after).contacts == [joined(CHLOE, "UPTOWN")]


def test_a_page_of_more_than_one_batch_is_read_whole() -> None:
    with mocked_table() as client:
        people = crowd(150)
        store_all(client, people)

        page = DynamoSubscribers(client, TABLE).page(["DOWNTOWN"], None, 200)

    assert sorted(one.phone for one in page.contacts) == [one.phone for one in people]
    assert page.after == ""
