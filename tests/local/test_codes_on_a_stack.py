"""On the whole stack: everybody's text brings a code and links of their own, which lead on."""

import re

import httpx

from sayso.domain.codes import parsed
from sayso_local.client import Stack
from tests.local.open_places import customers, open_store

MENU = "https://bluebird.example.com/menu"
CAMPAIGN = {
    "name": "Coffee on us",
    "body": "Bluebird Coffee: {{ offer }}! Show {{ code }} or {{ link }} Menu: {{ links.menu }} "
    "Reply STOP to end.",
    "offer": {"title": "A free filter coffee"},
    "links": {"menu": MENU},
}


def test_everybody_gets_a_code_a_page_and_links_of_their_own(stack: Stack) -> None:
    store = open_store(stack)
    people = customers(store, 2)
    for phone in people:
        stack.text(phone, f"JOIN {store.code}")
        stack.await_texts(phone, 1)
    written = CAMPAIGN | {"audience": {"locations": [store.code]}}
    made = stack.admin("POST", "campaigns", written)
    assert made.status_code == 201, made.text
    started = stack.admin("POST", f"campaigns/{made.json()['id']}/schedule", {"now": True})
    assert started.is_success, started.text

    offers = [_offer(stack, phone) for phone in people]

    codes = {_code_in(offer) for offer in offers}
    assert len(codes) == 2
    for offer in offers:
        code = _code_in(offer)
        page, menu = re.findall(r"https?://\S+", offer)
        assert (page, menu) == (f"{stack.running.api}/o/{code}", f"{page}/menu")
        with httpx.Client(trust_env=False) as browser:
            assert "A free filter coffee" in browser.get(page).text
            assert browser.get(menu).headers["location"] == MENU


def _offer(stack: Stack, phone: str) -> str:
    def found() -> list[str]:
        bodies = (text.body for text in stack.received(phone))
        return [body for body in bodies if "A free filter coffee" in body]

    stack.wait_for(lambda: bool(found()), within=60)
    (offer,) = found()
    return offer


def _code_in(offer: str) -> str:
    spoken = re.search(r"Show (\S+) ", offer)
    code = parsed(spoken[1]) if spoken else None
    assert code, offer
    return code
