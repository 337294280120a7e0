"""Numbers that were taken out of service get no offers, unless their new holder opts in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.contacts import contact_attributes
from sayso.adapters.dynamodb.items import to_item
from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Change
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaigns import a_subscriber
from tests.support.console import Console
from tests.support.table import TABLE

DAY = timedelta(days=1)
TODAY, YESTERDAY = "2026-11-23", "2026-11-22"


def put(shop: Console, contact: Contact) -> None:
    item = to_item(keys.subscriber(contact.phone)) | contact_attributes(contact)
    shop.dynamodb.put_item(TableName=TABLE, Item=item)


@pytest.fixture
def joined(shop: Console) -> Console:
    """Ana joined three days ago, Ben yesterday, Chloe a minute ago."""
    for phone, ago in ((ANA, 3 * DAY), (BEN, DAY), (CHLOE, timedelta(minutes=1))):
        put(shop, replace(a_subscriber(phone), joined_at=NOON - ago))
    return shop


def bring(shop: Console, on: str, *phones: str) -> int:
    answer = shop.post("/admin/deactivations", {"on": on, "phones": list(phones)})
    assert answer.status == 200, answer.text
    ended: int = answer.json["ended"]
    return ended


def status(shop: Console, phone: str) -> str:
    return str(shop.get(f"/admin/subscribers/{phone}").json["status"])


def test_who_opted_in_before_is_given_up_with_proof(joined: Console) -> None:
    assert bring(joined, YESTERDAY, ANA, "+1 (312) 555-0199", ANA) == 1

    assert status(joined, ANA) == Status.UNREACHABLE
    proof = joined.get(f"/admin/subscribers/{ANA}/consent").json
    (entry,) = proof["items"]
    assert (entry["change"], entry["medium"]) == (Change.UNREACHABLE, "carrier")
    assert entry["words"] == f"deactivated on {YESTERDAY}"
    assert status(joined, BEN) == status(joined, CHLOE) == Status.SUBSCRIBED


def test_an_opt_in_of_the_same_day_may_be_the_former_holder_s(joined: Console) -> None:
    assert bring(joined, YESTERDAY, BEN) == 1
    assert bring(joined, TODAY, CHLOE) == 1


def test_an_opt_in_of_a_later_day_is_the_new_holder_s(joined: Console) -> None:
    assert bring(joined, YESTERDAY, CHLOE) == 0
    assert status(joined, CHLOE) == Status.SUBSCRIBED


def test_bringing_them_again_changes_nothing(joined: Console) -> None:
    assert [bring(joined, YESTERDAY, ANA, BEN) for _ in range(2)] == [2, 0]


def test_who_has_left_stays_gone(shop: Console) -> None:
    put(shop, replace(a_subscriber(ANA, status=Status.OPTED_OUT), opted_out_at=NOON - DAY))

    assert bring(shop, TODAY, ANA) == 0
    assert status(shop, ANA) == Status.OPTED_OUT


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"on": "2026-11-24", "phones": [ANA]}, "on"),
        ({"on": "yesterday", "phones": [ANA]}, "on"),
        ({"on": TODAY, "phones": []}, "phones"),
        ({"on": TODAY, "phones": [ANA, "Ben"]}, "phones.1"),
        ({"on": TODAY, "phones": [ANA] * 1_001}, "phones"),
    ],
)
def test_what_is_no_list_of_numbers_is_refused_whole(
    joined: Console, body: dict[str, object], path: str
) -> None:
    answer = joined.post("/admin/deactivations", body)

    assert answer.status == 422
    assert [fault["path"] for fault in answer.json["errors"]] == [path]
    assert status(joined, ANA) == Status.SUBSCRIBED


def test_counter_staff_may_not_bring_them(joined: Console) -> None:
    body = {"on": TODAY, "phones": [ANA]}
    assert joined.acting_as("staff").post("/admin/deactivations", body).status == 403
