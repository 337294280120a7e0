"""What is said of a comparison, and what is not."""

import sys
from collections import Counter
from collections.abc import Mapping
from random import Random

import pytest

from sayso.domain.comparing import Comparison, Outcome, comparison
from sayso.domain.experiment import HELD_OUT, assigned
from sayso.domain.versions import Variant, Versions

EVENLY = {"A": 1000, "B": 1000}
WITH_HOLD_OUT = EVENLY | {HELD_OUT: 300}


def compare(
    people: Mapping[str, int], outcome: Outcome = Outcome.REPLIED, early: str = "", **did: int
) -> Comparison:
    found = comparison(people, {one: {} for one in Outcome} | {outcome: did}, early)
    assert found is not None
    return found


def test_no_evidence_is_said_plainly_with_what_chance_alone_does() -> None:
    found = compare(EVENLY, A=28, B=33)

    assert not found.is_evidence
    assert found.verdict == (
        "No evidence of a difference: B got 33 replies per 1,000, A 28; by chance alone they would "
        "differ this much two times in three."
    )


def test_of_several_groups_chance_is_that_of_any_two() -> None:
    found = compare(EVENLY | {"C": 1000}, A=28, B=33, C=30)

    assert "B got 33 replies per 1,000, C 30, A 28; by chance alone some of them" in found.verdict


def test_a_difference_is_claimed_only_with_evidence_and_the_rest_is_not() -> None:
    found = compare(EVENLY | {"C": 1000}, Outcome.REDEEMED, A=30, B=95, C=33)

    assert found.is_evidence
    assert found.verdict.startswith("B did better than A: 95 redemptions per 1,000 against 30;")
    assert "less than one time in 10,000" in found.verdict
    assert found.verdict.endswith("No evidence of any other difference.")


def test_while_figures_may_change_they_are_shown_and_nothing_is_claimed() -> None:
    found = compare(EVENLY, early="It is still going out.", A=3, B=95)

    assert not found.is_evidence
    assert found.verdict == "It is still going out. So far: B got 95 replies per 1,000, A 3.0."


def test_who_gets_nothing_is_compared_by_what_they_can_do_without_a_text() -> None:
    found = compare(WITH_HOLD_OUT, Outcome.REDEEMED, A=60, B=80, held_out=2)

    assert [group.name for group in found.groups] == ["A", "B", HELD_OUT]
    assert (
        "B did better than sending nothing: 80 redemptions per 1,000 against 6.7" in found.verdict
    )


@pytest.mark.parametrize("outcome", [Outcome.REPLIED, Outcome.CLICKED])
def test_nobody_answers_a_text_that_they_did_not_get(outcome: Outcome) -> None:
    found = compare(WITH_HOLD_OUT, outcome, A=60, B=80)

    assert [group.name for group in found.groups] == ["A", "B"]


def test_a_hold_out_that_did_better_than_the_text_is_said_as_plainly() -> None:
    found = compare({"A": 1000, HELD_OUT: 1000}, Outcome.VISITED, A=20, held_out=60)

    assert found.verdict.startswith("Sending nothing did better than A: 60 visits per 1,000")


def test_what_tells_most_is_compared_as_soon_as_anybody_did_it() -> None:
    did = {one: {"A": 5, "B": 5} for one in Outcome}

    found = comparison(EVENLY, did)

    assert found is not None
    assert found.outcome is Outcome.REDEEMED


def test_where_nobody_did_anything_there_is_nothing_to_claim() -> None:
    assert compare(EVENLY).verdict == "No evidence of a difference: nobody replied."


@pytest.mark.parametrize("people", [{}, {"A": 1000}])
def test_one_group_alone_is_compared_with_nothing(people: Mapping[str, int]) -> None:
    assert comparison(people, {one: {} for one in Outcome}) is None


def test_a_hold_out_alone_is_not_compared_by_answers() -> None:
    people = {"A": 1000, HELD_OUT: 100}

    assert comparison(people, {one: {} for one in Outcome} | {Outcome.REPLIED: {"A": 9}}) is None


@pytest.mark.parametrize(
    ("others", "percent", "people"), [(1, 0, 300), (1, 10, 300), (4, 20, 300), (2, 50, 60)]
)
def test_people_who_act_alike_whatever_they_get_make_no_winner(
    others: int, percent: int, people: int
) -> None:
    """The whole way: real assignment, people whom no text changes, 1,000 campaigns."""
    versions = Versions(
        variants=tuple(Variant(name, "x") for name in "BCDE"[:others]), holdout_percent=percent
    )
    chance = Random(people)
    phones = [f"+1312555{number:04d}" for number in range(people)]
    redeems = {phone for phone in phones if chance.random() < 0.1}
    claimed = 0
    for campaign in range(1000):
        groups, did = Counter[str](), Counter[str]()
        for phone in phones:
            name = assigned(f"campaign {campaign}", phone, versions)
            groups[name] += 1
            did[name] += phone in redeems
        found = comparison(groups, {one: {} for one in Outcome} | {Outcome.REDEEMED: did})
        claimed += found is not None and found.is_evidence

    sys.stdout.write(
        f"claimed.{others + 1}_variants.{percent}_held_out {claimed / 1000:.1%} of 1,000\n"
    )
    assert claimed <= 50


def test_who_got_no_code_is_not_compared_by_redeeming_one() -> None:
    nobody: dict[Outcome, dict[str, int]] = {one: {} for one in Outcome}
    did = nobody | {Outcome.REDEEMED: {"A": 60, "B": 10}}
    found = comparison(WITH_HOLD_OUT, did, has_codes=True)

    assert found is not None
    assert [group.name for group in found.groups] == ["A", "B"]
    assert comparison({"A": 1000, HELD_OUT: 300}, did, has_codes=True) is None
