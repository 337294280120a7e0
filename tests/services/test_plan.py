"""A slice is planned page by page, and a crash between two pages loses and doubles nobody."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from sayso.adapters.queues import batch_message
from sayso.domain.campaign import State
from sayso.domain.run import BATCH, BATCH_OCTETS, PAGE_OCTETS, Plan, RunState, Slice
from sayso.services.plan import Planned, PlannedElsewhere
from sayso.services.ports.queues import NotQueued
from tests.fakes.campaigns import FakeCampaigns
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber

# All with an even last digit: one partition of the fake index holds them.
MANY = [f"+1312555{number:03d}0" for number in range(130)]


@pytest.fixture
def world() -> CampaignWorld:
    return CampaignWorld([a_subscriber(phone) for phone in MANY], page_size=60)


@pytest.fixture
def piece(world: CampaignWorld) -> Slice:
    """The slice that everyone is in, of a run that has begun."""
    (run_id,) = world.scheduled("DOWNTOWN").runs
    world.launch(run_id)
    world.slices.messages.clear()
    return Slice(run_id, "DOWNTOWN", 0)


def plan(world: CampaignWorld, piece: Slice, *, pages: int = 1000) -> Planned:
    """Plan until `pages` pages have been read."""
    left = iter(range(pages))
    return world.planner.plan(piece, lambda: world.now, lambda: next(left, None) is None)


def queued(world: CampaignWorld) -> list[str]:
    return sorted(phone for task in world.batches.messages for phone in task.phones)


def test_everyone_is_queued_once_in_batches_of_fifty_at_most(
    world: CampaignWorld, piece: Slice
) -> None:
    assert plan(world, piece) is Planned.COMPLETE

    assert queued(world) == MANY
    assert max(len(task.phones) for task in world.batches.messages) == BATCH
    ids = [task.batch_id for task in world.batches.messages]
    assert len(ids) == len(set(ids)) == 5


def test_people_of_whom_much_is_known_take_more_pages_and_smaller_batches(
    world: CampaignWorld, piece: Slice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than a checkpoint or a message holds could never be written: nobody would be texted."""
    known = {f"note_{number}": "é" * 100 for number in range(20)}
    for phone in MANY:
        world.put(replace(a_subscriber(phone), attributes=known))
    names = " ".join(f"{{{{ {name} }}}}" for name in known)
    world.store.runs[piece.run_id] = replace(world.store.runs[piece.run_id], body=names)
    pages: list[int] = []

    def record(checkpoint: Plan, now: datetime) -> None:
        pages.append(sum(one.octets for batch in checkpoint.queued for one in batch.recipients))
        FakeCampaigns.record(world.store, checkpoint, now)

    monkeypatch.setattr(world.store, "record", record)

    assert plan(world, piece) is Planned.COMPLETE

    assert queued(world) == MANY
    assert max(pages) <= PAGE_OCTETS
    batches = [len(batch_message(task)) for task in world.batches.messages]
    assert max(batches) <= BATCH_OCTETS


def test_a_planned_slice_is_not_planned_again(world: CampaignWorld, piece: Slice) -> None:
    plan(world, piece)
    world.batches.messages.clear()

    assert plan(world, piece) is Planned.COMPLETE

    assert queued(world) == []


def test_a_complete_slice_whose_page_is_queued_lets_go_of_its_numbers(
    world: CampaignWorld, piece: Slice
) -> None:
    plan(world, piece)

    checkpoint = world.store.plan(piece)
    assert checkpoint is not None
    assert (checkpoint.is_complete, checkpoint.queued) == (True, ())


def test_a_last_page_that_may_not_have_reached_the_queue_is_queued_again(
    world: CampaignWorld, piece: Slice, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(type(world.planner), "_let_go", lambda *_: None)
        plan(world, piece)
    world.batches.messages.clear()

    assert plan(world, piece) is Planned.COMPLETE

    assert queued(world) == MANY[120:]


def test_the_record_counts_everyone_once_however_often_it_is_planned(
    world: CampaignWorld, piece: Slice
) -> None:
    for _ in range(3):
        plan(world, piece)

    checkpoint = world.store.plan(piece)
    assert checkpoint is not None
    assert (checkpoint.targeted, checkpoint.batches) == (len(MANY), 5)


def test_a_slice_that_takes_too_long_is_queued_again_and_goes_on(
    world: CampaignWorld, piece: Slice
) -> None:
    assert plan(world, piece, pages=2) is Planned.CONTINUES
    assert world.slices.messages == [piece]

    assert plan(world, piece) is Planned.COMPLETE
    assert sorted(set(queued(world))) == MANY


def test_a_crash_between_recording_and_queueing_loses_nobody(
    world: CampaignWorld, piece: Slice
) -> None:
    put = world.batches.put

    def unreachable(tasks: object, delay: timedelta = timedelta()) -> None:
        raise NotQueued

    plan(world, piece, pages=1)
    world.batches.put = unreachable  # type: ignore[method-assign]
    with pytest.raises(NotQueued):
        plan(world, piece)
    world.batches.put = put  # type: ignore[method-assign]
    plan(world, piece)

    assert sorted(set(queued(world))) == MANY
    by_id = {task.batch_id: task.phones for task in world.batches.messages}
    assert all(by_id[task.batch_id] == task.phones for task in world.batches.messages)


def test_who_joins_while_a_page_is_queued_again_is_not_lost(
    world: CampaignWorld, piece: Slice
) -> None:
    plan(world, piece, pages=1)
    early = "+13125550005"[:-1] + "4"
    world.put(a_subscriber("+13125551234"))
    world.put(a_subscriber(early))

    plan(world, piece)

    assert "+13125551234" in queued(world)
    assert sorted(set(queued(world)) - {"+13125551234"}) == MANY


def test_a_planner_whose_page_another_has_recorded_stops(
    world: CampaignWorld, piece: Slice
) -> None:
    plan(world, piece, pages=1)
    read = world.store.plan(piece)
    plan(world, piece, pages=1)
    world.store.plan = lambda piece: read  # type: ignore[method-assign]

    with pytest.raises(PlannedElsewhere):
        plan(world, piece)


def test_nothing_is_planned_of_a_cancelled_run(world: CampaignWorld, piece: Slice) -> None:
    world.campaigns.cancel(world.store.runs[piece.run_id].campaign_id, world.now)

    assert plan(world, piece) is Planned.STOPPED
    assert world.batches.messages == []


def test_a_slice_of_no_run_is_an_error(world: CampaignWorld) -> None:
    with pytest.raises(LookupError):
        plan(world, Slice("R9", "DOWNTOWN", 0))


def test_a_run_for_nobody_ends_with_its_last_slice(world: CampaignWorld) -> None:
    campaign = world.scheduled("DENVER")
    world.launch(campaign.runs[0])

    first, second = world.slices.messages
    plan(world, first)
    assert world.campaigns.get(campaign.id).state is State.SENDING
    plan(world, second)

    assert world.store.runs[campaign.runs[0]].state is RunState.FINISHED
    assert world.campaigns.get(campaign.id).state is State.FINISHED
