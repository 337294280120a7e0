"""Why a use case turns a request down. Whatever is raised here, nothing was changed.

TurnedDown
├── Invalid    the request itself is wrong, whatever the state of things
├── NotFound   it names something that does not exist
├── Conflict   it does not fit the present state of things
└── Busy       others were quicker, again and again: the same request may succeed at once
"""

from collections.abc import Iterable
from typing import Self

from sayso.domain.catalog_rules import Fault
from sayso.domain.refusal import Refused


class TurnedDown(Exception):
    """The request is turned down; the message is a sentence for the person who made it."""


class Invalid(TurnedDown):
    """Values that break a rule, each with its reason."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.field}: {fault.reason}" for fault in self.faults))

    @classmethod
    def because(cls, refused: Refused) -> Self:
        """What the domain has refused."""
        return cls([Fault(refused.field, refused.detail)])

    def within(self, field: str) -> "Invalid":
        """The same as seen by someone who gave only the value of `field`."""
        inner = [
            (fault.field.removeprefix(field).lstrip("."), fault.reason) for fault in self.faults
        ]
        return Invalid(Fault(path, reason) for path, reason in inner)


class NotFound(TurnedDown):
    """There is no such thing."""


class Conflict(TurnedDown):
    """It cannot be done as things stand."""


class Busy(TurnedDown):
    """It can be tried again unchanged."""
