"""What every CampaignStore and PlanStore does: those on the table and the fake of them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.domain.campaign import Campaign, Kind, State, Step
from sayso.domain.recipient import Recipient, recipients
from sayso.domain.run import PAGE_OCTETS, Plan, Run, RunState, Slice
from sayso.domain.schedule import Schedule
from sayso.services.ports.campaigns import (
    CampaignChanged,
    CampaignStore,
    PlanChanged,
    PlanStore,
    RunMove,
)
from tests.support.bluebird import ANA, BEN, NOON
from tests.support.campaigns import (
    KINDS_OF_STORE,
    Stores,
    a_campaign,
    a_run,
    opened_stores,
    sending,
)

LATER = NOON + timedelta(hours=1)
PIECE = Slice("R1", "DOWNTOWN", 3)


@pytest.fixture(params=KINDS_OF_STORE)
def stores(request: pytest.FixtureRequest) -> Iterator[Stores]:
    with opened_stores(request.param) as opened:
        yield opened


@pytest.fixture
def store(stores: Stores) -> CampaignStore:
    return stores.campaigns


@pytest.fixture
def plans(stores: Stores) -> PlanStore:
    return stores.plans


def test_a_campaign_comes_back_as_it_was_saved(store: CampaignStore) -> None:
    campaign = replace(
        a_campaign(locations=("DOWNTOWN", "DENVER")),
        kind=Kind.SURVEY,
        schedule=Schedule(at="2026-12-01T10:00:00", timezone="recipient"),
        runs=("R1-1", "R1-2"),
        open_runs=2,
    )

    store.save(None, campaign)

    assert store.get("C1") == campaign


def test_a_campaign_for_everyone_without_a_schedule_comes_back_too(store: CampaignStore) -> None:
    campaign = a_campaign(locations=())

    store.save(None, campaign)

    assert store.get("C1") == campaign


def test_a_campaign_that_was_never_saved_is_none(store: CampaignStore) -> None:
    assert store.get("C1") is None
    assert store.run("R1") is None
    assert store.progress("R1") is None


def test_a_run_comes_back_with_those_who_named_no_location(store: CampaignStore) -> None:
    run = replace(a_run(locations=("DOWNTOWN", "")), launched_at=NOON, ended_at=LATER)

    sending(store, run)

    assert store.run("R1") == run


def test_two_campaigns_with_one_id_cannot_be(store: CampaignStore) -> None:
    store.save(None, a_campaign())

    with pytest.raises(CampaignChanged):
        store.save(None, replace(a_campaign(), name="Another"))

    assert store.get("C1") == a_campaign()


def test_of_two_changes_to_one_reading_the_second_is_refused(store: CampaignStore) -> None:
    read = a_campaign()
    store.save(None, read)
    store.save(read, replace(read, name="First", revision=2))

    with pytest.raises(CampaignChanged):
        store.save(read, replace(read, name="Second", revision=2))

    assert _saved(store).name == "First"


def test_a_run_that_has_moved_keeps_its_campaign_from_being_saved(store: CampaignStore) -> None:
    waiting = a_run(state=RunState.WAITING)
    sending(store, replace(waiting, state=RunState.SENDING))
    read = _saved(store)
    cancelled = RunMove(waiting, waiting.cancelled(LATER))

    with pytest.raises(CampaignChanged):
        store.save(read, read.after(Step.CANCEL, LATER), [cancelled])

    assert _saved(store).state is State.SENDING


def test_a_new_run_does_not_replace_an_old_one(store: CampaignStore) -> None:
    sending(store, a_run())
    read = _saved(store)

    with pytest.raises(CampaignChanged):
        store.save(read, replace(read, revision=2), [RunMove(None, a_run(due_at=LATER))])

    assert store.run("R1") == a_run()


def test_of_many_launches_at_once_one_starts_the_run(store: CampaignStore) -> None:
    run = a_run(state=RunState.WAITING)
    before = a_campaign(state=State.SCHEDULED, runs=("R1",))
    store.save(None, before, [RunMove(None, run)])

    def start(_: int) -> bool:
        try:
            store.save(before, before.after(Step.LAUNCH, NOON), [RunMove(run, run.started(NOON))])
        except CampaignChanged:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(start, range(6))) == [False] * 5 + [True]


def test_campaigns_are_listed_newest_first_page_by_page(store: CampaignStore) -> None:
    for number in range(5):
        store.save(None, a_campaign(f"C{number}"))

    first = store.page(2)
    second = store.page(2, first.position)
    third = store.page(2, second.position)

    listed = [one.id for page in (first, second, third) for one in page.campaigns]
    assert listed == ["C4", "C3", "C2", "C1", "C0"]
    assert third.position == ""


def test_a_deleted_campaign_is_gone(store: CampaignStore) -> None:
    store.save(None, a_campaign())

    store.delete(a_campaign())

    assert store.get("C1") is None
    assert store.page(10).campaigns == ()


def test_a_campaign_that_has_changed_is_not_deleted(store: CampaignStore) -> None:
    store.save(None, a_campaign())
    store.save(a_campaign(), replace(a_campaign(), revision=2))

    with pytest.raises(CampaignChanged):
        store.delete(a_campaign())

    assert store.get("C1") is not None


def test_a_checkpoint_comes_back_with_its_batches(plans: PlanStore) -> None:
    checkpoint = Plan(PIECE).with_page(recipients([ANA, BEN]), BEN)

    plans.record(checkpoint, NOON)

    assert plans.plan(PIECE) == checkpoint


def test_the_largest_page_that_is_planned_fits_a_checkpoint(plans: PlanStore) -> None:
    one = Recipient(ANA, "en", "window sign", {f"note_{n}": "e" * 100 for n in range(20)}, NOON)
    page = [one] * (PAGE_OCTETS // one.octets)
    checkpoint = Plan(PIECE).with_page(page, ANA)

    plans.record(checkpoint, NOON)

    assert plans.plan(PIECE) == checkpoint


def test_the_slice_of_those_without_a_location_is_kept_apart(plans: PlanStore) -> None:
    nowhere = Slice("R1", "", 3)
    plans.record(Plan(nowhere).with_page(recipients([ANA]), ""), NOON)

    assert plans.plan(PIECE) is None
    assert plans.plan(nowhere) == Plan(nowhere).with_page(recipients([ANA]), "")


def test_of_two_planners_at_the_same_page_one_is_refused(plans: PlanStore) -> None:
    first = Plan(PIECE).with_page(recipients([ANA]), ANA)
    plans.record(first, NOON)

    with pytest.raises(PlanChanged):
        plans.record(Plan(PIECE).with_page(recipients([BEN]), BEN), NOON)
    plans.record(first.with_page(recipients([BEN]), ""), NOON)
    with pytest.raises(PlanChanged):
        plans.record(first.with_page(recipients([ANA]), ""), NOON)

    assert plans.plan(PIECE) == first.with_page(recipients([BEN]), "")


def test_progress_is_the_run_with_all_of_its_plans(stores: Stores) -> None:
    sending(stores.campaigns, a_run())
    checkpoints = [
        Plan(Slice("R1", "DOWNTOWN", shard)).with_page(recipients([ANA]) * shard, "")
        for shard in range(2)
    ]
    for checkpoint in checkpoints:
        stores.plans.record(checkpoint, NOON)
    stores.plans.record(Plan(Slice("R2", "DOWNTOWN", 0)).with_page(recipients([BEN]), ""), NOON)

    progress = stores.campaigns.progress("R1")

    assert progress is not None
    assert progress.run == a_run()
    assert sorted(progress.plans, key=lambda plan: plan.slice.shard) == checkpoints
    assert progress.targeted == 1
    assert dict(progress.tally) == {}


def test_a_campaign_keeps_its_runs_of_every_zone(store: CampaignStore) -> None:
    runs: list[Run] = [a_run(f"R1-{number}") for number in (1, 2, 3)]

    sending(store, *runs)

    assert [store.run(run.id) for run in runs] == runs


def _saved(store: CampaignStore) -> Campaign:
    campaign = store.get("C1")
    assert campaign is not None
    return campaign
