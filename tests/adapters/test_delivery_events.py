"""Delivery events in the form that AWS documents."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.adapters.delivery_events import MalformedEvent, parse_delivery_event
from tests.support.bluebird import ANA
from tests.support.delivery_events import delivery_event


def test_an_event_is_read_for_what_finds_its_text() -> None:
    event = parse_delivery_event(json.dumps(delivery_event(ANA, "TEXT_BLOCKED", {"run": "R1"})))

    assert (event.type, event.phone, event.is_final) == ("TEXT_BLOCKED", ANA, True)
    assert event.at == datetime(2023, 6, 17, 4, 11, 43, 470_000, UTC)
    assert event.context == {"run": "R1"}
    assert event.message_id == "862a8790-60c0-4430-9b2b-658bdexample"


def test_an_event_of_a_text_without_context_is_an_event_too() -> None:
    body = delivery_event(ANA, "TEXT_QUEUED", None)

    assert parse_delivery_event(json.dumps(body)).context == {}


@pytest.mark.parametrize(
    "change",
    [
        {"eventType": ...},
        {"destinationPhoneNumber": ...},
        {"destinationPhoneNumber": "simulated"},
        {"destinationPhoneNumber": None},
        {"eventTimestamp": "soon"},
        {"eventTimestamp": 10**20},
        {"messageId": ...},
        {"isFinal": ...},
        {"context": ["run"]},
    ],
)
def test_an_event_that_cannot_be_read_is_malformed(change: dict[str, Any]) -> None:
    body = delivery_event(ANA, "TEXT_DELIVERED", {"run": "R1"}) | change
    body = {name: value for name, value in body.items() if value is not ...}

    with pytest.raises(MalformedEvent) as malformed:
        parse_delivery_event(json.dumps(body))

    assert ANA not in str(malformed.value)


@pytest.mark.parametrize(
    ("prices", "millionths"),
    [
        ({"totalMessagePrice": 0.00581, "totalCarrierFee": 0.00302}, 8_830),
        ({"totalMessagePrice": 0.00645, "totalCarrierFee": 0.0}, 6_450),
        ({"totalMessagePrice": 0, "totalCarrierFee": 0}, 0),
        ({"totalMessagePrice": 0.00581, "totalCarrierFee": ...}, 5_810),
        ({"totalMessagePrice": ...}, None),
        ({"totalMessagePrice": "cheap"}, None),
        ({"totalMessagePrice": -1}, None),
        ({"totalMessagePrice": 1e30}, None),
        ({"totalMessagePrice": 0.005, "totalCarrierFee": ["x"]}, None),
        ({"totalMessagePrice": 0.005, "totalCarrierFee": float("nan")}, None),
    ],
)
def test_a_text_costs_its_price_and_its_carriers_fee_and_nonsense_is_no_price(
    prices: dict[str, Any], millionths: int | None
) -> None:
    body = delivery_event(ANA, "TEXT_DELIVERED", {"run": "R1"}) | prices
    body = {name: value for name, value in body.items() if value is not ...}

    assert parse_delivery_event(json.dumps(body)).price == millionths


@given(st.text() | st.recursive(st.integers() | st.text() | st.none(), st.lists).map(json.dumps))
def test_anything_else_is_malformed_and_nothing_worse(body: str) -> None:
    with pytest.raises(MalformedEvent):
        parse_delivery_event(body)
