"""A slot only moves forward, and the counters follow it exactly."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.slot import (
    ATTEMPT,
    FORWARD,
    PARTS,
    PRICE,
    PRICED_PARTS,
    Result,
    Slot,
    SlotState,
    Tally,
    counted,
    totals,
)
from tests.support.bluebird import ANA, NOON
from tests.support.repository import ROOT

LATER = NOON + timedelta(seconds=1)
_RESULTS = st.builds(
    Result,
    st.sampled_from(SlotState),
    st.sampled_from(["", "blocked", "busy"]),
    st.just("m-1"),
    st.sampled_from([None, 5_810, 8_830]),
)


def a_slot(state: SlotState = SlotState.CLAIMED) -> Slot:
    return Slot(
        "R1", ANA, state, "UPTOWN#3#0", "claim", NOON, channel="window sign", variant="B", parts=2
    )


@pytest.mark.parametrize(
    "state",
    [
        SlotState.SKIPPED,
        SlotState.SENT,
        SlotState.FAILED,
        SlotState.UNKNOWN,
        SlotState.DELIVERED,
        SlotState.UNDELIVERED,
    ],
)
def test_nothing_leads_back_to_where_a_text_could_be_sent_again(state: SlotState) -> None:
    again = {SlotState.CLAIMED, SlotState.POSTPONED}

    assert not FORWARD[state] & again


def test_only_what_was_surely_not_sent_can_be_claimed_again() -> None:
    claimable = {state for state, onward in FORWARD.items() if SlotState.CLAIMED in onward}

    assert claimable == {None, SlotState.POSTPONED}


def test_a_message_id_once_known_is_kept() -> None:
    sent = a_slot().moved(Result(SlotState.SENT, message_id="m-1"), LATER)

    assert sent is not None
    delivered = sent.moved(Result(SlotState.DELIVERED), LATER)
    assert delivered is not None
    assert delivered.message_id == "m-1"


@pytest.mark.parametrize(
    ("age", "in_flight", "abandoned"),
    [
        (timedelta(), True, False),
        (ATTEMPT, True, False),
        (ATTEMPT + timedelta(seconds=1), False, True),
    ],
)
def test_a_claim_is_somebody_s_until_its_sender_must_be_dead(
    age: timedelta, in_flight: bool, abandoned: bool
) -> None:
    now = NOON + age

    assert a_slot().is_in_flight(now) is in_flight
    assert a_slot().is_abandoned(now) is abandoned


def test_a_sent_slot_is_never_abandoned() -> None:
    assert not a_slot(SlotState.SENT).is_abandoned(NOON + ATTEMPT * 100)


@given(st.lists(_RESULTS))
def test_counters_always_equal_the_slot(results: list[Result]) -> None:
    slot, tally = a_slot(), counted(None, a_slot())
    for result in results:
        moved = slot.moved(result, LATER)
        if moved:
            tally.update(counted(slot, moved))
            slot = moved

    expected = Tally()
    if slot.state not in (SlotState.CLAIMED, SlotState.POSTPONED):
        expected[f"{slot.state}.{slot.reason}" if slot.reason else str(slot.state)] = 1
    assert totals(Tally({name: n for name, n in tally.items() if n})) == expected


@given(st.lists(_RESULTS))
def test_each_group_s_counters_equal_the_slot_too(results: list[Result]) -> None:
    slot, tally = a_slot(), counted(None, a_slot())
    for result in results:
        moved = slot.moved(result, LATER)
        if moved:
            tally.update(counted(slot, moved))
            slot = moved

    counts = slot.state not in (SlotState.CLAIMED, SlotState.POSTPONED)
    for group in ("l=UPTOWN", "c=window sign", "v=B"):
        found = {name: n for name, n in tally.items() if n and name.startswith(f"{group}|")}
        assert found == ({f"{group}|{slot.state}": 1} if counts else {})


def test_who_came_from_nowhere_known_is_a_group_of_their_own() -> None:
    nowhere = replace(a_slot(), batch="-#3#0", channel="", variant="")

    assert nowhere.groups == ("l=", "c=")


@given(st.lists(_RESULTS))
def test_parts_count_once_a_text_may_cost_and_its_price_once_the_carrier_says_it(
    results: list[Result],
) -> None:
    slot, tally = a_slot(), counted(None, a_slot())
    for result in results:
        moved = slot.moved(result, LATER)
        if moved:
            tally.update(counted(slot, moved))
            slot = moved

    may_cost = {SlotState.SENT, SlotState.DELIVERED, SlotState.UNDELIVERED, SlotState.UNKNOWN}
    has_price = slot.price is not None and slot.state not in (
        SlotState.CLAIMED,
        SlotState.POSTPONED,
    )
    assert tally[PARTS] == (2 if slot.state in may_cost else 0)
    assert tally[PRICE] == (slot.price if has_price else 0)
    assert tally[PRICED_PARTS] == (2 if has_price else 0)


def test_a_price_once_known_is_kept_and_a_newer_one_replaces_it() -> None:
    sent = a_slot().moved(Result(SlotState.SENT, price=5_810), LATER)
    assert sent is not None
    kept, newer = (
        sent.moved(Result(SlotState.DELIVERED, price=one), LATER) for one in (None, 8_830)
    )

    assert kept is not None
    assert newer is not None
    assert (kept.price, newer.price) == (5_810, 8_830)
    assert counted(sent, newer)[PRICE] == 3_020


@given(st.lists(_RESULTS))
def test_a_slot_s_end_is_never_left(results: list[Result]) -> None:
    ends = {state for state, onward in FORWARD.items() if state and not onward}
    slot = a_slot()
    for result in results:
        was_ended = slot.state in ends
        moved = slot.moved(result, LATER)
        assert not (was_ended and moved)
        slot = moved or slot


def test_a_sender_lives_shorter_than_its_claims_are_believed_and_its_message_hidden() -> None:
    settings = json.loads((ROOT / "cdk.json").read_text())["context"]["settings"]
    timeouts = [
        stage["functions"]["send"]["timeout_s"]
        for stage in settings.values()
        if "send" in stage.get("functions", {})
    ]

    assert timeouts
    # A message is hidden for six times as long as its function may run: see WorkQueue.
    assert all(timedelta(seconds=one) < ATTEMPT < timedelta(seconds=6 * one) for one in timeouts)
