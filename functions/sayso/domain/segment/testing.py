"""A segment as a test of one listed subscriber.

It is bound to a moment first, so that what depends on it is worked out once and not for each of a
million people. Days begin at midnight in the time zone of that moment.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache, reduce
from typing import Any

from sayso.domain import zip_rows
from sayso.domain.attributes import BIRTHDAY
from sayso.domain.birthdays import birthdays_within
from sayso.domain.listed import Listed
from sayso.domain.places import Point, miles_between
from sayso.domain.segment.filters import (
    Among,
    And,
    Asked,
    Attribute,
    Before,
    BirthdayIn,
    BirthdayWithin,
    Event,
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
    Wish,
)

Test = Callable[[Listed], bool]
# Where the shop's locations are, by code.
Places = Mapping[str, Point]
_NOWHERE: Places = {}
# When a person was last texted, by number and by campaign ("" for any campaign).
History = Mapping[str, Mapping[str, datetime]]
ANY_CAMPAIGN = ""
_ReceivedTest = Callable[[Received, bool], Test]
_VALUE: dict[Field, Callable[[Listed], str]] = {
    Field.LOCATION: lambda one: one.location,
    Field.CHANNEL: lambda one: one.channel,
    Field.KEYWORD: lambda one: one.keyword,
    Field.LANGUAGE: lambda one: one.language,
}
_WHEN: dict[Event, Callable[[Listed], datetime | None]] = {
    Event.JOINED: lambda one: one.joined_at,
    Event.HEARD: lambda one: one.last_heard_at,
    Event.VISITED: lambda one: one.visited_at,
    Event.CLICKED: lambda one: one.clicked_at,
    Event.REDEEMED: lambda one: one.redeemed_at,
}


@dataclass(frozen=True, slots=True)
class Decided:
    """What the index alone says: who passes whatever they were sent, and who may pass."""

    surely: Test
    possibly: Test


def bound(
    segment: Filter,
    now: datetime,
    history: History | None = None,
    places: Places = _NOWHERE,
) -> Test:
    """The segment's test at `now` (aware). Who is not in the `history` was never texted.

    `places` are needed where `centers_in` names any.
    """
    known = history or {}
    return _Binder(now, lambda one, _: _received(one, known, now), places).test(segment)


def decided(segment: Filter, now: datetime, places: Places = _NOWHERE) -> Decided:
    """The segment's test without any history: between its two bounds, history decides."""
    surely = _Binder(now, lambda _, is_plain: _never if is_plain else _always, places)
    possibly = _Binder(now, lambda _, is_plain: _always if is_plain else _never, places)
    return Decided(surely.test(segment), possibly.test(segment))


class _Binder:
    """Makes tests. `received` is told whether its condition stands under an even number of nots."""

    def __init__(self, now: datetime, received: _ReceivedTest, places: Places) -> None:
        self._now = now.astimezone(UTC)
        self._zone = now.tzinfo
        self._today = now.date()
        self._received = received
        self._places = places

    def test(self, segment: Filter, *, is_plain: bool = True) -> Test:
        match segment:
            case And(filters):
                return _every([self.test(one, is_plain=is_plain) for one in filters])
            case Or(filters):
                return reduce(_either, (self.test(one, is_plain=is_plain) for one in filters))
            case Not(inner):
                left_out = self.test(inner, is_plain=not is_plain)
                return lambda one: not left_out(one)
            case Received():
                return self._received(segment, is_plain)
        return _MAKERS[type(segment)](self, segment)

    def among(self, one: Among) -> Test:
        value, values = _VALUE[one.field], frozenset(map(str.casefold, one.values))
        exact = values | frozenset(one.values)
        return lambda who: value(who) in exact or value(who).casefold() in values

    def attribute(self, one: Attribute) -> Test:
        name, values = one.name, frozenset(map(str.casefold, one.values))
        return lambda who: who.attributes.get(name, "").casefold() in values

    def known(self, one: Known) -> Test:
        if one.name in list(Field):
            value = _VALUE[Field(one.name)]
            return lambda who: value(who) != ""
        name = one.name
        return lambda who: name in who.attributes

    def ever(self, one: Ever) -> Test:
        when = _WHEN[one.event]
        return lambda who: when(who) is not None

    def recent(self, one: Recent) -> Test:
        return _after(_WHEN[one.event], self._now - one.span.length)

    def past(self, one: Past) -> Test:
        when, last = _WHEN[one.event], self._now - one.span.length
        return lambda who: (at := when(who)) is not None and at <= last

    def before(self, one: Before) -> Test:
        when, start = _WHEN[one.event], self._start_of(one.day)
        return lambda who: (at := when(who)) is not None and at < start

    def since(self, one: Since) -> Test:
        when, start = _WHEN[one.event], self._start_of(one.day)
        return lambda who: (at := when(who)) is not None and at >= start

    def birthday_within(self, one: BirthdayWithin) -> Test:
        days = birthdays_within(self._today, one.days)
        return lambda who: who.attributes.get(BIRTHDAY) in days

    def birthday_in(self, one: BirthdayIn) -> Test:
        months = tuple(f"{month:02d}-" for month in one.months)
        return lambda who: who.attributes.get(BIRTHDAY, "").startswith(months)

    def visited_at(self, one: VisitedAt) -> Test:
        start = self._now - one.span.length if one.span else None
        return lambda who: any(
            (at := who.visits.get(place)) is not None
            and (start is None or datetime.fromisoformat(at) > start)
            for place in one.places
        )

    def near(self, one: Near) -> Test:
        """By store and by ZIP code, each measured once: many people have the same."""
        here = self._places.get(one.center) or zip_rows.place_of(one.center)
        if here is None:
            return _never

        def is_near(there: Point | None) -> bool:
            return there is not None and miles_between(here, there) <= one.miles

        stores = {code: is_near(point) for code, point in self._places.items()}
        by_zip = cache(lambda code: is_near(zip_rows.place_of(code)))
        return lambda who: stores[who.location] if who.location in stores else by_zip(who.zip)

    def asked(self, one: Asked) -> Test:
        if one.wish is Wish.FEWER:
            return lambda who: who.preference.most is not None
        return lambda who: (who.preference.opens or who.preference.closes) is not None

    def _start_of(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._zone).astimezone(UTC)


def _after(when: Callable[[Listed], datetime | None], start: datetime) -> Test:
    return lambda who: (at := when(who)) is not None and at > start


def _every(tests: list[Test]) -> Test:
    return reduce(_both, tests) if tests else _always


def _both(first: Test, second: Test) -> Test:
    return lambda who: first(who) and second(who)


def _either(first: Test, second: Test) -> Test:
    return lambda who: first(who) or second(who)


def _always(_: Listed) -> bool:
    return True


def _never(_: Listed) -> bool:
    return False


def _received(one: Received, history: History, now: datetime) -> Test:
    campaigns = one.campaigns or (ANY_CAMPAIGN,)
    start = now - one.span.length if one.span else None

    def passes(who: Listed) -> bool:
        of_them = history.get(who.phone, {})
        times = [of_them[name] for name in campaigns if name in of_them]
        return any(start is None or at > start for at in times)

    return passes


_MAKERS: dict[type, Callable[[_Binder, Any], Test]] = {
    Among: _Binder.among,
    Attribute: _Binder.attribute,
    Known: _Binder.known,
    Ever: _Binder.ever,
    Recent: _Binder.recent,
    Past: _Binder.past,
    Before: _Binder.before,
    Since: _Binder.since,
    BirthdayWithin: _Binder.birthday_within,
    BirthdayIn: _Binder.birthday_in,
    VisitedAt: _Binder.visited_at,
    Near: _Binder.near,
    Asked: _Binder.asked,
}
