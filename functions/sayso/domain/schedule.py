"""When a campaign goes out: what a marketer wrote, turned into UTC instants.

A wall-clock time is read in its zone. One that the clocks show twice (autumn) means the first of
the two; one that they skip (spring) is refused, since no guess would be what was meant.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sayso.domain.refusal import Refused
from sayso.domain.timezones import is_timezone
from sayso.domain.wall_clock import gap_around, instant_of

# The zone of each recipient's location, so that 10:00 is 10:00 everywhere.
RECIPIENT = "recipient"
# Nobody plans an offer further ahead; a mistyped year is likelier.
FURTHEST = timedelta(days=366)
_EPOCH_YEAR = 1970


class UnclearSchedule(Refused):
    """Not exactly one of `at`, `now` and `cron`, or two parts that contradict each other."""


class NotATime(Refused):
    """`at` is no ISO 8601 date and time."""


class UnknownTimezone(Refused):
    """No zone of this name in the IANA database."""


class SkippedByClocks(Refused):
    """The wall-clock time falls into the hour that the change to summer time skips."""


class InThePast(Refused):
    """The time has gone by, somewhere at least."""


class TooFarAhead(Refused):
    """More than a year from now."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """As the marketer wrote it: `at` (ISO 8601, with or without offset) or `now`.

    `timezone` is `recipient`, an IANA name, or empty for the program's own zone. A triggered
    campaign says `on` what (joined, visited, redeemed, birthday, or silent for `days`), how many
    minutes after that, and whether a reply meanwhile ends the wait without a text.
    """

    at: str = ""
    timezone: str = ""
    now: bool = False
    cron: str = ""
    on: str = ""
    days: int = 0
    delay_minutes: int = 0
    exit_on_reply: bool = True


@dataclass(frozen=True, slots=True)
class Firing:
    """One instant (aware UTC, whole seconds) and the locations whose subscribers it is for.

    The location "" stands for the subscribers who named none.
    """

    at: datetime
    timezone: str
    locations: tuple[str, ...]


def resolve(
    schedule: Schedule, zones: Mapping[str, str], home: str, now: datetime
) -> tuple[Firing, ...]:
    """The firings of a schedule, earliest first: one, or one a time zone for `recipient`.

    `zones` maps every location of the audience to its IANA zone; `home` is the program's zone.
    A recurring schedule has domain.recurring. Raises one of the Refused kinds above.
    """
    check_form(schedule)
    everywhere = tuple(zones)
    if schedule.now:
        return (Firing(_whole_seconds(now), home, everywhere),)
    written = _parsed(schedule.at)
    if written.tzinfo is not None:
        if schedule.timezone == RECIPIENT:
            raise UnclearSchedule("schedule", _ONE_INSTANT)
        return (_in_time(Firing(_whole_seconds(written), home, everywhere), schedule, now),)
    if schedule.timezone == RECIPIENT:
        firings = (_local(written, zone, places) for zone, places in by_zone(zones).items())
        return tuple(sorted((_in_time(one, schedule, now) for one in firings), key=_instant))
    return (_in_time(_local(written, schedule.timezone or home, everywhere), schedule, now),)


def zone_of(name: str, field: str = "schedule.timezone") -> ZoneInfo:
    """The zone of this IANA name. Raises UnknownTimezone."""
    if not is_timezone(name):
        raise UnknownTimezone(
            field,
            f"There is no time zone {name!r}. Use an IANA name such as America/Chicago, or "
            f'"{RECIPIENT}" for the time at each recipient\'s location.',
        )
    return ZoneInfo(name)


def check_form(schedule: Schedule) -> None:
    """Raise UnclearSchedule or UnknownTimezone for one that says not one thing only."""
    if [bool(schedule.at), schedule.now, bool(schedule.cron)].count(True) != 1:
        raise UnclearSchedule("schedule", _ONE_OF)
    if schedule.timezone not in ("", RECIPIENT):
        zone_of(schedule.timezone)


def _parsed(text: str) -> datetime:
    try:
        written = datetime.fromisoformat(text)
    except ValueError:
        written = None
    # Python reads a date alone as midnight: nobody means to text at midnight.
    if written is None or len(text) <= len("2026-12-01"):
        raise NotATime(
            "schedule.at",
            f"{text!r} is no date and time. Write it as 2026-12-01T10:00:00.",
        )
    if written.year < _EPOCH_YEAR:
        raise InThePast("schedule.at", f'{text} has gone by. Give a later time, or "now": true.')
    if written.year == MAXYEAR:
        raise TooFarAhead("schedule.at", TOO_FAR)
    return written.replace(microsecond=0)


def by_zone(zones: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The locations of each zone."""
    found: dict[str, list[str]] = defaultdict(list)
    for location, zone in zones.items():
        found[zone].append(location)
    return {zone: tuple(locations) for zone, locations in found.items()}


def _local(written: datetime, zone_name: str, locations: tuple[str, ...]) -> Firing:
    """The firing at a wall-clock time of a zone."""
    zone = zone_of(zone_name)
    if gap := gap_around(written, zone):
        raise SkippedByClocks(
            "schedule.at",
            f"{written:%Y-%m-%d %H:%M} does not exist in {zone.key}: the clocks go from "
            f"{gap.begins:%H:%M} straight to {gap.ends:%H:%M}. The next valid time is "
            f"{gap.ends:%Y-%m-%dT%H:%M:%S}.",
        )
    return Firing(_whole_seconds(instant_of(written, zone)), zone_name, locations)


def _in_time(firing: Firing, schedule: Schedule, now: datetime) -> Firing:
    if firing.at <= now:
        place = f" in {firing.timezone}" if schedule.timezone == RECIPIENT else ""
        raise InThePast(
            "schedule.at",
            f'{schedule.at} has gone by{place}. Give a later time, or "now": true.',
        )
    if firing.at - now > FURTHEST:
        raise TooFarAhead("schedule.at", TOO_FAR)
    return firing


def _whole_seconds(at: datetime) -> datetime:
    """In UTC, without fractions: EventBridge Scheduler's `at()` knows none."""
    return at.astimezone(UTC).replace(microsecond=0)


def _instant(firing: Firing) -> datetime:
    return firing.at


_ONE_INSTANT = (
    'A time with an offset is one instant for everyone: leave the offset out for "recipient".'
)
_ONE_OF = 'Give one of a time as "at", "now": true, and a recurring time as "cron".'
TOO_FAR = "That is more than a year ahead. Check the year, or schedule it later."
