"""What a shop may note about a subscriber."""

import pytest

from sayso.domain.attributes import ATTRIBUTES_AT_MOST, RESERVED, BadAttribute, merged
from sayso.domain.segment.words import EVENTS, FIELD_WORDS, first_words


def test_notes_are_added_changed_and_taken_out() -> None:
    before = {"first_name": "Ana", "city": "Austin"}

    after = merged(before, {"city": " San   Antonio ", "first_name": None, "birthday": "02-29"})

    assert after == {"city": "San Antonio", "birthday": "02-29"}
    assert before == {"first_name": "Ana", "city": "Austin"}
    assert merged(before, {"city": ""}) == {"first_name": "Ana"}


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("First Name", "Ana", "a name has small letters"),
        ("", "Ana", "a name has small letters"),
        ("n" * 31, "Ana", "a name has small letters"),
        ("joined", "Ana", "joined means something else in a segment"),
        ("first_name", "Ana\nBen", "one line of visible characters"),
        ("first_name", "Ana\u202e", "one line of visible characters"),
        ("first_name", "\ud83d", "one line of visible characters"),
        ("first_name", "n" * 101, "at most 100 characters"),
        ("birthday", "13-01", "month and day"),
        ("birthday", "02-30", "month and day"),
        ("birthday", "1990-03-24", "month and day"),
    ],
)
def test_a_note_that_no_segment_or_text_could_use_is_refused(
    name: str, value: str, told: str
) -> None:
    with pytest.raises(BadAttribute) as refused:
        merged({}, {name: value})

    assert refused.value.field == f"attributes.{name[:40]}"
    assert told in refused.value.detail


def test_no_more_than_twenty_are_kept() -> None:
    full = {f"note_{number}": "x" for number in range(ATTRIBUTES_AT_MOST)}

    assert merged(full, {"note_0": None, "one_more": "x"})
    with pytest.raises(BadAttribute, match="at most 20"):
        merged(full, {"one_more": "x"})


def test_no_note_can_be_called_like_a_word_of_segments() -> None:
    own = {"birthday"}  # a note itself

    assert {*first_words(), *FIELD_WORDS, *EVENTS} - own <= RESERVED
