"""A handful of slots is claimed in one transaction; whoever is refused takes nobody else along."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sayso.adapters.dynamodb.recent_texts import ATTRIBUTE
from sayso.adapters.dynamodb.slots import DynamoSlots
from sayso.domain.contact import Contact, Status
from sayso.domain.sending_hours import TextLimit
from sayso.domain.slot import Slot, SlotState
from sayso.domain.terms import Basis
from sayso.services.ports.slots import Barred, Conditions, Misjudged, Taken, Wanted
from tests.support.bluebird import NOON
from tests.support.campaigns import (
    KINDS_OF_STORE,
    Stores,
    a_run,
    a_subscriber,
    opened_stores,
    sending,
    table_contacts,
)
from tests.support.table import TABLE, mocked_table

PHONES = [f"+1312555010{number}" for number in range(8)]
RUN = a_run()
ONE_A_DAY = Conditions(
    (TextLimit(1, timedelta(days=1), "cap_day", "the program's caps"),), Basis("DOWNTOWN")
)


@pytest.fixture(params=KINDS_OF_STORE)
def stores(request: pytest.FixtureRequest) -> Iterator[Stores]:
    with opened_stores(request.param) as opened:
        sending(opened.campaigns, RUN, a_run("R2"))
        for phone in PHONES:
            opened.contacts.put(a_subscriber(phone))
        yield opened


def slot(phone: str, claim: str = "first", run_id: str = "R1") -> Slot:
    return Slot(run_id, phone, SlotState.CLAIMED, "DOWNTOWN#0#0", f"{claim}-{phone}", NOON)


def wanted(claim: str = "first") -> list[Wanted]:
    return [Wanted(slot(phone, claim), ONE_A_DAY) for phone in PHONES]


def test_all_are_claimed(stores: Stores) -> None:
    assert stores.slots.claim_all(RUN, wanted(), NOON) == {}
    assert stores.slots.read("R1", PHONES) == {phone: slot(phone) for phone in PHONES}


def test_each_is_refused_for_reasons_of_their_own_and_the_others_are_claimed(
    stores: Stores,
) -> None:
    stopped, moved, stranger, taken, capped, *others = PHONES
    stores.contacts.put(a_subscriber(stopped, status=Status.OPTED_OUT))
    stores.contacts.put(a_subscriber(moved, "DENVER"))
    stores.contacts.put(Contact.stranger(stranger))
    stores.slots.claim(RUN, slot(taken, "another"), NOON)
    stores.slots.claim(a_run("R2"), slot(capped, run_id="R2"), NOON, ONE_A_DAY)

    refused = stores.slots.claim_all(RUN, wanted(), NOON)

    reasons = {phone: one.reason for phone, one in refused.items() if isinstance(one, Barred)}
    assert reasons == {stopped: "opted_out", stranger: "not_subscribed", capped: "cap_day"}
    misjudged = {phone: one.basis for phone, one in refused.items() if isinstance(one, Misjudged)}
    assert misjudged == {moved: Basis("DENVER")}
    held = {phone: one.slot.claim for phone, one in refused.items() if isinstance(one, Taken)}
    assert held == {taken: f"another-{taken}"}
    found = stores.slots.read("R1", PHONES)
    assert found == {one: slot(one) for one in others} | {taken: slot(taken, "another")}


def test_whoever_is_refused_is_not_noted_as_texted(stores: Stores) -> None:
    stores.contacts.put(a_subscriber(PHONES[0], status=Status.OPTED_OUT))
    stores.slots.claim_all(RUN, wanted(), NOON)
    refused, *claimed = (stores.contacts.get(phone) for phone in PHONES)
    assert refused is not None
    assert refused.last_run == ""
    assert {one.last_run for one in claimed if one} == {"R1"}


def test_claims_whose_answer_was_lost_can_be_repeated_together(stores: Stores) -> None:
    for _ in range(2):
        assert stores.slots.claim_all(RUN, wanted(), NOON) == {}
    stores.contacts.put(a_subscriber(PHONES[0], status=Status.OPTED_OUT))
    (refused,) = stores.slots.claim_all(RUN, wanted(), NOON).items()
    assert refused[0] == PHONES[0]
    assert isinstance(refused[1], Barred)
    assert refused[1].slot == slot(PHONES[0])


@pytest.fixture
def table() -> Iterator[Any]:
    with mocked_table() as client:
        for phone in PHONES:
            table_contacts(client).put(a_subscriber(phone))
        yield client


def calls_of(table: Any) -> list[str]:
    calls: list[str] = []
    table.meta.events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name))
    return calls


def test_a_handful_is_one_call_and_two_where_somebody_is_refused(table: Any) -> None:
    calls, slots = calls_of(table), DynamoSlots(table, TABLE)
    slots.claim_all(RUN, wanted(), NOON)
    assert calls == ["TransactWriteItems"]
    calls.clear()
    table_contacts(table).put(a_subscriber(PHONES[3], status=Status.OPTED_OUT))
    calls.clear()
    refused = slots.claim_all(
        a_run("R2"),
        [
            replace(one, slot=replace(one.slot, run_id="R2"), conditions=Conditions())
            for one in wanted()
        ],
        NOON,
    )
    assert set(refused) == {PHONES[3]}
    assert calls == ["TransactWriteItems"] * 2


def test_a_list_that_is_too_long_is_cut_and_stops_nobody(table: Any) -> None:
    long_ago = [{"N": str(number)} for number in range(100, 0, -1)]
    table.update_item(
        TableName=TABLE,
        Key={"pk": {"S": f"S#{PHONES[2]}"}, "sk": {"S": "SUBSCRIBER"}},
        UpdateExpression=f"SET {ATTRIBUTE} = :many",
        ExpressionAttributeValues={":many": {"L": long_ago}},
    )
    calls = calls_of(table)
    assert DynamoSlots(table, TABLE).claim_all(RUN, wanted(), NOON) == {}
    assert calls == ["TransactWriteItems", "UpdateItem", "TransactWriteItems"]
