"""Wall clocks: which instant a local time is, also where the clocks show it twice or not at all."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Gap:
    """What a change to summer time skips: wall-clock times without zone, and its end as instant."""

    begins: datetime
    ends: datetime
    ends_at: datetime


def instant_of(wall: datetime, zone: ZoneInfo) -> datetime:
    """The instant (aware UTC) of a wall-clock time without zone, given in whole seconds.

    Of one that the clocks show twice, the first; of one that they skip, the next that they show.
    """
    gap = gap_around(wall, zone)
    return gap.ends_at if gap else _read(wall, zone, 0)


def gap_around(wall: datetime, zone: ZoneInfo) -> Gap | None:
    """The gap that the wall-clock time falls into, if it does.

    Inside a gap, fold 0 reads a time with the offset before the change and fold 1 with the one
    after it, so the change itself lies between the two readings.
    """
    before, after = _read(wall, zone, 0), _read(wall, zone, 1)
    if before.astimezone(zone).replace(tzinfo=None) == wall:
        return None
    old_offset = after.astimezone(zone).utcoffset()
    low, high = after, before
    while high - low > timedelta(seconds=1):
        middle = (low + (high - low) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == old_offset:
            low = middle
        else:
            high = middle
    ends = high.astimezone(zone).replace(tzinfo=None)
    return Gap(ends - (before - after), ends, high)


def _read(wall: datetime, zone: ZoneInfo, fold: int) -> datetime:
    return wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
