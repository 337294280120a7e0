"""A batch texts each of its recipients once, and only those who still want it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sayso.domain.campaign import Campaign, State
from sayso.domain.contact import Status
from sayso.domain.recipient import recipients
from sayso.domain.run import BATCHES_DONE, Run, RunState
from sayso.domain.schedule import Schedule
from sayso.domain.slot import ATTEMPT, Slot, SlotState
from sayso.services.ports.carrier import Certainty, OutboundText, Purpose
from sayso.services.ports.queues import BatchTask
from sayso.services.ports.slots import UNCONDITIONAL, Barred, Conditions
from sayso.services.putting_off import FIRST_PAUSE, FRUITLESS_AT_MOST, LONGEST_PAUSE
from sayso.services.send import Unfinished
from tests.support.bluebird import ANA, BEN, CHLOE
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import BODY, a_subscriber

EVERYONE = [CHLOE, ANA, BEN]  # in order of their numbers


@pytest.fixture
def world() -> CampaignWorld:
    """Ana, Ben and Chloe are downtown, and an offer to them is being sent."""
    return CampaignWorld([a_subscriber(phone) for phone in (ANA, BEN, CHLOE)])


@pytest.fixture
def campaign(world: CampaignWorld) -> Campaign:
    started = world.scheduled("DOWNTOWN")
    world.launch(started.runs[0])
    world.plan_all()
    return started


def run_of(campaign: Campaign) -> str:
    return campaign.runs[0]


def slot(world: CampaignWorld, campaign: Campaign, phone: str) -> Slot:
    return world.slots.slots[run_of(campaign), phone]


def crashed_while_sending(world: CampaignWorld, task: BatchTask) -> str:
    """The first recipient of the batch is claimed by a sender that dies without a word."""
    phone = task.phones[0]
    run = world.store.runs[task.run_id]
    claim = Slot(run.id, phone, SlotState.CLAIMED, task.batch_id, "dead", world.now)
    world.slots.claim(run, claim, world.now)
    return phone


def test_everyone_gets_the_text_once(world: CampaignWorld, campaign: Campaign) -> None:
    world.send_all()

    assert world.texted() == EVERYONE
    report = world.report(campaign)
    assert (report.targeted, report.sent, report.waiting) == (3, 3, 0)


def test_a_text_is_marketing_and_carries_ids_that_name_nobody(
    world: CampaignWorld, campaign: Campaign
) -> None:
    world.send_all()

    text = world.network.texts[0]
    assert text == OutboundText(
        to=text.to,
        body=BODY,
        purpose=Purpose.MARKETING,
        context={"run": run_of(campaign), "campaign": campaign.id},
        time_to_live_s=4 * 3600,
    )


def test_the_last_batch_ends_the_run_and_the_campaign(
    world: CampaignWorld, campaign: Campaign
) -> None:
    world.send_all()

    assert world.store.runs[run_of(campaign)].state is RunState.FINISHED
    assert world.campaigns.get(campaign.id).state is State.FINISHED
    assert world.report(campaign).is_finished


def test_a_run_is_not_over_while_a_slice_is_not_planned(world: CampaignWorld) -> None:
    campaign = world.scheduled("DOWNTOWN")
    world.launch(campaign.runs[0])
    last = world.slices.messages.pop()
    world.plan_all()
    world.send_all()

    assert world.campaigns.get(campaign.id).state is State.SENDING
    world.slices.messages.append(last)
    world.plan_all()
    world.send_all()
    assert world.campaigns.get(campaign.id).state is State.FINISHED


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


def test_a_stop_after_planning_wins(world: CampaignWorld, campaign: Campaign) -> None:
    world.slots.contacts[BEN] = a_subscriber(BEN, status=Status.OPTED_OUT)

    world.send_all()

    assert world.texted() == [CHLOE, ANA]
    report = world.report(campaign)
    assert report.excluded == {"opted_out": 1}
    assert (report.sent, report.waiting) == (2, 0)


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


def test_a_cancelled_run_sends_nothing_more(world: CampaignWorld, campaign: Campaign) -> None:
    world.campaigns.cancel(campaign.id, world.now)

    assert [sent.is_over for sent in world.send_all()] == [True, True]

    assert world.texted() == []
    assert world.report(campaign).excluded == {"cancelled": 3}


def test_a_refused_text_is_counted_by_its_reason(world: CampaignWorld, campaign: Campaign) -> None:
    world.network.mood = lambda text: Certainty.REFUSED if text.to == BEN else None

    world.send_all()

    report = world.report(campaign)
    assert (report.sent, report.refused, report.failures) == (2, 1, {"fake refused": 1})
    assert report.is_finished


def test_a_text_that_may_have_gone_is_never_sent_again(
    world: CampaignWorld, campaign: Campaign
) -> None:
    tasks = list(world.batches.messages)
    world.network.mood = lambda text: Certainty.UNKNOWN if text.to == BEN else None
    world.send_all()
    world.network.mood = lambda _: None

    for task in tasks:
        world.send(task)

    assert world.texted() == EVERYONE
    report = world.report(campaign)
    assert (report.sent, report.unknown) == (2, 1)


def test_a_busy_carrier_is_asked_again_later_for_the_rest(
    world: CampaignWorld, campaign: Campaign
) -> None:
    task = replace(world.batches.messages[0], recipients=recipients((ANA, BEN, CHLOE)))
    world.batches.messages.clear()
    world.network.mood = lambda text: Certainty.POSTPONED if text.to == BEN else None

    sent = world.send(task)

    assert not sent.is_over
    (rest,) = world.batches.messages
    assert (rest.phones, rest.batch_id, rest.fruitless) == ((BEN, CHLOE), task.batch_id, 0)
    assert world.batches.delays[-1] == FIRST_PAUSE
    assert world.texted() == [ANA]
    assert world.report(campaign).waiting == 2


def test_postponed_recipients_get_their_text_when_the_carrier_takes_it(
    world: CampaignWorld, campaign: Campaign
) -> None:
    refusals = iter([Certainty.POSTPONED] * 3)
    world.network.mood = lambda _: next(refusals, None)

    world.send_all()

    assert world.texted() == EVERYONE
    report = world.report(campaign)
    assert (report.sent, report.waiting, report.is_finished) == (3, 0, True)


def test_a_postponed_recipient_who_opts_out_is_not_texted(
    world: CampaignWorld, campaign: Campaign
) -> None:
    def busy_then_stop(text: OutboundText) -> Certainty | None:
        if text.to != BEN:
            return None
        world.slots.contacts[BEN] = a_subscriber(BEN, status=Status.OPTED_OUT)
        return Certainty.POSTPONED

    world.network.mood = busy_then_stop
    world.send_all()

    assert world.texted() == [CHLOE, ANA]
    assert world.report(campaign).excluded == {"opted_out": 1}
    assert world.report(campaign).is_finished


def test_a_carrier_that_takes_nothing_is_asked_less_and_less_and_then_no_more(
    world: CampaignWorld, campaign: Campaign
) -> None:
    world.network.mood = lambda _: Certainty.POSTPONED
    del world.batches.messages[1:]
    world.batches.delays.clear()

    world.send_all()

    delays = world.batches.delays
    assert delays[:3] == [FIRST_PAUSE, FIRST_PAUSE * 2, FIRST_PAUSE * 4]
    assert (len(delays), max(delays)) == (FRUITLESS_AT_MOST, LONGEST_PAUSE)
    assert sum(delays, timedelta()) > timedelta(hours=1)
    assert set(world.report(campaign).excluded) == {"carrier_busy"}
    assert world.texted() == []


def test_short_of_time_nobody_new_is_claimed_and_the_message_comes_again(
    world: CampaignWorld, campaign: Campaign
) -> None:
    task = replace(world.batches.messages[0], recipients=recipients((ANA, BEN, CHLOE)))
    answers = iter([False, True])

    with pytest.raises(Unfinished):
        world.sender.send(task, lambda: next(answers, True))

    assert world.texted() == [ANA]
    assert slot(world, campaign, ANA).state is SlotState.SENT
    assert set(world.slots.slots) == {(run_of(campaign), ANA)}
    world.send(task)
    assert world.texted() == EVERYONE


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
        run: Run, wanted: Slot, now: datetime, conditions: Conditions = UNCONDITIONAL
    ) -> None:
        if wanted.phone == phone:
            raise Barred("opted_out", None)
        claim(run, wanted, now, conditions)

    world.slots.claim = sees_the_opt_out_only  # type: ignore[method-assign,assignment]
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


def test_who_moves_to_another_zone_between_its_runs_is_texted_once() -> None:
    world = CampaignWorld([a_subscriber(ANA, "DOWNTOWN")])
    campaign = world.scheduled(
        "DOWNTOWN", "DENVER", schedule=Schedule(at="2026-11-24T10:00:00", timezone="recipient")
    )
    for run_id in campaign.runs:
        world.now = world.store.runs[run_id].due_at
        world.launch(run_id)
        world.run_all()
        world.put(replace(world.slots.contacts[ANA], location="DENVER"))

    assert world.texted() == [ANA]
    report = world.report(campaign)
    assert (report.targeted, report.sent) == (2, 1)
    assert report.excluded == {"texted_in_other_zone": 1}
    assert report.is_finished


def test_an_event_that_overtakes_the_outcome_is_counted_once(
    world: CampaignWorld, campaign: Campaign
) -> None:
    run_id = run_of(campaign)

    def delivered_at_once(text: OutboundText) -> None:
        event = world.event(text.to, "TEXT_DELIVERED", run_id)
        world.receipts.receive({"e": event}, world.now)

    world.network.mood = delivered_at_once
    world.send_all()

    report = world.report(campaign)
    assert (report.sent, report.delivered, report.unknown) == (3, 3, 0)
    assert report.is_finished


def test_a_batch_of_no_run_is_an_error(world: CampaignWorld) -> None:
    with pytest.raises(LookupError):
        world.send(BatchTask("R9", "B1", recipients([ANA])))


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


def test_claims_note_when_they_were_made(world: CampaignWorld, campaign: Campaign) -> None:
    times: list[tuple[datetime | None, datetime]] = []

    def note(text: OutboundText) -> None:
        times.append((slot(world, campaign, text.to).touched_at, world.now))

    world.network.mood = note
    world.send_all()

    assert len(times) == 3
    assert all(noted == now for noted, now in times)
