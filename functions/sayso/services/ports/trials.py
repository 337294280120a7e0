"""How many test texts have gone to the shop's own staff."""

from datetime import date, datetime
from typing import Protocol


class TrialStore(Protocol):
    """Counts test texts by day."""

    def take(self, day: date, at_most: int, now: datetime) -> bool:
        """Whether one more text of that day is allowed; if so it has been counted.

        However many ask at the same time, no day counts more than `at_most`.
        """
        ...
