"""What every OutcomeStore does: the one on the table and the fake of it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.outcomes import DynamoOutcomes
from sayso.domain.comparing import Outcome
from sayso.domain.slot import Slot, SlotState
from sayso.services.ports.campaigns import CampaignStore
from sayso.services.ports.outcomes import OutcomeStore
from tests.fakes.campaigns import FakeCampaigns
from tests.fakes.outcomes import FakeOutcomes
from tests.support.bluebird import ANA, BEN, NOON
from tests.support.campaigns import KINDS_OF_STORE, a_run, sending
from tests.support.simulated_stores import SimulatedStores
from tests.support.table import TABLE, mocked_table

GROUPS = ("", "l=DOWNTOWN", "v=B")


@dataclass(frozen=True)
class Shop:
    outcomes: OutcomeStore
    campaigns: CampaignStore

    def tally(self, run_id: str = "R1") -> dict[str, int]:
        progress = self.campaigns.progress(run_id)
        assert progress is not None
        return {name: count for name, count in progress.tally.items() if count}


@pytest.fixture(params=KINDS_OF_STORE)
def shop(request: pytest.FixtureRequest) -> Iterator[Shop]:
    if request.param == "fake":
        campaigns = FakeCampaigns()
        sending(campaigns, a_run(), a_run("R2"))
        yield Shop(FakeOutcomes(campaigns), campaigns)
        return
    if request.param == "simulation":
        made = SimulatedStores()
        sending(made.campaigns, a_run(), a_run("R2"))
        yield Shop(made.outcomes, made.campaigns)
        return
    with mocked_table() as client:
        stored = DynamoCampaigns(client, TABLE)
        sending(stored, a_run(), a_run("R2"))
        yield Shop(DynamoOutcomes(client, TABLE), stored)


def a_slot(phone: str = ANA, run_id: str = "R1") -> Slot:
    return Slot(run_id, phone, SlotState.SENT, "DOWNTOWN#3#0", "claim", NOON)


def test_it_is_counted_for_everybody_and_for_each_group(shop: Shop) -> None:
    assert shop.outcomes.credit(a_slot(), Outcome.REDEEMED, GROUPS, NOON)
    assert shop.outcomes.credit(a_slot(BEN), Outcome.REDEEMED, ["v=B"], NOON)

    assert shop.tally() == {"redeemed": 1, "l=DOWNTOWN|redeemed": 1, "v=B|redeemed": 2}


def test_it_is_counted_once_for_good(shop: Shop) -> None:
    assert shop.outcomes.credit(a_slot(), Outcome.REDEEMED, GROUPS, NOON)
    assert not shop.outcomes.credit(a_slot(), Outcome.REDEEMED, GROUPS, NOON)

    assert shop.tally()["redeemed"] == 1


def test_another_run_another_person_and_another_deed_count_by_themselves(shop: Shop) -> None:
    for slot, outcome in (
        (a_slot(), Outcome.REDEEMED),
        (a_slot(), Outcome.VISITED),
        (a_slot(BEN), Outcome.VISITED),
        (a_slot(run_id="R2"), Outcome.VISITED),
    ):
        assert shop.outcomes.credit(slot, outcome, [""], NOON)

    assert shop.tally() == {"redeemed": 1, "visited": 2}
    assert shop.tally("R2") == {"visited": 1}


def test_what_counts_for_nobody_is_noted_all_the_same(shop: Shop) -> None:
    assert shop.outcomes.credit(a_slot(), Outcome.VISITED, [], NOON)
    assert not shop.outcomes.credit(a_slot(), Outcome.VISITED, GROUPS, NOON)

    assert shop.tally() == {}
