"""On the whole stack: two wordings and a hold-out; the report is what the carrier counted."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest

from sayso_local.client import Stack
from tests.local.open_places import customers, open_store

TEXTS = {
    "A": "Bluebird Coffee: two rolls for one today. Reply STOP to end.",
    "B": "Bluebird Coffee: your second roll is on us today. Reply STOP to end.",
}
# So many that by chance, too, somebody is in each group.
PEOPLE = 40


def admin(stack: Stack, method: str, path: str, body: object = None) -> Any:
    answer = stack.admin(method, path, body)
    assert answer.is_success, answer.text
    return answer.json()


@pytest.mark.e2e
def test_the_report_by_variant_equals_what_the_carrier_counted(stack: Stack) -> None:
    here = open_store(stack)
    phones = customers(here, PEOPLE)
    campaign = _sent(stack, here.code, phones)
    got = {phone: _wording(stack, phone) for phone in phones}
    carrier = Counter(name for name in got.values() if name)
    stack.wait_for(lambda: _report(stack, campaign)["delivered"] == carrier.total(), within=20)
    found = _report(stack, campaign)

    held_out = PEOPLE - carrier.total()
    targeted = {row["name"]: row["targeted"] for row in found["by_variant"]}
    assert targeted == {**carrier, "held_out": held_out}
    for row in found["by_variant"]:
        assert row["delivered"] == row["sent"] == carrier[row["name"]]
    assert found["excluded"] == {"held_out": held_out}
    (store,) = found["by_location"]
    assert (store["name"], store["targeted"]) == (here.code, PEOPLE)
    assert not found["price"]["is_estimate"]
    assert Decimal(found["price"]["amount"]) > 0
    _and_then_they_act(stack, campaign, got)


def _sent(stack: Stack, code: str, phones: Sequence[str]) -> str:
    """The campaign, once everybody has had their turn."""
    for phone in phones:
        stack.text(phone, f"JOIN {code}")
    for phone in phones:
        stack.await_texts(phone, 1, within=60)
        admin(stack, "PATCH", f"subscribers/{phone}", {"attributes": {"club": "rolls"}})
    whom = {"locations": [code], "where": "club = rolls"}
    stack.wait_for(lambda: admin(stack, "POST", "segments/count", whom)["count"] == PEOPLE)
    campaign = {
        "name": "Rolls, in two wordings",
        "body": TEXTS["A"],
        "variants": [{"name": "B", "body": TEXTS["B"]}],
        "holdout_percent": 30,
        "audience": whom,
    }
    made = str(admin(stack, "POST", "campaigns", campaign)["id"])
    admin(stack, "POST", f"campaigns/{made}/schedule", {"now": True})
    stack.wait_for(lambda: bool(_report(stack, made)["is_finished"]), within=40)
    return made


def _and_then_they_act(stack: Stack, campaign: str, got: Mapping[str, str]) -> None:
    """Somebody writes, and somebody who got nothing redeems the offer all the same."""
    texted = next(phone for phone, name in got.items() if name == "A")
    held_out = next(phone for phone, name in got.items() if not name)
    stack.text(texted, "What are rolls?")
    admin(stack, "POST", f"subscribers/{held_out}/events", {"kind": "redeemed"})
    stack.wait_for(lambda: _report(stack, campaign)["replied"] == 1, within=20)

    found = _report(stack, campaign)
    for what, who in (("replied", "A"), ("redeemed", "held_out")):
        assert {row["name"]: row[what] for row in found["by_variant"] if row[what]} == {who: 1}
    assert found["redeemed"] == 0
    told = found["comparison"]
    assert (told["outcome"], told["is_evidence"]) == ("redeemed", False)
    assert told["verdict"].startswith("What people do counts until ")


def _report(stack: Stack, campaign: str) -> Any:
    return admin(stack, "GET", f"campaigns/{campaign}/report")


def _wording(stack: Stack, phone: str) -> str:
    """Which of the texts the phone has; "" for none."""
    bodies = [text.body for text in stack.received(phone)]
    found = [name for name, body in TEXTS.items() if body in bodies]
    assert len(found) <= 1
    return "".join(found)
