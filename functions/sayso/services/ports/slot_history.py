"""What became of all the campaign texts to one number."""

from collections.abc import Sequence
from typing import Protocol

from sayso.domain.slot import Slot


class SlotHistory(Protocol):
    """Finds a number's slots, of whatever runs."""

    def of(self, phone: str) -> Sequence[Slot]:
        """Every slot that is kept, in any order."""
        ...
