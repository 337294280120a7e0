"""What a marketer can do with campaigns, and what is refused with nothing changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sayso.domain.campaign import Campaign, Kind, State
from sayso.domain.run import RunState
from sayso.domain.schedule import Schedule
from sayso.services.campaigns import CampaignEdit, NewCampaign
from sayso.services.ports.queues import A_MOMENT, NotQueued
from sayso.services.refusals import Busy, Conflict, Invalid, NotFound
from tests.support.bluebird import ANA, BEN, CHLOE, EMPTY_SHOP, NOON
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import BODY, a_subscriber

TOMORROW = Schedule(at="2026-11-24T10:00:00")
NOW = Schedule(now=True)


@pytest.fixture
def world() -> CampaignWorld:
    return CampaignWorld([a_subscriber(ANA), a_subscriber(BEN), a_subscriber(CHLOE, "DENVER")])


def snapshot(world: CampaignWorld) -> object:
    return (dict(world.store.campaigns), dict(world.store.runs), dict(world.scheduler.alarms))


def test_a_new_campaign_is_a_draft(world: CampaignWorld) -> None:
    draft = world.drafted("DOWNTOWN", schedule=TOMORROW)

    assert draft.state is State.DRAFT
    assert world.campaigns.get(draft.id) == draft
    assert world.scheduler.alarms == {}


def test_a_location_named_twice_counts_once(world: CampaignWorld) -> None:
    assert world.drafted("UPTOWN", "DOWNTOWN", "UPTOWN").locations == ("UPTOWN", "DOWNTOWN")


@pytest.mark.parametrize(
    ("new", "field"),
    [
        (NewCampaign(" ", Kind.OFFER, BODY), "name"),
        (NewCampaign("n" * 81, Kind.OFFER, BODY), "name"),
        (NewCampaign("Offer", Kind.OFFER, ""), "body"),
        (NewCampaign("Offer", Kind.OFFER, "x" * 1531), "body"),
        (NewCampaign("Offer", Kind.OFFER, "Hi {{ name"), "body"),
        (NewCampaign("Offer", Kind.OFFER, "half an emoji \ud83d"), "body"),
        (NewCampaign("Offer", Kind.OFFER, BODY, ("MOON",)), "audience.locations"),
        (NewCampaign("Offer", Kind.OFFER, BODY, (), Schedule()), "schedule"),
        (NewCampaign("Offer", Kind.OFFER, BODY, (), Schedule(at="soon")), "schedule.at"),
        (NewCampaign("Offer", Kind.OFFER, BODY, (), Schedule(cron="* *")), "schedule.cron"),
        (
            NewCampaign("Offer", Kind.OFFER, BODY, (), Schedule(at="2026-11-01T10:00:00")),
            "schedule.at",
        ),
        (
            NewCampaign("Offer", Kind.OFFER, BODY, (), replace(TOMORROW, timezone="Mars/Dome")),
            "schedule.timezone",
        ),
    ],
)
def test_a_campaign_that_could_not_be_sent_is_not_even_a_draft(
    world: CampaignWorld, new: NewCampaign, field: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        world.campaigns.create(new, world.now)

    assert [fault.field for fault in invalid.value.faults] == [field]
    assert world.store.campaigns == {}


def test_a_draft_can_be_changed_field_by_field(world: CampaignWorld) -> None:
    draft = world.drafted("DOWNTOWN", schedule=TOMORROW)

    world.campaigns.update(draft.id, CampaignEdit({"name": "Rolls"}), NOON + timedelta(minutes=1))
    world.campaigns.update(draft.id, CampaignEdit({"locations": ()}), NOON + timedelta(minutes=2))
    changed = world.campaigns.update(
        draft.id, CampaignEdit({"schedule": None}), NOON + timedelta(minutes=3)
    )

    assert (changed.name, changed.locations, changed.schedule) == ("Rolls", (), None)
    assert changed.body == BODY
    assert changed.updated_at == NOON + timedelta(minutes=3)


def test_a_change_that_could_not_be_sent_changes_nothing(world: CampaignWorld) -> None:
    draft = world.drafted("DOWNTOWN")

    with pytest.raises(Invalid):
        world.campaigns.update(draft.id, CampaignEdit({"body": "{% if x %}"}), world.now)

    assert world.campaigns.get(draft.id) == draft


def test_a_time_sets_one_alarm_and_one_run(world: CampaignWorld) -> None:
    campaign = world.scheduled("DOWNTOWN", schedule=TOMORROW)

    (run_id,) = campaign.runs
    ten_in_chicago = datetime(2026, 11, 24, 15, tzinfo=UTC)  # program's zone: New York
    assert world.scheduler.alarms == {run_id: ten_in_chicago}
    run = world.store.runs[run_id]
    assert (run.state, run.due_at, run.locations) == (
        RunState.WAITING,
        ten_in_chicago,
        ("DOWNTOWN",),
    )
    assert (campaign.state, campaign.open_runs) == (State.SCHEDULED, 1)


def test_recipient_time_sets_an_alarm_a_zone(world: CampaignWorld) -> None:
    everyone = world.scheduled(schedule=replace(TOMORROW, timezone="recipient"))

    runs = [world.store.runs[run_id] for run_id in everyone.runs]
    assert [(run.timezone, run.locations) for run in runs] == [
        ("America/New_York", ("",)),
        ("America/Chicago", ("DOWNTOWN", "UPTOWN")),
        ("America/Denver", ("DENVER",)),
    ]
    assert [run.due_at.hour for run in runs] == [15, 16, 17]
    assert world.scheduler.alarms == {run.id: run.due_at for run in runs}
    assert len({run.occasion for run in runs}) == 1


def test_now_goes_straight_to_the_queue(world: CampaignWorld) -> None:
    campaign = world.scheduled("DOWNTOWN")

    assert world.launches.messages == list(campaign.runs)
    assert world.scheduler.alarms == {}


def test_a_campaign_s_own_schedule_is_used_where_none_is_given(world: CampaignWorld) -> None:
    draft = world.drafted("DOWNTOWN", schedule=TOMORROW)

    assert world.campaigns.schedule(draft.id, world.now).schedule == TOMORROW


def test_a_draft_s_time_can_have_gone_by_when_it_is_scheduled(world: CampaignWorld) -> None:
    draft = world.drafted("DOWNTOWN", schedule=TOMORROW)

    with pytest.raises(Invalid):
        world.campaigns.schedule(draft.id, NOON + timedelta(days=2))

    assert world.campaigns.get(draft.id) == draft


def test_scheduling_without_a_time_says_so(world: CampaignWorld) -> None:
    draft = world.drafted("DOWNTOWN")

    with pytest.raises(Invalid) as invalid:
        world.campaigns.schedule(draft.id, world.now)

    assert [fault.field for fault in invalid.value.faults] == ["schedule"]


def test_a_location_that_was_deleted_since_is_noticed(world: CampaignWorld) -> None:
    draft = world.drafted("DOWNTOWN")
    world.catalog.delete_location("DOWNTOWN", world.catalog.load())

    with pytest.raises(Invalid):
        world.campaigns.schedule(draft.id, world.now, NOW)


def test_nothing_goes_out_before_the_program_is_set_up(world: CampaignWorld) -> None:
    draft = world.drafted()
    world.catalog.catalog = EMPTY_SHOP

    with pytest.raises(Conflict):
        world.campaigns.schedule(draft.id, world.now, NOW)


def test_rescheduling_replaces_the_runs_and_their_alarms(world: CampaignWorld) -> None:
    first = world.scheduled("DOWNTOWN", schedule=TOMORROW)
    later = replace(TOMORROW, at="2026-11-25T10:00:00")

    second = world.campaigns.schedule(first.id, world.now, later)

    assert world.store.runs[first.runs[0]].state is RunState.CANCELLED
    assert list(world.scheduler.alarms) == list(second.runs)
    assert set(first.runs).isdisjoint(second.runs)


def test_scheduled_twice_at_once_it_goes_out_once(world: CampaignWorld) -> None:
    draft = world.drafted("DOWNTOWN")
    world.campaigns.schedule(draft.id, world.now, NOW)
    world.campaigns.schedule(draft.id, world.now, NOW)

    world.run_all()

    assert world.texted() == [ANA, BEN]


def test_an_alarm_that_cannot_be_set_leaves_the_draft_as_it_was(world: CampaignWorld) -> None:
    draft = world.drafted("DOWNTOWN")

    def unreachable(run_id: str, delay: timedelta = A_MOMENT) -> None:
        raise NotQueued

    world.launches.put = unreachable  # type: ignore[method-assign]
    with pytest.raises(Busy):
        world.campaigns.schedule(draft.id, world.now, NOW)

    assert world.campaigns.get(draft.id) == draft
    assert world.store.runs == {}


def test_cancelling_stops_the_runs_and_their_alarms(world: CampaignWorld) -> None:
    campaign = world.scheduled(schedule=replace(TOMORROW, timezone="recipient"))

    cancelled = world.campaigns.cancel(campaign.id, world.now)

    assert cancelled.state is State.CANCELLED
    assert {run.state for run in world.store.runs.values()} == {RunState.CANCELLED}
    assert world.scheduler.alarms == {}


def test_cancelling_twice_is_fine(world: CampaignWorld) -> None:
    campaign = world.scheduled("DOWNTOWN", schedule=TOMORROW)

    first = world.campaigns.cancel(campaign.id, world.now)

    assert world.campaigns.cancel(campaign.id, NOON + timedelta(hours=1)) == first


def test_a_launch_at_the_moment_of_cancelling_does_not_keep_it_from_happening(
    world: CampaignWorld,
) -> None:
    campaign = world.scheduled("DOWNTOWN")
    read = world.store.get
    launched: list[bool] = []

    def launched_meanwhile(campaign_id: str) -> Campaign | None:
        found = read(campaign_id)
        if not launched:
            launched.append(True)
            world.launch(campaign.runs[0])
        return found

    world.store.get = launched_meanwhile  # type: ignore[method-assign]
    world.campaigns.cancel(campaign.id, world.now)

    assert world.store.runs[campaign.runs[0]].state is RunState.CANCELLED
    world.run_all()
    assert world.texted() == []


def _schedule(world: CampaignWorld, campaign_id: str) -> object:
    return world.campaigns.schedule(campaign_id, world.now, NOW)


def _edit(world: CampaignWorld, campaign_id: str) -> object:
    return world.campaigns.update(campaign_id, CampaignEdit({"name": "Other"}), world.now)


def _cancel(world: CampaignWorld, campaign_id: str) -> object:
    return world.campaigns.cancel(campaign_id, world.now)


def _delete(world: CampaignWorld, campaign_id: str) -> object:
    return world.campaigns.delete(campaign_id)


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (State.DRAFT, _cancel),
        (State.SCHEDULED, _edit),
        (State.SCHEDULED, _delete),
        (State.SENDING, _edit),
        (State.SENDING, _delete),
        (State.SENDING, _schedule),
        (State.FINISHED, _edit),
        (State.FINISHED, _delete),
        (State.FINISHED, _schedule),
        (State.FINISHED, _cancel),
        (State.CANCELLED, _edit),
        (State.CANCELLED, _schedule),
    ],
)
def test_what_a_campaign_s_state_forbids_changes_nothing(
    world: CampaignWorld, state: State, act: Callable[[CampaignWorld, str], object]
) -> None:
    draft = world.drafted("DOWNTOWN")
    world.store.campaigns[draft.id] = replace(draft, state=state)
    before = snapshot(world)

    with pytest.raises(Conflict) as conflict:
        act(world, draft.id)

    assert state in str(conflict.value)
    assert snapshot(world) == before


@pytest.mark.parametrize("state", [State.DRAFT, State.CANCELLED])
def test_what_never_went_out_can_be_deleted(world: CampaignWorld, state: State) -> None:
    draft = world.drafted("DOWNTOWN")
    world.store.campaigns[draft.id] = replace(draft, state=state)

    world.campaigns.delete(draft.id)

    with pytest.raises(NotFound):
        world.campaigns.get(draft.id)


@pytest.mark.parametrize("act", [_schedule, _edit, _cancel, _delete])
def test_a_campaign_that_does_not_exist_is_not_found(
    world: CampaignWorld, act: Callable[[CampaignWorld, str], object]
) -> None:
    with pytest.raises(NotFound):
        act(world, "nothing")


def test_campaigns_are_listed_newest_first(world: CampaignWorld) -> None:
    drafts = [world.drafted() for _ in range(3)]

    page = world.campaigns.page(2)
    rest = world.campaigns.page(2, page.position)

    assert [one.id for one in (*page.campaigns, *rest.campaigns)] == [
        draft.id for draft in reversed(drafts)
    ]
