"""The API finds every ledger that was tampered with."""

from datetime import timedelta

import pytest

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.conversations import DynamoConversations
from sayso.adapters.dynamodb.items import to_item
from sayso.services.inbound import Inbound
from tests.fakes.carrier import FakeCarrier
from tests.fakes.opt_out_list import FakeOptOutList
from tests.support.bluebird import ANA, BEN, CHLOE, NOON, a_text
from tests.support.console import Console
from tests.support.table import TABLE


@pytest.fixture
def busy_shop(shop: Console) -> Console:
    """Ana joined and left, Ben and Chloe joined."""
    inbound = Inbound(DynamoConversations(shop.dynamodb, TABLE), FakeCarrier(), FakeOptOutList())
    for phone, words in ((ANA, "JOIN"), (BEN, "JOIN"), (CHLOE, "JOIN"), (ANA, "STOP")):
        at = NOON + timedelta(minutes=words == "STOP")
        inbound.handle(a_text(words, phone=phone, at=at), at)
    return shop


def edit(shop: Console, phone: str, seq: int) -> None:
    shop.dynamodb.update_item(
        TableName=TABLE,
        Key=to_item(keys.ledger_entry(phone, seq)),
        UpdateExpression="SET words = :words",
        ExpressionAttributeValues=to_item({":words": "yes of course"}),
    )


def test_untouched_ledgers_are_counted_and_none_is_named(busy_shop: Console) -> None:
    page = busy_shop.get("/admin/ledgers").json
    assert page == {"items": [], "ledgers": 3, "entries": 4, "next": None}


def test_an_edited_entry_is_named_on_whichever_page_it_is(busy_shop: Console) -> None:
    edit(busy_shop, ANA, 2)
    named, read, cursor = [], 0, ""
    for _ in range(50):
        page = busy_shop.get(f"/admin/ledgers?limit=1{cursor}").json
        named += page["items"]
        read += page["ledgers"]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert named == [{"phone": ANA, "faults": ["entry 2 was changed after it was written"]}]
    assert read == 3


def test_a_cursor_tells_nobody_a_number(busy_shop: Console) -> None:
    cursor = busy_shop.get("/admin/ledgers?limit=1").json["next"]
    assert cursor
    assert "312555" not in cursor


def test_counter_staff_may_not_look(busy_shop: Console) -> None:
    assert busy_shop.acting_as("staff").get("/admin/ledgers").status == 403
