"""Why a use case turns a request down. Whatever is raised here, nothing was changed.

Refused
├── Invalid    the request itself is wrong, whatever the state of things
├── NotFound   it names something that does not exist
├── Conflict   it does not fit the present state of things
└── Busy       others were quicker, again and again: the same request may succeed at once
"""

from collections.abc import Iterable

from sayso.domain.catalog_rules import Fault


class Refused(Exception):
    """The request is turned down; the message is a sentence for the person who made it."""


class Invalid(Refused):
    """Values that break a rule, each with its reason."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(f"{fault.field}: {fault.reason}" for fault in self.faults))


class NotFound(Refused):
    """There is no such thing."""


class Conflict(Refused):
    """It cannot be done as things stand."""


class Busy(Refused):
    """It can be tried again unchanged."""
