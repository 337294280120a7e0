"""Opening hours as the API writes them: `{"monday": ["08:00-12:00", "13:00-18:00"]}`."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import StringConstraints

from sayso.domain.opening import DAY, WEEKDAYS

_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]"
SPAN_FORM = rf"^{_TIME}-({_TIME}|24:00)$"
DATE_FORM = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
Span = Annotated[str, StringConstraints(pattern=SPAN_FORM)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def week_read(hours: Mapping[Weekday, Sequence[str]]) -> tuple[tuple[int, int, int], ...]:
    """The week as a location keeps it, in its order."""
    return tuple(
        sorted((WEEKDAYS.index(day), *span_read(span)) for day in hours for span in hours[day])
    )


def week_written(hours: Sequence[tuple[int, int, int]]) -> dict[str, list[str]]:
    """The spans of each day that has any."""
    week = {
        name: [span_written(opens, closes) for on, opens, closes in hours if on == day]
        for day, name in enumerate(WEEKDAYS)
    }
    return {name: spans for name, spans in week.items() if spans}


def span_read(text: str) -> tuple[int, int]:
    """Minutes since midnight; what closes no later than it opens closes on the next day."""
    opens, closes = (int(time[:2]) * 60 + int(time[3:]) for time in text.split("-"))
    return opens, closes if closes > opens else closes + DAY


def span_written(opens: int, closes: int) -> str:
    """`08:00-18:00`; midnight at the end of the day is `24:00`."""
    ends = closes if closes <= DAY else closes - DAY
    return f"{_clock(opens)}-{_clock(ends)}"


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
