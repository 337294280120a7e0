"""Texts that did not arrive add up: in a row, of different runs, over a week."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.slot import Slot, SlotState
from sayso.domain.unreached import FOR_AT_LEAST, IN_A_ROW, is_given_up
from tests.support.bluebird import ANA, NOON

DAY = timedelta(days=1)


def a_slot(
    day: float, reason: str = "unreachable", state: SlotState = SlotState.UNDELIVERED
) -> Slot:
    return Slot(f"R{day}", ANA, state, "B1", "C1", NOON + day * DAY, reason)


def test_three_in_a_row_over_a_week_are_enough() -> None:
    assert is_given_up([a_slot(0), a_slot(3), a_slot(7)], None)


@pytest.mark.parametrize("days", [(), (0,), (0, 30), (0, 3, 6.99), (0, 1, 2, 3, 4)])
def test_fewer_or_sooner_are_not(days: tuple[float, ...]) -> None:
    assert not is_given_up([a_slot(day) for day in days], None)


@pytest.mark.parametrize("reason", ["unreachable", "carrier_unreachable", "blocked"])
def test_every_reason_that_tells_of_the_number_counts(reason: str) -> None:
    assert is_given_up([a_slot(0), a_slot(3, reason), a_slot(7)], None)


@pytest.mark.parametrize("reason", ["carrier_blocked", "expired", "not_reported"])
def test_a_reason_that_tells_of_something_else_does_not(reason: str) -> None:
    assert not is_given_up([a_slot(0), a_slot(3, reason), a_slot(7)], None)


def test_a_text_that_arrived_in_between_begins_a_new_row() -> None:
    row = [a_slot(0), a_slot(3), a_slot(5, "", SlotState.DELIVERED), a_slot(8), a_slot(9)]
    assert not is_given_up(row, None)


@pytest.mark.parametrize(
    "state", [SlotState.SENT, SlotState.SKIPPED, SlotState.UNKNOWN, SlotState.CLAIMED]
)
def test_a_text_of_which_nothing_is_known_ends_no_row(state: SlotState) -> None:
    assert is_given_up([a_slot(0), a_slot(3), a_slot(5, "", state), a_slot(8)], None)


def test_whoever_has_been_heard_of_since_begins_anew() -> None:
    row = [a_slot(0), a_slot(3), a_slot(8)]
    assert is_given_up(row, NOON - DAY)
    assert not is_given_up(row, NOON + 2 * DAY)


@given(days=st.lists(st.integers(0, 60), max_size=12, unique=True))
def test_order_does_not_matter_and_the_rule_is_what_it_says(days: list[int]) -> None:
    slots = [a_slot(day) for day in days]
    enough = len(days) >= IN_A_ROW and (max(days) - min(days)) * DAY >= FOR_AT_LEAST
    assert is_given_up(slots, None) is enough
