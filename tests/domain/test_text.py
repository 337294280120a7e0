"""Spellings that mean the same are made equal; those that do not stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.text import fold, squash, within_edits

words = st.text("abc", max_size=5)


@pytest.mark.parametrize(
    ("said", "folded"),
    [
        ("STOP", "stop"),
        ("  Stop!!! ", "stop"),
        ("don’t", "dont"),
        ("don't", "dont"),
        ("ARRÊT", "arret"),
        ("ＳＴＯＰ", "stop"),
        ("S\u200bT\u200dO\ufeffP", "stop"),
        ("join: down-town!", "join down town"),
        ("Straße", "strasse"),
        ("ﬁne", "fine"),
        ("👍 ok", "ok"),
        ("a\u00a0b\tc\nd", "a b c d"),
        ("", ""),
        ("…?!", ""),
    ],
)
def test_case_accents_punctuation_and_invisible_characters_make_no_difference(
    said: str, folded: str
) -> None:
    assert fold(said) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_only_letters_digits_and_single_spaces_are_left(text: str) -> None:
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert all(character.isalnum() or character == " " for character in folded)


@pytest.mark.parametrize("said", ["downtown", "Down Town", "DOWN-TOWN", "down.town!"])
def test_a_squashed_name_is_the_same_however_it_is_divided(said: str) -> None:
    assert squash(said) == "downtown"


@pytest.mark.parametrize(
    ("left", "right", "edits"),
    [
        ("uptown", "uptown", 0),
        ("uptown", "uptwn", 1),
        ("uptown", "upptown", 1),
        ("uptown", "uptawn", 1),
        ("uptown", "uptonw", 1),
        ("uptown", "ptowm", 2),
        ("", "ab", 2),
        ("uptown", "midtown", 3),
    ],
)
def test_a_slip_is_one_letter_missing_added_changed_or_swapped(
    left: str, right: str, edits: int
) -> None:
    assert within_edits(left, right, edits)
    assert edits == 0 or not within_edits(left, right, edits - 1)


@given(words, words, st.integers(0, 3))
def test_the_distance_does_not_depend_on_which_word_comes_first(
    left: str, right: str, limit: int
) -> None:
    assert within_edits(left, right, limit) == within_edits(right, left, limit)


@given(words, st.data())
def test_one_slip_in_any_word_is_within_one_edit(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word)))
    slips = [word[:at] + "x" + word[at:], word[:at] + word[at + 1 :]]
    slips += [word[:at] + word[at + 1] + word[at] + word[at + 2 :]] if at + 1 < len(word) else []
    for slip in slips:
        assert within_edits(word, slip, 1)
