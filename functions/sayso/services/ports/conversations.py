"""What the inbound use case needs of storage."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sayso.domain.catalog import Catalog
from sayso.domain.contact import Contact
from sayso.domain.conversation import Decision
from sayso.domain.exchange import Exchange
from sayso.services.ports.contacts import ContactStore


class AlreadyHandled(Exception):
    """This inbound text was stored before; `exchange` tells how far its answer has come."""

    def __init__(self, exchange: Exchange) -> None:
        super().__init__("this inbound text was stored before")
        self.exchange = exchange


class Outdated(Exception):
    """The contact has changed since it was read; `contact` is what stands there now."""

    def __init__(self, contact: Contact) -> None:
        super().__init__("the contact has changed since it was read")
        self.contact = contact


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known when a text arrives. Both may be a moment old: `commit` tells."""

    catalog: Catalog
    contact: Contact


class Conversations(ContactStore, Protocol):
    """Contacts, their exchanges and the shop's catalog, as one text after another needs them."""

    def open(self, phone: str, now: datetime) -> Opening:
        """The catalog, at most a second old, and the contact, perhaps only guessed a stranger."""
        ...

    def newest_catalog(self, now: datetime) -> Catalog:
        """The catalog as it stands now, for a word that the one at hand does not explain."""
        ...

    def commit(self, before: Contact, decision: Decision, exchange: Exchange) -> None:
        """Store contact, ledger entry and exchange in one transaction, or nothing.

        Raises AlreadyHandled for a message id that is stored, Outdated when the contact's
        revision is not `before`'s.
        """
        ...

    def begin_again(self, exchange: Exchange, now: datetime) -> bool:
        """Take a postponed reply for another try; False if someone else has taken it."""
        ...

    def erase(self, phone: str, now: datetime) -> None:
        """Erase what the number's ledger says (see ports.erasures); repeated, it is finished."""
        ...

    def record(self, exchange: Exchange) -> None:
        """How the exchange's reply and mirroring went."""
        ...
