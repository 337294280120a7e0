"""What every SlotStore does: the one on the table and the fake of it."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sayso.adapters.dynamodb.slots import DynamoSlots
from sayso.domain.contact import Status
from sayso.domain.reported import CHANNELS_AT_MOST
from sayso.domain.run import BATCHES_DONE
from sayso.domain.slot import Slot, SlotState, Tally, counted
from sayso.services import receipts
from sayso.services.ports.slots import Barred, SlotMove, SlotsMoved, Taken
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

RUN = a_run()
LATER = NOON + timedelta(seconds=10)
SENT = Tally({"sent": 1})


@pytest.fixture(params=KINDS_OF_STORE)
def stores(request: pytest.FixtureRequest) -> Iterator[Stores]:
    with opened_stores(request.param) as opened:
        sending(opened.campaigns, RUN, a_run("R2-1"), a_run("R2-2"))
        for phone in (ANA, BEN):
            opened.contacts.put(a_subscriber(phone))
        yield opened


def claimed(phone: str = ANA, claim: str = "first", batch: str = "B1", run_id: str = "R1") -> Slot:
    return Slot(run_id, phone, SlotState.CLAIMED, batch, claim, NOON)


def sent(phone: str = ANA) -> Slot:
    return replace(claimed(phone), state=SlotState.SENT, message_id="m-1", touched_at=LATER)


def settle(
    stores: Stores, *moves: SlotMove, tally: Tally | None = None, ended_batch: str = ""
) -> None:
    stores.slots.settle("R1", moves, tally or Tally(), ended_batch, LATER)


def tally_of(stores: Stores, run_id: str = "R1") -> dict[str, int]:
    progress = stores.campaigns.progress(run_id)
    assert progress is not None
    return {name: count for name, count in progress.tally.items() if count}


def test_a_claim_takes_the_slot_of_a_subscriber(stores: Stores) -> None:
    stores.slots.claim(RUN, claimed(), NOON)

    assert stores.slots.read("R1", [ANA, BEN]) == {ANA: claimed()}


def test_a_claim_notes_the_run_on_the_subscriber_and_nothing_else(stores: Stores) -> None:
    stores.slots.claim(RUN, claimed(), NOON)

    noted = replace(a_subscriber(ANA), last_run="R1", last_run_at=NOON)
    noted = replace(noted, last_run_groups="\n".join(claimed().groups))
    assert stores.contacts.get(ANA) == noted


@pytest.mark.parametrize("state", list(SlotState))
def test_a_slot_that_stands_is_taken_unless_it_was_postponed(
    stores: Stores, state: SlotState
) -> None:
    stores.slots.claim(RUN, claimed(), NOON)
    standing = replace(claimed(), state=state, touched_at=LATER)
    if state is not SlotState.CLAIMED:
        settle(stores, SlotMove(claimed(), standing))
    again = claimed(claim="second")

    if state is SlotState.POSTPONED:
        stores.slots.claim(RUN, again, LATER)
        assert stores.slots.read("R1", [ANA]) == {ANA: again}
    else:
        with pytest.raises(Taken) as taken:
            stores.slots.claim(RUN, again, LATER)
        assert taken.value.slot.state is state
        assert taken.value.slot.claim == "first"


def test_a_postponed_slot_stays_with_its_batch(stores: Stores) -> None:
    stores.slots.claim(RUN, claimed(), NOON)
    settle(stores, SlotMove(claimed(), replace(claimed(), state=SlotState.POSTPONED)))

    with pytest.raises(Taken):
        stores.slots.claim(RUN, claimed(claim="second", batch="B2"), LATER)


def test_a_claim_whose_answer_was_lost_can_be_repeated(stores: Stores) -> None:
    for _ in range(2):
        stores.slots.claim(RUN, claimed(), NOON)

    assert stores.slots.read("R1", [ANA]) == {ANA: claimed()}


def test_a_claim_repeated_after_an_opt_out_is_barred(stores: Stores) -> None:
    stores.slots.claim(RUN, claimed(), NOON)
    stores.contacts.put(a_subscriber(ANA, status=Status.OPTED_OUT))

    with pytest.raises(Barred) as barred:
        stores.slots.claim(RUN, claimed(), NOON)

    assert (barred.value.reason, barred.value.slot) == ("opted_out", claimed())


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (Status.OPTED_OUT, "opted_out"),
        (Status.HELD, "held"),
        (Status.PENDING, "not_subscribed"),
        (Status.UNKNOWN, "not_subscribed"),
    ],
)
def test_nobody_is_claimed_who_is_not_subscribed(
    stores: Stores, status: Status, reason: str
) -> None:
    stores.contacts.put(a_subscriber(ANA, status=status))

    with pytest.raises(Barred) as barred:
        stores.slots.claim(RUN, claimed(), NOON)

    assert (barred.value.reason, barred.value.slot) == (reason, None)
    assert stores.slots.read("R1", [ANA]) == {}
    assert stores.contacts.get(ANA) == a_subscriber(ANA, status=status)


def test_a_number_that_never_texted_is_not_claimed(stores: Stores) -> None:
    with pytest.raises(Barred) as barred:
        stores.slots.claim(RUN, claimed(CHLOE), NOON)

    assert barred.value.reason == "not_subscribed"
    assert stores.contacts.get(CHLOE) is None


def test_someone_who_had_the_text_in_another_zone_is_not_claimed_again(stores: Stores) -> None:
    stores.slots.claim(a_run("R2-1"), claimed(run_id="R2-1"), NOON)

    with pytest.raises(Barred) as barred:
        stores.slots.claim(a_run("R2-2"), claimed(run_id="R2-2"), LATER)

    assert barred.value.reason == "texted_in_other_zone"


def test_a_run_of_another_campaign_does_not_stand_in_the_way(stores: Stores) -> None:
    stores.slots.claim(a_run("R2-1"), claimed(run_id="R2-1"), NOON)

    stores.slots.claim(RUN, claimed(), LATER)

    assert stores.slots.read("R1", [ANA]) == {ANA: claimed()}


def test_of_many_claims_at_once_one_gets_the_slot(stores: Stores) -> None:
    def claim(number: int) -> bool:
        try:
            stores.slots.claim(RUN, claimed(claim=f"claim-{number}"), NOON)
        except Taken:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(claim, range(8))) == [False] * 7 + [True]


def test_settling_moves_slots_and_counts_them(stores: Stores) -> None:
    for phone in (ANA, BEN):
        stores.slots.claim(RUN, claimed(phone), NOON)
    skipped = Slot("R1", CHLOE, SlotState.SKIPPED, "B1", touched_at=LATER, reason="opted_out")

    settle(
        stores,
        SlotMove(claimed(ANA), sent(ANA)),
        SlotMove(claimed(BEN), sent(BEN)),
        SlotMove(None, skipped),
        tally=Tally({"sent": 2, "skipped.opted_out": 1}),
        ended_batch="B1",
    )

    found = stores.slots.read("R1", [ANA, BEN, CHLOE])
    assert found == {ANA: sent(ANA), BEN: sent(BEN), CHLOE: skipped}
    assert tally_of(stores) == {"sent": 2, "skipped.opted_out": 1, BATCHES_DONE: 1}


def test_counters_add_up_and_go_down(stores: Stores) -> None:
    stores.slots.claim(RUN, claimed(), NOON)
    unknown = replace(claimed(), state=SlotState.UNKNOWN)
    settle(stores, SlotMove(claimed(), unknown), tally=Tally({"unknown": 1}))

    settle(stores, SlotMove(unknown, sent()), tally=Tally({"unknown": -1, "sent": 1}))

    assert tally_of(stores) == {"sent": 1}


def test_nothing_is_written_when_one_slot_has_moved(stores: Stores) -> None:
    for phone in (ANA, BEN):
        stores.slots.claim(RUN, claimed(phone), NOON)
    settle(stores, SlotMove(claimed(ANA), sent(ANA)), tally=SENT)

    with pytest.raises(SlotsMoved) as moved:
        settle(
            stores,
            SlotMove(claimed(ANA), replace(claimed(ANA), state=SlotState.FAILED)),
            SlotMove(claimed(BEN), sent(BEN)),
            tally=Tally({"sent": 1, "failed": 1}),
            ended_batch="B1",
        )

    assert moved.value.current == {ANA: sent(ANA)}
    assert not moved.value.batch_has_ended
    assert stores.slots.read("R1", [BEN]) == {BEN: claimed(BEN)}
    assert tally_of(stores) == {"sent": 1}


def test_a_slot_claimed_anew_has_moved(stores: Stores) -> None:
    stores.slots.claim(RUN, claimed(claim="second"), NOON)

    with pytest.raises(SlotsMoved) as moved:
        settle(stores, SlotMove(claimed(claim="first"), sent()), tally=SENT)

    assert moved.value.current == {ANA: claimed(claim="second")}


def test_a_slot_thought_to_be_there_and_missing_has_moved(stores: Stores) -> None:
    with pytest.raises(SlotsMoved) as moved:
        settle(stores, SlotMove(claimed(), sent()), tally=SENT)

    assert moved.value.current == {ANA: None}
    assert tally_of(stores) == {}


def test_a_slot_thought_to_be_missing_and_there_has_moved(stores: Stores) -> None:
    stores.slots.claim(RUN, claimed(), NOON)
    skipped = Slot("R1", ANA, SlotState.SKIPPED, "B1", touched_at=LATER)

    with pytest.raises(SlotsMoved) as moved:
        settle(stores, SlotMove(None, skipped), tally=Tally({"skipped": 1}))

    assert moved.value.current == {ANA: claimed()}


def test_a_batch_ends_once(stores: Stores) -> None:
    settle(stores, ended_batch="B1")

    with pytest.raises(SlotsMoved) as moved:
        settle(stores, ended_batch="B1", tally=Tally({"skipped.already_texted": 1}))

    assert moved.value.batch_has_ended
    assert moved.value.current == {}
    assert tally_of(stores) == {BATCHES_DONE: 1}


def test_a_whole_batch_fits_one_settlement(stores: Stores) -> None:
    phones = [f"+1312555{number:04d}" for number in range(95)]
    moves = [
        SlotMove(None, Slot("R1", phone, SlotState.SKIPPED, "B1", touched_at=LATER))
        for phone in phones
    ]

    settle(stores, *moves, tally=Tally({"skipped": 95}), ended_batch="B1")

    assert len(stores.slots.read("R1", phones)) == 95
    assert tally_of(stores) == {"skipped": 95, BATCHES_DONE: 1}


def test_the_counters_of_the_most_unlike_events_fit_one_settlement() -> None:
    """Everybody at another store, come by another channel, moved from one state to another.

    DynamoDB: expressions of up to 4 KB, items of up to 400 KB.
    """
    moves = [
        SlotMove(replace(one, state=SlotState.SENT), replace(one, state=SlotState.UNDELIVERED))
        for one in (
            replace(
                claimed(f"+1312555{number:04d}", batch=f"LOCATION-{number:03d}-OF-THEM#7#99999"),
                channel=f"channel {number % CHANNELS_AT_MOST:02d} {'x' * 50}",
                variant="ABCDEF"[number % 6],
                parts=2,
                reason=f"reason {number % 17}",
                price=8_830,
            )
            for number in range(receipts.AT_ONCE)
        )
    ]
    tally = Tally()
    for move in moves:
        tally.update(counted(move.before, move.after))
    calls = Calls()
    DynamoSlots(calls, TABLE).settle("R1", [], tally, "B1", LATER)
    update = calls.actions[-1]["Update"]

    assert len(update["ExpressionAttributeNames"]) > 200
    assert len(update["UpdateExpression"]) <= 4096
    assert sum(map(len, update["ExpressionAttributeNames"].values())) < 40_000


class Calls:
    """A client that remembers the actions of its newest transaction, and does none of them.

    moto's parser cannot take in expressions of this length.
    """

    def __init__(self) -> None:
        self.actions: Sequence[Any] = ()

    def transact_write_items(self, **request: Any) -> None:
        self.actions = request["TransactItems"]


def test_settling_nothing_is_fine(stores: Stores) -> None:
    settle(stores)

    assert tally_of(stores) == {}
