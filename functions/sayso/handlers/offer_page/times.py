"""Times as the offer page writes them: a date, and the hour to the minute, where the store is."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
    "es": "ene feb mar abr may jun jul ago sep oct nov dic".split(),
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.".split(),
}
_SHAPES = {
    "en": "{month} {day}, {hour}",
    "es": "el {day} {month}, {hour}",
    "fr": "{day} {month} à {hour}",
}


def moment(at: datetime, zone: str, language: str) -> str:
    """`Nov 23, 12:05 PM`, in the zone."""
    local = at.astimezone(ZoneInfo(zone))
    return _SHAPES[language].format(
        month=_MONTHS[language][local.month - 1], day=local.day, hour=_hour(local, language)
    )


def end(at: datetime, zone: str, language: str) -> str:
    """The same of an end: midnight is the last minute of the day before."""
    return moment(last_minute(at, zone), zone, language)


def last_minute(at: datetime, zone: str) -> datetime:
    """An end as people write it: 11:59 PM in place of the midnight after it."""
    local = at.astimezone(ZoneInfo(zone))
    is_midnight = (local.hour, local.minute) == (0, 0)
    return at - timedelta(minutes=1) if is_midnight else at


def near(at: datetime, now: datetime, zone: str, language: str) -> str:
    """`7:00 PM` where it is on the same day as `now` in the zone, else as `moment`."""
    local, today = (one.astimezone(ZoneInfo(zone)) for one in (at, now))
    is_today = local.date() == today.date()
    return _hour(local, language) if is_today else moment(at, zone, language)


def _hour(local: datetime, language: str) -> str:
    if language == "fr":
        return f"{local.hour} h {local.minute:02d}"
    half = "AM" if local.hour < 12 else "PM"
    return f"{local.hour % 12 or 12}:{local.minute:02d} {half}"
