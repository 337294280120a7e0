"""From a segment's JSON form to its filters, or to what is wrong with it and where.

The values in it are spelled as in the text form: `"30 days"`, `"2026-12-01"`.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sayso.domain.segment.bounds import (
    DEPTH_AT_MOST,
    BadSegment,
    checked_attribute,
    checked_birthday_days,
    checked_campaigns,
    checked_near,
    checked_size,
    checked_values,
    quoted,
    suggestion,
)
from sayso.domain.segment.filters import (
    EVERYONE,
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
    all_of,
    any_of,
    negated,
)
from sayso.domain.segment.source import Source
from sayso.domain.segment.values import read_day, read_months, read_span
from sayso.domain.segment.words import EVENTS

_FIELDS = {"at" if field is Field.LOCATION else field.value: field for field in Field}
_Made = TypeVar("_Made")


def from_json(value: Mapping[str, Any]) -> Filter:
    """The segment that the JSON says; everyone for none. Raises BadSegment."""
    if not value:
        return EVERYONE
    try:
        return checked_size(_filter(value, "", 0))
    except BadSegment as bad:
        raise BadSegment(bad.detail, "filters") from None


def _filter(value: Any, path: str, depth: int) -> Filter:
    word, inner = _only_pair(value, path)
    here = f"{path}.{word}" if path else word
    if depth > DEPTH_AT_MOST:
        raise BadSegment(f"{here[:80]}: filters go at most {DEPTH_AT_MOST} deep")
    if word in ("and", "or"):
        each = [
            _filter(one, f"{here}.{number}", depth + 1)
            for number, one in enumerate(_list(inner, here))
        ]
        return (all_of if word == "and" else any_of)(each)
    if word == "not":
        return negated(_filter(inner, here, depth + 1))
    try:
        return _condition(word, inner)
    except BadSegment as bad:
        raise BadSegment(f"{here}: {bad.detail}") from None


def _condition(word: str, value: Any) -> Filter:
    if word in _FIELDS:
        field = _FIELDS[word]
        return Among(field, checked_values(field, _texts(value)))
    if word == Event.VISITED and isinstance(value, Mapping) and "at" in value:
        return _visited(value)
    if word in EVENTS:
        return _happening(word, value)
    if word in _READERS:
        return _READERS[word](value)
    guess = suggestion(word, [*_FIELDS, *EVENTS, *_READERS, "and", "or", "not"])
    raise BadSegment(f"there is no filter {quoted(word)}{guess}")


def _happening(word: str, value: Any) -> Happening:
    event = EVENTS[word]
    relation, inner = _only_pair(value, "")
    match relation:
        case "ever" if inner is True:
            return Ever(event)
        case "within":
            return Recent(event, _whole(inner, read_span))
        case "over":
            return Past(event, _whole(inner, read_span))
        case "before":
            return Before(event, _whole(inner, read_day))
        case "since":
            return Since(event, _whole(inner, read_day))
    raise BadSegment('write {"within": "30 days"}, or "over", "before", "since", or "ever": true')


def _visited(value: Mapping[str, Any]) -> Filter:
    if value.keys() - {"at", "within"}:
        raise BadSegment('write {"at": ["DOWNTOWN"], "within": "30 days"}; none means ever')
    places = checked_values(Field.LOCATION, _texts(value["at"]))
    return VisitedAt(places, _whole(value["within"], read_span) if "within" in value else None)


def _near(value: Any) -> Filter:
    if not isinstance(value, Mapping) or value.keys() != {"miles", "of"}:
        raise BadSegment('write {"miles": 10, "of": "60614"}')
    miles = value["miles"]
    if not isinstance(miles, int) or isinstance(miles, bool):
        raise BadSegment("miles are a whole number")
    return checked_near(miles, _text(value["of"]))


def _birthday(value: Any) -> Filter:
    relation, inner = _only_pair(value, "")
    match relation:
        case "today" if inner is True:
            return BirthdayWithin()
        case "within":
            return BirthdayWithin(checked_birthday_days(_whole(inner, read_span)))
        case "in":
            return BirthdayIn(_whole(", ".join(_texts(inner)), read_months))
    raise BadSegment('write {"today": true}, {"within": "7 days"} or {"in": ["December"]}')


def _received(value: Any) -> Filter:
    if not isinstance(value, Mapping) or value.keys() - {"campaigns", "within"}:
        raise BadSegment('write {"campaigns": ["…"], "within": "30 days"}; none means any')
    campaigns = value.get("campaigns", [])
    named = checked_campaigns(_texts(campaigns)) if campaigns != [] else ()
    return Received(named, _whole(value["within"], read_span) if "within" in value else None)


def _attribute(value: Any) -> Filter:
    if not isinstance(value, Mapping) or value.keys() != {"name", "is"}:
        raise BadSegment('write {"name": "city", "is": ["Austin"]}')
    name = checked_attribute(_text(value["name"]))
    return Attribute(name, checked_values(None, _texts(value["is"])))


def _known(value: Any) -> Filter:
    name = _text(value)
    return Known(name if name in list(Field) else checked_attribute(name))


def _prefers(value: Any) -> Filter:
    if value not in list(Wish):
        raise BadSegment(f"write {' or '.join(quoted(wish) for wish in Wish)}")
    return Asked(Wish(value))


def _only_pair(value: Any, path: str) -> tuple[str, Any]:
    if not isinstance(value, Mapping) or len(value) != 1:
        where = f"{path[:80]}: " if path else ""
        raise BadSegment(f'{where}an object with exactly one key is needed, such as {{"at": […]}}')
    ((word, inner),) = value.items()
    return word, inner


def _list(value: Any, path: str = "") -> list[Any]:
    if not isinstance(value, list) or not value:
        raise BadSegment(f"{path[:80]}: a list is needed".removeprefix(": "))
    return value


def _texts(value: Any) -> list[str]:
    return [_text(one) for one in _list(value)]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise BadSegment("a text is needed")
    return value


def _whole(value: Any, reader: Callable[[Source], _Made]) -> _Made:
    """What the reader of the text form makes of the whole value."""
    source = Source(_text(value))
    found = reader(source)
    if not source.is_at_end:
        raise source.fault(f"{source.shown} is too much")
    return found


_READERS: dict[str, Callable[[Any], Filter]] = {
    "birthday": _birthday,
    "received": _received,
    "attribute": _attribute,
    "known": _known,
    "prefers": _prefers,
    "near": _near,
}
