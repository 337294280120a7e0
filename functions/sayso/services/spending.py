"""The money for a batch's texts: reserved before they are sent, given back for those that were not.

Reserved by the batch rather than by the text, so that no counter is hot; a sender that dies in
between leaves its reservation behind: then less is spent than the ceilings allow, never more.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from sayso.domain.catalog import Program
from sayso.domain.run import Run
from sayso.domain.spending import Account, accounts, affordable
from sayso.services.pausing import Pausing
from sayso.services.ports.campaigns import CampaignChanged
from sayso.services.ports.spending import LimitReached, SpendingStore


@dataclass(frozen=True, slots=True)
class Reservation:
    """Money for the first `texts` of those asked for; `amount` of it is in the accounts."""

    texts: int
    amount: int = 0
    price_per_part: int = 0
    accounts: tuple[Account, ...] = ()


@dataclass(frozen=True, slots=True)
class Spending:
    """Holds runs against the program's ceilings and their own."""

    store: SpendingStore
    pausing: Pausing

    def reserve(
        self, run: Run, program: Program | None, parts: Sequence[int], now: datetime
    ) -> Reservation:
        """Money for as many of the texts, each of so many parts, as the ceilings leave room for.

        Where they leave none for all of them, the run is paused.
        """
        counted_in = accounts(run, program, now) if program else ()
        if not program or not counted_in:
            return Reservation(len(parts))
        prices = [count * program.price_per_part for count in parts]
        texts, reached = len(prices), ""
        while texts:
            amount = sum(prices[:texts])
            try:
                self.store.reserve(counted_in, amount, now)
            except LimitReached as limit:
                # Others reserve too: what is left may be less by now, and never more for long.
                texts = min(texts - 1, affordable(prices[:texts], limit.left))
                reached = limit.account.reason
            else:
                break
        if reached:
            # Where others keep changing it, those who are put off come back and pause it then:
            # a batch that broke off here would leave its money reserved, at every try.
            with suppress(CampaignChanged):
                self.pausing.pause(run.id, reached, now)
        return Reservation(texts, sum(prices[:texts]), program.price_per_part, counted_in)

    def settle(self, reservation: Reservation, parts_spent: int) -> None:
        """Give back what was reserved for parts that were surely not handed over."""
        rest = reservation.amount - parts_spent * reservation.price_per_part
        if rest > 0:
            self.store.give_back(reservation.accounts, rest)
