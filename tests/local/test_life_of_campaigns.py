"""On the whole stack, with the real Scheduler: campaigns recur, pause, go on, and wait for day."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import boto3
import httpx
import pytest

from sayso_local.client import Stack
from sayso_local.demo.cast import Store
from sayso_local.stack.aws import REGION
from tests.local.open_places import closed_store, customers, open_store


def joined(stack: Stack, store: Store, count: int) -> list[str]:
    phones = customers(store, count)

    def join(phone: str) -> None:
        stack.text(phone, f"JOIN {store.code}")
        stack.await_texts(phone, 1, within=30)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(join, phones))
    return phones


def campaign(stack: Stack, body: str, *locations: str) -> str:
    audience = {"locations": list(locations)}
    made = stack.admin("POST", "campaigns", {"name": body[:20], "body": body, "audience": audience})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def told(stack: Stack, campaign: str, step: str, schedule: object = None) -> dict[str, Any]:
    answer = stack.admin("POST", f"campaigns/{campaign}/{step}", schedule)
    assert answer.is_success, answer.text
    return dict(answer.json())


def view(stack: Stack, campaign: str, part: str = "") -> dict[str, Any]:
    return dict(stack.admin("GET", f"campaigns/{campaign}{part}").json())


def alarms(stack: Stack, of: str) -> list[str]:
    """The names of the schedules that begin so."""
    client = boto3.client("scheduler", endpoint_url=stack.aws.endpoint, region_name=REGION)
    return [one["Name"] for one in client.list_schedules(NamePrefix=of)["Schedules"]]


def got(stack: Stack, phones: list[str], body: str) -> list[int]:
    return [sum(text.body == body for text in stack.received(phone)) for phone in phones]


@pytest.fixture
def _slow_carrier(stack: Stack) -> Any:
    """Each text takes the carrier a while."""
    httpx.put(f"{stack.phones}/carrier", json={"latency_ms": 2_000}).raise_for_status()
    yield
    httpx.put(f"{stack.phones}/carrier", json={"latency_ms": 0}).raise_for_status()


def test_a_recurring_campaign_fires_at_its_time_and_has_its_next_alarm_by_then(
    stack: Stack,
) -> None:
    store = open_store(stack)
    phones = joined(stack, store, 1)
    body = "Bluebird Coffee: what comes every day. Reply STOP to end."
    daily = campaign(stack, body, store.code)
    # The next whole minute that leaves time to say so.
    first = (datetime.now(UTC) + timedelta(seconds=80)).replace(second=0, microsecond=0)
    wall = first.astimezone(ZoneInfo(store.timezone))
    schedule = {"cron": f"{wall.minute} {wall.hour} * * *", "timezone": store.timezone}

    scheduled = told(stack, daily, "schedule", schedule)

    assert datetime.fromisoformat(scheduled["next_at"]) == first
    assert alarms(stack, daily) == [f"{daily}-occurs-{first:%Y%m%dT%H%M%S}"]
    stack.wait_for(lambda: got(stack, phones, body) == [1], within=110)
    assert first <= datetime.now(UTC) < first + timedelta(seconds=40)
    stack.wait_for(lambda: view(stack, daily)["status"] == "scheduled", within=20)
    after = view(stack, daily)
    # The same by the clock on the wall, whatever the clocks do in between.
    second = (wall.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=wall.tzinfo)
    assert datetime.fromisoformat(after["next_at"]) == second
    assert (len(after["runs"]), after["missed"]) == (1, 0)
    assert alarms(stack, daily) == [f"{daily}-occurs-{second.astimezone(UTC):%Y%m%dT%H%M%S}"]
    told(stack, daily, "cancel")
    assert alarms(stack, daily) == []


@pytest.mark.usefixtures("_slow_carrier")
def test_a_campaign_paused_mid_run_stops_within_seconds_and_goes_on_with_the_others(
    stack: Stack,
) -> None:
    store = open_store(stack)
    phones = joined(stack, store, 80)
    body = "Bluebird Coffee: wait for it. Reply STOP to end."
    offer = campaign(stack, body, store.code)
    told(stack, offer, "schedule", {"now": True})
    stack.wait_for(lambda: sum(got(stack, phones, body)) > 0, within=30)

    paused = told(stack, offer, "pause")

    assert (paused["status"], paused["paused_reason"]) == ("paused", "by hand")
    time.sleep(6)  # a text under way takes the carrier two seconds
    texted = got(stack, phones, body)
    time.sleep(6)
    assert got(stack, phones, body) == texted
    assert 0 < sum(texted) < len(phones)
    assert max(texted) == 1
    told(stack, offer, "resume")
    stack.wait_for(lambda: view(stack, offer)["status"] == "finished", within=90)
    assert got(stack, phones, body) == [1] * len(phones)
    report = view(stack, offer, "/report")
    assert (report["waiting"], report["unknown"]) == (0, 0)


def test_whoever_sleeps_has_one_alarm_for_the_morning(stack: Stack) -> None:
    store = closed_store(stack)
    joined(stack, store, 1)
    offer = campaign(stack, "Bluebird Coffee: good morning! Reply STOP to end.", store.code)
    (run,) = told(stack, offer, "schedule", {"now": True})["runs"]

    stack.wait_for(lambda: alarms(stack, f"{run}-opens-") != [], within=40)

    (alarm,) = alarms(stack, f"{run}-opens-")
    opens = datetime.strptime(alarm.rpartition("-")[2], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    assert timedelta() < opens - datetime.now(UTC) < timedelta(hours=24)
    assert view(stack, offer, "/report")["waiting"] >= 1
    told(stack, offer, "cancel")
