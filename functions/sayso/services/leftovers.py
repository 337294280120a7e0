"""Codes of the till system come back to their pool when those they were for are not texted."""

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.domain.offer import Codes
from sayso.domain.run import Run
from sayso.domain.slot import SlotState
from sayso.services.ports.pools import UnsentCodes
from sayso.services.ports.slots import SlotStore

# Nothing was sent, and nothing will be.
_UNSENT = frozenset({SlotState.SKIPPED, SlotState.FAILED})


@dataclass(frozen=True, slots=True)
class Leftovers:
    """Finds out who was not texted, and gives their codes back."""

    slots: SlotStore
    unsent: UnsentCodes

    def after(
        self, run: Run, batch_id: str, phones: Iterable[str], *, is_over: bool = False
    ) -> int:
        """Give back the codes of these people who are not to be texted; how many.

        Slots decide, as they stand. Where the run `is_over`, who has none, or is put off, is not
        to be texted either. Done again after a crash, it comes to the same.
        """
        offer = run.offer
        if offer is None or offer.codes is not Codes.POOL or run.reminds_of:
            return 0
        asked = list(phones)
        slots = self.slots.read(run.id, asked)
        states = {phone: slots[phone].state if phone in slots else None for phone in asked}
        ends = _UNSENT | {None, SlotState.POSTPONED} if is_over else _UNSENT
        left = [phone for phone, state in states.items() if state in ends]
        return self.unsent.take_back(run, batch_id, left) if left else 0
