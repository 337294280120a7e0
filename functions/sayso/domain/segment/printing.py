"""A segment's text form: one spelling for each, which `reading` reads back to the same."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from sayso.domain.segment.filters import (
    Among,
    And,
    Asked,
    Attribute,
    Before,
    BirthdayIn,
    BirthdayWithin,
    Ever,
    Field,
    Filter,
    Known,
    Near,
    Not,
    Or,
    Past,
    Received,
    Recent,
    Since,
    Span,
    VisitedAt,
)
from sayso.domain.segment.words import MONTHS

_BARE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.+/-]*")
# Words of the language that a value may be as well: a location may have such a code.
_TAKEN = frozenset({"and", "or", "not", "is", "within", "over", "before", "since", "after"})


def text_of(segment: Filter) -> str:
    """The segment in words; "" for everyone."""
    return _PRINTERS[type(segment)](segment)


def span_text(span: Span) -> str:
    """Such as `30 days` or `1 week`."""
    return f"{span.count} {span.unit if span.count != 1 else span.unit.value[:-1]}"


def _within_another(one: Filter) -> str:
    text = text_of(one)
    return f"({text})" if isinstance(one, And | Or) else text


def _negated(one: Not) -> str:
    if isinstance(one.filter, Known):
        return f"{one.filter.name} is unknown"
    if isinstance(one.filter, Ever):
        return f"never {one.filter.event}"
    return f"not {_within_another(one.filter)}"


def _among(one: Among) -> str:
    word = "at" if one.field is Field.LOCATION else one.field.value
    return f"{word} {_listed(one.values)}"


def _birthday(one: BirthdayWithin) -> str:
    if not one.days:
        return "birthday today"
    return f"birthday within {one.days} day{'s' if one.days > 1 else ''}"


def _received(one: Received) -> str:
    what = ", ".join(one.campaigns) or "any"
    return f"received {what}" + (f" within {span_text(one.span)}" if one.span else "")


def _visited(one: VisitedAt) -> str:
    what = _listed(one.places)
    return f"visited {what}" + (f" within {span_text(one.span)}" if one.span else "")


def _near(one: Near) -> str:
    return f"within {one.miles} mile{'s' if one.miles > 1 else ''} of {_value(one.center)}"


def _listed(values: Iterable[str]) -> str:
    return ", ".join(_value(value) for value in values)


def _value(value: str) -> str:
    if _BARE.fullmatch(value) and value.lower() not in _TAKEN:
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_PRINTERS: dict[type, Callable[[Any], str]] = {
    And: lambda one: " and ".join(_within_another(each) for each in one.filters),
    Or: lambda one: " or ".join(_within_another(each) for each in one.filters),
    Not: _negated,
    Among: _among,
    Attribute: lambda one: f"attribute {one.name} = {_listed(one.values)}",
    Known: lambda one: f"{one.name} is known",
    Ever: lambda one: f"ever {one.event}",
    Recent: lambda one: f"{one.event} within {span_text(one.span)}",
    Past: lambda one: f"{one.event} over {span_text(one.span)} ago",
    Before: lambda one: f"{one.event} before {one.day.isoformat()}",
    Since: lambda one: f"{one.event} since {one.day.isoformat()}",
    BirthdayWithin: _birthday,
    BirthdayIn: lambda one: f"birthday in {', '.join(MONTHS[each - 1] for each in one.months)}",
    Received: _received,
    VisitedAt: _visited,
    Near: _near,
    Asked: lambda one: f"prefers {one.wish}",
}
