"""What a day's activities add up to: for all of them, and by campaign, channel, store and place.

Each is counted under one group at a time, never under two together: a day's item stays small
whatever the shop has. Names are like those of a run's counters (domain/slot.py).
"""

from collections.abc import Set as AbstractSet
from datetime import date
from zoneinfo import ZoneInfo

from sayso.domain.activity import Activity, Kind
from sayso.domain.catalog import Catalog
from sayso.domain.reported import reported_channel
from sayso.domain.slot import CHANNEL, LOCATION, OF_GROUP, Tally
from sayso.domain.takings import PLACE, REVENUE, SALES

CAMPAIGN = "k="
_OF_NOBODY = frozenset({Kind.FINISHED, Kind.TEST})
_OF_REDEMPTIONS = frozenset({Kind.REDEEMED, Kind.UNDONE})


def day_of(activity: Activity, catalog: Catalog) -> date:
    """The day that it counts for, in the program's zone."""
    zone = catalog.program.timezone if catalog.program else "UTC"
    return activity.counts_at.astimezone(ZoneInfo(zone)).date()


def counted(activity: Activity, channels: AbstractSet[str]) -> Tally:
    """What it adds to its day; `channels` are those that reports tell apart."""
    facts = _facts(activity)
    tally = Tally(facts)
    for group in _groups(activity, channels) if facts else ():
        tally.update({f"{group}{OF_GROUP}{what}": number for what, number in facts.items()})
    return tally


def _facts(activity: Activity) -> dict[str, int]:
    if activity.kind in _OF_NOBODY:
        return {}
    if activity.kind not in _OF_REDEMPTIONS:
        return {str(activity.kind): 1}
    sign = 1 if activity.kind is Kind.REDEEMED else -1
    found = {str(Kind.REDEEMED): sign}
    if activity.amount is not None:
        found |= {SALES: sign, REVENUE: sign * activity.amount}
    return found


def _groups(activity: Activity, channels: AbstractSet[str]) -> list[str]:
    channel = reported_channel(activity.channel, channels)
    found = [f"{CHANNEL}{channel}", f"{LOCATION}{activity.location}"]
    if activity.campaign:
        found.append(f"{CAMPAIGN}{activity.campaign}")
    if activity.kind in _OF_REDEMPTIONS:
        found.append(f"{PLACE}{activity.place}")
    return found
