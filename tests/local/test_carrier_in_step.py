"""On the whole stack: what the carrier knows of opt-outs, and what we know, come together."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from sayso_local.client import Stack
from sayso_local.demo.cast import Store
from sayso_local.stack.aws import REGION
from tests.local.open_places import a_customer, open_store


@pytest.fixture(scope="module", autouse=True)
def _no_round_of_the_day(stack: Stack) -> Iterator[None]:
    """Only the rounds that a test begins: at nine UTC the day's own would come between."""
    rules = boto3.client("events", endpoint_url=stack.aws.endpoint, region_name=REGION)
    (daily,) = (one["Name"] for one in rules.list_rules()["Rules"] if "ScheduleExpression" in one)
    rules.disable_rule(Name=daily)
    yield
    rules.enable_rule(Name=daily)


@pytest.fixture(scope="module")
def store(stack: Stack) -> Store:
    """A store whose customers may be texted at the hour at which this runs."""
    return open_store(stack)


def joins(stack: Stack, phone: str, store: Store) -> None:
    stack.text(phone, f"JOIN {store.code}")
    stack.await_texts(phone, 1)


def joined(stack: Stack, store: Store) -> str:
    """The number of somebody who has joined."""
    phone = a_customer(store)
    joins(stack, phone, store)
    return phone


def left(stack: Stack, store: Store) -> str:
    """The number of somebody who has joined and left."""
    phone = joined(stack, store)
    stack.text(phone, "STOP")
    stack.wait_for(lambda: stack.is_listed_at_carrier(phone))
    return phone


def offered(stack: Stack, store: Store, body: str) -> dict[str, Any]:
    """The report of an offer to everybody at that store, once every text has left."""
    campaign = {"name": body[:20], "kind": "offer", "body": body}
    made = stack.admin("POST", "campaigns", campaign | {"audience": {"locations": [store.code]}})
    assert made.status_code == 201, made.text
    path = f"campaigns/{made.json()['id']}"
    assert stack.admin("POST", f"{path}/schedule", {"now": True}).is_success
    stack.wait_for(lambda: stack.admin("GET", f"{path}/report").json()["is_finished"], within=40)
    return dict(stack.admin("GET", f"{path}/report").json())


def status(stack: Stack, phone: str) -> str:
    return str(stack.admin("GET", f"subscribers/{phone}").json()["status"])


def proof(stack: Stack, phone: str) -> list[dict[str, Any]]:
    """The number's ledger, which verifies."""
    found = stack.admin("GET", f"subscribers/{phone}/consent").json()
    assert found["faults"] == []
    return list(found["items"])


def kept_up(stack: Stack) -> dict[str, Any]:
    """The report of a round that begins now."""
    begun = stack.admin("POST", "upkeep")
    assert begun.status_code == 202, begun.text

    def reported() -> dict[str, Any]:
        items = stack.admin("GET", "upkeep").json()["items"]
        return next((one for one in items if one["id"] == begun.json()["id"]), {})

    stack.wait_for(lambda: reported().get("phase") == "done", within=30)
    return reported()


def test_who_has_left_at_the_carrier_is_opted_out_by_the_next_offer_and_tried_no_more(
    stack: Stack, store: Store
) -> None:
    ana, ben = joined(stack, store), joined(stack, store)
    stack.list_at_carrier(ana, opted_out=True)

    first = offered(stack, store, "Bluebird Coffee: a free cookie today. Reply STOP to end.")
    stack.wait_for(lambda: status(stack, ana) == "opted_out")
    second = offered(stack, store, "Bluebird Coffee: two for one today. Reply STOP to end.")

    assert first["failures"] == {"DESTINATION_PHONE_NUMBER_OPTED_OUT": 1}
    assert second["failures"] == {}
    assert len(stack.received(ana)) == 1, "the answer to JOIN"
    assert len(stack.received(ben)) == 3
    entry = proof(stack, ana)[-1]
    assert (entry["change"], entry["medium"]) == ("opted_out", "carrier")
    assert entry["words"] == "DESTINATION_PHONE_NUMBER_OPTED_OUT"


def test_one_round_finds_and_mends_what_differs_either_way(stack: Stack, store: Store) -> None:
    told_the_carrier, agrees, rejoined = joined(stack, store), left(stack, store), a_customer(store)
    stack.list_at_carrier(told_the_carrier, opted_out=True)
    stack.list_at_carrier(rejoined, opted_out=True)
    joins(stack, rejoined, store)

    found = kept_up(stack)

    assert found["list_was_read"] is True
    assert found["listed"] >= 2
    assert found["opted_out_here"] == 1
    assert status(stack, told_the_carrier) == "opted_out"
    assert proof(stack, told_the_carrier)[-1]["words"] == "OptedOutNumber, EndUserOptedOut"
    assert stack.is_listed_at_carrier(agrees)
    again = kept_up(stack)
    while again["id"] == found["id"]:  # two rounds that begin within a second are one
        again = kept_up(stack)
    assert again["opted_out_here"] == 0


def test_who_is_called_spam_gets_no_further_offer(stack: Stack, store: Store) -> None:
    ana = joined(stack, store)
    stack.treat(ana, "spam")

    offered(stack, store, "Bluebird Coffee: a new roast today. Reply STOP to end.")
    stack.wait_for(lambda: status(stack, ana) == "opted_out")
    stack.wait_for(lambda: stack.is_listed_at_carrier(ana))
    before = len(stack.received(ana))
    offered(stack, store, "Bluebird Coffee: an old roast today. Reply STOP to end.")

    assert len(stack.received(ana)) == before
    assert (proof(stack, ana)[-1]["medium"], proof(stack, ana)[-1]["words"]) == (
        "carrier",
        "TEXT_SPAM",
    )
