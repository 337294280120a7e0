"""What a segment is made of: conditions on what the audience index says, and how they combine.

Build combinations with `all_of`, `any_of` and `negated`: they keep every segment in the one shape
that its text form reads back to.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Field(StrEnum):
    """What people are told apart by that a list of values can name."""

    LOCATION = "location"
    CHANNEL = "channel"
    KEYWORD = "keyword"
    LANGUAGE = "language"


class Event(StrEnum):
    """What has happened with a person, each time remembered as its newest."""

    JOINED = "joined"
    HEARD = "heard"
    VISITED = "visited"
    CLICKED = "clicked"
    REDEEMED = "redeemed"


class Unit(StrEnum):
    """Units of a span."""

    HOURS = "hours"
    DAYS = "days"
    WEEKS = "weeks"


class Wish(StrEnum):
    """What a customer may have asked for about their offers."""

    FEWER = "fewer"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time, such as 30 days."""

    count: int
    unit: Unit

    @property
    def length(self) -> timedelta:
        return timedelta(**{self.unit.value: self.count})


@dataclass(frozen=True, slots=True)
class Among:
    """The field is one of the values, whatever their case."""

    field: Field
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    """The shop's note of this name is one of the values, whatever their case."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """There is a value: of a field, or of the shop's note of this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Ever:
    """It has happened at all."""

    event: Event


@dataclass(frozen=True, slots=True)
class Recent:
    """It last happened less than `span` ago."""

    event: Event
    span: Span


@dataclass(frozen=True, slots=True)
class Past:
    """It has happened, the last time `span` ago or longer."""

    event: Event
    span: Span


@dataclass(frozen=True, slots=True)
class Before:
    """It last happened before this day began."""

    event: Event
    day: date


@dataclass(frozen=True, slots=True)
class Since:
    """It last happened on this day or later."""

    event: Event
    day: date


@dataclass(frozen=True, slots=True)
class BirthdayWithin:
    """The birthday is today, or comes within so many days."""

    days: int = 0


@dataclass(frozen=True, slots=True)
class BirthdayIn:
    """The birthday is in one of these months (1 to 12)."""

    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Received:
    """A text of one of these campaigns (of any, where none is named) went out to the person.

    Within `span`, where one is given. The index does not know: it takes a read of the table.
    """

    campaigns: tuple[str, ...] = ()
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class VisitedAt:
    """They were seen at one of these stores; within `span`, where one is given."""

    places: tuple[str, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Their own store, or else their ZIP code, is at most so many miles from this one.

    `center` is the code of a location, or five digits that are none: a ZIP code.
    """

    miles: int
    center: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The customer has asked for it by text."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class Not:
    """Whoever the filter leaves out."""

    filter: "Filter"


@dataclass(frozen=True, slots=True)
class And:
    """Whoever passes all of them; of none, everyone."""

    filters: tuple["Filter", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Whoever passes one of them."""

    filters: tuple["Filter", ...]


Happening = Ever | Recent | Past | Before | Since
_Place = VisitedAt | Near
_Note = Attribute | BirthdayWithin | BirthdayIn
Condition = Among | Known | Happening | _Place | _Note | Received | Asked
Filter = Condition | Not | And | Or
EVERYONE = And(())


def all_of(filters: Iterable[Filter]) -> Filter:
    """Whoever passes all of them, without what is said twice."""
    flat = [one for each in filters for one in (each.filters if isinstance(each, And) else (each,))]
    unique = tuple(dict.fromkeys(flat))
    return unique[0] if len(unique) == 1 else And(unique)


def any_of(filters: Iterable[Filter]) -> Filter:
    """Whoever passes one of them (at least one is needed), without what is said twice."""
    flat = [one for each in filters for one in (each.filters if isinstance(each, Or) else (each,))]
    unique = tuple(dict.fromkeys(flat))
    return unique[0] if len(unique) == 1 else Or(unique)


def negated(one: Filter) -> Filter:
    """Whoever it leaves out; what is negated twice stands as it was."""
    return one.filter if isinstance(one, Not) else Not(one)


def terms_of(segment: Filter) -> tuple[Filter, ...]:
    """The filters that a person has to pass one after the other."""
    return segment.filters if isinstance(segment, And) else (segment,)


def conditions_of(segment: Filter) -> Iterator[Condition]:
    """Every condition in it, from left to right."""
    if isinstance(segment, And | Or):
        for one in segment.filters:
            yield from conditions_of(one)
    elif isinstance(segment, Not):
        yield from conditions_of(segment.filter)
    else:
        yield segment


def locations_in(segment: Filter) -> tuple[str, ...]:
    """The codes of locations that it names; not of those to be near to."""
    codes = list[str]()
    for one in conditions_of(segment):
        if isinstance(one, VisitedAt):
            codes += one.places
        elif isinstance(one, Among) and one.field is Field.LOCATION:
            codes += one.values
    return tuple(dict.fromkeys(codes))


def centers_in(segment: Filter) -> tuple[str, ...]:
    """The stores and ZIP codes that it measures miles from."""
    named = [one.center for one in conditions_of(segment) if isinstance(one, Near)]
    return tuple(dict.fromkeys(named))


def locations_required(segment: Filter) -> tuple[str, ...]:
    """The locations outside of which nobody passes; () where there is no such limit."""
    required = [
        one.values
        for one in terms_of(segment)
        if isinstance(one, Among) and one.field is Field.LOCATION
    ]
    if not required:
        return ()
    first, *others = required
    return tuple(code for code in first if all(code in codes for codes in others)) or first


def campaigns_in(segment: Filter) -> tuple[str, ...]:
    """The ids of campaigns that it names."""
    named = [one for one in conditions_of(segment) if isinstance(one, Received)]
    return tuple(dict.fromkeys(one for each in named for one in each.campaigns))


def needs_history(segment: Filter) -> bool:
    """Whether it asks for what only the table knows."""
    return any(isinstance(one, Received) for one in conditions_of(segment))
