"""The API shows the daily rounds, newest first, and begins one."""

from typing import Any

import pytest

from sayso.adapters.dynamodb.rounds import DynamoRounds
from sayso.adapters.queues import parse_upkeep
from sayso.domain.slot import Tally
from sayso.services.upkeep import UNREADABLE
from tests.support.bluebird import ANA, NOON
from tests.support.console import Console
from tests.support.table import TABLE

DAYS = [f"2026-11-{day:02d}T09:00:00Z" for day in (21, 22, 23)]


@pytest.fixture
def kept_up(shop: Console) -> Console:
    """A shop with a round on each of three days; the second found a few differences."""
    rounds = DynamoRounds(shop.dynamodb, TABLE)
    for day in DAYS:
        current = rounds.open(day, NOON)
        tally = Tally(listed=7, opted_out_here=2, put_on=1) if day == DAYS[1] else Tally(listed=4)
        for _ in range(2):
            following = current.after("", tally, NOON)
            rounds.advance(current, following, [ANA], NOON)
            current, tally = following, Tally()
    return shop


def listed(console: Console) -> list[dict[str, Any]]:
    answer = console.get("/admin/upkeep")
    assert answer.status == 200
    items: list[dict[str, Any]] = answer.json["items"]
    return items


def test_rounds_are_listed_newest_first_with_what_they_found(kept_up: Console) -> None:
    newest, second, oldest = listed(kept_up)

    assert [one["id"] for one in (newest, second, oldest)] == DAYS[::-1]
    assert (second["listed"], second["opted_out_here"], second["put_on"]) == (7, 2, 1)
    assert (oldest["listed"], oldest["opted_out_here"]) == (4, 0)
    assert second["phase"] == "done"
    assert second["list_was_read"] is True
    assert ANA not in str(listed(kept_up))


def test_rounds_come_in_pages(kept_up: Console) -> None:
    first = kept_up.get("/admin/upkeep?limit=2").json
    rest = kept_up.get(f"/admin/upkeep?limit=2&cursor={first['next']}").json

    assert [one["id"] for one in first["items"] + rest["items"]] == DAYS[::-1]
    assert rest["next"] is None


def test_a_list_that_may_not_be_read_shows(shop: Console) -> None:
    rounds = DynamoRounds(shop.dynamodb, TABLE)
    current = rounds.open(DAYS[0], NOON)
    rounds.advance(current, current.after("", Tally({UNREADABLE: 1}), NOON), [], NOON)

    (one,) = listed(shop)
    assert one["list_was_read"] is False
    assert (one["phase"], one["ended_at"]) == ("contacts", None)


def test_a_marketer_may_begin_a_round_and_counter_staff_may_not(shop: Console) -> None:
    answer = shop.acting_as("marketer").post("/admin/upkeep")

    assert (answer.status, answer.json) == (202, {"id": "2026-11-23T18:00:00Z"})
    queue = shop.sqs.get_queue_url(QueueName="upkeep")["QueueUrl"]
    (message,) = shop.sqs.receive_message(QueueUrl=queue)["Messages"]
    assert parse_upkeep(message["Body"]) == answer.json["id"]
    assert shop.acting_as("staff").post("/admin/upkeep").status == 403
    assert shop.acting_as("staff").get("/admin/upkeep").status == 403
