"""Contacts as they stand, for changes that no text makes."""

from collections.abc import Collection
from typing import Protocol

from sayso.domain.contact import Contact
from sayso.domain.ledger import Entry


class ContactStore(Protocol):
    """Reads contacts, and changes one if nothing else has changed it meanwhile."""

    def read(self, phones: Collection[str]) -> dict[str, Contact]:
        """The contacts that are stored, by number, as they are now."""
        ...

    def change(self, before: Contact, after: Contact, entry: Entry | None) -> None:
        """Store the contact and the ledger entry in one transaction, or nothing.

        Raises ports.conversations.Outdated when the contact's revision is not `before`'s.
        """
        ...
