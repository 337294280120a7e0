"""The report over everything, over HTTP."""

import csv
import io
from base64 import b64decode
from datetime import timedelta
from typing import Any

import pytest

from sayso.adapters.dynamodb.activities import DynamoActivities
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.slots import DynamoSlots
from sayso.domain.activity import Activity, Kind
from sayso.domain.day_counters import counted, day_of
from sayso.domain.referrals import FRIEND
from sayso.domain.slot import Slot, SlotState, Tally
from sayso.domain.slot import counted as counted_slots
from sayso.services.ports.slots import SlotMove
from tests.support.admin_campaigns import finished
from tests.support.bluebird import ANA, BEN, NOON
from tests.support.console import Console
from tests.support.table import TABLE

CAMPAIGN = "01KAMZ3S8E5XQW0V7Y9T2B4C6D"
NOTHING = {
    "joined": 0,
    "opted_out": 0,
    "replied": 0,
    "clicked": 0,
    "redeemed": 0,
    "sales": 0,
    "revenue": "0",
}
AGO = timedelta(days=3)


@pytest.fixture
def busy(shop: Console) -> Console:
    """Ana joined by a sign and redeemed uptown three days ago; Ben came by a friend today."""
    catalog = DynamoCatalog(shop.dynamodb, TABLE).load()
    store = DynamoActivities(shop.dynamodb, TABLE)
    ana: dict[str, Any] = {"phone": ANA, "channel": "window sign", "location": "DOWNTOWN"}
    redeemed: dict[str, Any] = {"campaign": CAMPAIGN, "place": "UPTOWN", "amount": 23_500_000}
    happened = [
        Activity(Kind.JOINED, NOON - AGO, **ana),
        Activity(Kind.CLICKED, NOON - AGO, campaign=CAMPAIGN, **ana),
        Activity(Kind.REDEEMED, NOON - AGO, **redeemed, **ana),
        Activity(Kind.JOINED, NOON, phone=BEN, channel="friend", location="UPTOWN"),
    ]
    for number, one in enumerate(happened):
        named = Activity(
            **{name: getattr(one, name) for name in one.__slots__} | {"id": f"A{number}"}
        )
        tally = counted(one, frozenset({"window sign", FRIEND}))
        store.record(named, day_of(one, catalog), tally, NOON)
    turn = NOON - AGO
    finished(shop, CAMPAIGN, turn)
    slot = Slot(
        run_id="R1",
        phone=ANA,
        state=SlotState.DELIVERED,
        batch="DOWNTOWN#3#0",
        claim="claim",
        touched_at=turn,
        parts=1,
        price=8_300,
    )
    tally = Tally(counted_slots(None, slot))
    DynamoSlots(shop.dynamodb, TABLE).settle("R1", [SlotMove(None, slot)], tally, "", turn)
    return shop


def rows(console: Console, query: str) -> dict[str, dict[str, object]]:
    answer = console.get(f"/admin/report?{query}")
    assert answer.status == 200, answer.text
    return {row["key"]: row for row in answer.json["items"]}


def test_by_channel_word_of_mouth_is_one_and_what_brought_nobody_is_shown(busy: Console) -> None:
    found = rows(busy, "by=channel")
    assert found["friend"]["joined"] == 1
    sign = found["window sign"]
    assert (sign["joined"], sign["clicked"], sign["redeemed"], sign["revenue"]) == (1, 1, 1, "23.5")


def test_by_location_own_store_and_place_of_redemption_are_kept_apart(busy: Console) -> None:
    found = rows(busy, "by=location")
    own, there = found["DOWNTOWN"], found["UPTOWN"]
    assert (own["redeemed"], own["redeemed_here"]) == (1, 0)
    assert (there["redeemed"], there["redeemed_here"], there["revenue_here"]) == (0, 1, "23.5")


def test_by_campaign_its_texts_are_told_and_what_belongs_to_none(busy: Console) -> None:
    found = rows(busy, "by=campaign")
    row = found[CAMPAIGN]
    assert (row["redeemed"], row["joined"], row["sent"], row["price"]) == (1, 0, 1, "0.0083")
    assert (found[""]["redeemed"], found[""]["joined"], found[""]["sent"]) == (0, 2, None)


def test_each_day_is_there_whatever_happened_in_it(busy: Console) -> None:
    answer = busy.get("/admin/report?from=2026-11-18&to=2026-11-30").json
    assert [day["day"] for day in answer["days"]][:2] == ["2026-11-18", "2026-11-19"]
    assert len(answer["days"]) == 13
    quiet = [day for day in answer["days"] if not any(day[name] for name in ("joined", "clicked"))]
    assert quiet[0] == NOTHING | {"day": quiet[0]["day"]}
    assert (answer["all"]["joined"], answer["all"]["redeemed"]) == (2, 1)


def test_what_lies_outside_of_the_days_is_left_out(busy: Console) -> None:
    before = busy.get("/admin/report?from=2026-11-01&to=2026-11-05").json
    assert before["all"] == NOTHING


@pytest.mark.parametrize(
    ("days", "is_there"),
    [
        ("from=2026-11-21&to=2026-11-21", False),
        ("from=2026-11-22&to=2026-11-22", True),
        ("from=2026-11-24&to=2026-11-25", True),
        ("from=2026-11-25&to=2026-11-25", False),
    ],
)
def test_a_campaign_is_listed_of_the_days_it_may_have_run_in_to_within_a_day(
    busy: Console, days: str, is_there: bool
) -> None:
    """It was written, and ended, on the 23rd: in some store's time zone that is a day beside."""
    assert (CAMPAIGN in rows(busy, f"by=campaign&{days}")) is is_there


@pytest.mark.parametrize(
    "query", ["from=2026-11-05&to=2026-11-01", "from=2024-01-01&to=2026-01-01", "by=sign", "to=x"]
)
def test_a_range_that_is_none_or_too_long_is_refused(shop: Console, query: str) -> None:
    assert shop.get(f"/admin/report?{query}").status == 422


@pytest.mark.parametrize("query", ["to=0001-01-05", "from=9999-12-01&to=9999-12-31"])
def test_the_calendars_ends_are_days_like_any_other(shop: Console, query: str) -> None:
    answer = shop.get(f"/admin/report?{query}")
    assert (answer.status, answer.json["all"]) == (200, NOTHING)


def test_as_csv_it_opens_in_a_spreadsheet(busy: Console) -> None:
    answer = busy.get("/admin/report?by=location&format=csv")
    assert answer.headers["content-type"].startswith("text/csv")
    table = list(csv.DictReader(io.StringIO(b64decode(answer.text).decode("utf-8-sig"))))
    told = {row["key"]: (row["joined"], row["redeemed_here"]) for row in table}
    assert (told["DOWNTOWN"], told["UPTOWN"]) == (("1", "0"), ("1", "1"))


def test_a_shop_where_nothing_has_happened_has_its_rows(shop: Console) -> None:
    found = rows(shop, "by=location")
    assert {row["joined"] for row in found.values()} == {0}
    assert {"DOWNTOWN", "UPTOWN"} <= found.keys()


def test_only_who_may_see_campaigns_sees_it(shop: Console) -> None:
    assert shop.acting_as("staff").get("/admin/report").status == 403
