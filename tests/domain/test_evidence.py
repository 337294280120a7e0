"""Intervals and tests against published figures and slow sums; how often they err, by trying."""

import sys
from itertools import accumulate
from math import comb, exp, lgamma, log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.evidence import (
    ERRORS_AT_MOST,
    Group,
    compared,
    fisher,
    holm,
    newcombe,
    wilson,
)


def a_group(people: int, events: int, name: str = "A") -> Group:
    return Group(name, people, events)


@st.composite
def groups(draw: st.DrawFn, most: int = 60) -> Group:
    people = draw(st.integers(1, most))
    return a_group(people, draw(st.integers(0, people)))


@pytest.mark.parametrize(
    ("people", "events", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998), p. 857, table I, method 3.
        (263, 81, 0.2553, 0.3662),
        (148, 15, 0.0624, 0.1605),
        (20, 0, 0.0000, 0.1611),
        (29, 1, 0.0061, 0.1718),
    ],
)
def test_rates_have_the_published_intervals(
    people: int, events: int, low: float, high: float
) -> None:
    assert wilson(a_group(people, events)) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("of", "against", "low", "high"),
    [
        # R. G. Newcombe, Statistics in Medicine 17 (1998), p. 873, table II, method 10.
        ((70, 56), (80, 48), 0.0524, 0.3339),
        ((10, 9), (10, 3), 0.1705, 0.8090),
        ((56, 5), (29, 0), -0.0381, 0.1926),
        ((10, 10), (10, 0), 0.6075, 1.0000),
    ],
)
def test_differences_have_the_published_intervals(
    of: tuple[int, int], against: tuple[int, int], low: float, high: float
) -> None:
    found = newcombe(a_group(*of), a_group(*against))

    assert found == pytest.approx((low, high), abs=5e-5)


@given(groups())
def test_a_rate_lies_within_its_interval(group: Group) -> None:
    low, high = wilson(group)

    assert 0 <= low <= group.rate <= high <= 1


def test_the_lady_who_tasted_tea_has_not_shown_it() -> None:
    # R. A. Fisher, The Design of Experiments (1935), chapter II: 3 of 4 right, two-sided 34/70.
    assert fisher(a_group(4, 3), a_group(4, 1)) == pytest.approx(34 / 70)
    assert fisher(a_group(4, 4), a_group(4, 0)) == pytest.approx(2 / 70)


@given(groups(), groups())
def test_the_exact_test_is_the_sum_over_all_tables_that_are_no_likelier(
    one: Group, other: Group
) -> None:
    events = one.events + other.events
    ways = [
        comb(one.people, at) * comb(other.people, events - at)
        for at in range(max(0, events - other.people), min(events, one.people) + 1)
    ]
    here = comb(one.people, one.events) * comb(other.people, other.events)

    slow = sum(way for way in ways if way <= here) / comb(one.people + other.people, events)
    assert fisher(one, other) == pytest.approx(slow, rel=1e-9)
    assert fisher(other, one) == pytest.approx(slow, rel=1e-9)


def test_a_million_people_are_no_more_work_than_a_hundred() -> None:
    chance = fisher(a_group(500_000, 31_000), a_group(500_000, 30_500))

    # By the normal approximation: z = 2.08.
    assert chance == pytest.approx(0.0378, abs=2e-4)


def test_of_several_comparisons_each_has_to_be_surer() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.5, 0.9]) == [1.0, 1.0]
    assert holm([0.04]) == [0.04]


def test_every_pair_is_compared_and_the_surest_difference_comes_first() -> None:
    found = compared([a_group(900, 30, "A"), a_group(900, 90, "B"), a_group(900, 50, "C")])

    assert [(one.of.name, one.against.name) for one in found] == [
        ("B", "A"),
        ("B", "C"),
        ("C", "A"),
    ]
    assert [one.is_proven for one in found] == [True, True, True]
    assert all(one.interval[0] < one.size < one.interval[1] for one in found)


def test_whoever_has_nobody_is_compared_with_nobody() -> None:
    assert compared([a_group(10, 1), Group("B", 0, 0)]) == ()


# How it behaves many times over: "Must show 7".

REPEATS = 1000
# Sizes of the groups, and the rate of all of them: even and uneven, many and few, rare and common.
NO_DIFFERENCE = {
    "two large": ([5000, 5000], 0.03),
    "two of a small shop": ([120, 120], 0.05),
    "hardly any events": ([400, 400], 0.004),
    "half of all reply": ([200, 200], 0.5),
    "three": ([1000, 1000, 1000], 0.03),
    "five": ([1000] * 5, 0.03),
    "five with a hold-out": ([900] * 5 + [500], 0.04),
    "a small hold-out": ([4750, 4750, 500], 0.02),
    "one variant and a hold-out": ([9000, 1000], 0.01),
    "weights of one to nine": ([300, 2700], 0.02),
    "five tiny": ([30] * 5, 0.1),
}


def draw(chance: Random, people: int, rate: float, times: int) -> list[int]:
    """How many of the people it happens to, so many times over (the inverse of the binomial)."""
    logs = [
        lgamma(people + 1)
        - lgamma(at + 1)
        - lgamma(people - at + 1)
        + at * log(rate)
        + (people - at) * log(1 - rate)
        for at in range(people + 1)
    ]
    up_to = list(accumulate(map(exp, logs)))
    return chance.choices(range(people + 1), cum_weights=up_to, k=times)


def claims(seed: str, sizes: list[int], rates: list[float]) -> int:
    """In how many of the repeats any difference is called proven."""
    chance = Random(seed)
    columns = [draw(chance, size, rate, REPEATS) for size, rate in zip(sizes, rates, strict=True)]
    return sum(
        any(
            one.is_proven
            for one in compared([Group(str(at), size, row[at]) for at, size in enumerate(sizes)])
        )
        for row in zip(*columns, strict=True)
    )


@pytest.mark.parametrize("name", NO_DIFFERENCE)
def test_where_there_is_no_difference_one_is_claimed_in_at_most_5_percent(name: str) -> None:
    sizes, rate = NO_DIFFERENCE[name]
    found = claims(name, sizes, [rate] * len(sizes))

    sys.stdout.write(f"claimed.{name.replace(' ', '_')} {found / REPEATS:.1%} of {REPEATS:,}\n")
    assert found <= ERRORS_AT_MOST * REPEATS


@pytest.mark.parametrize(
    ("name", "sizes", "rates"),
    [
        ("2 % against 3 %, 5,000 each", [5000, 5000], [0.02, 0.03]),
        ("5 % against 10 %, 600 each", [600, 600], [0.05, 0.10]),
        ("one of five is better", [2500] * 5, [0.02, 0.02, 0.02, 0.02, 0.04]),
        ("a hold-out of a tenth", [4500, 4500, 1000], [0.04, 0.04, 0.01]),
    ],
)
def test_a_true_difference_is_found_four_times_in_five(
    name: str, sizes: list[int], rates: list[float]
) -> None:
    found = claims(name, sizes, rates)

    sys.stdout.write(f"found.{name.replace(' ', '_')} {found / REPEATS:.1%} of {REPEATS:,}\n")
    assert found >= 0.8 * REPEATS


def test_intervals_hold_the_true_rate_as_often_as_they_say() -> None:
    chance, held = Random(4), 0
    for events in draw(chance, 500, 0.04, 2000):
        low, high = wilson(a_group(500, events))
        held += low <= 0.04 <= high

    assert 0.93 <= held / 2000 <= 0.97
