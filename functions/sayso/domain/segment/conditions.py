"""How each condition is read from a segment's text, by its first word."""

from collections.abc import Callable

from sayso.domain.segment.bounds import (
    checked_attribute,
    checked_birthday_days,
    checked_campaigns,
    checked_near,
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
    VisitedAt,
    Wish,
    negated,
)
from sayso.domain.segment.source import Source
from sayso.domain.segment.values import (
    checked_by,
    read_day,
    read_months,
    read_near,
    read_span,
    read_values,
)
from sayso.domain.segment.words import EVENTS, FIELD_WORDS


def read_note(source: Source) -> Filter:
    """`city = Austin`, `city is known`: by the name of the note, or of a field."""
    if source.word in FIELD_WORDS and source.says_is_known:
        name = FIELD_WORDS[source.word].value
        source.take(source.word)
    else:
        name = checked_by(source, lambda: _name(source), checked_attribute)
    if source.take("is"):
        is_known = source.take("known", "unknown") == "known"
        return Known(name) if is_known else negated(Known(name))
    source.expect("=", f"{name} has to be compared; write: {name} = Austin, or: {name} is known")
    return Attribute(name, read_values(source, None, "a value"))


def _field(source: Source) -> Filter:
    field = FIELD_WORDS[source.take(source.word)]
    return Among(field, read_values(source, field, f"a {field}"))


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
    places = read_values(source, Field.LOCATION, "a location")
    return VisitedAt(places, read_span(source) if source.take("within") else None)


def _near(source: Source) -> Filter:
    """`within 10 miles of 60614`."""
    source.take("within")
    return checked_by(source, lambda: read_near(source), lambda read: checked_near(*read))


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
                checked_by(source, lambda: read_span(source), checked_birthday_days)
            )
        case "in":
            return BirthdayIn(read_months(source))
    raise source.fault("write: birthday today, birthday within 7 days, or: birthday in December")


def _received(source: Source) -> Filter:
    source.take("received")
    if source.take("any"):
        campaigns: tuple[str, ...] = ()
    else:
        what = 'the id of a campaign, or "any",'
        campaigns = checked_by(source, lambda: source.list(what), checked_campaigns)
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


def _name(source: Source) -> str:
    return source.text("the name of an attribute").lower()


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
