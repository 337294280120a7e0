"""On the whole stack: a template reaches two people in their own words, and staff before them."""

from typing import Any

from sayso_local.client import Stack
from tests.local.open_places import customers, open_store

HELLO = (
    '{{ program.name }}: hi {{ first_name | default: "there" }}, two rolls for one at '
    "{{ location.name }}. Reply STOP to end."
)
HOLA = "{{ program.name }}: hola {{ first_name | capitalize }}. Responda ALTO para terminar."
CAMPAIGN = {"name": "Two words", "kind": "offer", "body": HELLO, "translations": {"es": HOLA}}


def written(stack: Stack, **changes: Any) -> str:
    made = stack.admin("POST", "campaigns", CAMPAIGN | changes)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def bodies(stack: Stack, phone: str) -> list[str]:
    return [text.body for text in stack.received(phone)]


def test_two_people_read_the_same_offer_in_their_own_words(stack: Stack) -> None:
    store = open_store(stack)
    ana, ben, staff = customers(store, 3)
    stack.text(ana, f"UNIRSE {store.code}")
    stack.text(ben, f"JOIN {store.code}")
    for phone in (ana, ben):
        stack.await_texts(phone, 1)
    named = stack.admin("PATCH", f"subscribers/{ana}", {"attributes": {"first_name": "ana"}})
    assert named.is_success, named.text
    program = stack.admin("GET", "program").json()
    assert stack.admin("PUT", "program", program | {"staff_phones": [staff]}).is_success
    try:
        _offered(stack, store.code, ana, ben, staff)
    finally:
        stack.admin("PUT", "program", program)


def _offered(stack: Stack, code: str, ana: str, ben: str, staff: str) -> None:
    campaign = written(stack, audience={"locations": [code]})

    seen = stack.admin("POST", "campaigns/preview", CAMPAIGN | {"phone": ana}).json()
    tried = stack.admin("POST", f"campaigns/{campaign}/test", {"phones": [staff, ben]}).json()
    started = stack.admin("POST", f"campaigns/{campaign}/schedule", {"now": True})

    assert started.is_success, started.text
    name = stack.admin("GET", f"locations/{code}").json()["name"]
    hola = "Bluebird Coffee: hola Ana. Responda ALTO para terminar."
    hello = f"Bluebird Coffee: hi there, two rolls for one at {name}. Reply STOP to end."
    assert [one["text"] for one in seen["texts"]] == [hola]
    stack.wait_for(lambda: hola in bodies(stack, ana), within=60)
    stack.wait_for(lambda: hello in bodies(stack, ben), within=60)
    assert [one["phone"] for one in tried["sent"]] == [staff]
    assert [one["phone"] for one in tried["refused"]] == [ben]
    assert bodies(stack, staff) == [f"[Test] {hello}"]


def test_a_text_with_an_error_is_not_scheduled(stack: Stack) -> None:
    campaign = written(stack, body="Two rolls for one!", translations={})

    answer = stack.admin("POST", f"campaigns/{campaign}/schedule", {"now": True})

    assert answer.status_code == 422
    assert "STOP" in answer.text
