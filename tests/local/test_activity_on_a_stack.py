"""On the whole stack: what people do with an offer is told as it happens, with where it belongs."""

import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from sayso_local.client import Stack
from tests.local.open_places import a_customer, open_store
from tests.support.webhook_receiver import Receiver

CAMPAIGN = {
    "name": "Coffee for a friend",
    "body": "Bluebird Coffee: {{ offer }}! Show {{ code }} Menu: {{ links.menu }} "
    "Reply STOP to end.",
    "offer": {"title": "A second filter coffee"},
    "links": {"menu": "https://bluebird.example.com/menu"},
}
EVERYTHING = ["clicked", "redeemed", "redemption_undone", "campaign_finished", "opted_out"]


@pytest.fixture
def receiver(stack: Stack) -> Iterator[Receiver]:
    """An endpoint that is told everything but joins."""
    with Receiver.opened() as found:
        made = stack.admin("POST", "webhooks", {"url": found.url, "events": EVERYTHING})
        assert made.status_code == 201, made.text
        yield found
        assert stack.admin("DELETE", f"webhooks/{made.json()['id']}").is_success


def told(receiver: Receiver, campaign: str, kind: str) -> list[dict[str, Any]]:
    """What the endpoint was told of the campaign: it hears of those of other tests, too."""
    found = [json.loads(one.body) for one in list(receiver.requests)]
    events = [one["data"] for one in found if one["type"] == kind]
    return [one for one in events if one["campaign"] == campaign]


def test_a_click_a_redemption_its_undoing_and_the_end_are_told_with_their_campaign(
    stack: Stack, receiver: Receiver
) -> None:
    store = open_store(stack)
    ana, mia = a_customer(store), a_customer(store)
    staffed = stack.admin("PUT", f"staff/{mia}", {"name": "Mia", "location": store.code})
    assert staffed.is_success, staffed.text
    stack.text(ana, f"JOIN {store.code}")
    stack.await_texts(ana, 1)
    written = CAMPAIGN | {"audience": {"locations": [store.code]}}
    made = stack.admin("POST", "campaigns", written)
    assert made.status_code == 201, made.text
    campaign = made.json()["id"]
    assert stack.admin("POST", f"campaigns/{campaign}/schedule", {"now": True}).is_success
    offer = _offer(stack, ana)

    (menu,) = re.findall(r"https?://\S+", offer)
    with httpx.Client(trust_env=False, headers={"user-agent": _PHONE}) as browser:
        assert browser.get(menu).status_code == 302
        browser.get(menu)
    (code,) = re.findall(r"Show (\S+) ", offer)
    stack.text(mia, f"USE {code} 23.50")
    stack.wait_for(lambda: bool(told(receiver, campaign, "redeemed")), within=60)
    stack.text(mia, "UNDO")
    later = ("redemption_undone", "campaign_finished", "clicked")
    stack.wait_for(lambda: all(told(receiver, campaign, kind) for kind in later), within=60)

    (clicked,) = told(receiver, campaign, "clicked")
    (redeemed,) = told(receiver, campaign, "redeemed")
    (undone,) = told(receiver, campaign, "redemption_undone")
    for one in (clicked, redeemed, undone):
        assert (one["phone"], one["campaign"], one["location"]) == (ana, campaign, store.code)
    assert (redeemed["place"], redeemed["amount"]) == (store.code, "23.50")
    assert undone["code"] == redeemed["code"]
    assert len(told(receiver, campaign, "campaign_finished")) == 1


_PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
)


def _offer(stack: Stack, phone: str) -> str:
    def found() -> list[str]:
        bodies = (text.body for text in stack.received(phone))
        return [body for body in bodies if "A second filter coffee" in body]

    stack.wait_for(lambda: bool(found()), within=60)
    return found()[0]
