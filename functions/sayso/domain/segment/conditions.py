"""How each condition is read from a segment's text, by its first word."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from sayso.domain.segment.bounds import (
    BadSegment,
    checked_attribute,
    checked_birthday_days,
    checked_campaigns,
    checked_near,
    checked_span,
    checked_values,
)
from sayso.domain.segment.filters import (
    Among,
    Asked,
    Attribute,
    Before,
    BirthdayIn,
    BirthdayWithin,
    Event,
    Ever,
    Field,
    Filter,
    Happening,
    Known,
    Past,
    Received,
    Recent,
    Since,
    Span,
    Unit,
    VisitedAt,
    Wish,
    negated,
)
from sayso.domain.segment.source import Source
from sayso.domain.segment.words import EVENTS, FIELD_WORDS, MONTHS, UNITS, month_of

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_YEARS = range(1970, 2101)
_NUMBER = re.compile(r"[0-9]{1,6}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_note(source: Source) -> Filter:
    """`city = Austin`, `city is known`: by the name of the note, or of a field."""
    if source.word in FIELD_WORDS and source.says_is_known:
        name = FIELD_WORDS[source.word].value
        source.take(source.word)
    else:
        name = _checked(source, lambda: _name(source), checked_attribute)
    if source.take("is"):
        is_known = source.take("known", "unknown") == "known"
        return Known(name) if is_known else negated(Known(name))
    source.expect("=", f"{name} has to be compared; write: {name} = Austin, or: {name} is known")
    return Attribute(name, _values(source, None, "a value"))


def _field(source: Source) -> Filter:
    field = FIELD_WORDS[source.take(source.word)]
    return Among(field, _values(source, field, f"a {field}"))


def _attribute(source: Source) -> Filter:
    source.take("attribute")
    return read_note(source)


def _last(source: Source) -> Filter:
    source.take("last")
    if source.word not in EVENTS:
        raise source.unknown("event", EVENTS)
    return _happening(source)


def _event(source: Source) -> Filter:
    return _happening(source)


def _visited(source: Source) -> Filter:
    """`visited within 30 days` anywhere, or `visited DOWNTOWN within 30 days` there."""
    return _visit(source) if source.names_after_visited else _happening(source)


def _visit(source: Source) -> Filter:
    source.take(Event.VISITED)
    places = _values(source, Field.LOCATION, "a location")
    return VisitedAt(places, read_span(source) if source.take("within") else None)


def _near(source: Source) -> Filter:
    """`within 10 miles of 60614`."""
    source.take("within")
    return _checked(source, lambda: read_near(source), lambda read: checked_near(*read))


def read_near(source: Source) -> tuple[int, str]:
    """`10 miles of 60614`."""
    if not _NUMBER.fullmatch(source.word):
        raise source.fault("a number is missing; write: within 10 miles of 60614")
    miles = int(source.take(source.word))
    if not source.take("mile", "miles"):
        raise source.fault(
            f"{source.shown} is no unit of distance; write: within 10 miles of 60614, "
            "or what has happened within that time: joined within 30 days"
        )
    source.expect("of", "say of what; write: within 10 miles of 60614")
    return miles, source.text("a ZIP code, or the code of a location,")


def _never(source: Source) -> Filter:
    source.take("never")
    return negated(_at_all(source))


def _ever(source: Source) -> Filter:
    source.take("ever")
    return _at_all(source)


def _at_all(source: Source) -> Filter:
    if source.word == Event.VISITED and source.names_after_visited:
        return _visit(source)
    return Ever(_event_named(source))


def _event_named(source: Source) -> Event:
    word = source.take(*EVENTS)
    if not word:
        raise source.unknown("event", EVENTS)
    return EVENTS[word]


def _happening(source: Source) -> Happening:
    event = _event_named(source)
    match source.take("within", "over", "before", "since", "after"):
        case "within":
            return Recent(event, read_span(source))
        case "over":
            span = read_span(source)
            source.take("ago")
            return Past(event, span)
        case "before":
            return Before(event, read_day(source))
        case "since":
            return Since(event, read_day(source))
        case "after":
            return Since(event, read_day(source, later=1))
    if source.is_at_end or source.word in ("and", "or", ")"):
        return Ever(event)
    raise source.fault(
        f'{source.shown} does not go with "{event}"; write: {event} within 30 days, over 30 days '
        f"ago, before 2026-12-01, since 2026-12-01, or: never {event}"
    )


def _birthday(source: Source) -> Filter:
    source.take("birthday")
    match source.take("today", "within", "in"):
        case "today":
            return BirthdayWithin()
        case "within":
            return BirthdayWithin(
                _checked(source, lambda: read_span(source), checked_birthday_days)
            )
        case "in":
            return BirthdayIn(read_months(source))
    raise source.fault("write: birthday today, birthday within 7 days, or: birthday in December")


def read_months(source: Source) -> tuple[int, ...]:
    """`December, January`."""
    found: list[int] = []
    while not found or source.take(","):
        month = month_of(source.word)
        if not month:
            raise source.unknown("month", MONTHS)
        source.take(source.word)
        found.append(month)
    return tuple(dict.fromkeys(found))


def _received(source: Source) -> Filter:
    source.take("received")
    if source.take("any"):
        campaigns: tuple[str, ...] = ()
    else:
        what = 'the id of a campaign, or "any",'
        campaigns = _checked(source, lambda: source.list(what), checked_campaigns)
    span = read_span(source) if source.take("within") else None
    return Received(campaigns, span)


def _prefers(source: Source) -> Filter:
    source.take("prefers")
    wish = source.take(*(wish.value for wish in Wish))
    if not wish:
        raise source.unknown("wish", [wish.value for wish in Wish])
    if wish == Wish.FEWER:
        source.take("texts")
    return Asked(Wish(wish))


def _values(source: Source, field: Field | None, what: str) -> tuple[str, ...]:
    return _checked(source, lambda: source.list(what), lambda values: checked_values(field, values))


def _name(source: Source) -> str:
    return source.text("the name of an attribute").lower()


def read_span(source: Source) -> Span:
    """`30 days`."""
    return _checked(source, lambda: _count_of(source), lambda read: checked_span(*read))


def _count_of(source: Source) -> tuple[int, Unit]:
    if not _NUMBER.fullmatch(source.word):
        raise source.fault("a number is missing; write, for example: 30 days")
    count = int(source.take(source.word))
    unit = UNITS.get(source.word)
    if unit is None:
        raise source.unknown("unit of time", [unit.value for unit in Unit])
    source.take(source.word)
    return count, unit


def read_day(source: Source, later: int = 0) -> date:
    """`2026-12-01`, or the day so many days later."""
    if not _DAY.fullmatch(source.word):
        raise source.fault("a date is missing; write it as 2026-12-01")
    try:
        day = date.fromisoformat(source.word) + timedelta(days=later)
    except (ValueError, OverflowError):
        raise source.fault(f"{source.shown} is no day of the calendar") from None
    if day.year not in _YEARS:
        raise source.fault(f"write a day from {_YEARS[0]} to {_YEARS[-1]}")
    source.take(source.word)
    return day


def _checked(
    source: Source, reader: Callable[[], _Given], check: Callable[[_Given], _Made]
) -> _Made:
    """What the check makes of what is read; its refusal is told with the place where that began."""
    start = source.place
    value = reader()
    try:
        return check(value)
    except BadSegment as bad:
        raise source.fault(bad.detail, start) from None


CONDITIONS: dict[str, Callable[[Source], Filter]] = {
    **dict.fromkeys(FIELD_WORDS, _field),
    **dict.fromkeys(EVENTS, _event),
    "visited": _visited,
    "within": _near,
    "last": _last,
    "never": _never,
    "ever": _ever,
    "attribute": _attribute,
    "birthday": _birthday,
    "received": _received,
    "prefers": _prefers,
}
