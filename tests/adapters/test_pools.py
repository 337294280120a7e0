"""Pools are kept, given out batch by batch and taken back, in memory as in the table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest

from sayso.adapters.dynamodb.coupons import DynamoCoupons
from sayso.adapters.dynamodb.pool_items import STRETCH
from sayso.adapters.dynamodb.pools import DynamoPools
from sayso.adapters.dynamodb.slots import DynamoSlots
from sayso.adapters.dynamodb.till_codes import DynamoTillCodes
from sayso.domain.contact import Contact
from sayso.domain.coupon import Coupon
from sayso.domain.offer import Codes, Offer
from sayso.domain.pool import Pool
from sayso.domain.slot import Result, Slot, SlotState, Tally
from sayso.services.ports.issuing import CodeTaken
from sayso.services.ports.pools import PoolChanged, PoolStore
from sayso.services.ports.slots import Barred, Refusal, SlotMove, SlotStore, Wanted
from simulation.pools import SimulatedPools, SimulatedTills
from tests.fakes.campaigns import FakeCampaigns
from tests.fakes.issuing import FakeCodeKey
from tests.fakes.pools import FakePools, FakeTills
from tests.fakes.slots import FakeSlots
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaigns import a_run, a_subscriber, sending, table_contacts
from tests.support.shelves import OneCallAtATime
from tests.support.simulated_stores import SimulatedStores
from tests.support.table import TABLE, everything_in, mocked_table

RUN = replace(a_run(), offer=Offer("Rolls", Codes.POOL, pool="P1"))
REMINDER = replace(RUN, id="R2", reminds_of="R1")
POOL = Pool("P1", "Spring vouchers", NOON, NOON)
BATCH = "DOWNTOWN#0#0"
LATER = NOON + timedelta(minutes=5)
CODES = [f"TILL-{number:04d}" for number in range(2 * STRETCH + 7)]


@dataclass(frozen=True)
class Desk:
    """One kind of stores, over the same people."""

    pools: PoolStore
    tills: Any
    slots: SlotStore
    put_contact: Callable[[Contact], None]

    def filled(self, *codes: str) -> Pool:
        self.pools.save(None, POOL)
        after = POOL.with_more(len(codes), NOON)
        self.pools.save(POOL, after, codes)
        return after

    def claim(self, phone: str, shown: str, code: str = "") -> Refusal | None:
        coupon = _coupon(phone, shown, code or f"OWN{phone[-4:]}")
        return self.slots.claim_all(RUN, [Wanted(_slot(coupon), coupon=coupon)], NOON).get(phone)

    def end(self, phone: str, state: SlotState) -> None:
        before = self.slots.read("R1", [phone])[phone]
        after = before.moved(Result(state), LATER)
        assert after
        self.slots.settle("R1", [SlotMove(before, after)], Tally(), "", LATER)


def _coupon(phone: str, shown: str, code: str) -> Coupon:
    return Coupon(code, phone, "C1", "R1", NOON, shown, valid_until=NOON + timedelta(days=1))


def _slot(coupon: Coupon, run_id: str = "R1") -> Slot:
    claim = f"{run_id}-{coupon.phone}-{coupon.code}"
    state = SlotState.CLAIMED
    return Slot(run_id, coupon.phone, state, BATCH, claim, NOON, code=coupon.code)


def _faked() -> Desk:
    campaigns, pools = FakeCampaigns(), FakePools()
    sending(campaigns, RUN)
    slots = FakeSlots(campaigns)

    def put(contact: Contact) -> None:
        slots.contacts[contact.phone] = contact

    return Desk(pools, FakeTills(pools, slots, lambda: LATER), slots, put)


def _simulated() -> Desk:
    made, pools = SimulatedStores(), SimulatedPools()
    sending(made.campaigns, RUN)
    tills = SimulatedTills(pools, made.slots, made.campaigns, lambda: LATER)
    return Desk(pools, tills, made.slots, made.put)


def _stored(mocked: Any) -> Desk:
    client = OneCallAtATime(mocked)
    tills = DynamoTillCodes(client, TABLE, FakeCodeKey(), lambda: LATER)
    slots = DynamoSlots(client, TABLE)
    return Desk(DynamoPools(client, TABLE), tills, slots, table_contacts(client).put)


@pytest.fixture(params=["fake", "simulation", "dynamodb"])
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    in_memory = {"fake": _faked, "simulation": _simulated}
    with mocked_table() as client:
        made = in_memory[request.param]() if request.param in in_memory else _stored(client)
        for phone in (ANA, BEN, CHLOE):
            made.put_contact(a_subscriber(phone))
        yield made


def test_a_pool_is_kept_with_its_codes(desk: Desk) -> None:
    pool = desk.filled(*CODES)
    assert desk.pools.get("P1") == pool
    assert list(desk.pools.codes("P1")) == CODES
    assert desk.pools.get("P2") is None


def test_pools_are_listed_newest_first(desk: Desk) -> None:
    desk.pools.save(None, POOL)
    desk.pools.save(None, replace(POOL, id="P2"))
    assert [pool.id for pool in desk.pools.all()] == ["P2", "P1"]


def test_of_two_who_change_a_pool_one_has_to_look_again(desk: Desk) -> None:
    pool = desk.filled("TILL-1")
    desk.pools.save(pool, pool.reserving("C1", 1, LATER))
    with pytest.raises(PoolChanged):
        desk.pools.save(pool, pool.with_more(1, LATER), ["TILL-2"])
    with pytest.raises(PoolChanged):
        desk.pools.save(None, POOL)
    with pytest.raises(PoolChanged):
        desk.pools.delete(pool)
    assert list(desk.pools.codes("P1")) == ["TILL-1"]


def test_a_deleted_pool_leaves_nothing_behind(desk: Desk) -> None:
    pool = desk.filled(*CODES)
    desk.pools.delete(pool)
    assert (desk.pools.all(), list(desk.pools.codes("P1"))) == ([], [])
    desk.filled("TILL-9999")
    assert list(desk.pools.codes("P1")) == ["TILL-9999"]


def test_a_batch_is_given_its_codes_once(desk: Desk) -> None:
    desk.filled(*CODES)
    given = desk.tills.take(RUN, BATCH, [ANA, BEN])
    assert sorted(given.values()) == CODES[:2]
    assert desk.tills.take(RUN, BATCH, [BEN]) == {BEN: given[BEN]}
    assert desk.tills.take(RUN, BATCH, [ANA, BEN]) == given
    assert desk.tills.take(RUN, "DOWNTOWN#0#1", [CHLOE]) == {CHLOE: CODES[2]}
    pool = desk.pools.get("P1")
    assert pool
    assert (pool.taken, pool.given, pool.free) == (3, 3, len(CODES) - 3)


def test_codes_are_given_out_across_stretches(desk: Desk) -> None:
    desk.filled(*CODES)
    given: list[str] = []
    for number in range(0, STRETCH + 100, 50):
        phones = [f"+1312556{number + one:04d}" for one in range(50)]
        given += desk.tills.take(RUN, f"DOWNTOWN#0#{number}", phones).values()
    assert sorted(given) == CODES[: STRETCH + 100]


def test_a_pool_that_runs_out_gives_what_it_has(desk: Desk) -> None:
    desk.filled("TILL-1")
    assert list(desk.tills.take(RUN, BATCH, [ANA, BEN]).values()) == ["TILL-1"]
    assert desk.tills.take(RUN, "DOWNTOWN#0#1", [CHLOE]) == {}
    assert desk.tills.take(replace(RUN, offer=None), "DOWNTOWN#0#2", [CHLOE]) == {}


def test_codes_that_others_count_on_are_not_given_out(desk: Desk) -> None:
    pool = desk.filled("TILL-1", "TILL-2")
    desk.pools.save(pool, pool.reserving("C2", 2, LATER))
    assert desk.tills.take(RUN, BATCH, [ANA]) == {}
    theirs = replace(RUN, id="R9", campaign_id="C2")
    assert len(desk.tills.take(theirs, BATCH, [ANA, BEN])) == 2


def test_what_nobody_was_sent_is_given_out_again_at_the_end(desk: Desk) -> None:
    desk.filled("TILL-1", "TILL-2")
    given = desk.tills.take(RUN, BATCH, [ANA, BEN])
    assert desk.tills.take_back(RUN, BATCH, [BEN]) == 1
    assert desk.tills.take_back(RUN, BATCH, [BEN]) == 0
    assert desk.tills.take(RUN, BATCH, [ANA, BEN]) == {ANA: given[ANA]}
    assert desk.tills.take(RUN, "DOWNTOWN#0#1", [CHLOE]) == {CHLOE: given[BEN]}
    assert desk.tills.take_back(RUN, "DOWNTOWN#9#9", [CHLOE]) == 0


def test_a_code_is_tied_to_one_coupon_by_its_claim(desk: Desk) -> None:
    assert desk.claim(ANA, "TILL-1") is None
    assert isinstance(desk.claim(BEN, "till 1"), CodeTaken)
    assert desk.slots.read("R1", [BEN]) == {}
    assert desk.claim(BEN, "TILL-2") is None


def test_a_code_that_somebody_else_was_sent_meanwhile_does_not_come_back(desk: Desk) -> None:
    desk.filled("TILL-1")
    desk.tills.take(RUN, BATCH, [ANA])
    desk.claim(BEN, "TILL-1")
    assert desk.tills.take_back(RUN, BATCH, [ANA]) == 0
    pool = desk.pools.get("P1")
    assert pool
    assert pool.free == 0


def test_a_code_whose_text_failed_is_nobody_s_again(desk: Desk) -> None:
    desk.filled("TILL-1")
    desk.tills.take(RUN, BATCH, [ANA])
    desk.claim(ANA, "TILL-1")
    desk.end(ANA, SlotState.FAILED)
    assert desk.tills.take_back(RUN, BATCH, [ANA]) == 1
    assert desk.claim(BEN, "TILL-1") is None


def test_a_reminder_brings_the_code_that_the_person_has(desk: Desk) -> None:
    desk.filled("TILL-1", "TILL-2", "TILL-3")
    given = desk.tills.take(RUN, BATCH, [ANA])
    desk.claim(ANA, given[ANA])
    assert desk.tills.take(REMINDER, "DOWNTOWN#5#0", [ANA, BEN]) == given
    pool = desk.pools.get("P1")
    assert pool
    assert pool.given == 1


def test_who_never_had_a_coupon_is_not_reminded_of_it(desk: Desk) -> None:
    coupon = _coupon(ANA, "TILL-1", "K7P4XQ9M")
    refused = desk.slots.claim_all(
        REMINDER, [Wanted(_slot(coupon, "R2"), coupon=coupon)], NOON + timedelta(hours=1)
    )
    assert isinstance(refused[ANA], Barred)


def test_who_has_redeemed_is_not_reminded(desk: Desk) -> None:
    for phone, uses in ((ANA, 1), (BEN, 0)):
        coupon = _coupon(phone, f"TILL-{uses}", f"OWN{phone[-4:]}")
        desk.slots.claim_all(RUN, [Wanted(_slot(coupon), coupon=replace(coupon, uses=uses))], NOON)
    wanted = [
        Wanted(_slot(coupon, "R2"), coupon=coupon)
        for coupon in (_coupon(phone, "TILL-0", f"OWN{phone[-4:]}") for phone in (ANA, BEN))
    ]
    refused = desk.slots.claim_all(REMINDER, wanted, NOON + timedelta(hours=1))
    assert {phone: str(one) for phone, one in refused.items()} == {ANA: "redeemed"}
    assert list(desk.slots.read("R2", [ANA, BEN])) == [BEN]


def test_the_codes_of_a_batch_are_kept_without_its_numbers() -> None:
    with mocked_table() as client:
        desk = _stored(client)
        desk.filled(*CODES)
        desk.tills.take(RUN, BATCH, [ANA, BEN])
        assert ANA not in str(everything_in(client))


def test_who_shows_the_till_s_code_is_found() -> None:
    with mocked_table() as client:
        desk = _stored(client)
        desk.put_contact(a_subscriber(ANA))
        desk.claim(ANA, "TILL-0001", "K7P4XQ9M")
        coupons = DynamoCoupons(client, TABLE)
        found = coupons.find("till 0001")
        assert found
        assert (found.code, found.phone) == ("K7P4XQ9M", ANA)
        assert coupons.find("till 0002") is None


def test_senders_at_the_same_moment_give_out_no_code_twice(desk: Desk) -> None:
    desk.filled(*CODES)
    start, given = Barrier(8), list[str]()

    def take(number: int) -> None:
        phones = [f"+1312557{number:02d}{one:02d}" for one in range(20)]
        start.wait()
        given.extend(desk.tills.take(RUN, f"DOWNTOWN#0#{number}", phones).values())

    threads = [Thread(target=take, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == CODES[:160]
