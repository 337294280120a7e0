"""A segment as JSON, for programs: every filter an object with one key that says what it is."""

from collections.abc import Callable, Mapping
from typing import Any

from sayso.domain.segment.filters import (
    EVERYONE,
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
    VisitedAt,
)
from sayso.domain.segment.printing import span_text
from sayso.domain.segment.words import MONTHS

Json = dict[str, Any]


def to_json(segment: Filter) -> Json:
    """The segment's JSON form, which `json_reading` reads back; `{}` for everyone."""
    return {} if segment == EVERYONE else _WRITERS[type(segment)](segment)


def _among(one: Among) -> Json:
    return {"at" if one.field is Field.LOCATION else one.field.value: list(one.values)}


def _birthday(one: BirthdayWithin) -> Json:
    if not one.days:
        return {"birthday": {"today": True}}
    return {"birthday": {"within": f"{one.days} days"}}


def _received(one: Received) -> Json:
    within = {"within": span_text(one.span)} if one.span else {}
    return {"received": {"campaigns": list(one.campaigns)} | within}


def _visited(one: VisitedAt) -> Json:
    within = {"within": span_text(one.span)} if one.span else {}
    return {"visited": {"at": list(one.places)} | within}


def _near(one: Near) -> Json:
    return {"near": {"miles": one.miles, "of": one.center}}


def _combined(word: str) -> Callable[[And | Or], Json]:
    return lambda one: {word: [to_json(each) for each in one.filters]}


_WRITERS: Mapping[type, Callable[[Any], Json]] = {
    And: _combined("and"),
    Or: _combined("or"),
    Not: lambda one: {"not": to_json(one.filter)},
    Among: _among,
    Attribute: lambda one: {"attribute": {"name": one.name, "is": list(one.values)}},
    Known: lambda one: {"known": one.name},
    Ever: lambda one: {one.event.value: {"ever": True}},
    Recent: lambda one: {one.event.value: {"within": span_text(one.span)}},
    Past: lambda one: {one.event.value: {"over": span_text(one.span)}},
    Before: lambda one: {one.event.value: {"before": one.day.isoformat()}},
    Since: lambda one: {one.event.value: {"since": one.day.isoformat()}},
    BirthdayWithin: _birthday,
    BirthdayIn: lambda one: {"birthday": {"in": [MONTHS[each - 1] for each in one.months]}},
    Received: _received,
    VisitedAt: _visited,
    Near: _near,
    Asked: lambda one: {"prefers": one.wish.value},
}
