"""On the whole stack, at whatever hour this runs: by day a text arrives, at night it waits."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import boto3
import pytest

from sayso.adapters.dynamodb.slots import DynamoSlots
from sayso.domain.caps import program_limits
from sayso.domain.catalog import Caps
from sayso.domain.run import Run, RunState
from sayso.domain.slot import Slot, SlotState
from sayso.domain.terms import Basis
from sayso.services.ports.slots import Barred, Conditions
from sayso_local.client import Stack
from sayso_local.demo.cast import Store
from sayso_local.stack.aws import REGION
from tests.local.open_places import a_customer, closed_store, open_store
from tests.local.running import running_stack, sayso

PROGRAM = {"name": "Bluebird Coffee", "help_contact": "hello@bluebird.example"}
TWO = {"per_day": 2, "per_week": 2, "per_month": 2}


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hours")


@pytest.fixture(scope="module")
def shop(state: Path) -> Iterator[Stack]:
    """A stack of its own: its program's caps and locations are changed."""
    with running_stack(state) as stack:
        yield stack


def joined(stack: Stack, store: Store) -> str:
    """The number of somebody who has joined."""
    phone = a_customer(store)
    stack.text(phone, f"JOIN {store.code}")
    stack.await_texts(phone, 1)
    return phone


def sent_now(stack: Stack, body: str, *locations: str) -> str:
    audience = {"locations": list(locations)}
    campaign = {"name": body[:20], "kind": "offer", "body": body, "audience": audience}
    made = stack.admin("POST", "campaigns", campaign)
    assert made.status_code == 201, made.text
    started = stack.admin("POST", f"campaigns/{made.json()['id']}/schedule", {"now": True})
    assert started.is_success, started.text
    return str(made.json()["id"])


def report(stack: Stack, campaign: str) -> dict[str, Any]:
    return dict(stack.admin("GET", f"campaigns/{campaign}/report").json())


def offers(stack: Stack, phone: str, body: str) -> int:
    return sum(text.body == body for text in stack.received(phone))


def test_one_is_texted_by_day_and_one_waits_for_the_morning(shop: Stack, state: Path) -> None:
    here, there = open_store(shop), closed_store(shop)
    awake, asleep = joined(shop, here), joined(shop, there)
    body = "Bluebird Coffee: the sun is up somewhere. Reply STOP to end."
    campaign = sent_now(shop, body, here.code, there.code)

    shop.wait_for(lambda: offers(shop, awake, body) == 1, within=40)
    shop.wait_for(lambda: report(shop, campaign)["sent"] == 1, within=20)
    # The other store's slice may be planned a moment later.
    shop.wait_for(lambda: report(shop, campaign)["waiting"] == 1, within=20)
    assert offers(shop, asleep, body) == 0
    found = report(shop, campaign)
    assert (found["targeted"], found["waiting"], found["is_finished"]) == (2, 1, False)
    # Their own words are answered at any hour.
    before = len(shop.received(asleep))
    shop.text(asleep, "HELP")
    shop.await_texts(asleep, before + 1)
    # The command gives the sender's own judgement of both, and names the law.
    for phone, store, is_allowed in ((awake, here, True), (asleep, there, False)):
        done = sayso("window", phone, "--location", store.code, state=state)
        assert done.code == 0, done.err
        told = json.loads(done.out)
        assert told["allowed"] is is_allowed
        assert all("47 CFR 64.1200(c)(1)" in one["source"] for one in told["why"])
    cancelled = shop.admin("POST", f"campaigns/{campaign}/cancel")
    assert cancelled.is_success, cancelled.text
    assert report(shop, campaign)["excluded"] == {"cancelled": 1}


def test_of_fifty_campaigns_at_once_a_cap_of_two_lets_two_arrive(shop: Stack) -> None:
    assert shop.admin("PUT", "program", PROGRAM | {"caps": TWO}).is_success
    store = open_store(shop)
    ana = joined(shop, store)
    body = "Bluebird Coffee: one of fifty. Reply STOP to end."
    with ThreadPoolExecutor(8) as pool:
        campaigns = list(pool.map(lambda _: sent_now(shop, body, store.code), range(50)))

    def all_over() -> bool:
        return all(report(shop, one)["is_finished"] for one in campaigns)

    shop.wait_for(all_over, within=240)
    assert offers(shop, ana, body) == 2
    reasons = [report(shop, one)["excluded"] for one in campaigns]
    assert reasons.count({"cap_day": 1}) == 48
    assert reasons.count({}) == 2


def test_of_fifty_claims_in_the_same_moment_two_get_through(shop: Stack) -> None:
    """Real threads on a real table: each waits for all others before it claims."""
    store = open_store(shop)
    ben, now = joined(shop, store), datetime.now(UTC)
    conditions = Conditions(program_limits(Caps(2, 2, 2)), Basis(store.code))
    client = boto3.client("dynamodb", endpoint_url=shop.aws.endpoint, region_name=REGION)
    slots, gate = DynamoSlots(client, shop.running.table), Barrier(50)

    def claim(number: int) -> str:
        run = Run(f"R{number:02d}", "C1", "", now, "UTC", (store.code,), RunState.SENDING)
        at = now + timedelta(milliseconds=number)
        slot = Slot(run.id, ben, SlotState.CLAIMED, "B", f"claim-{number}", at)
        gate.wait()
        try:
            slots.claim(run, slot, at, conditions)
        except Barred as barred:
            return barred.reason
        return "sent"

    with ThreadPoolExecutor(50) as pool:
        found = list(pool.map(claim, range(50)))
    assert sorted(found) == ["cap_day"] * 48 + ["sent"] * 2
