"""On the whole stack: two wordings and a hold-out; the report is what the carrier itself counted."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from sayso_local.client import Stack
from tests.local.open_places import open_stores

TEXTS = {
    "A": "Bluebird Coffee: two rolls for one today. Reply STOP to end.",
    "B": "Bluebird Coffee: your second roll is on us today. Reply STOP to end.",
}
PEOPLE = 24


def admin(stack: Stack, method: str, path: str, body: object = None) -> Any:
    answer = stack.admin(method, path, body)
    assert answer.is_success, answer.text
    return answer.json()


@pytest.mark.e2e
def test_the_report_by_variant_equals_what_the_carrier_counted(stack: Stack) -> None:
    here, *_ = open_stores(stack)
    phones = [here.phone(number) for number in range(700, 700 + PEOPLE)]
    for phone in phones:
        stack.text(phone, f"JOIN {here.code}")
    for phone in phones:
        stack.await_texts(phone, 1)
    for phone in phones:
        admin(stack, "PATCH", f"subscribers/{phone}", {"attributes": {"club": "rolls"}})
    whom = {"locations": [here.code], "where": "club = rolls"}
    stack.wait_for(lambda: admin(stack, "POST", "segments/count", whom)["count"] == PEOPLE)
    made = admin(
        stack,
        "POST",
        "campaigns",
        {
            "name": "Rolls, in two wordings",
            "body": TEXTS["A"],
            "variants": [{"name": "B", "body": TEXTS["B"]}],
            "holdout_percent": 30,
            "audience": whom,
        },
    )
    admin(stack, "POST", f"campaigns/{made['id']}/schedule", {"now": True})

    def report() -> Any:
        return admin(stack, "GET", f"campaigns/{made['id']}/report")

    stack.wait_for(lambda: report()["is_finished"], within=40)
    got = {phone: _wording(stack, phone) for phone in phones}
    carrier = Counter(name for name in got.values() if name)
    stack.wait_for(lambda: report()["delivered"] == carrier.total(), within=20)
    found = report()

    assert {row["name"]: row["targeted"] for row in found["by_variant"]} == {
        **carrier,
        "held_out": PEOPLE - carrier.total(),
    }
    for row in found["by_variant"]:
        assert row["delivered"] == row["sent"] == carrier[row["name"]]
    assert found["excluded"] == {"held_out": PEOPLE - carrier.total()}
    (store,) = found["by_location"]
    assert (store["name"], store["targeted"]) == (here.code, PEOPLE)
    assert not found["price"]["is_estimate"]
    assert Decimal(found["price"]["amount"]) > 0

    # What they do then: a text, and a visit of somebody who got nothing.
    texted = next(phone for phone, name in got.items() if name == "A")
    held_out = next(phone for phone, name in got.items() if not name)
    stack.text(texted, "What are rolls?")
    admin(stack, "POST", f"subscribers/{held_out}/events", {"kind": "redeemed"})
    stack.wait_for(lambda: report()["replied"] == 1, within=20)
    rows = {row["name"]: row for row in report()["by_variant"]}
    assert {name: row["replied"] for name, row in rows.items() if row["replied"]} == {"A": 1}
    assert {name: row["redeemed"] for name, row in rows.items() if row["redeemed"]} == {
        "held_out": 1
    }
    assert report()["redeemed"] == 0
    told = report()["comparison"]
    assert told["outcome"] == "redeemed"
    assert not told["is_evidence"]
    assert told["verdict"].startswith("What people do counts until ")


def _wording(stack: Stack, phone: str) -> str:
    """Which of the texts the phone has; "" for none."""
    bodies = [text.body for text in stack.received(phone)]
    found = [name for name, body in TEXTS.items() if body in bodies]
    assert len(found) <= 1
    return "".join(found)
