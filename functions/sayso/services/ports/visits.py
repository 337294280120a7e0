"""Visits, as storage notes them on whoever came."""

from typing import Protocol

from sayso.domain.contact import Contact


class VisitChanged(Exception):
    """What is noted is not as it was read, or the number has been forgotten since."""


class VisitStore(Protocol):
    """Keeps when people came, and where; never touches consent, nor the contact's revision."""

    def note(self, before: Contact, after: Contact) -> None:
        """Write the visits and the times of `after`. Raises VisitChanged unless as in `before`."""
        ...
