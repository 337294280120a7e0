"""What time it is where somebody may be, and whether a marketing text may come then.

The observer's own reading of COMPLIANCE: nothing here is taken from the product.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from zoneinfo import ZoneInfo

from simulation.moments import DAY, HOUR, at_ms

_THURSDAY = 3  # 1970-01-01
_SUNDAY = 6
_EVERY_DAY = (8, 21)
# From one hour to another, Mondays to Fridays, Saturdays, Sundays; None for no text all day.
_Hours = tuple[int, int] | None
_STATES: Mapping[str, tuple[_Hours, _Hours, _Hours]] = {
    "FL": ((8, 20),) * 3,
    "MD": ((8, 20),) * 3,
    "TX": ((9, 21), (9, 21), (12, 21)),
    "WA": ((8, 20),) * 3,
    "CT": ((9, 20),) * 3,
    "AL": ((8, 20), (8, 20), None),
    "LA": ((8, 20), (8, 20), None),
    "RI": ((9, 18), (10, 17), None),
    "NV": ((9, 20),) * 3,
    "NM": ((9, 21),) * 3,
    "MA": ((8, 20),) * 3,
    "ME": ((9, 17), None, None),
}


def may_arrive(zone: str, state: str, ms: int) -> bool:
    """Whether federal and state law let a marketing text arrive there at that moment."""
    local = ms + _offset(zone, ms)
    since_midnight = local % DAY
    weekday = (local // DAY + _THURSDAY) % 7
    of_state = _STATES.get(state, (_EVERY_DAY,) * 3)[max(0, weekday - (_SUNDAY - 2))]
    return all(
        hours is not None and hours[0] * HOUR <= since_midnight < hours[1] * HOUR
        for hours in (_EVERY_DAY, of_state)
    )


def _offset(zone: str, ms: int) -> int:
    return _offset_in(zone, ms // HOUR)


@cache
def _offset_in(zone: str, hour: int) -> int:
    """Milliseconds ahead of UTC. Clocks change on whole hours of UTC wherever the stores are."""
    offset = at_ms(hour * HOUR).astimezone(ZoneInfo(zone)).utcoffset()
    return (offset or timedelta()) // timedelta(milliseconds=1)
