"""What a run, a day and a month may cost is never passed; reaching it pauses the campaign."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.domain.campaign import Campaign, State
from sayso.domain.catalog import SpendLimits
from sayso.domain.run import RunState
from sayso.domain.slot import SlotState
from sayso.domain.spending import accounts, affordable
from sayso.services.ports.campaigns import CampaignChanged
from sayso.services.ports.carrier import Certainty, OutboundText
from sayso.services.ports.queues import BatchTask
from sayso.services.send import Unfinished
from sayso.services.settling import StillMoving
from tests.support.bluebird import PROGRAM, SHOP
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_run, a_subscriber

PRICE = 10_800  # a cent and a bit a part
NO_LIMITS = SpendLimits()
PAID_FOR = {SlotState.SENT, SlotState.UNKNOWN, SlotState.DELIVERED, SlotState.UNDELIVERED}


def campaign_to(
    people: int, limits: SpendLimits = NO_LIMITS, *, run_limit: int | None = None, workers: int = 1
) -> tuple[CampaignWorld, Campaign]:
    """A campaign whose batches are queued, at a program with these ceilings."""
    phones = [f"+1312555{number:04d}" for number in range(people)]
    world = CampaignWorld([a_subscriber(phone) for phone in phones], workers=workers)
    program = replace(PROGRAM, price_per_part=PRICE, spend_limits=limits)
    world.catalog.catalog = replace(SHOP, program=program)
    campaign = world.scheduled("DOWNTOWN")
    run = world.store.runs[campaign.runs[0]]
    world.store.runs[run.id] = replace(run, spend_limit=run_limit)
    world.launch(run.id)
    world.plan_all()
    return world, campaign


def spent(world: CampaignWorld) -> dict[str, int]:
    return {name: amount for name, amount in world.spending.spent.items() if amount}


def paid_for(world: CampaignWorld) -> int:
    """What the carrier may ask for: every text that it has, or may have."""
    return sum(slot.parts * PRICE for slot in world.slots.slots.values() if slot.state in PAID_FOR)


@pytest.mark.parametrize(
    ("limits", "run_limit", "reason"),
    [
        (NO_LIMITS, 7 * PRICE, "spend_limit_run"),
        (SpendLimits(per_day=7 * PRICE + 1), None, "spend_limit_day"),
        (SpendLimits(per_month=8 * PRICE - 1), None, "spend_limit_month"),
    ],
)
def test_a_ceiling_is_used_up_and_then_pauses_the_campaign(
    limits: SpendLimits, run_limit: int | None, reason: str
) -> None:
    world, campaign = campaign_to(30, limits, run_limit=run_limit)
    world.send_all()

    assert len(world.texted()) == 7
    paused = world.campaigns.get(campaign.id)
    assert (paused.state, paused.paused_reason) == (State.PAUSED, reason)
    assert world.store.runs[campaign.runs[0]].state is RunState.PAUSED
    assert world.report(campaign).waiting == 23


def test_who_is_left_gets_the_text_when_it_goes_on() -> None:
    world, campaign = campaign_to(30, SpendLimits(per_day=7 * PRICE))
    world.send_all()
    raised = replace(PROGRAM, price_per_part=PRICE, spend_limits=SpendLimits(per_day=50 * PRICE))
    world.catalog.catalog = replace(SHOP, program=raised)
    world.campaigns.resume(campaign.id, world.now)
    world.run_all()

    assert world.texted() == [f"+1312555{number:04d}" for number in range(30)]
    assert world.report(campaign).is_finished


def test_a_campaign_that_cannot_be_paused_just_now_is_paused_by_those_who_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world, campaign = campaign_to(10, SpendLimits(per_day=7 * PRICE))

    def changed(*_: object) -> None:
        raise CampaignChanged

    with monkeypatch.context() as patch:
        patch.setattr(world.store, "save", changed)
        for _ in range(len(world.batches.messages)):
            world.send(world.batches.messages.pop(0))
    assert (len(world.texted()), spent(world)["DAY#2026-11-23"]) == (7, 7 * PRICE)
    assert world.campaigns.get(campaign.id).state is State.SENDING

    world.send_all()

    assert len(world.texted()) == 7
    assert world.campaigns.get(campaign.id).paused_reason == "spend_limit_day"


def test_a_new_day_has_money_of_its_own() -> None:
    world, campaign = campaign_to(10, SpendLimits(per_day=7 * PRICE))
    world.send_all()
    world.later(timedelta(hours=20))
    world.campaigns.resume(campaign.id, world.now)
    world.run_all()

    assert len(world.texted()) == 10
    assert spent(world) == {
        "DAY#2026-11-23": 7 * PRICE,
        "DAY#2026-11-24": 3 * PRICE,
        "MONTH#2026-11": 10 * PRICE,
    }


def test_day_and_month_are_those_of_the_program_s_zone() -> None:
    program = replace(PROGRAM, price_per_part=PRICE, timezone="America/Los_Angeles")
    late = datetime(2026, 12, 1, 7, 59, tzinfo=UTC)
    for now, day, month in (
        (late, "DAY#2026-11-30", "MONTH#2026-11"),
        (late + timedelta(minutes=1), "DAY#2026-12-01", "MONTH#2026-12"),
    ):
        assert [one.name for one in accounts(a_run(), program, now)] == [day, month]


def test_without_a_price_nothing_is_counted() -> None:
    assert accounts(a_run(), PROGRAM, datetime(2026, 12, 1, tzinfo=UTC)) == ()


def test_what_fits_is_counted_in_order() -> None:
    assert [affordable([3, 1, 2], left) for left in (0, 2, 3, 4, 5, 6, 9)] == [0, 0, 1, 2, 2, 3, 3]


def test_what_was_surely_not_sent_is_given_back() -> None:
    world, _ = campaign_to(20, run_limit=100 * PRICE)
    gone = "+13125550003"
    del world.slots.contacts[gone]
    world.network.mood = lambda text: Certainty.REFUSED if text.to.endswith("7") else None
    world.send_all()

    assert len(world.texted()) == 17  # of twenty, without one who has gone and two who were refused
    assert set(spent(world).values()) == {17 * PRICE}


def test_what_may_have_been_sent_stays_spent() -> None:
    world, _ = campaign_to(5)
    world.network.mood = lambda _: Certainty.UNKNOWN
    world.send_all()

    assert set(spent(world).values()) == {5 * PRICE}


def test_a_sender_that_dies_leaves_too_much_counted_never_too_little() -> None:
    world, _ = campaign_to(20)

    def dies(*_: object, **__: object) -> None:
        raise RuntimeError("out of memory")

    world.slots.settle = dies  # type: ignore[method-assign]
    for task in [*world.batches.messages]:
        with pytest.raises(RuntimeError):
            world.send(task)
    assert set(spent(world).values()) == {20 * PRICE}
    assert len(world.texted()) == 20


MOODS: dict[str, Callable[[OutboundText], Certainty | None]] = {
    "taken": lambda _: None,
    "some refused": lambda text: Certainty.REFUSED if text.to[-1] in "048" else None,
    "some unknown": lambda text: Certainty.UNKNOWN if text.to[-1] in "13" else None,
}


@settings(max_examples=20, deadline=None)
@given(
    limit=st.integers(0, 60),
    gone=st.sets(st.integers(0, 39), max_size=20),
    mood=st.sampled_from(sorted(MOODS)),
)
def test_senders_at_once_never_pass_a_ceiling(limit: int, gone: set[int], mood: str) -> None:
    """Each of the batches twice, as queues deliver, by six senders with four threads each."""
    world, _ = campaign_to(40, SpendLimits(per_day=limit * PRICE), workers=4)
    for number in gone:
        del world.slots.contacts[f"+1312555{number:04d}"]
    world.network.mood = MOODS[mood]
    tasks = [*world.batches.messages] * 2

    def send(task: BatchTask) -> None:
        # Who meets another at work has its message delivered again.
        with suppress(Unfinished, StillMoving):
            world.send(task)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(send, tasks))
    assert paid_for(world) <= limit * PRICE
    assert paid_for(world) <= world.spending.spent["DAY#2026-11-23"] <= limit * PRICE
    assert len(world.texted()) == len(set(world.texted()))
