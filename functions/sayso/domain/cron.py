"""Recurring wall-clock times as crontab writes them: `0 10 * * TUE` is ten o'clock on Tuesdays.

Five fields: minute, hour, day of month, month, day of week (0 and 7 are Sunday), each a list of
numbers, names, ranges and steps. Where both the day of month and the day of week are restricted,
either will do (POSIX, crontab); a field that begins with `*` restricts nothing. No text goes out
more than once an hour, so the minute is one number. What zone the times are in is not said here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sayso.domain.refusal import Refused

FIELD = "schedule.cron"
# Two leap years may be eight years apart: what has not come by then never does.
_HORIZON = timedelta(days=8 * 366)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")


class NotACron(Refused):
    """No five fields that make sense, or none that ever come."""


@dataclass(frozen=True, slots=True)
class _Field:
    """What one of the fields may hold; `names` stand for the numbers from `least` on."""

    name: str
    least: int
    most: int
    names: tuple[str, ...] = ()


_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of month", 1, 31),
    _Field("month", 1, 12, _MONTHS),
    _Field("day of week", 0, 7, _DAYS),
)


@dataclass(frozen=True, slots=True)
class Cron:
    """The wall-clock times that a text describes; weekdays count from Sunday, which is 0.

    `is_either_day`: the day of month or the day of week is enough.
    """

    minute: int
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    is_either_day: bool

    def falls_on(self, day: date) -> bool:
        if day.month not in self.months:
            return False
        by_month, by_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        return by_month or by_week if self.is_either_day else by_month and by_week

    def after(self, wall: datetime) -> datetime | None:
        """The first of the times after this one (no zone in either), or None within eight years."""
        day, end = wall.date(), _days_later(wall.date(), _HORIZON)
        while day < end:
            if self.falls_on(day):
                times = (datetime.combine(day, time(hour, self.minute)) for hour in self.hours)
                if found := next((one for one in times if one > wall), None):
                    return found
            day += timedelta(days=1)
        return None


def parsed(text: str) -> Cron:
    """The times that the text describes. Raises NotACron, which says what is wrong with it."""
    written = text.upper().split()
    if len(written) != len(_FIELDS):
        raise NotACron(FIELD, _FIVE)
    pairs = zip(_FIELDS, written, strict=True)
    minutes, hours, days, months, weekdays = (_values(field, one) for field, one in pairs)
    if len(minutes) != 1:
        raise NotACron(FIELD, _TOO_OFTEN)
    is_free = [one.startswith("*") for one in (written[2], written[4])]
    return Cron(
        minute=minutes[0],
        hours=tuple(hours),
        days=frozenset(days),
        months=frozenset(months),
        weekdays=frozenset(day % 7 for day in weekdays),
        is_either_day=not any(is_free),
    )


def _values(field: _Field, text: str) -> Sequence[int]:
    """The numbers that a field names, in order."""
    return sorted({number for part in text.split(",") for number in _part(field, part)})


def _part(field: _Field, part: str) -> range:
    span, slash, step = part.partition("/")
    if slash and not (_is_number(step) and int(step) > 0):
        raise NotACron(FIELD, f"{part!r} is no {field.name}: a step is a number above 0.")
    if span == "*":
        first, last = field.least, field.most
    else:
        begin, dash, end = span.partition("-")
        first = _number(field, begin)
        last = _number(field, end) if dash else (field.most if slash else first)
    if last < first:
        raise NotACron(FIELD, f"{part!r} is no {field.name}: it ends before it begins.")
    return range(first, last + 1, int(step) if slash else 1)


def _number(field: _Field, text: str) -> int:
    if text in field.names:
        return field.names.index(text) + field.least
    if _is_number(text) and field.least <= int(text) <= field.most:
        return int(text)
    names = f", or {field.names[0]} to {field.names[-1]}" if field.names else ""
    raise NotACron(
        FIELD, f"{text!r} is no {field.name}: write {field.least} to {field.most}{names}."
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len("59")


def _days_later(day: date, wait: timedelta) -> date:
    return date.max if date.max - day < wait else day + wait


_FIVE = "Write five fields: minute, hour, day of month, month and day of week, as in 0 10 * * TUE."
_TOO_OFTEN = "A campaign goes out once an hour at most: give one minute, as in 0 10 * * TUE."
