"""Looking up the people who texted, and the proof of what they said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sayso.domain.catalog import Catalog
from sayso.domain.catalog_rules import Fault
from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Entry, Erased, Kept
from sayso.services.ledgers import audit_ledger
from sayso.services.ports.catalog import CatalogStore
from sayso.services.ports.subscribers import Page, SubscriberStore
from sayso.services.refusals import Invalid, NotFound

# As a filter: the people who have named no location.
NOWHERE = "-"


@dataclass(frozen=True, slots=True)
class Consent:
    """A number's ledger, oldest entry first, what is wrong with it, and where the number stands.

    `contact` is None where the number's own record is missing. `lines` holds the entries and what
    an erasure has left of others.
    """

    phone: str
    lines: Sequence[Kept]
    faults: list[str]
    contact: Contact | None

    @property
    def entries(self) -> list[Entry]:
        return [line for line in self.lines if isinstance(line, Entry)]

    @property
    def erased(self) -> list[Erased]:
        return [line for line in self.lines if isinstance(line, Erased)]


@dataclass(frozen=True, slots=True)
class Proof:
    """A number's consent as a document: `made_by` is the user's id in the pool."""

    consent: Consent
    catalog: Catalog
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class SubscriberDesk:
    """Finds subscribers and verifies their ledgers."""

    subscribers: SubscriberStore
    catalog: CatalogStore

    def page(self, location: str, status: Status | None, limit: int, after: str) -> Page:
        """Contacts of a location (of every one where it is "", of none for NOWHERE).

        Raises Invalid for a location that does not exist.
        """
        catalog = self.catalog.load()
        if location == NOWHERE:
            places = [""]
        elif location:
            if catalog.location(location) is None:
                raise Invalid([Fault("location", f"there is no location {location}")])
            places = [location]
        else:
            places = ["", *sorted(place.code for place in catalog.locations)]
        return self.subscribers.page(places, status, limit, after)

    def get(self, phone: str) -> Contact:
        """The contact with this number. Raises NotFound if it never texted."""
        contact = self.subscribers.get(phone)
        if contact is None:
            raise NotFound("this number has never texted")
        return contact

    def consent(self, phone: str) -> Consent:
        """The number's ledger, verified. Raises NotFound if it has neither record nor entry."""
        lines: list[Kept] = []
        audit = audit_ledger(self.subscribers, phone, lines.append)
        if audit.is_of_a_stranger:
            raise NotFound("this number has never texted")
        return Consent(phone, lines, audit.faults, audit.contact)

    def proof(self, phone: str, made_at: datetime, made_by: str) -> Proof:
        """The number's consent with what a reader needs beside it. Raises NotFound as above."""
        return Proof(self.consent(phone), self.catalog.load(), made_at, made_by)
