"""Activities and the counters of their days, in memory."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from sayso.domain.activity import Activity
from sayso.domain.slot import Tally


class FakeActivities:
    """An ActivityStore, an ActivityReader and a DayCounters."""

    def __init__(self) -> None:
        self.kept: dict[str, Activity] = {}
        self.tallies: defaultdict[date, Tally] = defaultdict(Tally)

    def record(self, activity: Activity, day: date, tally: Tally, now: datetime) -> bool:
        if activity.id in self.kept:
            return False
        self.kept[activity.id] = activity
        if tally:
            self.tallies[day].update(tally)
        return True

    def get(self, phone: str, day: str, activity_id: str) -> Activity | None:
        return self.kept.get(activity_id)

    def between(self, first: date, last: date) -> Mapping[date, Tally]:
        return {day: tally for day, tally in self.tallies.items() if first <= day <= last}
