"""On the whole stack: a developer's endpoint hears what people do, also after it was down."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from standardwebhooks import Webhook

from sayso_local.client import Stack
from tests.local.open_places import a_customer, open_store
from tests.support.webhook_receiver import Receiver, Request


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver.opened() as found:
        yield found


@pytest.fixture
def hook(stack: Stack, receiver: Receiver) -> Iterator[Any]:
    """The receiver's endpoint, with its secret."""
    wanted = {"url": f"{receiver.url}/sayso", "events": ["joined", "opted_out", "replied"]}
    made = stack.admin("POST", "webhooks", wanted)
    assert made.status_code == 201, made.text
    yield made.json()
    assert stack.admin("DELETE", f"webhooks/{made.json()['id']}").status_code == 204


def told(receiver: Receiver, phone: str) -> list[tuple[str, str]]:
    """What the endpoint was told of somebody: each time the id, and what."""
    found = [(one.headers["webhook-id"], json.loads(one.body)) for one in list(receiver.requests)]
    return [(name, event["type"]) for name, event in found if event["data"]["phone"] == phone]


def trials_told(receiver: Receiver) -> list[Request]:
    """The test events among what came in: it hears of what people do in other tests, too."""
    return [one for one in list(receiver.requests) if json.loads(one.body)["type"] == "test"]


def log(stack: Stack, hook: Any) -> dict[str, Any]:
    answer = stack.admin("GET", f"webhooks/{hook['id']}/deliveries")
    return {one["id"]: one for one in answer.json()["items"]}


def test_an_endpoint_hears_of_joins_and_opt_outs_and_the_reference_library_verifies_them(
    stack: Stack, receiver: Receiver, hook: Any
) -> None:
    store = open_store(stack)
    phone = a_customer(store)

    stack.text(phone, f"JOIN {store.code}")
    stack.await_texts(phone, 1)
    stack.text(phone, "STOP")
    stack.wait_for(lambda: len(told(receiver, phone)) >= 2, within=60)

    assert sorted(what for _, what in told(receiver, phone)) == ["joined", "opted_out"]
    heard = list(receiver.requests)
    events = [Webhook(hook["secret"]).verify(one.body, one.headers) for one in heard]
    for request, event in zip(heard, events, strict=True):
        assert event["data"]["id"] == request.headers["webhook-id"]
    (joined,) = [
        one["data"] for one in events if (one["type"], one["data"]["phone"]) == ("joined", phone)
    ]
    assert joined["location"] == store.code


def test_an_endpoint_that_was_down_hears_of_it_later_once_per_event(
    stack: Stack, receiver: Receiver, hook: Any
) -> None:
    refused: set[str] = set()

    def down_at_first(request: Request) -> tuple[int, Mapping[str, str]]:
        event = request.headers["webhook-id"]
        if event in refused:
            return 204, {}
        refused.add(event)
        return 503, {}

    receiver.answers = down_at_first
    store = open_store(stack)
    phone = a_customer(store)
    stack.text(phone, f"JOIN {store.code}")

    def is_delivered() -> bool:
        ids = {event for event, _ in told(receiver, phone)}
        return bool(ids) and all(log(stack, hook)[one]["state"] == "delivered" for one in ids)

    stack.wait_for(is_delivered, within=90)

    ((event, _), *_) = told(receiver, phone)
    delivery = log(stack, hook)[event]
    assert [one["status"] for one in delivery["attempts"]] == [503, 204]
    assert told(receiver, phone) == [(event, "joined")] * 2  # the one that was refused, and it
    # Sent again by hand, it is the same event.
    again = stack.admin("POST", f"webhooks/{hook['id']}/deliveries/{event}/replay")
    assert again.status_code == 202, again.text
    stack.wait_for(lambda: len(told(receiver, phone)) == 3, within=60)
    assert {name for name, _ in told(receiver, phone)} == {event}


def test_a_test_event_arrives(stack: Stack, receiver: Receiver, hook: Any) -> None:
    sent = stack.admin("POST", f"webhooks/{hook['id']}/test")
    assert sent.status_code == 202, sent.text

    stack.wait_for(lambda: bool(trials_told(receiver)), within=60)

    (request,) = trials_told(receiver)
    told_of = Webhook(hook["secret"]).verify(request.body, request.headers)
    assert (told_of["type"], told_of["data"]["id"]) == ("test", sent.json()["id"])
