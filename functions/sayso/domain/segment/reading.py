"""From a segment's text form to its filters, or to what is wrong with it and where.

`and`, `or` and `not` combine; where `and` meets `or`, parentheses say what belongs together.
"""

from collections.abc import Callable
from functools import lru_cache

from sayso.domain.segment.bounds import DEPTH_AT_MOST, checked_size
from sayso.domain.segment.conditions import CONDITIONS, read_note
from sayso.domain.segment.filters import EVERYONE, Filter, all_of, any_of, negated
from sayso.domain.segment.source import Source
from sayso.domain.segment.words import first_words

_COMBINED: dict[str, Callable[[list[Filter]], Filter]] = {"and": all_of, "or": any_of}
_OTHER = {"and": "or", "or": "and"}


@lru_cache(maxsize=256)
def read(text: str) -> Filter:
    """The segment that the text says; everyone for none. Raises BadSegment."""
    source = Source(text)
    if source.is_at_end:
        return EVERYONE
    segment = _combination(source, 0)
    if not source.is_at_end:
        _refuse_rest(source)
    return checked_size(segment)


def _combination(source: Source, depth: int) -> Filter:
    if depth > DEPTH_AT_MOST:
        raise source.fault(f"parentheses go at most {DEPTH_AT_MOST} deep")
    filters, word = [_term(source, depth)], source.word
    if word not in _COMBINED:
        return filters[0]
    while source.take(word):
        filters.append(_term(source, depth))
    if source.word == _OTHER[word]:
        raise source.fault(
            f'"{word}" and "{source.word}" meet; put parentheses around what belongs together'
        )
    return _COMBINED[word](filters)


def _term(source: Source, depth: int) -> Filter:
    is_negated = False
    while source.take("not"):
        is_negated = not is_negated
    if source.take("("):
        found = _combination(source, depth + 1)
        source.expect(")", "a parenthesis is left open; close it with )")
    else:
        found = _condition(source)
    return negated(found) if is_negated else found


def _condition(source: Source) -> Filter:
    if source.is_at_end:
        raise source.fault("something is missing; write a filter, such as: joined within 30 days")
    if source.is_note:
        return read_note(source)
    reader = CONDITIONS.get(source.word)
    if reader is None:
        raise source.unknown("filter", first_words())
    return reader(source)


def _refuse_rest(source: Source) -> None:
    if source.word == ")":
        raise source.fault("a parenthesis is closed that was never opened; take it out")
    raise source.fault(
        f"{source.shown} stands where the text should end or go on with and, or; values in a list "
        'take commas between them, and quotes where they have blanks: "window sign", receipt'
    )
