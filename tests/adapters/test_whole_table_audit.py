"""Every ledger of a table is found and read, whatever was done to it."""

from collections.abc import Iterator
from typing import Any

import pytest

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.conversations import DynamoConversations
from sayso.adapters.dynamodb.items import Item, to_item
from sayso.adapters.dynamodb.ledger import line_from
from sayso.domain.ledger import Unreadable
from sayso.services.inbound import Inbound
from sayso_local.ledgers import ledgers_of
from tests.fakes.carrier import FakeCarrier
from tests.fakes.opt_out_list import FakeOptOutList
from tests.support.bluebird import ANA, BEN, CHLOE, a_text
from tests.support.table import TABLE, mocked_table


@pytest.fixture
def table() -> Iterator[Any]:
    """Ana and Ben have joined and left; Chloe only asked for help."""
    with mocked_table() as client:
        inbound = Inbound(DynamoConversations(client, TABLE), FakeCarrier(), FakeOptOutList())
        client.put_item(TableName=TABLE, Item=to_item(PROGRAM))
        for phone, words in ((ANA, "JOIN"), (ANA, "STOP"), (BEN, "JOIN"), (BEN, "STOP")):
            text = a_text(words, phone=phone)
            inbound.handle(text, text.received_at)
        text = a_text("HELP", phone=CHLOE)
        inbound.handle(text, text.received_at)
        yield client


PROGRAM: dict[str, Any] = keys.program() | {
    "revision": 1,
    "name": "Bluebird Coffee",
    "help_contact": "hello@bluebird.example",
    "frequency": "up to 4 msgs/month",
    "opt_in": "single",
    "timezone": "America/Chicago",
    "caps": {"per_day": 1, "per_week": 3, "per_month": 8},
    "language": "en",
}


class SmallPages:
    """The client, whose queries come in pages of one item each."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def get_paginator(self, operation: str) -> Any:
        paginator = self._client.get_paginator(operation)

        class OneByOne:
            @staticmethod
            def paginate(**request: Any) -> Any:
                return paginator.paginate(**request, PaginationConfig={"PageSize": 1})

        return OneByOne()


def change(client: Any, key: keys.Key, **values: Any) -> None:
    item = client.get_item(TableName=TABLE, Key=to_item(key))["Item"]
    client.put_item(TableName=TABLE, Item=item | values)


def delete(client: Any, key: keys.Key) -> None:
    client.delete_item(TableName=TABLE, Key=to_item(key))


def faults(client: Any) -> dict[str, list[str]]:
    """What is wrong by number, for all numbers, read item by item."""
    small: Any = SmallPages(client)
    ledgers, found, after = ledgers_of(small, TABLE), [], ""
    while True:
        audits, after = ledgers.page(1, after)
        found += audits
        if not after:
            break
    assert len(found) == len({one.phone for one in found})
    whole = {one.phone: one.faults for one in ledgers_of(client, TABLE).all()}
    assert whole == {one.phone: one.faults for one in found}
    return whole


def test_every_number_is_met_once_and_what_texts_wrote_is_intact(table: Any) -> None:
    assert faults(table) == {ANA: [], BEN: [], CHLOE: []}


def test_a_number_whose_record_is_lost_is_met_once_too(table: Any) -> None:
    delete(table, keys.subscriber(BEN))
    assert faults(table) == {
        ANA: [],
        BEN: ["the number's own record is missing: nothing tells where this ends"],
        CHLOE: [],
    }


@pytest.mark.parametrize(
    ("seq", "edit", "fault"),
    [
        (1, {"words": {"S": "JOIN!"}}, "entry 1 was changed after it was written"),
        (2, {"at": {"S": "2020-01-01T00:00:00.000+00:00"}}, "entry 2 was changed"),
        (2, {"at": {"S": "2020-01-01T00:00:00.000"}}, "LEDGER#00000002 cannot be read"),
        (2, {"at": {"S": "once"}}, "LEDGER#00000002 cannot be read"),
        (2, {"change": {"S": "sold"}}, "LEDGER#00000002 cannot be read"),
        (2, {"words": {"N": "7"}}, "LEDGER#00000002 cannot be read"),
        (2, {"digest": {"BOOL": True}}, "LEDGER#00000002 cannot be read"),
        (2, {"digest": {"SS": ["a"]}}, "LEDGER#00000002 cannot be read"),
        (1, {"seq": {"S": "1"}}, "LEDGER#00000001 cannot be read"),
        (1, {"seq": {"N": "2"}}, "LEDGER#00000001 cannot be read"),
        (1, {"phone": {"S": BEN}}, "entry 1 was changed after it was written"),
    ],
)
def test_an_edited_item_is_named(table: Any, seq: int, edit: Item, fault: str) -> None:
    change(table, keys.ledger_entry(ANA, seq), **edit)
    found = faults(table)
    assert fault in " | ".join(found[ANA])
    assert found[BEN] == []


@pytest.mark.parametrize(
    ("seq", "fault"),
    [(1, "entry 2 follows entry 0"), (2, "the entries after number 1 are missing")],
)
def test_a_missing_item_is_named(table: Any, seq: int, fault: str) -> None:
    delete(table, keys.ledger_entry(ANA, seq))
    assert fault in faults(table)[ANA][0]


def test_items_that_changed_places_are_named(table: Any) -> None:
    first, second = (
        table.get_item(TableName=TABLE, Key=to_item(keys.ledger_entry(ANA, seq)))["Item"]
        for seq in (1, 2)
    )
    table.put_item(TableName=TABLE, Item=first | {"sk": second["sk"]})
    table.put_item(TableName=TABLE, Item=second | {"sk": first["sk"]})
    assert len(faults(table)[ANA]) >= 2


def test_a_record_edited_into_nonsense_is_named(table: Any) -> None:
    change(table, keys.subscriber(ANA), status={"S": "delighted"})
    assert faults(table)[ANA] == ["the number's own record cannot be read"]


def test_an_item_that_is_no_entry_says_where_it_stands() -> None:
    assert line_from({"sk": {"S": "LEDGER#9"}}) == Unreadable("LEDGER#9")
