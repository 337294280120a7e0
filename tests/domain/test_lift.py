"""What is said of those who were held out, and what is not."""

import pytest

from sayso.domain.experiment import HELD_OUT
from sayso.domain.lift import SEEN_BY_CODE, Lift, lift

PEOPLE = {"A": 600, "B": 400, HELD_OUT: 500}


def lifted(has_codes: bool = False, early: str = "", **visited: int) -> Lift:
    found = lift(PEOPLE, visited, has_codes=has_codes, why_early=early)
    assert found is not None
    return found


def test_all_wordings_together_are_set_against_those_who_got_nothing() -> None:
    found = lifted(A=40, B=20, held_out=10)

    assert (found.texted.people, found.texted.events) == (1000, 60)
    assert found.difference == pytest.approx(0.04)
    assert found.interval is not None
    low, high = found.interval
    assert 0 < low < 0.04 < high
    assert found.said == (
        "Of 1,000 who were meant to be texted 60 came, of 1,000 held out 20: a difference of 40, "
        "most likely between 19 and 59."
    )


def test_with_codes_it_says_how_visits_come_to_be_known() -> None:
    assert lifted(True, A=40, B=20, held_out=10).said.endswith(SEEN_BY_CODE)


def test_with_codes_and_no_visit_known_of_those_held_out_there_is_no_difference_to_tell() -> None:
    found = lifted(True, A=40)

    assert found.interval is None
    assert found.said.startswith("Nobody who was held out is known to have come")


def test_figures_that_still_change_begin_with_saying_so() -> None:
    assert lifted(early="It is not over.", A=40, held_out=1).said.startswith("It is not over. Of")


@pytest.mark.parametrize("people", [{"A": 600}, {HELD_OUT: 500}, {}])
def test_without_two_groups_there_is_no_lift(people: dict[str, int]) -> None:
    assert lift(people, {}, has_codes=False) is None
