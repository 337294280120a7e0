"""A run begins once, at its time, and however often it is told to."""

from datetime import timedelta

import pytest

from sayso.domain.campaign import State
from sayso.domain.run import RunState, Slice
from sayso.domain.schedule import Schedule
from sayso.services.launch import Launched, NotYetWritten
from sayso.services.ports.queues import NotQueued
from tests.support.bluebird import ANA, BEN
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber

TOMORROW = Schedule(at="2026-11-24T10:00:00", timezone="America/Chicago")
UNTIL_TOMORROW = timedelta(hours=22)


@pytest.fixture
def world() -> CampaignWorld:
    return CampaignWorld([a_subscriber(ANA), a_subscriber(BEN)])


def test_a_launch_starts_the_run_and_queues_every_slice(world: CampaignWorld) -> None:
    campaign = world.scheduled("DOWNTOWN", "UPTOWN")
    (run_id,) = campaign.runs

    assert world.launch(run_id) is Launched.STARTED

    assert world.slices.messages == [
        Slice(run_id, location, shard) for location in ("DOWNTOWN", "UPTOWN") for shard in (0, 1)
    ]
    assert world.store.runs[run_id].state is RunState.SENDING
    assert world.campaigns.get(campaign.id).state is State.SENDING


def test_a_second_launch_queues_the_slices_of_one_that_may_have_crashed(
    world: CampaignWorld,
) -> None:
    (run_id,) = world.scheduled("DOWNTOWN").runs
    world.launch(run_id)
    world.slices.messages.clear()

    assert world.launch(run_id) is Launched.RESUMED

    assert len(world.slices.messages) == 2


def test_a_launch_delivered_five_times_texts_everyone_once(world: CampaignWorld) -> None:
    (run_id,) = world.scheduled("DOWNTOWN").runs

    for _ in range(5):
        world.launch(run_id)
    world.run_all()

    assert world.texted() == [ANA, BEN]


def test_a_launch_after_the_end_does_nothing(world: CampaignWorld) -> None:
    (run_id,) = world.scheduled("DOWNTOWN").runs
    world.run_all()

    assert world.launch(run_id) is Launched.FINISHED
    assert world.slices.messages == []


def test_a_cancelled_campaign_launches_nothing(world: CampaignWorld) -> None:
    campaign = world.scheduled("DOWNTOWN", schedule=TOMORROW)
    world.campaigns.cancel(campaign.id, world.now)
    world.later(UNTIL_TOMORROW)

    assert world.launch(campaign.runs[0]) is Launched.CANCELLED
    assert world.slices.messages == []


def test_an_alarm_before_its_time_is_refused(world: CampaignWorld) -> None:
    campaign = world.scheduled("DOWNTOWN", schedule=TOMORROW)
    world.later(UNTIL_TOMORROW - timedelta(seconds=6))

    assert world.launch(campaign.runs[0]) is Launched.TOO_EARLY
    assert world.slices.messages == []
    assert world.campaigns.get(campaign.id).state is State.SCHEDULED


def test_an_alarm_on_time_is_heard(world: CampaignWorld) -> None:
    campaign = world.scheduled("DOWNTOWN", schedule=TOMORROW)
    world.later(UNTIL_TOMORROW)

    assert world.launch(campaign.runs[0]) is Launched.STARTED


def test_a_message_that_came_before_its_run_is_delivered_again(world: CampaignWorld) -> None:
    with pytest.raises(NotYetWritten):
        world.launcher.launch("R9", world.now, is_fresh=True)


def test_an_old_message_without_a_run_is_dropped(world: CampaignWorld) -> None:
    launched = world.launcher.launch("R9", world.now, is_fresh=False)

    assert launched is Launched.NO_SUCH_RUN


def test_slices_that_could_not_be_queued_are_queued_by_the_next_delivery(
    world: CampaignWorld,
) -> None:
    (run_id,) = world.scheduled("DOWNTOWN").runs
    put = world.slices.put

    def unreachable(slices: object) -> None:
        raise NotQueued

    world.slices.put = unreachable  # type: ignore[method-assign]
    with pytest.raises(NotQueued):
        world.launch(run_id)
    world.slices.put = put  # type: ignore[method-assign]
    world.launch(run_id)
    world.run_all()

    assert world.texted() == [ANA, BEN]


def test_the_first_zone_s_launch_leaves_the_others_waiting(world: CampaignWorld) -> None:
    campaign = world.scheduled(schedule=Schedule(at="2026-11-24T10:00:00", timezone="recipient"))
    new_york, chicago, _ = campaign.runs
    world.later(UNTIL_TOMORROW)

    assert world.launch(new_york) is Launched.STARTED
    assert world.launch(chicago) is Launched.STARTED
    assert world.launch(campaign.runs[2]) is Launched.TOO_EARLY
    assert world.campaigns.get(campaign.id).state is State.SENDING
