"""Birthdays, and people who have fallen silent: found by a daily look at everyone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sayso.domain.attributes import BIRTHDAY
from sayso.domain.birthdays import birthdays_on
from sayso.domain.listed import Listed
from sayso.domain.series import Candidate, Trigger, candidate
from sayso.domain.wall_clock import instant_of

_DAYS_AHEAD = range(-1, 3)


@dataclass(frozen=True, slots=True)
class DailyLook:
    """One moment, at which it is the campaign's time of day in all of these zones."""

    at: datetime
    zones: tuple[str, ...]


def next_look(wall: time, zones: Iterable[str], after: datetime) -> DailyLook:
    """The first moment after `after` at which clocks of some zone show `wall`.

    A time that the clocks skip means the next that they show, one that they show twice the first.
    """
    nexts = {zone: _next_in(ZoneInfo(zone), wall, after) for zone in zones}
    first = min(nexts.values())
    return DailyLook(first, tuple(sorted(zone for zone, at in nexts.items() if at == first)))


def found_by(
    trigger: Trigger, days: int, person: Listed, at: datetime, zone: str
) -> Candidate | None:
    """What a daily look at `at` finds of a person in the zone; None for nothing.

    A birthday is the same one in every zone, so that nobody who moves has two of a year.
    """
    if trigger is Trigger.BIRTHDAY:
        happened_at = _birthday(person, at.astimezone(ZoneInfo(zone)).date())
    else:
        happened_at = _silent_since(person, days, at)
    return candidate(person, happened_at, at) if happened_at else None


def _birthday(person: Listed, today: date) -> datetime | None:
    if person.attributes.get(BIRTHDAY) not in birthdays_on(today):
        return None
    return datetime.combine(today, time(), UTC)


def _silent_since(person: Listed, days: int, at: datetime) -> datetime | None:
    """When the person was last heard from or seen, if that is so many days ago."""
    signs = [one for one in (person.joined_at, person.last_heard_at, person.visited_at) if one]
    if not signs or at - max(signs) < timedelta(days=days):
        return None
    return max(signs)


def _next_in(zone: ZoneInfo, wall: time, after: datetime) -> datetime:
    today = after.astimezone(zone).date()
    days = (today + timedelta(days=number) for number in _DAYS_AHEAD)
    instants = (instant_of(datetime.combine(day, wall), zone) for day in days)
    return min(at for at in instants if at > after)
