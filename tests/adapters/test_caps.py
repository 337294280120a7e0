"""How often a person is texted is bounded in the claim itself, whoever claims at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.contacts import contact_attributes
from sayso.adapters.dynamodb.items import from_item, to_item
from sayso.adapters.dynamodb.recent_texts import ATTRIBUTE
from sayso.adapters.dynamodb.slots import DynamoSlots
from sayso.domain.caps import program_limits, reached
from sayso.domain.catalog import Caps
from sayso.domain.contact import Status
from sayso.domain.preference import Preference
from sayso.domain.run import Run
from sayso.domain.sending_hours import TextLimit
from sayso.domain.slot import Slot, SlotState
from sayso.domain.terms import Basis, why_not
from sayso.services.ports.slots import Barred, Conditions, Misjudged, SlotStore
from tests.support.bluebird import ANA, NOON
from tests.support.campaigns import (
    KINDS_OF_STORE,
    Stores,
    a_run,
    a_subscriber,
    opened_stores,
    sending,
)
from tests.support.table import TABLE, mocked_table

DAY = timedelta(days=1)
DOWNTOWN = Basis("DOWNTOWN")
TWO_A_DAY = Conditions((TextLimit(2, DAY, "cap_day", "the program's caps"),), DOWNTOWN)


@pytest.fixture(params=KINDS_OF_STORE)
def stores(request: pytest.FixtureRequest) -> Iterator[Stores]:
    with opened_stores(request.param) as opened:
        opened.contacts.put(a_subscriber(ANA))
        yield opened


def slot_of(run: Run, at: datetime = NOON, claim: str = "first") -> Slot:
    return Slot(run.id, ANA, SlotState.CLAIMED, "DOWNTOWN#0#0", claim, at)


def on(basis: Basis) -> Conditions:
    return replace(TWO_A_DAY, basis=basis)


def claim(
    slots: SlotStore, run_id: str, at: datetime = NOON, conditions: Conditions = TWO_A_DAY
) -> str:
    """What comes of it: "sent", or why not."""
    run = a_run(run_id)
    try:
        slots.claim(run, slot_of(run, at), at, conditions)
    except Barred as barred:
        return barred.reason
    return "sent"


def test_the_third_campaign_of_a_day_is_barred_and_counted_by_its_reason(stores: Stores) -> None:
    assert [claim(stores.slots, f"R{n:02d}") for n in range(3)] == ["sent", "sent", "cap_day"]
    assert stores.slots.read("R02", [ANA]) == {}


def test_a_limit_looks_back_from_each_moment(stores: Stores) -> None:
    times = [NOON, NOON + DAY / 2, NOON + DAY - timedelta(seconds=1), NOON + DAY]
    found = [claim(stores.slots, f"R{n:02d}", at) for n, at in enumerate(times)]
    assert found == ["sent", "sent", "cap_day", "sent"]


def test_each_cap_holds_beside_the_others(stores: Stores) -> None:
    limits = Conditions(program_limits(Caps(1, 2, 3)), DOWNTOWN)
    found = [claim(stores.slots, f"R{n:02d}", NOON + n * DAY, limits) for n in range(9)]
    assert found[:3] == ["sent", "sent", "cap_week"]
    assert found[7:] == ["sent", "cap_month"]
    assert claim(stores.slots, "Q0", NOON + 7.5 * DAY, limits) == "cap_day"


def test_of_fifty_campaigns_at_once_two_get_through(stores: Stores) -> None:
    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda n: claim(stores.slots, f"R{n:02d}"), range(50)))
    assert sorted(found) == ["cap_day"] * 48 + ["sent"] * 2


def test_a_text_that_was_surely_not_sent_uses_up_no_cap(stores: Stores) -> None:
    for number in range(5):
        assert claim(stores.slots, f"R{number:02d}", NOON + number * timedelta(seconds=1)) == "sent"
        stores.slots.give_back(
            slot_of(a_run(f"R{number:02d}"), NOON + number * timedelta(seconds=1))
        )
    assert [claim(stores.slots, f"S{n:02d}") for n in range(3)] == ["sent", "sent", "cap_day"]


def test_a_text_is_given_back_once_and_whatever_came_after_it(stores: Stores) -> None:
    later = NOON + timedelta(seconds=1)
    assert [claim(stores.slots, "R0", NOON), claim(stores.slots, "R1", later)] == ["sent", "sent"]
    for _ in range(2):
        stores.slots.give_back(slot_of(a_run("R0"), NOON))
    assert [claim(stores.slots, f"S{n:02d}", later) for n in range(2)] == ["sent", "cap_day"]


def test_a_claim_whose_answer_was_lost_counts_once(stores: Stores) -> None:
    one_a_day = Conditions((TextLimit(1, DAY, "cap_day", ""),), DOWNTOWN)
    for _ in range(3):
        assert claim(stores.slots, "R0", NOON, one_a_day) == "sent"
    assert claim(stores.slots, "R1", NOON, one_a_day) == "cap_day"


def test_whoever_moved_is_judged_where_they_are(stores: Stores) -> None:
    stores.contacts.put(replace(a_subscriber(ANA), location="DENVER"))
    with pytest.raises(Misjudged) as misjudged:
        claim(stores.slots, "R0")
    assert misjudged.value.basis == Basis("DENVER")
    assert claim(stores.slots, "R0", conditions=on(misjudged.value.basis)) == "sent"


def test_whoever_named_no_location_is_at_none(stores: Stores) -> None:
    with pytest.raises(Misjudged):
        claim(stores.slots, "R0", conditions=on(Basis()))
    stores.contacts.put(replace(a_subscriber(ANA), location=""))
    assert claim(stores.slots, "R0", conditions=on(Basis())) == "sent"


@pytest.mark.parametrize(
    "wish", [Preference(most=1, within=DAY), Preference(opens=time(9)), Preference(3, DAY, time(9))]
)
def test_whoever_asked_for_something_is_judged_by_it(stores: Stores, wish: Preference) -> None:
    stores.contacts.put(replace(a_subscriber(ANA), preference=wish))
    with pytest.raises(Misjudged) as misjudged:
        claim(stores.slots, "R0")
    assert misjudged.value.basis == Basis("DOWNTOWN", wish)
    assert claim(stores.slots, "R0", conditions=on(misjudged.value.basis)) == "sent"


def test_whoever_asks_for_something_else_meanwhile_is_judged_again(stores: Stores) -> None:
    before, after = Preference(most=2), Preference(most=1)
    stores.contacts.put(replace(a_subscriber(ANA), preference=after))
    with pytest.raises(Misjudged) as misjudged:
        claim(stores.slots, "R0", conditions=on(Basis("DOWNTOWN", before)))
    assert misjudged.value.basis == Basis("DOWNTOWN", after)
    stores.contacts.put(a_subscriber(ANA))
    with pytest.raises(Misjudged) as misjudged:
        claim(stores.slots, "R0", conditions=on(Basis("DOWNTOWN", after)))
    assert misjudged.value.basis == Basis("DOWNTOWN")


@pytest.mark.parametrize("status", Status)
def test_nobody_but_a_subscriber_is_claimed_and_the_reason_says_why(
    stores: Stores, status: Status
) -> None:
    stores.contacts.put(a_subscriber(ANA, status=status))
    assert claim(stores.slots, "R0") == (why_not(status) or "sent")
    assert bool(stores.slots.read("R0", [ANA])) is (status is Status.SUBSCRIBED)


def test_the_reason_tells_apart_who_does_not_want_texts_and_who_cannot_get_them() -> None:
    told_apart = ("opted_out", "held", "paused", "unreachable")
    assert [why_not(status) for status in told_apart] == list(told_apart)
    others = ("unknown", "pending", "forgotten", "anything else")
    assert {why_not(status) for status in others} == {"not_subscribed"}
    assert why_not("subscribed") == ""


def test_an_opt_out_comes_before_a_cap_and_a_move(stores: Stores) -> None:
    stores.contacts.put(replace(a_subscriber(ANA, "DENVER"), status=Status.OPTED_OUT))
    assert claim(stores.slots, "R0") == "opted_out"


def test_a_limit_is_reached_by_the_texts_within_its_period() -> None:
    limits = program_limits(Caps(1, 2, 8))
    assert reached(limits, [], NOON) is None
    assert reached(limits, [NOON - DAY], NOON) is None
    found = reached(limits, [NOON - DAY, NOON - 2 * DAY], NOON)
    assert found is not None
    assert found.reason == "cap_week"


@pytest.fixture
def table() -> Iterator[Any]:
    with mocked_table() as client:
        contact = a_subscriber(ANA)
        item = to_item(keys.subscriber(ANA)) | contact_attributes(contact)
        client.put_item(TableName=TABLE, Item=item)
        sending(DynamoCampaigns(client, TABLE), a_run("R0"))
        yield client


def recent(table: Any) -> list[int]:
    item = table.get_item(TableName=TABLE, Key=to_item(keys.subscriber(ANA)))["Item"]
    return list(from_item(item)[ATTRIBUTE])


def test_the_list_of_recent_texts_stays_short_over_the_years(table: Any) -> None:
    slots = DynamoSlots(table, TABLE)
    limits = Conditions(program_limits(Caps(1, 3, 8)), DOWNTOWN)
    for number in range(80):
        assert claim(slots, f"R{number:02d}", NOON + number * 4 * DAY, limits) == "sent"
        assert len(recent(table)) <= 8 + 17
    assert recent(table) == sorted(recent(table), reverse=True)


def test_a_claim_is_one_call_however_many_conditions_it_checks(table: Any) -> None:
    calls: list[str] = []
    table.meta.events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name))
    conditions = Conditions(program_limits(Caps()), DOWNTOWN)
    assert claim(DynamoSlots(table, TABLE), "R0", conditions=conditions) == "sent"
    assert calls == ["TransactWriteItems"]


@pytest.mark.parametrize(
    ("code", "passes"), [("ThrottlingException", True), ("AccessDeniedException", False)]
)
def test_a_text_that_cannot_be_given_back_for_now_stays_counted(
    table: Any, monkeypatch: pytest.MonkeyPatch, code: str, passes: bool
) -> None:
    slots = DynamoSlots(table, TABLE)
    assert claim(slots, "R0") == "sent"

    def fail(**_: object) -> None:
        raise ClientError({"Error": {"Code": code}}, "UpdateItem")

    monkeypatch.setattr(table, "update_item", fail)
    if passes:
        slots.give_back(slot_of(a_run("R0")))
    else:
        with pytest.raises(ClientError):
            slots.give_back(slot_of(a_run("R0")))
    assert len(recent(table)) == 1
