"""Whom a reminder is for: those whom the run before has texted, as long as that one stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.domain.listed import Listed
from sayso.domain.run import Run, RunState
from sayso.domain.slot import SlotState
from sayso.services.ports.campaigns import CampaignStore
from sayso.services.ports.slots import SlotStore

# What may have been sent counts: whoever has no coupon at all is told apart when claimed.
_TEXTED = frozenset({SlotState.SENT, SlotState.DELIVERED, SlotState.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Reminding:
    """Finds them among the people that the index lists.

    Who has redeemed is for the claim to say: they may do so until the last moment.
    """

    store: CampaignStore
    slots: SlotStore

    def texted(self, run: Run, people: Sequence[Listed]) -> Sequence[Listed]:
        """Those of `people` whom the run was sent to that this one reminds of."""
        origin = self.store.run(run.reminds_of)
        if origin is None or origin.state is RunState.CANCELLED or not people:
            return ()
        slots = self.slots.read(origin.id, [who.phone for who in people])
        sent = {phone for phone, slot in slots.items() if slot.state in _TEXTED and slot.code}
        return [who for who in people if who.phone in sent]
