"""When a recurring campaign goes out: its occurrences, each a wall-clock time and its instants.

A time that the clocks skip means the next that they show, one that they show twice the first of
the two. Occurrences follow each other by the wall clock, so that each is one wherever its
recipients are; at a place where the next one falls on the same instant, only that one counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sayso.domain.cron import FIELD, Cron, NotACron, parsed
from sayso.domain.schedule import (
    FURTHEST,
    RECIPIENT,
    TOO_FAR,
    Firing,
    Schedule,
    TooFarAhead,
    by_zone,
    check_form,
    zone_of,
)
from sayso.domain.wall_clock import instant_of

# As long as EventBridge Scheduler is told to try: what is later is better looked at by a person.
LATEST = timedelta(hours=1)
# Local times are less than a day from UTC.
_BEFORE_ANY_ZONE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of a recurring campaign: `wall` without zone, and its firings, earliest first."""

    wall: datetime
    firings: tuple[Firing, ...]

    @property
    def at(self) -> datetime:
        """When the first of its recipients are due."""
        return self.firings[0].at

    def in_time(self, now: datetime) -> tuple[Firing, ...]:
        """The firings that are not too late at `now`."""
        return tuple(one for one in self.firings if now - one.at <= LATEST)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The occurrences of a schedule, for locations with their zones.

    `zones` maps every location of the audience to its IANA zone; `home` is the program's zone.
    """

    cron: Cron
    timezone: str
    zones: Mapping[str, str]
    home: str

    def first(self, now: datetime) -> Occurrence:
        """The first occurrence that is still to come everywhere. Raises TooFarAhead, NotACron."""
        found = self.following(now.replace(tzinfo=None) - _BEFORE_ANY_ZONE)
        while found and found.at <= now:
            found = self.following(found.wall)
        if found is None:
            raise NotACron(FIELD, "There is no such day. Check the day and the month.")
        if found.at - now > FURTHEST:
            raise TooFarAhead(FIELD, TOO_FAR)
        return found

    def following(self, wall: datetime) -> Occurrence | None:
        """The occurrence after the one at `wall`; None where there is none in eight years."""
        following = self.cron.after(wall)
        while following:
            if found := self.at(following):
                return found
            following = self.cron.after(following)
        return None

    def at(self, wall: datetime) -> Occurrence | None:
        """The occurrence at `wall`; None where each of its places has a later one instead."""
        following = self.cron.after(wall)
        firings = [
            firing
            for firing in self._firings(wall)
            if following is None or instant_of(following, zone_of(firing.timezone)) != firing.at
        ]
        in_order = tuple(sorted(firings, key=_instant))
        return Occurrence(wall, in_order) if in_order else None

    def _firings(self, wall: datetime) -> list[Firing]:
        if self.timezone == RECIPIENT:
            places = by_zone(self.zones)
        else:
            places = {self.timezone or self.home: tuple(self.zones)}
        return [
            Firing(instant_of(wall, zone_of(zone)), zone, locations)
            for zone, locations in places.items()
        ]


def recurrence(schedule: Schedule, zones: Mapping[str, str], home: str) -> Recurrence:
    """The occurrences of a `cron` schedule. Raises Refused."""
    check_form(schedule)
    return Recurrence(parsed(schedule.cron), schedule.timezone, zones, home)


def tidy(schedule: Schedule) -> Schedule:
    """The schedule with its cron text in one spelling."""
    return replace(schedule, cron=" ".join(schedule.cron.upper().split()))


def _instant(firing: Firing) -> datetime:
    return firing.at
