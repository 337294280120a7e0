"""What has been spent, account by account."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sayso.domain.spending import Account


class LimitReached(Exception):
    """The account would go past its limit; `left` is what is left of it (0 or more)."""

    def __init__(self, account: Account, left: int) -> None:
        super().__init__(account.reason)
        self.account = account
        self.left = left


class SpendingStore(Protocol):
    """Counts what is spent, before it is."""

    def reserve(self, accounts: Sequence[Account], amount: int, now: datetime) -> None:
        """Add the amount to every account, or to none. Raises LimitReached."""
        ...

    def give_back(self, accounts: Sequence[Account], amount: int) -> None:
        """Take out of every account what was reserved and not spent.

        It may fail in silence: then less is spent than the limits allow, never more.
        """
        ...
