"""What people did after a run's turn, as storage counts it."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from sayso.domain.comparing import Outcome
from sayso.domain.slot import Slot


class OutcomeStore(Protocol):
    """Counts outcomes into the counters of runs."""

    def credit(self, slot: Slot, outcome: Outcome, groups: Collection[str], now: datetime) -> bool:
        """Count that the slot's person did it, under these names; "" stands for everybody.

        Once for good: whether it had not been counted before.
        """
        ...
