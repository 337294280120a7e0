"""A number's slots of all runs, in memory."""

from sayso.domain.slot import Slot
from tests.fakes.slots import FakeSlots


class FakeSlotHistory:
    """A SlotHistory of the slots that `slots` keeps."""

    def __init__(self, slots: FakeSlots) -> None:
        self.slots = slots

    def of(self, phone: str) -> list[Slot]:
        return [slot for (_, number), slot in self.slots.slots.items() if number == phone]
