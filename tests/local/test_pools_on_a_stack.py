"""On the whole stack: the till system's codes go to as many people as there are, each once."""

import re
from collections import Counter
from typing import Any

from sayso_local.client import Stack
from tests.local.open_places import customers, open_store

PEOPLE = 12
TEXT = "Bluebird Coffee: {{ offer }}! Show {{ code }} at the till. Reply STOP to end."


def test_a_pool_that_is_one_short_sends_nothing_and_then_everything(stack: Stack) -> None:
    store = open_store(stack)
    people = customers(store, PEOPLE)
    for phone in people:
        stack.text(phone, f"JOIN {store.code}")
    for phone in people:
        stack.await_texts(phone, 1)
    audience = {"locations": [store.code], "where": ""}
    count = _made(stack, "segments/count", audience, 200)["count"]
    codes = [f"{store.code}-{number:04d}" for number in range(count)]
    pool = _made(stack, "pools", {"name": "Vouchers", "codes": codes[:-1]}, 201)["pool"]
    offer = {"title": "A till roll", "codes": "pool", "pool": pool["id"]}
    written = {
        "name": "Till rolls",
        "body": TEXT,
        "offer": offer,
        "audience": {"locations": [store.code]},
    }
    campaign = _made(stack, "campaigns", written, 201)

    refused = stack.admin("POST", f"campaigns/{campaign['id']}/schedule", {"now": True})
    assert refused.status_code == 422, refused.text
    assert f"1 code is missing: the audience has {count} people" in refused.text

    _made(stack, f"pools/{pool['id']}/codes", {"codes": codes[-1:]}, 200)
    started = stack.admin("POST", f"campaigns/{campaign['id']}/schedule", {"now": True})
    assert started.is_success, started.text
    stack.wait_for(lambda: all(_codes(stack, phone) for phone in people), within=60)

    shown = Counter(code for phone in people for code in _codes(stack, phone))
    assert len(shown) == PEOPLE
    assert set(shown.values()) == {1}
    assert set(shown) <= set(codes)


def _made(stack: Stack, path: str, body: dict[str, Any], status: int) -> Any:
    answer = stack.admin("POST", path, body)
    assert answer.status_code == status, answer.text
    return answer.json()


def _codes(stack: Stack, phone: str) -> list[str]:
    bodies = (text.body for text in stack.received(phone) if "A till roll" in text.body)
    return [found[1] for body in bodies if (found := re.search(r"Show (\S+) at", body))]
