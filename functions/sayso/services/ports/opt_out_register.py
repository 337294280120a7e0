"""The carrier's opt-out list as it stands, to be compared with what is known here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Listed:
    """A number on the list: since when, as far as the carrier tells, and by whose wish."""

    phone: str
    since: datetime | None = None
    by_customer: bool = False


@dataclass(frozen=True, slots=True)
class ListedPage:
    """Some of the list. `position` is where to go on, "" after the last page."""

    numbers: tuple[Listed, ...]
    position: str = ""


class OptOutRegister(Protocol):
    """Reads the list. `takes_numbers` is whether numbers can be put on it by us."""

    @property
    def takes_numbers(self) -> bool: ...

    def page(self, position: str = "") -> ListedPage:
        """The next numbers, in an order of the carrier's. Raises ports.carrier.SendFailed."""
        ...
