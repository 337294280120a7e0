"""What has been spent, and which runs were paused for it, in memory."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from threading import Lock

from sayso.domain.spending import Account
from sayso.services.ports.spending import LimitReached


class FakeSpending:
    """A SpendingStore; `spent` maps names of accounts to what is in them."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._lock = Lock()

    def reserve(self, accounts: Sequence[Account], amount: int, now: datetime) -> None:
        with self._lock:
            over = [
                (one.limit - self.spent[one.name], number)
                for number, one in enumerate(accounts)
                if one.limit is not None and self.spent[one.name] + amount > one.limit
            ]
            if over:
                left, number = min(over)
                raise LimitReached(accounts[number], max(0, left))
            self.spent.update({one.name: amount for one in accounts})

    def give_back(self, accounts: Sequence[Account], amount: int) -> None:
        with self._lock:
            self.spent.subtract({one.name: amount for one in accounts})
