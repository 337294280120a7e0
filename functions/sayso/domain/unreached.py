"""When texts that did not arrive add up to a number that nobody reads any more.

A phone may be off for a holiday, and a carrier may have a bad day: neither is a reason to give a
subscriber up. No rule or guide of a carrier sets the numbers below; they are ours.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sayso.domain.delivery import DOUBTFUL
from sayso.domain.slot import Slot, SlotState

# As many texts of different runs in a row, from the first to the last of them as far apart.
IN_A_ROW = 3
FOR_AT_LEAST = timedelta(days=7)


def is_given_up(slots: Iterable[Slot], since: datetime | None) -> bool:
    """Whether the newest texts to one number show that it cannot be reached any more.

    `slots` are the number's, of any runs, in any order. Only those after `since` count: when the
    number was last heard of, which proves that somebody is there. What arrived ends the row; what
    was not sent, or is still on its way, or failed for another reason says nothing.
    """
    moments: list[datetime] = []
    for slot in sorted(slots, key=_moment, reverse=True):
        at = _moment(slot)
        if slot.state is SlotState.DELIVERED or (since and at <= since):
            break
        if slot.state is SlotState.UNDELIVERED and slot.reason in DOUBTFUL:
            moments.append(at)
    return len(moments) >= IN_A_ROW and moments[0] - moments[-1] >= FOR_AT_LEAST


def _moment(slot: Slot) -> datetime:
    if slot.touched_at is None:
        raise ValueError("a slot without its time")
    return slot.touched_at
