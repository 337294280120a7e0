"""A batch that comes again, after a crash or beside another sender, texts nobody twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sayso.domain.campaign import Campaign
from sayso.domain.contact import Status
from sayso.domain.coupon import Coupon
from sayso.domain.recipient import recipients
from sayso.domain.run import BATCHES_DONE, Run
from sayso.domain.slot import ATTEMPT, Slot, SlotState
from sayso.services.ports.carrier import Certainty, OutboundText
from sayso.services.ports.queues import BatchTask
from sayso.services.ports.slots import UNCONDITIONAL, Barred, Conditions
from sayso.services.send import Unfinished
from tests.support.bluebird import ANA, BEN, CHLOE
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber
from tests.support.sending import EVERYONE, planned, run_of, slot, three_downtown


@pytest.fixture
def world() -> CampaignWorld:
    return three_downtown()


@pytest.fixture
def campaign(world: CampaignWorld) -> Campaign:
    return planned(world)


def crashed_while_sending(world: CampaignWorld, task: BatchTask) -> str:
    """The first recipient of the batch is claimed by a sender that dies without a word."""
    phone = task.phones[0]
    run = world.store.runs[task.run_id]
    claim = Slot(run.id, phone, SlotState.CLAIMED, task.batch_id, "dead", world.now)
    world.slots.claim(run, claim, world.now)
    return phone


def test_a_batch_delivered_again_sends_and_counts_nothing(
    world: CampaignWorld, campaign: Campaign
) -> None:
    tasks = list(world.batches.messages)
    world.send_all()
    before = world.report(campaign)

    for task in tasks:
        world.send(task)

    assert world.texted() == EVERYONE
    assert world.report(campaign) == before


def test_a_skipped_recipient_is_counted_once_however_often_the_batch_comes(
    world: CampaignWorld, campaign: Campaign
) -> None:
    world.slots.contacts[BEN] = a_subscriber(BEN, status=Status.OPTED_OUT)
    tasks = list(world.batches.messages)

    for task in tasks * 3:
        world.send(task)

    assert world.report(campaign).excluded == {"opted_out": 1}


def test_who_comes_back_after_being_skipped_is_not_texted_by_a_redelivery(
    world: CampaignWorld, campaign: Campaign
) -> None:
    tasks = list(world.batches.messages)
    world.slots.contacts[BEN] = a_subscriber(BEN, status=Status.OPTED_OUT)
    world.send_all()
    world.slots.contacts[BEN] = a_subscriber(BEN)

    for task in tasks:
        world.send(task)

    assert world.texted() == [CHLOE, ANA]


def test_a_recipient_whom_another_sender_is_at_is_left_alone(
    world: CampaignWorld, campaign: Campaign
) -> None:
    task = world.batches.messages[0]
    phone = crashed_while_sending(world, task)
    world.later(ATTEMPT)

    with pytest.raises(Unfinished):
        world.send(task)

    assert phone not in world.texted()
    assert slot(world, campaign, phone).state is SlotState.CLAIMED


def test_a_claim_left_by_a_crash_becomes_unknown_and_is_never_sent(
    world: CampaignWorld, campaign: Campaign
) -> None:
    phone = crashed_while_sending(world, world.batches.messages[0])
    world.later(ATTEMPT + timedelta(seconds=1))

    world.send_all()

    assert phone not in world.texted()
    report = world.report(campaign)
    assert (report.unknown, report.sent, report.is_finished) == (1, 2, True)


def test_a_crash_before_the_outcomes_are_written_doubles_nobody(
    world: CampaignWorld, campaign: Campaign
) -> None:
    task = replace(world.batches.messages[0], recipients=recipients((ANA, BEN, CHLOE)))
    settle = world.slots.settle

    def dies(*args: object, **kwargs: object) -> None:
        raise RuntimeError("out of memory")

    world.slots.settle = dies  # type: ignore[method-assign]
    with pytest.raises(RuntimeError):
        world.send(task)
    world.slots.settle = settle  # type: ignore[method-assign]
    world.later(ATTEMPT * 2)
    world.send(task)

    assert world.texted() == EVERYONE
    assert world.report(campaign).unknown == 3


def test_one_recipient_s_error_does_not_keep_the_others_from_being_recorded(
    world: CampaignWorld, campaign: Campaign
) -> None:
    task = replace(world.batches.messages[0], recipients=recipients((ANA, BEN, CHLOE)))
    mood = world.network.mood

    def breaks(text: OutboundText) -> Certainty | None:
        if text.to == BEN:
            raise RuntimeError("a bug")
        return None

    world.network.mood = breaks
    with pytest.raises(RuntimeError):
        world.send(task)

    assert {phone for _, phone in world.slots.slots} == {ANA, BEN, CHLOE}
    assert world.report(campaign).sent == 2
    assert world.store.tallies[run_of(campaign)][BATCHES_DONE] == 0
    world.network.mood = mood
    world.later(ATTEMPT * 2)
    world.send(task)
    assert world.texted() == [CHLOE, ANA]
    assert world.report(campaign).unknown == 1


def test_who_is_in_two_slices_is_texted_once_and_counted_as_such(
    world: CampaignWorld, campaign: Campaign
) -> None:
    first, second = world.batches.messages
    moved = replace(second, recipients=recipients((*second.phones, *first.phones)))
    plans = world.store.plans
    piece = next(one for one in plans if second.batch_id.startswith(f"DOWNTOWN#{one.shard}#"))
    plans[piece] = replace(plans[piece], targeted=len(moved.phones))

    for task in (first, moved, first, moved):
        world.send(task)

    assert world.texted() == EVERYONE
    report = world.report(campaign)
    assert report.excluded == {"already_texted": len(first.phones)}
    assert (report.sent, report.waiting, report.is_finished) == (3, 0, True)


def test_a_stranger_is_still_counted_when_the_rest_of_the_batch_is_postponed(
    world: CampaignWorld, campaign: Campaign
) -> None:
    task = replace(world.batches.messages[0], recipients=recipients((ANA, BEN)))
    world.send(replace(task, batch_id="elsewhere", recipients=recipients((ANA,))))
    refusals = iter([Certainty.POSTPONED])
    world.network.mood = lambda _: next(refusals, None)

    world.send(task)
    (rest,) = [one for one in world.batches.messages if one.strangers]
    world.send(rest)

    assert world.texted() == [ANA, BEN]
    assert world.report(campaign).excluded == {"already_texted": 1}


def test_who_opts_out_while_another_sender_is_at_them_is_not_called_skipped(
    world: CampaignWorld, campaign: Campaign
) -> None:
    task = world.batches.messages[0]
    phone = crashed_while_sending(world, task)
    claim = world.slots.claim

    def sees_the_opt_out_only(
        run: Run,
        wanted: Slot,
        now: datetime,
        conditions: Conditions = UNCONDITIONAL,
        *coupons: Coupon,
    ) -> None:
        if wanted.phone == phone:
            raise Barred("opted_out", None)
        claim(run, wanted, now, conditions, *coupons)

    world.slots.claim = sees_the_opt_out_only  # type: ignore[method-assign]
    world.send(task)

    assert slot(world, campaign, phone).state is SlotState.CLAIMED
    assert world.report(campaign).excluded == {}


def test_a_crash_s_claim_is_recorded_even_when_the_campaign_is_cancelled_since(
    world: CampaignWorld, campaign: Campaign
) -> None:
    phone = crashed_while_sending(world, world.batches.messages[0])
    world.campaigns.cancel(campaign.id, world.now)

    with pytest.raises(Unfinished):
        world.send(world.batches.messages[0])
    world.later(ATTEMPT * 2)
    world.send_all()

    assert slot(world, campaign, phone).state is SlotState.UNKNOWN
    report = world.report(campaign)
    assert (report.unknown, report.excluded) == (1, {"cancelled": 2})


def test_many_senders_of_one_batch_text_everyone_once() -> None:
    phones = [f"+1312555{number:04d}" for number in range(50)]
    world = CampaignWorld([a_subscriber(phone) for phone in phones], workers=4)
    campaign = world.scheduled("DOWNTOWN")
    world.launch(campaign.runs[0])
    world.plan_all()
    tasks = list(world.batches.messages) * 6

    def send(task: BatchTask) -> str:
        try:
            world.send(task)
        except Unfinished:
            return "again"
        return "over"

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(send, tasks))

    # Whoever met another at work has its message delivered again; by then nobody is at work.
    assert {send(task) for task in tasks} == {"over"}
    assert world.texted() == phones
    assert world.report(campaign).sent == len(phones)
    assert world.report(campaign).is_finished
