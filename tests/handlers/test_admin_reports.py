"""The report over HTTP: groups, price, reasons, and what the shop says that people did."""

from datetime import timedelta

import pytest

from sayso.adapters.dynamodb.slots import DynamoSlots
from sayso.domain.offer import Offer
from sayso.domain.slot import Slot, SlotState, Tally, counted
from sayso.services.ports.slots import SlotMove
from tests.support.admin_campaigns import draft, finished, subscribed
from tests.support.bluebird import ANA, BEN, NOON
from tests.support.console import Console
from tests.support.table import TABLE

CAMPAIGN = "01KAMZ3S8E5XQW0V7Y9T2B4C6D"
REPORT = f"/admin/campaigns/{CAMPAIGN}/report"


@pytest.fixture(params=[None])
def texted(shop: Console, request: pytest.FixtureRequest) -> Console:
    """Ana got variant B a day ago, Ben was held out; the carrier has delivered and said a price.

    The campaign offers something where a test asks for that.
    """
    subscribed(shop, DOWNTOWN=ANA, UPTOWN=BEN)
    turn = NOON - timedelta(days=1)
    finished(shop, CAMPAIGN, turn, request.param)
    both = (
        Slot(
            run_id="R1",
            phone=ANA,
            state=SlotState.DELIVERED,
            batch="DOWNTOWN#3#0",
            claim="claim",
            touched_at=turn,
            channel="window sign",
            variant="B",
            parts=2,
            price=17_660,
        ),
        Slot(
            run_id="R1",
            phone=BEN,
            state=SlotState.SKIPPED,
            batch="UPTOWN#1#0",
            touched_at=turn,
            reason="held_out",
            variant="held_out",
        ),
    )
    tally = Tally()
    for slot in both:
        tally.update(counted(None, slot))
    moves = [SlotMove(None, slot) for slot in both]
    DynamoSlots(shop.dynamodb, TABLE).settle("R1", moves, tally, "", turn)
    return shop


def test_a_report_before_the_launch_is_all_zeros(shop: Console) -> None:
    campaign = draft(shop)

    assert shop.get(f"/admin/campaigns/{campaign}/report").json == {
        "campaign_id": campaign,
        "status": "draft",
        "is_finished": False,
        **dict.fromkeys(["targeted", "sent", "delivered", "undelivered", "failed", "refused"], 0),
        **dict.fromkeys(["unknown", "waiting", "opted_out", "held_out", "replied"], 0),
        **dict.fromkeys(["visited", "clicked", "redeemed", "clicks", "previews", "referred"], 0),
        "price": {"amount": "0", "currency": "USD", "is_estimate": False},
        **{name: {} for name in ("excluded", "failures", "failure_classes")},
        **{name: {} for name in ("waiting_by_reason", "explained")},
        **{name: [] for name in ("by_location", "by_channel", "by_variant")},
        **dict.fromkeys(["comparison", "till", "reminders", "lift"]),
    }


def test_where_people_share_a_code_no_rate_of_redemptions_is_told(shop: Console) -> None:
    offer = {"title": "A roll", "codes": "shared", "shared_code": "SPRING"}
    campaign = draft(shop, offer=offer)

    till = shop.get(f"/admin/campaigns/{campaign}/report").json["till"]

    assert (till["uses"], till["revenue"]) == (0, "0")
    assert [till[name] for name in ("rate", "low", "high", "median_minutes")] == [None] * 4


def test_a_report_says_what_became_of_whom_by_group(texted: Console) -> None:
    report = texted.get(REPORT).json

    assert {row["name"]: (row["sent"], row["excluded"]) for row in report["by_variant"]} == {
        "B": (1, 0),
        "held_out": (0, 1),
    }
    assert {row["name"] for row in report["by_location"]} == {"DOWNTOWN", "UPTOWN"}
    assert {row["name"] for row in report["by_channel"]} == {"window sign", ""}
    assert report["held_out"] == 1
    assert report["explained"]["held_out"].startswith("Held out by lot")


@pytest.mark.parametrize("texted", [Offer("A roll")], indirect=True)
def test_each_group_has_its_own_rate_of_redemptions_with_its_interval(texted: Console) -> None:
    texted.post(f"/admin/subscribers/{ANA}/events", {"kind": "redeemed"})

    report = texted.get(REPORT).json

    rates = {
        row["name"]: (row["rate"], row["low"], row["high"])
        for row in (*report["by_location"], *report["by_variant"])
    }
    # Wilson's interval of one in one: 1 / (1 + 1.96²).
    assert rates["DOWNTOWN"] == rates["B"] == (1, pytest.approx(0.2065, abs=1e-4), 1)
    assert rates["UPTOWN"] == rates["held_out"] == (None, None, None)


def test_without_an_offer_no_group_has_a_rate_of_redemptions(texted: Console) -> None:
    report = texted.get(REPORT).json
    assert {row["rate"] for row in (*report["by_location"], *report["by_variant"])} == {None}


def test_a_price_is_an_exact_amount_of_dollars(texted: Console) -> None:
    assert texted.get(REPORT).json["price"] == {
        "amount": "0.01766",
        "currency": "USD",
        "is_estimate": False,
    }


def test_what_the_shop_reports_counts_for_the_group_and_tells_texts_from_none(
    texted: Console,
) -> None:
    for phone in (ANA, ANA, BEN):
        answer = texted.post(f"/admin/subscribers/{phone}/events", {"kind": "redeemed"})
        assert answer.status == 200, answer.text

    report = texted.get(REPORT).json
    assert report["redeemed"] == 1
    assert {row["name"]: row["redeemed"] for row in report["by_variant"]} == {
        "B": 1,
        "held_out": 1,
    }
    told = report["comparison"]
    assert (told["outcome"], told["is_evidence"]) == ("redeemed", False)
    assert [group["name"] for group in told["groups"]] == ["B", "held_out"]
    for group in told["groups"]:
        assert 0 <= group["low"] < group["rate"] == group["high"] == 1
    (difference,) = told["differences"]
    assert (difference["difference"], difference["chance"]) == (0, 1)
    assert told["verdict"].startswith("What people do counts until 2026-11-29 18:00 UTC.")


def test_only_who_may_see_campaigns_sees_reports(texted: Console) -> None:
    assert texted.acting_as("staff").get(REPORT).status == 403
