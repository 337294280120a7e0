"""What every CampaignHistory does: the one on the table, the fake of it, and the simulation's."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from sayso.adapters.dynamodb.history import DynamoCampaignHistory
from sayso.adapters.dynamodb.slots import DynamoSlots
from sayso.domain.run import Run
from sayso.domain.slot import Slot, SlotState, Tally
from sayso.services.ports.history import CampaignHistory
from sayso.services.ports.slots import SlotMove
from simulation.campaigns import SimulatedCampaigns
from simulation.shared import SimulatedHistory
from simulation.slots import SimulatedSlots
from tests.fakes.history import FakeCampaignHistory
from tests.fakes.slots import FakeSlots
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaigns import (
    KINDS_OF_STORE,
    Stores,
    a_run,
    a_subscriber,
    opened_stores,
    sending,
)
from tests.support.table import TABLE

DAY = timedelta(days=1)
RUNS = {
    "C1": (a_run("R1"), a_run("R2")),
    "C2": (a_run("R3", campaign_id="C2"),),
}


@dataclass(frozen=True)
class Past:
    """What has been sent, and who remembers it."""

    stores: Stores
    history: CampaignHistory

    def text(self, phone: str, run: Run, at: datetime, came: SlotState = SlotState.SENT) -> None:
        """Text the person in the run."""
        claimed = Slot(run.id, phone, SlotState.CLAIMED, "B1", f"claim-{run.id}", at)
        self.stores.slots.claim(run, claimed, at)
        if came is not SlotState.CLAIMED:
            after = Slot(run.id, phone, came, "B1", claimed.claim, at)
            self.stores.slots.settle(run.id, [SlotMove(claimed, after)], Tally(), "", at)
        if came in (SlotState.FAILED, SlotState.POSTPONED):
            self.stores.slots.give_back(claimed)


@pytest.fixture(params=KINDS_OF_STORE)
def past(request: pytest.FixtureRequest) -> Iterator[Past]:
    with opened_stores(request.param) as stores:
        for phone in (ANA, BEN, CHLOE):
            stores.contacts.put(a_subscriber(phone))
        for runs in RUNS.values():
            sending(stores.campaigns, *runs)
        yield Past(stores, _history(stores))


def _history(stores: Stores) -> CampaignHistory:
    if isinstance(stores.slots, FakeSlots):
        return FakeCampaignHistory(stores.slots)
    if isinstance(stores.slots, SimulatedSlots):
        assert isinstance(stores.campaigns, SimulatedCampaigns)
        return SimulatedHistory(stores.slots, stores.campaigns)
    assert isinstance(stores.slots, DynamoSlots)
    return DynamoCampaignHistory(stores.slots.client, TABLE)


def test_the_last_text_of_any_campaign_is_known(past: Past) -> None:
    past.text(ANA, RUNS["C1"][0], NOON - 3 * DAY)
    past.text(ANA, RUNS["C2"][0], NOON - DAY)
    past.text(BEN, RUNS["C1"][0], NOON - 2 * DAY)

    found = past.history.last_texts([ANA, BEN, CHLOE], [""])

    assert found[ANA] == {"": NOON - DAY}
    assert found[BEN] == {"": NOON - 2 * DAY}
    assert not found.get(CHLOE)


def test_of_a_campaign_the_newest_text_of_all_its_runs_counts(past: Past) -> None:
    past.text(ANA, RUNS["C1"][1], NOON - DAY)
    past.text(ANA, RUNS["C1"][0], NOON - 3 * DAY)
    past.text(BEN, RUNS["C2"][0], NOON)

    found = past.history.last_texts([ANA, BEN], ["C1", "C2", "C9"])

    assert found[ANA] == {"C1": NOON - DAY}
    assert found[BEN] == {"C2": NOON}


@pytest.mark.parametrize(
    ("came", "counts"),
    [
        (SlotState.CLAIMED, True),
        (SlotState.SENT, True),
        (SlotState.UNKNOWN, True),
        (SlotState.FAILED, False),
        (SlotState.POSTPONED, False),
    ],
)
def test_what_may_have_gone_out_counts_and_what_surely_did_not_does_not(
    past: Past, came: SlotState, counts: bool
) -> None:
    past.text(ANA, RUNS["C2"][0], NOON, came)

    found = past.history.last_texts([ANA], ["", "C2"])

    assert bool(found.get(ANA)) is counts


def test_nobody_is_asked_about_without_a_number_or_a_campaign(past: Past) -> None:
    past.text(ANA, RUNS["C2"][0], NOON)

    assert not past.history.last_texts([], ["", "C2"])
    assert not any(past.history.last_texts([ANA], []).values())


def test_more_people_than_one_call_may_name_are_found(past: Past) -> None:
    many = [f"+1312555{number:04d}" for number in range(230)]
    for phone in many[::50]:
        past.stores.contacts.put(a_subscriber(phone))
        past.text(phone, RUNS["C2"][0], NOON)

    found = past.history.last_texts(many, ["C2"])

    assert sorted(phone for phone, texts in found.items() if texts) == many[::50]
