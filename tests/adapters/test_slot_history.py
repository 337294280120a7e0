"""A number's slots of all runs, from the table."""

from sayso.adapters.dynamodb.slot_history import DynamoSlotHistory
from sayso.adapters.dynamodb.slots import DynamoSlots
from sayso.domain.slot import Slot, SlotState, Tally
from sayso.services.ports.slots import SlotMove
from tests.support.bluebird import ANA, BEN, NOON
from tests.support.campaigns import a_subscriber, opened_stores
from tests.support.table import TABLE


def test_a_number_s_slots_of_all_runs_are_found_and_no_other_s() -> None:
    with opened_stores("dynamodb") as stores:
        assert isinstance(stores.slots, DynamoSlots)
        stores.contacts.put(a_subscriber(ANA))
        wanted = [
            Slot(run_id, phone, SlotState.SKIPPED, "B1", touched_at=NOON, reason="opted_out")
            for run_id, phone in (("R1", ANA), ("R2", ANA), ("R1", BEN))
        ]
        for slot in wanted:
            stores.slots.settle(slot.run_id, [SlotMove(None, slot)], Tally(), "", NOON)

        history = DynamoSlotHistory(stores.slots.client, TABLE)

        assert sorted(history.of(ANA), key=lambda one: one.run_id) == wanted[:2]
        assert history.of(BEN) == wanted[2:]
        assert history.of("+13125550199") == []
