"""The count of test texts, in memory."""

from collections import Counter
from datetime import date, datetime


class FakeTrials:
    """TrialStore."""

    def __init__(self) -> None:
        self.taken: Counter[date] = Counter()

    def take(self, day: date, at_most: int, now: datetime) -> bool:
        if self.taken[day] >= at_most:
            return False
        self.taken[day] += 1
        return True
