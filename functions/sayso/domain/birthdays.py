"""Birthdays without a year, written MM-DD."""

import re
from calendar import isleap
from datetime import date, timedelta

_FORM = re.compile(r"[0-9]{2}-[0-9]{2}")
# Any leap year: every birthday is a day of it.
_LEAP = 2024
_LEAP_DAY = "02-29"
_IN_ITS_STEAD = "02-28"


def is_birthday_form(text: str) -> bool:
    """Whether it is a day of the year; 02-29 is one."""
    if not _FORM.fullmatch(text):
        return False
    try:
        date(_LEAP, int(text[:2]), int(text[3:]))
    except ValueError:
        return False
    return True


def birthdays_on(day: date) -> frozenset[str]:
    """The birthdays kept on this day: in years without a 29 February, its own on the 28th."""
    own = f"{day:%m-%d}"
    if own == _IN_ITS_STEAD and not isleap(day.year):
        return frozenset({own, _LEAP_DAY})
    return frozenset({own})


def birthdays_within(day: date, days: int) -> frozenset[str]:
    """The birthdays kept on this day or one of the `days` after it."""
    ahead = (day + timedelta(days=number) for number in range(days + 1))
    return frozenset().union(*(birthdays_on(one) for one in ahead))
