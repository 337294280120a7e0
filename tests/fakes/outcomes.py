"""Outcomes in memory."""

from collections.abc import Collection
from datetime import datetime

from sayso.domain.comparing import Outcome
from sayso.domain.slot import Slot
from tests.fakes.campaigns import FakeCampaigns


class FakeOutcomes:
    """An OutcomeStore that counts into the runs of `campaigns`."""

    def __init__(self, campaigns: FakeCampaigns) -> None:
        self.campaigns = campaigns
        self.done: set[tuple[str, str, Outcome]] = set()

    def credit(self, slot: Slot, outcome: Outcome, groups: Collection[str], now: datetime) -> bool:
        with self.campaigns.lock:
            deed = (slot.phone, slot.run_id, outcome)
            if deed in self.done:
                return False
            self.done.add(deed)
            names = [f"{group}|{outcome}" if group else str(outcome) for group in groups]
            self.campaigns.tallies[slot.run_id].update(names)
            return True
