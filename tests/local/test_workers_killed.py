"""A campaign on the whole stack while its workers are killed and customers say stop.

SAYSO_SUBSCRIBERS says to how many it goes; without it this is not run.
"""

import csv
import logging
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

import boto3
import pytest

from sayso_local.client import Stack, Text
from sayso_local.imports import import_file
from sayso_local.stack.aws import REGION
from tests.local.open_places import open_store
from tests.local.running import running_stack
from tests.support.sheets import GOOD

logger = logging.getLogger(__name__)
SUBSCRIBERS = int(os.environ.get("SAYSO_SUBSCRIBERS", "0"))
pytestmark = [
    *(pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(3600)),
    pytest.mark.skipif(
        not SUBSCRIBERS,
        reason="what was in a killed worker's hands comes back after minutes: more than ten in "
        "all; SAYSO_SUBSCRIBERS=20000 runs it",
    ),
]

BODY = "Bluebird Coffee: two cinnamon rolls for one today. Reply STOP to end."
WORKERS = (b"launch", b"plan", b"send", b"receipts")
# Of all subscribers, so many say stop while the campaign is under way.
STOPPING = SUBSCRIBERS // 50
# A message of a killed worker comes back after this, when its claims are surely abandoned, rather
# than after the three minutes that AWS would wait.
HIDDEN_S = 95


@pytest.fixture(scope="module")
def own_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Its workers are killed: not the stack of the other tests."""
    with running_stack(tmp_path_factory.mktemp("killed")) as stack:
        sqs = boto3.client("sqs", endpoint_url=stack.aws.endpoint, region_name=REGION)
        for url in sqs.list_queues()["QueueUrls"]:
            if sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["RedrivePolicy"]).get(
                "Attributes"
            ):
                sqs.set_queue_attributes(
                    QueueUrl=url, Attributes={"VisibilityTimeout": str(HIDDEN_S)}
                )
        yield stack


def phone_of(number: int) -> str:
    return f"+1312{2_000_000 + number}"


def imported(stack: Stack, location: str, folder: Path) -> None:
    """Everybody joins by a file."""
    path = folder / "people.csv"
    with path.open("w", newline="", encoding="utf-8") as sink:
        writer = csv.DictWriter(sink, [*GOOD, "location"])
        writer.writeheader()
        for number in range(SUBSCRIBERS):
            writer.writerow(GOOD | {"phone": phone_of(number), "location": location})
    assert import_file(stack, path).imported == SUBSCRIBERS


@dataclass
class Killer:
    """Kills a worker of the campaign's functions every now and then, without a warning."""

    port: str
    killed: Counter[str] = field(default_factory=Counter)
    is_over: Event = field(default_factory=Event)

    def run(self) -> None:
        chance = random.Random(4)
        while not self.is_over.wait(chance.uniform(2, 6)):
            workers = list(self._workers())
            if workers:
                pid, name = chance.choice(workers)
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    self.killed[name] += 1

    def _workers(self) -> Iterator[tuple[int, str]]:
        for process in Path("/proc").iterdir():
            if not process.name.isdigit():
                continue
            try:
                found = (process / "environ").read_bytes()
            except OSError:
                continue
            for name in WORKERS:
                is_worker = b"POWERTOOLS_SERVICE_NAME=" + name + b"\0" in found
                if is_worker and f":{self.port}\0".encode() in found:
                    yield int(process.name), name.decode()


@dataclass
class Stoppers:
    """People who say stop while the campaign is under way, one after the other."""

    stack: Stack
    phones: Sequence[str]
    pause_s: float
    told_at: dict[str, str] = field(default_factory=dict)

    def run(self) -> None:
        for phone in self.phones:
            time.sleep(self.pause_s)
            self.stack.text(phone, "STOP")
            self.told_at[phone] = self._goodbye(phone).at

    def _goodbye(self, phone: str) -> Text:
        """What the person is told after their STOP."""
        for _ in range(1200):
            for text in self.stack.received(phone):
                if text.body != BODY:
                    return text
            time.sleep(0.05)
        raise AssertionError("a STOP was not answered within a minute")


def under_way(stack: Stack, location: str, stoppers: Stoppers, killer: Killer) -> str:
    """Bring a campaign from its start to its end, with all of that going on; its id."""
    wish = {"name": "Rolls", "body": BODY, "audience": {"locations": [location]}}
    campaign = str(stack.admin("POST", "campaigns", wish).json()["id"])
    assert stack.admin("POST", f"campaigns/{campaign}/schedule", {"now": True}).is_success
    with ThreadPoolExecutor(2) as pool:
        stopping, killing = pool.submit(stoppers.run), pool.submit(killer.run)
        try:
            stopping.result()
            # The last texts go out undisturbed: the end has to be found all the same.
            most = SUBSCRIBERS * 3 // 4
            wait_for(lambda: report(stack, campaign)["sent"] > most)
        finally:
            killer.is_over.set()
        killing.result()
    wait_for(lambda: report(stack, campaign)["is_finished"])
    wait_for(lambda: settled(report(stack, campaign)))
    return campaign


def wait_for(condition: Callable[[], bool]) -> None:
    """Look every few seconds: an emulator that is asked all the time does nothing else."""
    deadline = time.monotonic() + 1800
    while not condition():
        assert time.monotonic() < deadline, "it did not come to hold within half an hour"
        time.sleep(3)


def report(stack: Stack, campaign: str) -> dict[str, Any]:
    return dict(stack.admin("GET", f"campaigns/{campaign}/report").json())


def test_whatever_dies_each_person_is_texted_once_and_nobody_after_their_stop(
    own_stack: Stack, tmp_path: Path
) -> None:
    store = open_store(own_stack)
    imported(own_stack, store.code, tmp_path)
    people = [phone_of(number) for number in range(SUBSCRIBERS)]
    stoppers = Stoppers(own_stack, random.Random(7).sample(people, STOPPING), pause_s=0.05)
    killer = Killer(own_stack.aws.endpoint.rpartition(":")[2])

    began = time.monotonic()
    campaign = under_way(own_stack, store.code, stoppers, killer)
    seconds = time.monotonic() - began

    texts = own_stack.texts()
    offers = [one for one in texts if one.direction == "out" and one.body == BODY]
    texted = Counter(one.to for one in offers)
    late = [one for one in offers if one.at > stoppers.told_at.get(one.to, "9999")]
    found = report(own_stack, campaign)
    # pytest --log-cli-level=INFO shows it.
    logger.info(
        "%d subscribers, %.0f s; killed %s; %d stops; %d texts, %d twice, %d after a stop; %s",
        *(SUBSCRIBERS, seconds, dict(killer.killed), STOPPING, len(offers)),
        *(len(offers) - len(texted), len(late), found),
    )
    assert killer.killed.total() > 0
    assert len(stoppers.told_at) == STOPPING
    assert max(texted.values()) == 1
    assert late == []
    assert found["sent"] == len(offers), "the report is the carrier's own count"
    # Whoever said stop before the index was read is not even meant.
    assert SUBSCRIBERS - STOPPING <= found["targeted"] <= SUBSCRIBERS
    everyone = found["sent"] + found["refused"] + found["unknown"] + sum(found["excluded"].values())
    assert everyone == found["targeted"]
    assert found["excluded"].get("opted_out", 0) <= STOPPING


def settled(found: dict[str, Any]) -> bool:
    """Whether the carrier's word on every text has been taken in."""
    return bool(found["waiting"] == 0 and found["sent"] == found["delivered"])
