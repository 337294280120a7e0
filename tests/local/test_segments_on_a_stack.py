"""On the whole stack: a segment is written, counted and sent to, and reaches exactly its people."""

from typing import Any

from sayso_local.client import Stack
from tests.local.open_places import a_customer, customers, open_stores

BODY = "Bluebird Coffee: for the book club, a second cup today. Reply STOP to end."
WHERE = 'club = "Tuesday books" and visited within 1 day'


def admin(stack: Stack, method: str, path: str, body: object = None) -> Any:
    answer = stack.admin(method, path, body)
    assert answer.is_success, answer.text
    return answer.json()


def join(stack: Stack, location: str, *phones: str) -> None:
    for phone in phones:
        stack.text(phone, f"JOIN {location}")
        stack.await_texts(phone, 1)


def offered(stack: Stack, *phones: str) -> list[str]:
    """Those of the phones that have the campaign's text."""
    return [one for one in phones if any(text.body == BODY for text in stack.received(one))]


def test_a_campaign_reaches_exactly_those_whom_its_segment_counted(stack: Stack) -> None:
    here, there, *_ = open_stores(stack)
    ana, ben, chloe, dan = customers(here, 4)
    eve = a_customer(there)
    join(stack, here.code, ana, ben, chloe, dan)
    join(stack, there.code, eve)
    for phone in (ana, ben, dan, eve):
        admin(stack, "PATCH", f"subscribers/{phone}", {"attributes": {"club": "Tuesday books"}})
    for phone in (ana, chloe, dan, eve):
        admin(stack, "POST", f"subscribers/{phone}/events", {"kind": "visited"})

    whom = {"locations": [here.code], "where": WHERE}
    stack.wait_for(lambda: admin(stack, "POST", "segments/count", whom)["count"] == 2)
    counted = admin(stack, "POST", "segments/count", whom)
    assert sorted(one["phone"] for one in counted["sample"]) == sorted([ana, dan])
    assert counted["steps"][-1] == {"filter": "visited within 1 day", "removed": 1, "left": 2}
    segment = admin(stack, "POST", "segments", {"name": "Readers who came"} | whom)
    # Dan leaves; whether the index knows already makes no difference.
    stack.text(dan, "STOP")
    stack.await_texts(dan, 2)
    campaign = {"name": "Second cup", "body": BODY, "audience": {"segment": segment["id"]}}
    made = admin(stack, "POST", "campaigns", campaign)
    started = admin(stack, "POST", f"campaigns/{made['id']}/schedule", {"now": True})
    assert started["audience"]["where"] == segment["where"]
    assert started["audience"]["locations"] == [here.code]

    def report() -> Any:
        return admin(stack, "GET", f"campaigns/{made['id']}/report")

    stack.wait_for(lambda: report()["is_finished"], within=40)
    assert offered(stack, ana, ben, chloe, dan, eve) == [ana]
    assert report()["sent"] == 1
    # Whoever has had it can be told apart from now on, and loses all notes by a FORGET ME.
    has_had_it = {"where": f"{WHERE} and received {made['id']}"}
    found = admin(stack, "POST", "segments/count", has_had_it)
    assert [one["phone"] for one in found["sample"]] == [ana]
    stack.text(ana, "FORGET ME")
    stack.wait_for(lambda: not admin(stack, "GET", f"subscribers/{ana}")["attributes"])
    assert admin(stack, "GET", f"subscribers/{ana}")["visited_at"] is None
