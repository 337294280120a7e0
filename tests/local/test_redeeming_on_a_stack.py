"""On the whole stack: one coupon, a hundred attempts at once through every way, one success."""

from collections import Counter as Tally
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import boto3
import pytest
from botocore.config import Config

from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.coupons import DynamoCoupons
from sayso.domain.campaign import Campaign, Kind, State
from sayso.domain.catalog import Staff
from sayso.domain.codes import derived, spoken
from sayso.domain.coupon import Coupon, Verdict, Way
from sayso.domain.offer import Offer
from sayso.domain.run import Run, RunState
from sayso.handlers.counter_texts import counter_on
from sayso.services.guessing import Source
from sayso.services.ports.campaigns import RunMove
from sayso.services.redeeming import Attempt, Counter
from sayso_local.client import Stack
from sayso_local.stack.aws import REGION
from tests.local.known_shop import wait_until_known

pytestmark = pytest.mark.e2e
TEXTS, COUNTERS, PAGES = 20, 40, 40


@pytest.fixture
def client(stack: Stack) -> Any:
    config = Config(max_pool_connections=COUNTERS + PAGES)
    return boto3.client(
        "dynamodb", endpoint_url=stack.aws.endpoint, region_name=REGION, config=config
    )


def issued(stack: Stack, client: Any, phone: str, run_id: str) -> Coupon:
    """A coupon as a campaign's text brings it."""
    now = datetime.now(UTC).replace(microsecond=0)
    run = Run(run_id, f"C-{run_id}", "A coffee.", now, "UTC", ("DOWNTOWN",), RunState.SENDING)
    run = replace(run, offer=Offer("A free filter coffee"))
    campaign = Campaign(
        id=run.campaign_id,
        name="Coffee",
        kind=Kind.OFFER,
        body="A coffee.",
        created_at=now,
        updated_at=now,
        state=State.SENDING,
        runs=(run_id,),
        open_runs=1,
        revision=1,
    )
    DynamoCampaigns(client, stack.running.table).save(None, campaign, [RunMove(None, run)])
    code = derived(b"a key of this test's own", run_id, phone)
    coupon = Coupon(
        code, phone, campaign.id, run_id, now - timedelta(minutes=5), code, location="DOWNTOWN"
    )
    DynamoCoupons(client, stack.running.table).put(coupon)
    return coupon


def registered(stack: Stack, *numbers: int) -> list[str]:
    """The phones of new members of staff."""
    phones = [f"+1773555{number:04}" for number in numbers]
    for phone in phones:
        answer = stack.admin("PUT", f"staff/{phone}", {"name": f"Mia {phone[-4:]}"})
        assert answer.is_success, answer.text
    wait_until_known()
    return phones


def test_of_a_hundred_attempts_at_once_by_every_way_one_succeeds(stack: Stack, client: Any) -> None:
    coupon = issued(stack, client, "+17735551900", "RACE1")
    phones = registered(stack, *range(1000, 1000 + TEXTS))
    counter = counter_on(client, stack.running.table)
    gate = Barrier(TEXTS + COUNTERS + PAGES)

    def text(number: int) -> str:
        gate.wait()
        stack.text(phones[number], f"USE {spoken(coupon.code)}")
        return ""

    def on_a_page(number: int) -> str:
        gate.wait()
        return redeemed(counter, coupon.code, number).value

    ways: list[tuple[Callable[[int], str], int]] = [
        *((text, number) for number in range(TEXTS)),
        *((on_a_page, number) for number in range(COUNTERS + PAGES)),
    ]
    with ThreadPoolExecutor(len(ways)) as pool:
        found = Tally(pool.map(lambda way: way[0](way[1]), ways))
    meant = {"VALID,": "redeemed", "USED": "used"}
    words = [answer_to(stack, phone) for phone in phones]
    told = Tally(meant.get(word, word) for word in words)

    del found[""]
    assert found + told == {"redeemed": 1, "used": TEXTS + COUNTERS + PAGES - 1}
    (use,) = counter.coupons.uses(coupon.code)
    standing = counter.coupons.get(coupon.code)
    assert standing is not None
    assert (standing.uses, standing.last_use, standing.last_used_at) == (1, use.id, use.at)
    progress = DynamoCampaigns(client, stack.running.table).progress("RACE1")
    assert progress is not None
    assert (progress.tally["uses"], progress.tally["redeemed"]) == (1, 1)


def redeemed(counter: Counter, code: str, number: int) -> Verdict:
    """Half of them staff at the counter page, half the customer; each from an address of theirs."""
    is_staff = number < COUNTERS
    attempt = Attempt(
        id=f"request-{number}",
        typed=code,
        way=Way.COUNTER if is_staff else Way.PAGE,
        at=datetime.now(UTC),
        source=Source.address(f"203.0.113.{number}"),
        by=Staff(f"+1773555{2000 + number}", "Omar") if is_staff else None,
    )
    return counter.redeem(attempt).verdict


def answer_to(stack: Stack, phone: str) -> str:
    """The first word of the counter's answer."""
    (answer, *_) = stack.await_texts(phone, 1, within=60)
    return answer.body.split()[0]


def test_staff_redeem_undo_and_redeem_again_by_text(stack: Stack, client: Any) -> None:
    coupon = issued(stack, client, "+17735551901", "TEXT1")
    (phone,) = registered(stack, 3000)
    said = [f"USE {spoken(coupon.code)} 4.50", "UNDO", f"use {coupon.code}", f"USE {coupon.code}"]

    for number, words in enumerate(said, 1):
        stack.text(phone, words)
        stack.await_texts(phone, number, within=20)

    answers = [text.body.split()[0] for text in stack.received(phone)]
    assert answers == ["VALID,", "UNDONE:", "VALID,", "USED"]
    first, second = DynamoCoupons(client, stack.running.table).uses(coupon.code)
    # Within the one second that texts are dated by, either may be listed first.
    found = {(use.amount, use.undone_at is None) for use in (first, second)}
    assert found == {(4_500_000, False), (None, True)}


def test_a_friend_is_credited_by_text(stack: Stack, client: Any) -> None:
    coupon = issued(stack, client, "+17735551902", "FRIEND1")

    for _ in range(2):
        stack.text("+17735551903", f"JOIN DOWNTOWN FROM {spoken(coupon.code)}")
    stack.await_texts("+17735551903", 2, within=20)

    progress = DynamoCampaigns(client, stack.running.table).progress("FRIEND1")
    assert progress is not None
    assert progress.tally["referred"] == 1
    subscriber = stack.admin("GET", "subscribers/+17735551903").json()
    assert (subscriber["channel"], subscriber["location"]) == ("friend", "DOWNTOWN")
