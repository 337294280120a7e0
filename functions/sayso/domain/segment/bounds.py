"""What a segment may hold at most, and what is said where it cannot be read."""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from difflib import get_close_matches

from sayso.domain.attributes import NAME_FORM, RESERVED
from sayso.domain.refusal import Refused
from sayso.domain.segment.filters import Field, Filter, Near, Span, Unit, conditions_of
from sayso.domain.segment.printing import text_of

TEXT_AT_MOST = 2000
DEPTH_AT_MOST = 8
CONDITIONS_AT_MOST = 50
VALUE_AT_MOST = 100
CAMPAIGNS_AT_MOST = 5
DAYS_AT_MOST = 3650
MILES_AT_MOST = 500
BIRTHDAY_DAYS_AT_MOST = 365
_CASES: dict[Field | None, Callable[[str], str]] = {
    Field.LOCATION: str.upper,
    Field.KEYWORD: str.upper,
    Field.LANGUAGE: str.lower,
}
CENTER_FORM = re.compile(r"[0-9A-Za-z]{2,20}")
CAMPAIGN_FORM = re.compile(r"[0-9A-Za-z]{1,26}")


class BadSegment(Refused):
    """A segment that cannot be read; `field` is where it was written."""

    def __init__(self, detail: str, field: str = "where") -> None:
        super().__init__(field, detail)


def checked_size(segment: Filter) -> Filter:
    """The segment itself. Raises BadSegment for one that is too large to be kept."""
    count = sum(1 for _ in conditions_of(segment))
    if count > CONDITIONS_AT_MOST:
        raise BadSegment(f"it has {count} conditions; at most {CONDITIONS_AT_MOST} fit in one")
    if (length := len(text_of(segment))) > TEXT_AT_MOST:
        raise BadSegment(f"it takes {length} characters written out; at most {TEXT_AT_MOST} fit")
    return segment


def checked_span(count: int, unit: Unit) -> Span:
    """The span. Raises BadSegment for none at all and for more than ten years."""
    if count < 1 or count > DAYS_AT_MOST * 24:
        raise BadSegment(f"{count} {unit} is no span; write 1 to {DAYS_AT_MOST} days")
    span = Span(count, unit)
    if span.length > timedelta(days=DAYS_AT_MOST):
        raise BadSegment(f"{count} {unit} is too long; write at most {DAYS_AT_MOST} days")
    return span


def checked_birthday_days(span: Span) -> int:
    """Whole days ahead. Raises BadSegment."""
    days = span.length.days
    if span.unit is Unit.HOURS or days > BIRTHDAY_DAYS_AT_MOST:
        raise BadSegment(f"birthdays take days or weeks, at most {BIRTHDAY_DAYS_AT_MOST} days")
    return days


def checked_near(miles: int, center: str) -> Near:
    """Who is so near. Raises BadSegment for no distance at all, and for half a continent."""
    if not 1 <= miles <= MILES_AT_MOST:
        raise BadSegment(f"{miles} miles is no distance; write 1 to {MILES_AT_MOST} miles")
    if not CENTER_FORM.fullmatch(center):
        raise BadSegment(f"{quoted(center)} is neither a ZIP code nor the code of a location")
    return Near(miles, center.upper())


def checked_values(field: Field | None, values: Iterable[str]) -> tuple[str, ...]:
    """Values as they are kept: codes and words in capitals, languages in small letters."""
    change = _CASES.get(field, str)
    return tuple(dict.fromkeys(_tidy(change(value)) for value in values))


def checked_campaigns(ids: Sequence[str]) -> tuple[str, ...]:
    """Ids of campaigns, in capitals as they are made. Raises BadSegment."""
    unique = tuple(dict.fromkeys(one.upper() for one in ids))
    if len(unique) > CAMPAIGNS_AT_MOST:
        raise BadSegment(f"at most {CAMPAIGNS_AT_MOST} campaigns can be named in one filter")
    for one in unique:
        if not CAMPAIGN_FORM.fullmatch(one) or one == "ANY":
            raise BadSegment(f"{quoted(one)} is no id of a campaign")
    return unique


def checked_attribute(name: str) -> str:
    """The name of a note. Raises BadSegment."""
    if not NAME_FORM.fullmatch(name):
        raise BadSegment(
            f"{quoted(name)} is no name of an attribute; one looks like first_name or city"
        )
    if name in RESERVED:
        raise BadSegment(f"{quoted(name)} is no attribute: the word means something else here")
    return name


def quoted(text: str) -> str:
    """The text between quotes, cut where it is long."""
    short = text if len(text) <= 40 else f"{text[:40]}…"
    return f'"{short}"'


def suggestion(word: str, known: Iterable[str]) -> str:
    """What may have been meant by `word`, as the end of a sentence; "" for no idea."""
    spelled = {one.lower(): one for one in known}
    found = get_close_matches(word.lower(), list(spelled), n=1, cutoff=0.6)
    return f'; did you mean "{spelled[found[0]]}"?' if found else ""


def _tidy(value: str) -> str:
    tidy = " ".join(value.split())
    if not tidy or len(tidy) > VALUE_AT_MOST or not tidy.isprintable():
        raise BadSegment(
            f"{quoted(tidy)} is no value; write 1 to {VALUE_AT_MOST} visible characters"
        )
    return tidy
