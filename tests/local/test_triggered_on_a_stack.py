"""On the whole stack: who joins is welcomed a few seconds later, once; who leaves before, never."""

from collections.abc import Iterator
from typing import Any

import pytest

from sayso_local.client import Stack
from tests.local.open_places import customers, open_store
from tests.local.running import running_stack

BODY = "Bluebird Coffee: the first cinnamon roll is on us. Reply STOP to end."


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack of its own: whoever joins on it is welcomed."""
    with running_stack(tmp_path_factory.mktemp("triggered")) as stack:
        yield stack


def welcoming(stack: Stack, **schedule: Any) -> str:
    """The id of a campaign that waits for people to join."""
    campaign = {"name": "Welcome", "kind": "offer", "body": BODY}
    made = stack.admin("POST", "campaigns", campaign)
    assert made.status_code == 201, made.text
    begun = stack.admin(
        "POST", f"campaigns/{made.json()['id']}/schedule", {"on": "joined", **schedule}
    )
    assert begun.is_success, begun.text
    assert begun.json()["status"] == "sending"
    return str(made.json()["id"])


def report(stack: Stack, campaign: str) -> dict[str, Any]:
    return dict(stack.admin("GET", f"campaigns/{campaign}/report").json())


def welcomes(stack: Stack, phone: str) -> int:
    return sum(text.body == BODY for text in stack.received(phone))


def test_a_join_is_welcomed_once_and_a_stop_in_between_is_the_end_of_it(shop: Stack) -> None:
    campaign = welcoming(shop, exit_on_reply=False)
    store = open_store(shop)
    ana, ben = customers(store, 2)

    for phone in (ana, ben):
        shop.text(phone, f"JOIN {store.code}")
        shop.await_texts(phone, 1)
    shop.text(ben, "STOP")

    shop.wait_for(lambda: welcomes(shop, ana) == 1, within=60)
    shop.wait_for(lambda: report(shop, campaign)["waiting"] == 0, within=60)
    found = report(shop, campaign)
    assert (found["targeted"], found["sent"], found["excluded"]) == (2, 1, {"opted_out": 1})
    # What happens to Ana from now on is nothing new.
    shop.text(ana, "HELP")
    shop.await_texts(ana, 3)
    assert (welcomes(shop, ana), welcomes(shop, ben)) == (1, 0)
    cancelled = shop.admin("POST", f"campaigns/{campaign}/cancel")
    assert cancelled.is_success, cancelled.text
