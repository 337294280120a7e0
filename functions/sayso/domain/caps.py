"""How many marketing texts a person gets at most: by their own wish, the program, their states.

A limit looks back from each moment: "one a day" is one in any 24 hours, never two around midnight.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sayso.domain.catalog import Caps
from sayso.domain.preference import Preference
from sayso.domain.sending_hours import TextLimit

_PROGRAM = "the program's caps"
# The longest month, so that what was promised for a month holds for each.
MONTH = timedelta(days=31)


def program_limits(caps: Caps) -> tuple[TextLimit, ...]:
    """The program's own limits."""
    return (
        TextLimit(caps.per_day, timedelta(days=1), "cap_day", _PROGRAM),
        TextLimit(caps.per_week, timedelta(weeks=1), "cap_week", _PROGRAM),
        TextLimit(caps.per_month, MONTH, "cap_month", _PROGRAM),
    )


def own_limits(asked: Preference) -> tuple[TextLimit, ...]:
    """What the person asked for."""
    if asked.most is None:
        return ()
    return (TextLimit(asked.most, asked.within, "cap_own", "the customer's own text"),)


def reached(
    limits: Iterable[TextLimit], texted: Sequence[datetime], now: datetime
) -> TextLimit | None:
    """The first limit that one more text would break; `texted` are earlier ones, newest first."""
    for limit in limits:
        if len(texted) >= limit.count and texted[limit.count - 1] > now - limit.within:
            return limit
    return None
