"""What people did of themselves within a week after their turn in a run: visited, redeemed.

It counts alike for whoever got a text and whoever was held out or barred, from the moment of their
turn: else the groups could not be compared. Nothing here says that the text was the cause.
"""

from dataclasses import dataclass
from datetime import datetime

from sayso.domain.comparing import Outcome
from sayso.domain.conversation import ANSWERS_CAMPAIGN
from sayso.domain.slot import VARIANT, Slot, SlotState
from sayso.services.ports.outcomes import OutcomeStore
from sayso.services.ports.slot_history import SlotHistory

# Who has no text from the run counts for their variant only, not for what its texts did.
_UNTEXTED = frozenset({SlotState.SKIPPED, SlotState.FAILED, SlotState.POSTPONED})


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Counts what the shop reports of somebody in the runs that it follows."""

    history: SlotHistory
    store: OutcomeStore

    def happened(self, phone: str, outcome: Outcome, at: datetime, now: datetime) -> int:
        """Count it in each run whose turn the person had in the week before; in how many.

        Reported again, or done again, it counts no second time. Broken off, it is to be reported
        again.
        """
        followed = [slot for slot in self.history.of(phone) if _follows(slot, at)]
        return sum(self.store.credit(slot, outcome, _groups(slot), now) for slot in followed)


def _follows(slot: Slot, at: datetime) -> bool:
    return slot.turn is not None and slot.turn <= at <= slot.turn + ANSWERS_CAMPAIGN


def _groups(slot: Slot) -> list[str]:
    if slot.state not in _UNTEXTED:
        return ["", *slot.groups]
    return [group for group in slot.groups if group.startswith(VARIANT)]
