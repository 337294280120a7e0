"""Moments as whole milliseconds, which is how exactly Sayso keeps its times."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_A_MILLISECOND = timedelta(milliseconds=1)
SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def ms_of(at: datetime) -> int:
    """Milliseconds since 1970 of an aware time."""
    return (at - _EPOCH) // _A_MILLISECOND


def at_ms(ms: int) -> datetime:
    """The aware UTC time so many milliseconds after 1970."""
    return _EPOCH + timedelta(milliseconds=ms)


def lasting(span: timedelta) -> int:
    """The milliseconds of a length of time."""
    return span // _A_MILLISECOND
