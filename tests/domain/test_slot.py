"""A slot only moves forward, and the counters follow it exactly."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.slot import ATTEMPT, FORWARD, Result, Slot, SlotState, Tally, counted
from tests.support.bluebird import ANA, NOON
from tests.support.repository import ROOT

LATER = NOON + timedelta(seconds=1)
_RESULTS = st.builds(
    Result, st.sampled_from(SlotState), st.sampled_from(["", "blocked", "busy"]), st.just("m-1")
)


def a_slot(state: SlotState = SlotState.CLAIMED) -> Slot:
    return Slot("R1", ANA, state, "B1", "claim", NOON)


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
    assert {name: count for name, count in tally.items() if count} == expected


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
