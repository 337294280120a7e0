"""Whether a marketing text may reach a number now, and when it may next.

Where the person is, nobody knows for sure: they may be at the location that they joined, or
anywhere that their number's prefix can mean. So every rule of every such place has to allow the
text, each on the clock of its own place: what is allowed is the intersection. What the customer
asked for is one more rule, at each of these places: it can only ever take hours away.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from sayso.domain.preference import NO_PREFERENCE, Preference
from sayso.domain.prefixes import Prefix, prefix_of, zones_of_state
from sayso.domain.sending_hours import (
    ABROAD,
    FEDERAL,
    Rule,
    TextLimit,
    rule_asked_for,
    rule_of,
    strictest_rule,
)

# Somebody whose prefix is not in any table may be in any of the fifty states.
_ANYWHERE = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Adak",
    "Pacific/Honolulu",
)
# And somebody of an unknown country at any hour of the day: no hour suits all of these.
_EVERYWHERE = ("Etc/GMT+12", "Etc/GMT+4", "Etc/GMT-4", "Etc/GMT-12")
# The longest time without any texts is a few days of holidays around a Sunday.
_HORIZON = timedelta(days=15)
_ONE_DAY = timedelta(days=1)
_CACHED = 4096


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule on the clock of one place; `because` says why the person may be there."""

    rule: Rule
    zone: str
    because: str


@dataclass(frozen=True, slots=True)
class WindowDecision:
    """Whether a text may arrive at the moment asked about.

    `next` is the earliest moment from then on at which it may (UTC), `closes` the end of the
    window that `next` is in; both None where no moment suits every place that the person may be
    at. `why` holds the rules that forbid the text, or else all that allow it.
    """

    allowed: bool
    next: datetime | None
    closes: datetime | None
    why: tuple[Reason, ...]


def decide_window(
    phone: str,
    at: datetime,
    location_zone: str = "",
    location_state: str = "",
    asked: Preference = NO_PREFERENCE,
) -> WindowDecision:
    """Judge a marketing text to `phone` (E.164) at the aware moment `at`.

    `location_zone` (IANA) and `location_state` are those of the location that the person named,
    `asked` holds the hours that they asked for.
    Sources: 47 CFR 64.1200(c)(1) and the states' rules in `sending_hours`.
    """
    if at.tzinfo is None:
        raise ValueError("the moment needs an offset or zone")
    at = at.astimezone(UTC)
    reasons = _reasons(
        prefix_of(phone), location_zone, location_state, rule_asked_for(asked.opens, asked.closes)
    )
    opens, closes = _window(reasons, at)
    if opens == at:
        return WindowDecision(True, opens, closes, reasons)
    closed = tuple(one for one in reasons if _span(one.rule, one.zone, at)[0] > at)
    return WindowDecision(False, opens, closes, closed)


def limits_for(
    phone: str, location_zone: str = "", location_state: str = ""
) -> tuple[TextLimit, ...]:
    """How many texts the states allow that the person may be in."""
    reasons = _reasons(prefix_of(phone), location_zone, location_state, None)
    return tuple(dict.fromkeys(limit for one in reasons for limit in one.rule.limits))


@lru_cache(_CACHED)
def _reasons(
    prefix: Prefix, location_zone: str, location_state: str, asked: Rule | None
) -> tuple[Reason, ...]:
    """Every rule that may hold for the person, each once a zone."""
    found = [*_of_location(prefix, location_zone, location_state)]
    if not (prefix.is_nobodys and found):
        found = [*_of_prefix(prefix), *found]
    if asked:
        found += [replace(one, rule=asked) for one in found]
    first = {(one.rule, one.zone): one for one in reversed(found)}
    return tuple(reversed(first.values()))


def _of_prefix(prefix: Prefix) -> Iterator[Reason]:
    if not prefix.zones:
        rule = strictest_rule() if prefix.is_north_american else ABROAD
        because = f"nothing is known of the prefix {prefix.digits}"
        for zone in _ANYWHERE if prefix.is_north_american else _EVERYWHERE:
            yield Reason(rule, zone, because)
        return
    because = f"the number's prefix {prefix.digits}"
    base = FEDERAL if prefix.is_north_american else ABROAD
    for zone in prefix.zones:
        yield Reason(base, zone, because)
        for rule in filter(None, map(rule_of, prefix.states)):
            yield Reason(rule, zone, because)


def _of_location(prefix: Prefix, zone: str, state: str) -> Iterator[Reason]:
    if not zone and not state:
        return
    because = f"the location's {'state' if state else 'time zone'}"
    base = FEDERAL if state or prefix.is_north_american else ABROAD
    rule = rule_of(state)
    for place in (zone,) if zone else _zones_in(prefix, state):
        yield Reason(base, place, because)
        if rule:
            yield Reason(rule, place, because)


def _zones_in(prefix: Prefix, state: str) -> tuple[str, ...]:
    """Where in the state the person may be: the number tells, if it is of that state."""
    return prefix.zones if state in prefix.states else zones_of_state(state)


def _window(
    reasons: Sequence[Reason], at: datetime
) -> tuple[datetime, datetime] | tuple[None, None]:
    """The first moment from `at` on that every rule allows, and how long they all do."""
    moment = at
    while moment - at <= _HORIZON:
        spans = [_span(one.rule, one.zone, moment) for one in reasons]
        opens = max(span[0] for span in spans)
        if opens <= moment:
            return moment, min(span[1] for span in spans)
        # Until then at least one of them forbids it.
        moment = opens
    return None, None


def _span(rule: Rule, zone: str, at: datetime) -> tuple[datetime, datetime]:
    """When the rule's first window that has not closed by `at` opens and closes."""
    clock = _clock(zone)
    day = at.astimezone(clock).date()
    while True:
        span = _span_of_day(rule, zone, day)
        if span and at < span[1]:
            return span
        day += _ONE_DAY


@lru_cache(_CACHED)
def _span_of_day(rule: Rule, zone: str, day: date) -> tuple[datetime, datetime] | None:
    hours = rule.hours(day)
    if hours is None:
        return None
    opens, closes = (
        datetime.combine(day, time, tzinfo=_clock(zone)).astimezone(UTC) for time in hours
    )
    return opens, closes


@cache
def _clock(zone: str) -> ZoneInfo:
    return ZoneInfo(zone)
