"""What every Parking does: the table's and the fake of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.parking import DynamoParking
from sayso.domain.recipient import Recipient, recipients
from sayso.domain.run import RunState
from sayso.services.ports.campaigns import CampaignStore
from sayso.services.ports.parking import NotPaused, Parked, Parking
from sayso.services.ports.queues import BatchTask
from tests.fakes.campaigns import FakeCampaigns
from tests.fakes.parking import FakeParking
from tests.support.bluebird import ANA, BEN, NOON
from tests.support.campaigns import KINDS_OF_STORE, a_run, sending
from tests.support.table import TABLE, mocked_table

MORNING = datetime(2026, 11, 24, 14, tzinfo=UTC)
NOON_THERE = MORNING + timedelta(hours=4)
PEOPLE = (Recipient(ANA, "es", "sign-4", {"first_name": "Ana"}), *recipients([BEN]))
TASK = BatchTask("R1", "DOWNTOWN#3#0", PEOPLE, fruitless=2, strangers=1)


@dataclass
class Lot:
    """A parking, and the runs under which it lies."""

    parking: Parking
    campaigns: CampaignStore

    def all(self, until: datetime | None, run_id: str = "R1") -> list[Parked]:
        found: list[Parked] = []
        position = ""
        while True:
            page = self.parking.page(run_id, until, position)
            found += page.parked
            if not page.position:
                return found
            position = page.position


@pytest.fixture(params=KINDS_OF_STORE)
def lot(request: pytest.FixtureRequest) -> Iterator[Lot]:
    if request.param == "fake":
        campaigns = FakeCampaigns()
        yield Lot(FakeParking(campaigns), campaigns)
        return
    with mocked_table() as client:
        yield Lot(DynamoParking(client, TABLE), DynamoCampaigns(client, TABLE))


def test_a_task_comes_back_as_it_was_parked(lot: Lot) -> None:
    lot.parking.park(TASK, "T1", MORNING, NOON)

    assert [one.task for one in lot.all(MORNING)] == [TASK]


def test_tasks_are_told_apart_by_run_and_by_what_they_wait_for(lot: Lot) -> None:
    sending(lot.campaigns, a_run(state=RunState.PAUSED))
    lot.parking.park(TASK, "T1", MORNING, NOON)
    lot.parking.park(TASK, "T2", NOON_THERE, NOON)
    lot.parking.park(TASK, "T3", None, NOON)
    lot.parking.park(BatchTask("R10", "DOWNTOWN#3#0", PEOPLE), "T4", MORNING, NOON)

    assert [len(lot.all(until)) for until in (MORNING, NOON_THERE, None)] == [1, 1, 1]
    assert lot.all(MORNING + timedelta(minutes=1)) == []
    assert len(lot.all(MORNING, "R10")) == 1


def test_the_same_batch_may_lie_there_more_than_once(lot: Lot) -> None:
    for number in range(5):
        lot.parking.park(TASK, f"T{number}", MORNING, NOON)

    assert len(lot.all(MORNING)) == 5


def test_a_page_removed_is_gone_and_nothing_else(lot: Lot) -> None:
    lot.parking.park(TASK, "T1", MORNING, NOON)
    page = lot.parking.page("R1", MORNING)
    lot.parking.park(TASK, "T2", MORNING, NOON)
    lot.parking.park(TASK, "T1", NOON_THERE, NOON)

    for _ in range(2):
        lot.parking.remove("R1", page)

    assert len(lot.all(MORNING)) == 1
    assert len(lot.all(NOON_THERE)) == 1


def test_the_openings_waited_for_are_named_once_each_earliest_first(lot: Lot) -> None:
    sending(lot.campaigns, a_run(state=RunState.PAUSED))
    for number, until in enumerate([NOON_THERE, MORNING, NOON_THERE, None]):
        lot.parking.park(TASK, f"T{number}", until, NOON)

    assert lot.parking.openings("R1") == [MORNING, NOON_THERE]
    assert lot.parking.openings("R2") == []


@pytest.mark.parametrize("state", [one for one in RunState if one is not RunState.PAUSED])
def test_nothing_waits_for_the_resumption_of_a_run_that_is_not_paused(
    lot: Lot, state: RunState
) -> None:
    sending(lot.campaigns, a_run(state=state))

    with pytest.raises(NotPaused):
        lot.parking.park(TASK, "T1", None, NOON)

    assert lot.all(None) == []


def test_nothing_waits_for_a_run_that_does_not_exist(lot: Lot) -> None:
    with pytest.raises(NotPaused):
        lot.parking.park(TASK, "T1", None, NOON)


def test_parked_tasks_do_not_show_in_the_run_s_progress(lot: Lot) -> None:
    sending(lot.campaigns, a_run())
    lot.parking.park(TASK, "T1", MORNING, NOON)

    progress = lot.campaigns.progress("R1")

    assert progress is not None
    assert (progress.run, progress.plans, dict(progress.tally)) == (a_run(), (), {})


def test_more_than_a_hundred_tasks_come_page_by_page() -> None:
    with mocked_table() as client:
        parking = DynamoParking(client, TABLE)
        for number in range(120):
            parking.park(TASK, f"T{number:03}", MORNING, NOON)

        first = parking.page("R1", MORNING)
        parking.remove("R1", first)
        second = parking.page("R1", MORNING, first.position)

    assert (len(first.parked), len(second.parked), second.position) == (100, 20, "")
