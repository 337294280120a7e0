"""Codes: said aloud, typed with thumbs, guessed by nobody."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.codes import (
    ALPHABET,
    DRAWN,
    LENGTH,
    SAMPLE_CODE,
    derived,
    is_decent,
    parsed,
    spoken,
    with_check,
)
from tests.support.bluebird import ANA

KEY = b"bluebird" * 4
CODES = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1).map(with_check)
A_PHONE = st.integers(2_000_000_000, 9_999_999_999).map(lambda number: f"+1{number}")


def test_the_alphabet_has_no_vowel_and_nothing_that_looks_alike() -> None:
    assert not set("AEIOUY01LZSGB") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET) == 23


@given(CODES)
def test_every_single_slip_is_found(code: str) -> None:
    for at in range(LENGTH):
        for other in set(ALPHABET) - {code[at]}:
            assert parsed(code[:at] + other + code[at + 1 :]) is None


@given(CODES)
def test_every_swap_is_found_of_neighbours_and_of_others(code: str) -> None:
    for one, other in combinations(range(LENGTH), 2):
        letters = list(code)
        letters[one], letters[other] = letters[other], letters[one]
        assert (parsed("".join(letters)) == code) == (code[one] == code[other])


@given(CODES)
def test_of_all_well_formed_words_one_in_23_is_a_code(code: str) -> None:
    accepted = [letter for letter in ALPHABET if parsed(code[:-1] + letter)]
    assert accepted == [code[-1]]


@given(CODES, st.sampled_from([" ", "-", "–", ". ", "_", "\n"]), st.data())
def test_a_code_is_understood_in_any_case_and_grouping(
    code: str, between: str, data: st.DataObject
) -> None:
    cuts = data.draw(st.sets(st.integers(1, LENGTH - 1)))
    written = "".join(between + one if at in cuts else one for at, one in enumerate(code))
    assert parsed(written) == parsed(written.lower()) == parsed(f" {written} ") == code
    assert parsed(spoken(code)) == code


@pytest.mark.parametrize(
    ("read", "meant"), [("Z", "2"), ("S", "5"), ("G", "6"), ("B", "8"), ("u", "V")]
)
def test_a_letter_that_looks_like_what_stands_there_is_understood(read: str, meant: str) -> None:
    code = with_check(f"K7P{meant}XQ9")
    assert parsed(code.replace(meant, read)) == code


@pytest.mark.parametrize(
    "text", ["", "K7P4", "K7P4XQ9M9", "O7P4XQ9M", "K7P4-XQ9É", "²7P4XQ9M", "٣"]
)
def test_what_is_no_code_is_none(text: str) -> None:
    assert parsed(text) is None


@given(st.text(max_size=30))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert parsed(text) is None or parsed(parsed(text) or "") == parsed(text)


def test_a_code_is_spoken_in_two_groups_and_other_words_as_they_are() -> None:
    assert spoken("K7P4XQ9M") == "K7P4-XQ9M"
    assert [spoken(one) for one in ("SPRING", "A-00017", "4006381333931")] == [
        "SPRING",
        "A-00017",
        "4006381333931",
    ]


@given(st.text(min_size=1, max_size=30), A_PHONE, st.integers(0, 8))
def test_a_derived_code_is_well_formed_decent_and_always_the_same(
    run_id: str, phone: str, attempt: int
) -> None:
    code = derived(KEY, run_id, phone, attempt)
    assert parsed(code) == code == derived(KEY, run_id, phone, attempt)
    assert is_decent(code)
    assert code != SAMPLE_CODE


def test_another_key_run_phone_or_attempt_makes_another_code() -> None:
    ana = derived(KEY, "R1", ANA)
    others = {
        derived(KEY[::-1], "R1", ANA),
        derived(KEY, "R2", ANA),
        derived(KEY, "R1", "+13125550102"),
        derived(KEY, "R1", ANA, 1),
    }
    assert len(others | {ana}) == 5


def test_run_and_phone_cannot_be_cut_differently() -> None:
    assert derived(KEY, "R1", "2+1") != derived(KEY, "R12", "+1")


def test_twenty_thousand_people_collide_as_rarely_as_chance_has_it() -> None:
    codes = [derived(KEY, "R1", f"+1312{number:07d}") for number in range(20_000)]
    # 20,000² / 2 / 3.2 thousand millions: 0.06 pairs; three would be a fault.
    assert len(codes) - len(set(codes)) < 3
    drawn = Counter(letter for code in codes for letter in code[:-1])
    assert set(drawn) == set(ALPHABET)
    assert min(drawn.values()) > 0.8 * sum(drawn.values()) / len(ALPHABET)


@pytest.mark.parametrize(
    "rude",
    """
    FVCK FCK CVNT CNT 5HT DCK CQCK 4N5 4NV5 53X F46 F49 N66R R4P3 P3DQ KKK 666 N42 H8 WTF PVT4 MRD3
    C8RN M3RD4 FT2 HVR3 TT5 8TCH XXX 455
    """.split(),
)
def test_rude_words_are_noticed_wherever_they_stand(rude: str) -> None:
    for start in range(LENGTH - len(rude) + 1):
        assert not is_decent("J" * start + rude + "J" * (LENGTH - start - len(rude)))
    assert is_decent("J" * LENGTH)


def test_nineteen_codes_in_twenty_are_decent() -> None:
    """The refused ones are what the strength of a code loses."""
    decent = sum(
        is_decent(with_check(_digits(number))) for number in range(0, DRAWN, DRAWN // 20_000)
    )
    assert 0.93 < decent / 20_000 < 0.97


def _digits(number: int) -> str:
    letters: list[str] = []
    for _ in range(LENGTH - 1):
        number, value = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[value])
    return "".join(letters)
