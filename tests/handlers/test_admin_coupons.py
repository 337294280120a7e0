"""Coupons in the admin API: what became of them, and a till that redeems them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.coupons import DynamoCoupons
from sayso.domain.codes import spoken
from sayso.domain.coupon import Coupon
from tests.support.bluebird import ANA, BEN, NOON
from tests.support.campaigns import a_run, a_subscriber, sending, table_contacts
from tests.support.console import Answer, Console
from tests.support.coupons import FREE_COFFEE, a_coupon, code_of
from tests.support.table import TABLE

RING = {"request_id": "till-3-0042", "location": "downtown", "amount": "23.50"}


@pytest.fixture
def till(shop: Console) -> Console:
    sending(DynamoCampaigns(shop.dynamodb, TABLE), replace(a_run(), offer=FREE_COFFEE))
    table_contacts(shop.dynamodb).put(a_subscriber(ANA))
    return shop.acting_as("staff")


def issued(till: Console, **changes: Any) -> Coupon:
    coupon = a_coupon(**{"variant": "B", **changes})
    DynamoCoupons(till.dynamodb, TABLE).put(coupon)
    return coupon


def ring(till: Console, code: str, **changes: Any) -> Answer:
    return till.post(f"/admin/coupons/{code}/uses", RING | changes)


def test_a_till_redeems_a_coupon_once_for_each_request(till: Console) -> None:
    coupon = issued(till)

    first, again = (ring(till, spoken(coupon.code)) for _ in range(2))

    assert (first.status, first.json) == (201, again.json)
    assert first.json["verdict"] == "redeemed"
    assert (first.json["offer"], first.json["coupon"]["uses"]) == ("A free filter coffee", 1)
    assert first.json["use"] == {
        "id": "till-3-0042",
        "at": "2026-11-23T18:00:00Z",
        "way": "till",
        "by": None,
        "location": "DOWNTOWN",
        "amount": "23.5",
        "undone_at": None,
    }


def test_a_second_sale_is_told_that_it_was_used(till: Console) -> None:
    coupon = issued(till)
    ring(till, coupon.code)

    second = ring(till, coupon.code, request_id="till-3-0043")

    assert (second.status, second.json["verdict"], second.json["use"]) == (200, "used", None)


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"valid_until": NOON - timedelta(days=1)}, "expired"),
        ({"places": ("DENVER",)}, "wrong_location"),
        ({"campaign_id": "C9"}, "withdrawn"),
    ],
)
def test_what_may_not_be_redeemed_is_told(
    till: Console, changes: dict[str, Any], verdict: str
) -> None:
    coupon = issued(till, **changes)

    assert ring(till, coupon.code).json["verdict"] == verdict
    assert till.get(f"/admin/coupons/{coupon.code}").json["history"] == []


def test_a_coupon_is_shown_with_all_that_became_of_it(till: Console) -> None:
    coupon = issued(till)
    ring(till, coupon.code)

    found = till.get(f"/admin/coupons/{spoken(coupon.code).lower()}").json

    history = found.pop("history")
    assert found == {
        "code": coupon.code,
        "shown": coupon.code,
        "phone": ANA,
        "campaign_id": "C1",
        "issued_at": "2026-11-23T18:00:00Z",
        "valid_from": None,
        "valid_until": None,
        "locations": [],
        "most_uses": 1,
        "uses": 1,
        "variant": "B",
        "channel": "sign",
        "location": "DOWNTOWN",
    }
    assert [(one["id"], one["location"]) for one in history] == [("till-3-0042", "DOWNTOWN")]


def test_a_code_that_is_none_is_not_found(till: Console) -> None:
    for answer in (ring(till, code_of(BEN)), till.get(f"/admin/coupons/{code_of(BEN)}")):
        assert answer.status == 404


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"location": "NOWHERE"}, "location"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "1.234"}, "amount"),
        ({"request_id": "short"}, "request_id"),
        ({"request_id": "with#hash-in-it"}, "request_id"),
    ],
)
def test_a_till_that_says_it_wrong_is_told(
    till: Console, changes: dict[str, str], field: str
) -> None:
    coupon = issued(till)

    answer = ring(till, coupon.code, **changes)

    assert (answer.status, answer.json["errors"][0]["path"]) == (422, field)
