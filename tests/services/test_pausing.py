"""A campaign is paused, gone on with and cancelled mid-run: nobody lost, nobody texted twice."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta

import pytest

from sayso.domain.campaign import Campaign, State
from sayso.domain.recipient import recipients
from sayso.domain.run import RunState
from sayso.domain.schedule import Schedule
from sayso.domain.slot import ATTEMPT, Slot, SlotState
from sayso.services.launch import Launched, NotYetWritten
from sayso.services.pausing import Pausing
from sayso.services.plan import Planned
from sayso.services.ports.carrier import Certainty, OutboundText
from sayso.services.ports.queues import BatchTask, NotQueued
from sayso.services.refusals import Busy, Conflict
from tests.support.bluebird import ANA, BEN, CHLOE
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber

PHONES = [f"+131255501{number:02d}" for number in range(60)]
SECOND = timedelta(seconds=1)
TOMORROW = Schedule(at="2026-11-24T10:00:00", timezone="America/Chicago")


def world_of(*phones: str, page_size: int = 1000) -> CampaignWorld:
    return CampaignWorld([a_subscriber(phone) for phone in phones], page_size=page_size)


def begun(world: CampaignWorld) -> Campaign:
    """A campaign whose batches are queued."""
    campaign = world.scheduled("DOWNTOWN")
    world.launches.messages.clear()
    world.launch(campaign.runs[0])
    world.plan_all()
    return world.campaigns.get(campaign.id)


def after_texts(world: CampaignWorld, count: int, act: Callable[[], object]) -> None:
    """Have each text take a second, and something happen during one of them."""

    def take(_: OutboundText) -> Certainty | None:
        world.later(SECOND)
        if len(world.network.texts) == count - 1:
            act()
        return None

    world.network.mood = take


def test_a_pause_stops_the_sender_within_a_second_of_texts_and_the_rest_is_laid_by() -> None:
    world = world_of(*PHONES)
    campaign = begun(world)
    after_texts(world, 10, lambda: world.campaigns.pause(campaign.id, world.now))

    world.send_all()

    assert len(world.network.texts) in (10, 11)
    paused = world.campaigns.get(campaign.id)
    assert (paused.state, paused.paused_reason) == (State.PAUSED, "by hand")
    report = world.report(campaign)
    assert (report.sent, report.waiting) == (len(world.network.texts), 60 - report.sent)
    assert sum(len(task.recipients) for task in world.parking.tasks.values()) == report.waiting


def test_a_resumed_campaign_texts_the_others_once_and_ends() -> None:
    world = world_of(*PHONES)
    campaign = begun(world)
    after_texts(world, 10, lambda: world.campaigns.pause(campaign.id, world.now))
    world.send_all()

    resumed = world.campaigns.resume(campaign.id, world.now)
    world.run_all()

    assert (resumed.state, resumed.paused_reason) == (State.SENDING, "")
    assert world.texted() == PHONES
    assert world.report(campaign).status is State.FINISHED
    assert world.parking.tasks == {}


def test_a_batch_that_comes_while_the_run_is_paused_is_laid_by_untouched() -> None:
    world = world_of(ANA, BEN)
    campaign = begun(world)
    world.campaigns.pause(campaign.id, world.now)
    tasks = list(world.batches.messages)

    world.send_all()

    assert world.texted() == []
    assert list(world.parking.tasks.values()) == tasks


def test_a_pause_does_not_make_the_carrier_look_busy() -> None:
    world = world_of(*PHONES)
    campaign = begun(world)
    after_texts(world, 3, lambda: world.campaigns.pause(campaign.id, world.now))
    first, *_ = world.batches.messages
    world.batches.messages[:] = [BatchTask(first.run_id, first.batch_id, first.recipients, 12)]

    world.send_all()

    (rest,) = world.parking.tasks.values()
    assert rest.fruitless == 0
    assert world.report(campaign).excluded == {}


def test_a_planner_stops_at_the_page_and_goes_on_from_there() -> None:
    world = world_of(*PHONES, page_size=4)
    campaign = world.scheduled("DOWNTOWN")
    world.launch(world.launches.messages.pop())
    piece = world.slices.messages[0]
    pages = iter(range(3))

    def page_or_pause() -> bool:
        if next(pages, None) is None:
            world.campaigns.pause(campaign.id, world.now)
        return False

    planned = world.planner.plan(piece, lambda: world.now, page_or_pause)

    assert planned is Planned.STOPPED
    assert world.store.plans[piece].targeted == 16  # the page at which it was paused, and no more
    world.campaigns.resume(campaign.id, world.now)
    world.run_all()
    assert world.texted() == PHONES
    assert world.report(campaign).status is State.FINISHED


def crash_before_queueing(world: CampaignWorld) -> None:
    """Plan every slice as far as the record of its page."""
    queue, world.batches.put = world.batches.put, _refuse  # type: ignore[method-assign, assignment]
    for piece in world.slices.messages:
        with suppress(NotQueued):
            world.planner.plan(piece, lambda: world.now, lambda: False)
    world.batches.put = queue  # type: ignore[method-assign]
    recorded = [one for plan in world.store.plans.values() for one in plan.queued]
    assert {phone for batch in recorded for phone in batch.phones} == {ANA, BEN}


def test_a_page_that_a_crash_kept_from_the_queue_gets_there_though_the_run_is_paused() -> None:
    world = world_of(ANA, BEN)
    campaign = world.scheduled("DOWNTOWN")
    world.launch(world.launches.messages.pop())
    crash_before_queueing(world)
    world.campaigns.pause(campaign.id, world.now)

    world.plan_all()
    world.send_all()
    world.campaigns.resume(campaign.id, world.now)
    world.run_all()

    assert world.texted() == sorted([ANA, BEN])
    assert world.report(campaign).status is State.FINISHED


def test_a_last_page_that_a_crash_kept_from_the_queue_gets_there_when_the_run_goes_on() -> None:
    """Its own message may be gone: it was handled during the pause, and came a second time."""
    world = world_of(ANA, BEN)
    campaign = world.scheduled("DOWNTOWN")
    world.launch(world.launches.messages.pop())
    crash_before_queueing(world)
    world.slices.messages.clear()
    world.campaigns.pause(campaign.id, world.now)

    world.campaigns.resume(campaign.id, world.now)
    world.run_all()

    assert world.texted() == [ANA, BEN]
    assert world.report(campaign).status is State.FINISHED


def test_a_run_whose_last_batch_ended_during_the_pause_ends_when_it_goes_on() -> None:
    world = world_of(ANA, BEN)
    campaign = begun(world)
    tasks = len(world.batches.messages)
    last = [True] * (tasks - 1)

    def pause_at_the_last(_: OutboundText) -> Certainty | None:
        if last:
            last.pop()
        else:
            world.campaigns.pause(campaign.id, world.now)
        return None

    world.network.mood = pause_at_the_last
    world.send_all()
    assert world.report(campaign).status is State.PAUSED

    world.campaigns.resume(campaign.id, world.now)
    world.run_all()

    assert world.report(campaign).status is State.FINISHED


def test_a_scheduled_campaign_paused_over_its_time_goes_out_when_it_is_resumed() -> None:
    world = world_of(ANA)
    campaign = world.scheduled("DOWNTOWN", schedule=TOMORROW)
    world.campaigns.pause(campaign.id, world.now)
    world.later(timedelta(hours=22))

    assert world.launch(campaign.runs[0]) is Launched.PAUSED
    world.later(timedelta(minutes=90))
    resumed = world.campaigns.resume(campaign.id, world.now)
    assert resumed.state is State.SCHEDULED
    world.run_all()

    assert world.texted() == [ANA]


def test_a_scheduled_campaign_resumed_before_its_time_goes_out_at_it() -> None:
    world = world_of(ANA)
    campaign = world.scheduled("DOWNTOWN", schedule=TOMORROW)
    world.campaigns.pause(campaign.id, world.now)
    world.campaigns.resume(campaign.id, world.now)

    assert world.launches.messages == []
    world.later(timedelta(hours=22))
    assert world.launch(campaign.runs[0]) is Launched.STARTED


def test_whoever_sleeps_waits_from_the_resumption_not_from_a_day_gone_by() -> None:
    world = world_of(ANA)
    campaign = begun(world)
    world.campaigns.pause(campaign.id, world.now)
    world.send_all()
    world.later(timedelta(hours=33))  # nine in the evening in Chicago, a day later

    world.campaigns.resume(campaign.id, world.now)
    world.run_all()

    assert world.report(campaign).excluded == {}
    assert len(world.scheduler.due) == 1


def test_pausing_twice_keeps_the_first_reason_and_resuming_what_goes_on_is_refused() -> None:
    world = world_of(ANA)
    campaign = begun(world)
    assert Pausing(world.store).pause(campaign.runs[0], "spend_limit_day", world.now)

    assert world.campaigns.pause(campaign.id, world.now).paused_reason == "spend_limit_day"
    world.campaigns.resume(campaign.id, world.now)
    with pytest.raises(Conflict):
        world.campaigns.resume(campaign.id, world.now)


def test_a_ceiling_reached_after_the_end_pauses_nothing() -> None:
    world = world_of(ANA)
    campaign = world.scheduled("DOWNTOWN")
    world.run_all()

    assert not Pausing(world.store).pause(campaign.runs[0], "spend_limit_day", world.now)
    assert not Pausing(world.store).pause("R-unknown", "spend_limit_day", world.now)
    assert world.report(campaign).status is State.FINISHED


def test_a_resumption_that_could_not_be_queued_changes_nothing() -> None:
    world = world_of(ANA)
    campaign = begun(world)
    paused = world.campaigns.pause(campaign.id, world.now)
    world.launches.put = _refuse  # type: ignore[assignment]

    with pytest.raises(Busy):
        world.campaigns.resume(campaign.id, world.now)

    assert world.campaigns.get(campaign.id) == paused


def test_a_resumption_s_launch_that_overtakes_its_write_is_delivered_again() -> None:
    world = world_of(ANA)
    campaign = begun(world)
    world.campaigns.pause(campaign.id, world.now)

    with pytest.raises(NotYetWritten):
        world.launcher.launch(campaign.runs[0], world.now, is_fresh=True)
    assert world.launch(campaign.runs[0]) is Launched.PAUSED


def test_a_sender_that_lays_by_too_late_puts_the_batch_back_into_the_queue() -> None:
    """It read the run as paused, and by the time it writes the run goes on."""
    world = world_of(ANA, BEN)
    campaign = begun(world)
    paused = world.store.runs[campaign.runs[0]].paused()
    tasks, read = list(world.batches.messages), world.store.run
    world.store.run = lambda _: paused  # type: ignore[method-assign, assignment]
    park, task = world.parking.park, world.batches.messages.pop(0)

    def park_late(*args: object) -> None:
        world.store.run = read  # type: ignore[method-assign]
        park(*args)  # type: ignore[arg-type]

    world.parking.park = park_late  # type: ignore[method-assign, assignment]
    world.send(task)

    assert world.parking.tasks == {}
    assert sorted(world.batches.messages, key=str) == sorted(tasks, key=str)


def test_a_cancelled_campaign_brings_back_what_was_laid_by_to_record_what_a_crash_left() -> None:
    world = world_of(ANA, CHLOE)
    campaign = begun(world)
    run = world.store.runs[campaign.runs[0]]
    (task,) = [one for one in world.batches.messages if ANA in one.phones]
    dead = Slot(run.id, ANA, SlotState.CLAIMED, task.batch_id, "dead", world.now)
    world.slots.claim(run, dead, world.now)
    world.campaigns.pause(campaign.id, world.now)
    world.send_all()
    world.later(ATTEMPT * 2)

    world.campaigns.cancel(campaign.id, world.now)
    world.run_all()

    report = world.report(campaign)
    assert (report.unknown, report.excluded) == (1, {"cancelled": 1})
    assert world.parking.tasks == {}
    assert world.texted() == []


def test_a_cancelled_campaign_stops_the_sender_within_a_second_of_texts() -> None:
    world = world_of(*PHONES)
    campaign = begun(world)
    after_texts(world, 10, lambda: world.campaigns.cancel(campaign.id, world.now))

    world.send_all()

    assert len(world.network.texts) in (10, 11)
    assert world.report(campaign).excluded == {"cancelled": 60 - len(world.network.texts)}
    assert {run.state for run in world.store.runs.values()} == {RunState.CANCELLED}


def test_what_is_laid_by_comes_back_a_page_at_a_time_for_as_long_as_there_is_time() -> None:
    world = world_of(ANA)
    campaign = begun(world)
    run_id = campaign.runs[0]
    world.batches.messages.clear()
    world.campaigns.pause(campaign.id, world.now)
    for number in range(5):
        task = BatchTask(run_id, f"DOWNTOWN#0#{number}", recipients([PHONES[number]]))
        world.parking.park(task, f"T{number}", None, world.now)
    world.campaigns.resume(campaign.id, world.now)
    world.launches.messages.clear()

    for left in (3, 1, 0):
        world.launcher.launch(run_id, world.now, is_fresh=False, is_time_short=lambda: True)
        assert len(world.parking.tasks) == left
        assert world.launches.messages == ([run_id] if left else [])
        world.launches.messages.clear()
    assert len(world.batches.messages) == 5


def _refuse(messages: Sequence[object], *_: object) -> None:
    if messages:
        raise NotQueued
