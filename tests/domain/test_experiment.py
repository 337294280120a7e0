"""Who gets which wording, or nothing: the same every time, evenly, and by nothing else."""

from collections import Counter
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.adapters.dynamodb.keys import SHARDS, shard_of
from sayso.domain.experiment import HELD_OUT, assigned
from sayso.domain.versions import FIRST, ONE_VERSION, Variant, Versions

PEOPLE = [f"+1312{number:07d}" for number in range(5_550_000, 5_570_000)]
A_AND_B = Versions(variants=(Variant("B", "Two rolls for one."),))
A_TO_E = Versions(variants=tuple(Variant(name, "Two rolls.") for name in "BCDE"))
OCCASIONS = ("01KAMZ3S8E5XQW0V7Y9T2B4C6D", "01KAMZ3S8E5XQW0V7Y9T2B4C6E")
# One in a hundred thousand such tests would go wrong by chance, if they were drawn anew each time.
_BY_CHANCE = 1e-5


def shares(versions: Versions, occasion: str = OCCASIONS[0]) -> Counter[str]:
    return Counter(assigned(occasion, phone, versions) for phone in PEOPLE)


def is_about(found: int, share: float, of: int) -> bool:
    """Whether a count is where chance leaves it, 99,999 of 100,000 times."""
    spread = (of * share * (1 - share)) ** 0.5
    return bool(abs(found - of * share) <= NormalDist().inv_cdf(1 - _BY_CHANCE / 2) * spread)


def are_unrelated(pairs: Counter[tuple[object, object]]) -> bool:
    """Whether what stands first says nothing of what stands second (Pearson's chi-squared).

    By Wilson and Hilferty, the cube root of a chi-squared value is nearly normal.
    """
    first, second = Counter[object](), Counter[object]()
    for (one, other), count in pairs.items():
        first[one] += count
        second[other] += count
    total = pairs.total()
    expected = {(a, b): first[a] * second[b] / total for a in first for b in second}
    chi = sum((pairs[pair] - mean) ** 2 / mean for pair, mean in expected.items())
    freedom = (len(first) - 1) * (len(second) - 1)
    spread = 2 / (9 * freedom)
    score = ((chi / freedom) ** (1 / 3) - (1 - spread)) / spread**0.5
    return bool(score <= NormalDist().inv_cdf(1 - _BY_CHANCE))


def test_without_versions_everyone_gets_the_campaigns_own_body() -> None:
    assert set(shares(ONE_VERSION)) == {FIRST}


@given(phone=st.from_regex(r"\+1[2-9]\d{9}", fullmatch=True), occasion=st.text(min_size=1))
def test_the_same_person_gets_the_same_every_time(phone: str, occasion: str) -> None:
    versions = Versions(variants=A_AND_B.variants, holdout_percent=20)

    assert len({assigned(occasion, phone, versions) for _ in range(3)}) == 1


@pytest.mark.parametrize(("versions", "groups"), [(A_AND_B, 2), (A_TO_E, 5)])
def test_variants_of_equal_weight_are_even(versions: Versions, groups: int) -> None:
    found = shares(versions)

    assert len(found) == groups
    assert all(is_about(count, 1 / groups, len(PEOPLE)) for count in found.values())


def test_weights_are_shares() -> None:
    found = shares(Versions(variants=(Variant("B", "x", weight=3), Variant("C", "x", weight=6))))

    for name, share in (("A", 0.1), ("B", 0.3), ("C", 0.6)):
        assert is_about(found[name], share, len(PEOPLE))


@pytest.mark.parametrize("percent", [0, 1, 10, 50])
def test_so_many_percent_are_held_out_and_the_others_as_even_as_before(percent: int) -> None:
    found = shares(Versions(variants=A_AND_B.variants, holdout_percent=percent))
    held_out = found.pop(HELD_OUT, 0)

    assert is_about(held_out, percent / 100, len(PEOPLE))
    assert is_about(found["A"], 1 / 2, found.total())


def test_holding_people_out_moves_nobody_from_one_variant_to_another() -> None:
    held = Versions(variants=A_AND_B.variants, holdout_percent=30)
    both = [
        (assigned(OCCASIONS[0], one, A_AND_B), assigned(OCCASIONS[0], one, held)) for one in PEOPLE
    ]

    assert all(then in (now, HELD_OUT) for now, then in both)


def test_it_has_nothing_to_do_with_the_partition_that_somebody_lies_in() -> None:
    found = Counter[tuple[object, object]](
        (shard_of(phone), assigned(OCCASIONS[0], phone, A_TO_E)) for phone in PEOPLE
    )

    assert len(found) == SHARDS * 5
    assert are_unrelated(found)


def test_it_has_nothing_to_do_with_what_the_person_got_another_time() -> None:
    versions = Versions(variants=A_TO_E.variants, holdout_percent=20)
    first, second = OCCASIONS
    found = Counter[tuple[object, object]](
        (assigned(first, phone, versions), assigned(second, phone, versions)) for phone in PEOPLE
    )

    assert are_unrelated(found)


def test_the_test_of_being_unrelated_sees_what_is_related() -> None:
    found = Counter[tuple[object, object]](
        (shard_of(phone), "AB"[shard_of(phone) % 2]) for phone in PEOPLE
    )

    assert not are_unrelated(found)
