"""A segment is the same in words and as JSON, and what cannot be read is told with its place."""

import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sayso.domain.segment.bounds import CONDITIONS_AT_MOST, TEXT_AT_MOST, BadSegment
from sayso.domain.segment.filters import EVERYONE, Filter, negated
from sayso.domain.segment.json_form import to_json
from sayso.domain.segment.json_reading import from_json
from sayso.domain.segment.printing import text_of
from sayso.domain.segment.reading import read
from sayso.domain.segment.words import COMBINING, KINDS
from tests.support.segments import segments


def is_read_or_refused(text: str) -> bool:
    """Whether the text is a segment that can be written again, or is refused with its place."""
    try:
        segment = read(text)
    except BadSegment as bad:
        return bad.field == "where" and bad.detail.startswith(("at character ", "it "))
    return read(text_of(segment)) == segment


@given(segments)
def test_what_is_written_reads_back_the_same(segment: Filter) -> None:
    text = text_of(segment)
    assume(len(text) <= TEXT_AT_MOST)

    assert read(text) == segment
    assert text_of(read(text)) == text
    assert read(f"  {text}\n") == segment


@given(segments)
def test_as_json_it_reads_back_the_same(segment: Filter) -> None:
    assume(len(text_of(segment)) <= TEXT_AT_MOST)
    sent = json.loads(json.dumps(to_json(segment)))

    assert from_json(sent) == segment
    assert text_of(from_json(sent)) == text_of(segment)


@given(st.text(max_size=60) | st.text('at not()and,"or=is known within 3 days', max_size=60))
def test_whatever_is_typed_is_read_or_refused_in_words(text: str) -> None:
    assert is_read_or_refused(text)


_words = ["at", "and", "or", "not", "joined", "within", "over", "30", "days", "(", ")", ",", "is"]
_words += ["city", "=", "Austin", "known", "birthday", "in", "May", "received", "any", "never", '"']
_words += ["visited", "home", "miles", "of", "60614"]


@given(st.lists(st.sampled_from(_words), max_size=12).map(" ".join))
def test_the_language_s_own_words_in_any_order_are_read_or_refused(text: str) -> None:
    assert is_read_or_refused(text)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "at",
                        "and",
                        "or",
                        "not",
                        "joined",
                        "within",
                        "known",
                        "received",
                        "near",
                        "visited",
                    ]
                ),
                inner,
                max_size=2,
            )
        ),
        max_leaves=8,
    ).filter(lambda value: isinstance(value, dict))
)
def test_whatever_json_is_sent_is_read_or_refused_in_words(value: Any) -> None:
    try:
        segment = from_json(value)
    except BadSegment as bad:
        is_sound = bad.field == "filters" and bool(bad.detail)
    else:
        is_sound = from_json(to_json(segment)) == segment
    assert is_sound


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("", ""),
        (
            "at DOWNTOWN, SOHO and joined within 30 days and not language es",
            "at DOWNTOWN, SOHO and joined within 30 days and not language es",
        ),
        ("AT downtown AND Joined Within 1 DAY", "at DOWNTOWN and joined within 1 day"),
        ("location soho", "at SOHO"),
        ("at SOHO, soho", "at SOHO"),
        ("(at SOHO) and (language ES)", "at SOHO and language es"),
        ("at A1 and (at B1 and at C1)", "at A1 and at B1 and at C1"),
        ("at A1 and at A1", "at A1"),
        ("not not at SOHO", "at SOHO"),
        ("not (at A1 or at B1)", "not (at A1 or at B1)"),
        ("channel “window sign”", 'channel "window sign"'),
        ('channel "and"', 'channel "and"'),
        ("last heard over 8 weeks ago", "heard over 8 weeks ago"),
        ("heard over 8 weeks", "heard over 8 weeks ago"),
        ("redeemed", "ever redeemed"),
        ("not ever clicked", "never clicked"),
        ("joined after 2026-11-30", "joined since 2026-12-01"),
        ("city = Austin", "attribute city = Austin"),
        ('attribute city = "Austin"', "attribute city = Austin"),
        ("first_name is known", "first_name is known"),
        ("attribute first_name is unknown", "first_name is unknown"),
        ("not location is known", "location is unknown"),
        ("birthday within 2 weeks", "birthday within 14 days"),
        ("birthday in dec, JAN", "birthday in December, January"),
        ("prefers fewer texts", "prefers fewer"),
        ("home soho", "at SOHO"),
        ("home is unknown", "location is unknown"),
        ("Visited soho, DOWNTOWN WITHIN 1 week", "visited SOHO, DOWNTOWN within 1 week"),
        ("visited", "ever visited"),
        ("(visited)", "ever visited"),
        ("visited and at SOHO", "ever visited and at SOHO"),
        ("ever visited SOHO", "visited SOHO"),
        ("never visited SOHO", "not visited SOHO"),
        ('visited "within" within 3 days', 'visited "WITHIN" within 3 days'),
        ("last visited within 3 days", "visited within 3 days"),
        ("within 10 miles of 60614", "within 10 miles of 60614"),
        ("WITHIN 1 miles OF downtown", "within 1 mile of DOWNTOWN"),
        (
            "received 01kamz3s8e5xqw0v7y9t2b4c6d",
            "received 01KAMZ3S8E5XQW0V7Y9T2B4C6D",
        ),
    ],
)
def test_each_segment_has_one_spelling(typed: str, canonical: str) -> None:
    assert text_of(read(typed)) == canonical


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("joind within 3 days", 'at character 1: there is no filter "joind"; did you mean "join'),
        ("at SOHO and lanuage es", 'at character 13: there is no filter "lanuage"; did you'),
        ("joined within 30 dayz", 'at character 18: there is no unit of time "dayz"; did you mean'),
        ("birthday in Dezember", 'at character 13: there is no month "Dezember"; did you mean "De'),
        ("joined within days", "at character 15: a number is missing"),
        ("within miles of 60614", "at character 8: a number is missing; write: within 10 miles of"),
        ("within 10 days", 'at character 11: "days" is no unit of distance; write: within 10 mil'),
        ("within 10 miles 60614", "at character 17: say of what; write: within 10 miles of 60614"),
        ("within 0 miles of 60614", "at character 8: 0 miles is no distance; write 1 to 500 mil"),
        ("within 501 miles of 60614", "at character 8: 501 miles is no distance; write 1 to 500"),
        ("within 10 miles of", "at character 19: a ZIP code, or the code of a location, is miss"),
        ("within 10 miles of a/b", 'at character 8: "a/b" is neither a ZIP code nor the code of'),
        ("visited SOHO within 3", "at character 22: there is no unit of time"),
        ("joined within 0 days", "at character 15: 0 days is no span"),
        ("joined within 9999 weeks", "at character 15: 9999 weeks is too long"),
        ("joined 30 days", 'at character 8: "30" does not go with "joined"; write: joined within'),
        ("joined since 2026-13-01", 'at character 14: "2026-13-01" is no day of the calendar'),
        ("joined since yesterday", "at character 14: a date is missing; write it as 2026-12-01"),
        ("at A1 and joined or language es", 'at character 18: "and" and "or" meet; put parenth'),
        ("(at SOHO", "at character 9: a parenthesis is left open"),
        ("at SOHO)", "at character 8: a parenthesis is closed that was never opened"),
        ('channel "window', "at character 9: a quote is left open"),
        ("channel window sign", 'at character 16: "sign" stands where the text should end'),
        ("at", "at character 3: a location is missing before the end"),
        ("language es,", "at character 13: a language is missing before the end"),
        ("at = SOHO", 'at character 1: "at" is no attribute'),
        ("City! = Austin", 'at character 1: "city!" is no name of an attribute'),
        ("not", "at character 4: something is missing"),
        ("received", "at character 9: the id of a campaign"),
        ("prefers les", 'at character 9: there is no wish "les"; there are fewer, hours'),
        ("birthday within 30 hours", "at character 17: birthdays take days or weeks"),
        ("(" * 9 + "at SOHO" + ")" * 9, "at character 10: parentheses go at most 8 deep"),
        ("x" * 2001, "it has 2001 characters; at most 2000 are read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_place(typed: str, told: str) -> None:
    with pytest.raises(BadSegment) as refused:
        read(typed)

    assert refused.value.field == "where"
    assert refused.value.detail.startswith(told)


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"att": ["SOHO"]}, 'att: there is no filter "att"; did you mean "at"?'),
        ({"at": "SOHO"}, "at: a list is needed"),
        ({"at": []}, "at: a list is needed"),
        ({"at": [7]}, "at: a text is needed"),
        ({"at": ["SOHO"], "language": ["es"]}, "an object with exactly one key is needed"),
        ({"and": [{"at": ["SOHO"]}, 7]}, "and.1: an object with exactly one key is needed"),
        ({"not": {"joined": {"within": "30"}}}, "not.joined: at character 3: there is no unit"),
        ({"joined": {"within": "30 days ago"}}, 'joined: at character 9: "ago" is too much'),
        ({"joined": {"sometime": "1 day"}}, 'joined: write {"within": "30 days"}'),
        ({"attribute": {"name": "at", "is": ["x"]}}, 'attribute: "at" is no attribute'),
        ({"prefers": "silence"}, 'prefers: write "fewer" or "hours"'),
    ],
)
def test_json_that_cannot_be_read_is_told_with_its_place(value: Any, told: str) -> None:
    with pytest.raises(BadSegment) as refused:
        from_json(value)

    assert refused.value.field == "filters"
    assert refused.value.detail.startswith(told)


def test_too_deep_json_is_refused() -> None:
    value: dict[str, Any] = {"at": ["SOHO"]}
    for _ in range(500):
        value = {"not": value}

    with pytest.raises(BadSegment, match="at most 8 deep"):
        from_json(value)


def test_a_segment_of_too_many_conditions_is_refused() -> None:
    names = [f"at L{number}" for number in range(CONDITIONS_AT_MOST + 1)]
    read(" or ".join(names[1:]))

    with pytest.raises(BadSegment, match="it has 51 conditions; at most 50"):
        read(" or ".join(names))


def test_nobody_in_particular_is_everyone() -> None:
    assert read(" ") == from_json({}) == EVERYONE
    assert (text_of(EVERYONE), to_json(EVERYONE)) == ("", {})


@pytest.mark.parametrize("kind", [*KINDS, *COMBINING], ids=lambda kind: kind.form)
def test_every_example_of_the_vocabulary_can_be_read(kind: Any) -> None:
    segment = read(kind.example)

    assert from_json(to_json(segment)) == segment
    assert negated(segment) != segment
