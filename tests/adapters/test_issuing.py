"""Coupons are kept with the slot that brings them: one a person, whatever is delivered twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.coupon_items import coupon_from, coupon_item
from sayso.adapters.dynamodb.issuing import DynamoSharedCodes, code_key
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.slots import DynamoSlots
from sayso.domain.contact import Contact, Status
from sayso.domain.coupon import Coupon
from sayso.domain.slot import Result, Slot, SlotState, Tally
from sayso.services.ports.issuing import CodeTaken, SharedCodes
from sayso.services.ports.slots import (
    Barred,
    Refusal,
    SlotMove,
    SlotStore,
    Taken,
    Wanted,
)
from tests.fakes.campaigns import FakeCampaigns
from tests.fakes.issuing import FakeSharedCodes
from tests.fakes.slots import FakeSlots
from tests.support.bluebird import ANA, BEN, NOON
from tests.support.campaigns import a_run, a_subscriber, sending, table_contacts
from tests.support.simulated_stores import SimulatedStores
from tests.support.table import TABLE, everything_in, mocked_table

RUN = a_run()
A_DAY = timedelta(days=1)
LATER = NOON + timedelta(minutes=5)
ANAS = Coupon(
    code="K7P4XQ9M",
    phone=ANA,
    campaign_id="C1",
    run_id="R1",
    issued_at=NOON,
    shown="K7P4XQ9M",
    variant="A",
    channel="window sign",
    location="DOWNTOWN",
    language="en",
    valid_from=NOON - A_DAY,
    valid_until=NOON + A_DAY,
    places=("DOWNTOWN", "UPTOWN"),
)
BENS = replace(ANAS, code="K7P4XQ9N", phone=BEN)
SPRING = Coupon("SPRING", "", "C1", "R1", NOON, "SPRING", valid_until=NOON + A_DAY, most_uses=0)


@dataclass(frozen=True)
class Desk:
    """Where slots are claimed, with a look at the coupons behind them."""

    slots: SlotStore
    put_contact: Callable[[Contact], None]
    put: Callable[[Coupon], None]
    coupon: Callable[[str], Coupon | None]

    def claim(self, *coupons: Coupon, by: str = "first") -> dict[str, Refusal]:
        wanted = [Wanted(_slot(one, by), coupon=one) for one in coupons]
        return dict(self.slots.claim_all(RUN, wanted, NOON))

    def postpone(self, phone: str) -> None:
        before = self.slots.read("R1", [phone])[phone]
        after = before.moved(Result(SlotState.POSTPONED, "carrier_busy"), LATER)
        assert after
        self.slots.settle("R1", [SlotMove(before, after)], Tally(), "", LATER)


def _slot(coupon: Coupon, by: str) -> Slot:
    batch, claim = "DOWNTOWN#0#0", f"{by}-{coupon.phone}"
    state = SlotState.CLAIMED
    return Slot("R1", coupon.phone, state, batch, claim, NOON, code=coupon.code)


def _faked() -> Desk:
    campaigns = FakeCampaigns()
    sending(campaigns, RUN)
    slots = FakeSlots(campaigns)

    def put_contact(contact: Contact) -> None:
        slots.contacts[contact.phone] = contact

    def put(coupon: Coupon) -> None:
        slots.coupons[coupon.code] = coupon

    return Desk(slots, put_contact, put, slots.coupons.get)


def _simulated() -> Desk:
    stores = SimulatedStores()
    sending(stores.campaigns, RUN)
    return Desk(stores.slots, stores.put, stores.coupons.put, stores.coupons.get)


def _stored(client: Any) -> Desk:
    def put(coupon: Coupon) -> None:
        client.put_item(TableName=TABLE, Item=coupon_item(coupon))

    def get(code: str) -> Coupon | None:
        found = client.get_item(TableName=TABLE, Key=to_item(keys.coupon(code))).get("Item")
        return coupon_from(found) if found else None

    return Desk(DynamoSlots(client, TABLE), table_contacts(client).put, put, get)


def _opened(kind: str, client: Any) -> Desk:
    if kind == "fake":
        return _faked()
    return _simulated() if kind == "simulation" else _stored(client)


@pytest.fixture(params=["fake", "simulation", "dynamodb"])
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    with mocked_table() as client:
        made = _opened(request.param, client)
        for phone in (ANA, BEN):
            made.put_contact(a_subscriber(phone))
        yield made


def test_a_claim_brings_the_coupon_and_the_slot_its_code(desk: Desk) -> None:
    assert desk.claim(ANAS, BENS) == {}
    assert (desk.coupon("K7P4XQ9M"), desk.coupon("K7P4XQ9N")) == (ANAS, BENS)
    assert desk.slots.read("R1", [ANA])[ANA].code == "K7P4XQ9M"


def test_who_is_refused_gets_no_coupon_and_the_others_do(desk: Desk) -> None:
    desk.put_contact(a_subscriber(ANA, status=Status.OPTED_OUT))
    refused = desk.claim(ANAS, BENS)
    assert {phone: type(one) for phone, one in refused.items()} == {ANA: Barred}
    assert (desk.coupon("K7P4XQ9M"), desk.coupon("K7P4XQ9N")) == (None, BENS)


def test_a_claim_whose_answer_was_lost_changes_nothing_the_second_time(desk: Desk) -> None:
    desk.claim(ANAS)
    assert desk.claim(replace(ANAS, issued_at=LATER)) == {}
    assert desk.coupon("K7P4XQ9M") == ANAS


def test_another_delivery_finds_the_slot_taken_and_leaves_the_coupon(desk: Desk) -> None:
    desk.claim(ANAS)
    refused = desk.claim(replace(ANAS, issued_at=LATER), by="second")
    assert isinstance(refused[ANA], Taken)
    assert desk.coupon("K7P4XQ9M") == ANAS


def test_a_postponed_text_brings_the_same_coupon_with_its_uses(desk: Desk) -> None:
    desk.claim(ANAS)
    desk.postpone(ANA)
    used = replace(ANAS, uses=1, last_use="in-1", last_used_at=LATER, last_used_place="UPTOWN")
    desk.put(used)
    assert desk.claim(replace(ANAS, issued_at=LATER), by="second") == {}
    assert desk.coupon("K7P4XQ9M") == used


@pytest.mark.parametrize(
    "standing",
    [
        replace(ANAS, phone=BEN),
        replace(ANAS, run_id="R0"),
        replace(ANAS, phone="", withdrawn_at=NOON),
    ],
    ids=["another person's", "another run's", "of somebody who is forgotten"],
)
def test_a_code_that_is_taken_is_refused_and_takes_nobody_else_along(
    desk: Desk, standing: Coupon
) -> None:
    desk.put(standing)
    refused = desk.claim(ANAS, BENS)
    assert {phone: type(one) for phone, one in refused.items()} == {ANA: CodeTaken}
    assert desk.coupon("K7P4XQ9M") == standing
    assert desk.slots.read("R1", [ANA, BEN]).keys() == {BEN}
    assert desk.claim(replace(ANAS, code="K7P4XQ9P")) == {}


def test_who_has_opted_out_is_told_apart_from_a_code_that_is_taken(desk: Desk) -> None:
    desk.put(replace(ANAS, run_id="R0"))
    desk.put_contact(a_subscriber(ANA, status=Status.OPTED_OUT))
    assert isinstance(desk.claim(ANAS)[ANA], Barred)


def test_people_with_and_without_a_coupon_are_claimed_together() -> None:
    with mocked_table() as client:
        desk = _stored(client)
        desk.put_contact(a_subscriber(ANA, status=Status.OPTED_OUT))
        desk.put_contact(a_subscriber(BEN))
        plain = Wanted(_slot(replace(ANAS, code=""), "first"))
        refused = desk.slots.claim_all(
            RUN, [plain, Wanted(_slot(BENS, "first"), coupon=BENS)], NOON
        )
        assert refused.keys() == {ANA}
        assert desk.coupon("K7P4XQ9N") == BENS


def test_a_coupon_lives_four_hundred_days_longer_than_its_offer() -> None:
    lasting = int((NOON + A_DAY + timedelta(days=400)).timestamp())
    assert coupon_item(ANAS)["expires_at"] == {"N": str(lasting)}
    assert coupon_from(coupon_item(ANAS)) == ANAS


def test_the_key_of_codes_is_made_once_and_the_same_for_every_worker() -> None:
    with mocked_table() as client:
        keys_got = {code_key(client, TABLE).get() for _ in range(3)}
        assert len(keys_got) == 1
        assert len(keys_got.pop()) == 32
        assert len(everything_in(client)) == 1


@pytest.fixture(params=["fake", "dynamodb"])
def shared(request: pytest.FixtureRequest) -> Iterator[tuple[SharedCodes, Desk]]:
    with mocked_table() as client:
        if request.param == "dynamodb":
            yield DynamoSharedCodes(client, TABLE), _stored(client)
            return
        codes = FakeSharedCodes()

        def put(coupon: Coupon) -> None:
            codes.coupons[coupon.code] = coupon

        yield codes, Desk(FakeSlots(FakeCampaigns()), lambda _: None, put, codes.coupons.get)


Shared = tuple[SharedCodes, Desk]


def test_a_shared_code_is_opened_once_and_moves_on_to_the_newest_run(shared: Shared) -> None:
    codes, desk = shared
    codes.open(SPRING, NOON)
    desk.put(replace(SPRING, uses=40, last_use="in-1"))
    next_run = replace(SPRING, run_id="R2", valid_until=None, issued_at=LATER)
    codes.open(next_run, LATER)
    assert desk.coupon("SPRING") == replace(
        SPRING, run_id="R2", valid_until=None, uses=40, last_use="in-1"
    )


def test_a_shared_code_is_one_campaign_s_until_its_offer_is_over(shared: Shared) -> None:
    codes, desk = shared
    codes.open(replace(SPRING, uses=3), NOON)
    another = replace(SPRING, campaign_id="C2", run_id="R9", valid_until=NOON + 9 * A_DAY)
    with pytest.raises(CodeTaken) as taken:
        codes.open(another, NOON)
    assert taken.value.campaign_id == "C1"
    codes.open(another, NOON + 2 * A_DAY)
    assert desk.coupon("SPRING") == another


def test_a_shared_code_is_taken_over_from_the_campaign_that_is_named_only(shared: Shared) -> None:
    codes, desk = shared
    codes.open(SPRING, NOON)
    another = replace(SPRING, campaign_id="C2")
    with pytest.raises(CodeTaken):
        codes.open(another, NOON, instead_of="C3")
    codes.open(another, NOON, instead_of="C1")
    assert desk.coupon("SPRING") == another


def test_a_handful_with_their_coupons_is_one_call_and_two_where_a_code_is_taken() -> None:
    calls: list[str] = []
    phones = [f"+1312555010{number}" for number in range(8)]
    coupons = [replace(ANAS, phone=one, code=f"CODE{one[-1]}") for one in phones]
    with mocked_table() as client:
        desk = _stored(client)
        for phone in phones:
            desk.put_contact(a_subscriber(phone))
        desk.put(replace(coupons[3], phone=BEN, run_id="R0"))
        client.meta.events.register(
            "before-call.dynamodb", lambda model, **_: calls.append(model.name)
        )
        assert desk.claim(*coupons[:3]) == {}
        assert calls == ["TransactWriteItems"]
        assert desk.claim(*coupons[3:]).keys() == {phones[3]}
        assert calls == ["TransactWriteItems"] * 3
