"""Looking up the people who texted, and the proof of what they said."""

from dataclasses import dataclass

from sayso.domain.catalog_rules import Fault
from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Entry, faults
from sayso.services.ports.catalog import CatalogStore
from sayso.services.ports.subscribers import Page, SubscriberStore
from sayso.services.refusals import Invalid, NotFound

# As a filter: the people who have named no location.
NOWHERE = "-"


@dataclass(frozen=True, slots=True)
class Consent:
    """A number's ledger, oldest entry first, and what is wrong with it."""

    phone: str
    entries: list[Entry]
    faults: list[str]


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
        """The number's ledger, verified. Raises NotFound if it never texted."""
        before = self.get(phone)
        entries = self.subscribers.ledger(phone)
        after = self.get(phone)
        return Consent(phone, entries, [*faults(entries), *_end_faults(before, entries, after)])


def _end_faults(before: Contact, entries: list[Entry], after: Contact) -> list[str]:
    """What is wrong at the ledger's end, which may grow while it is read between two looks."""
    newest = entries[-1].seq if entries else 0
    if newest < before.ledger_seq:
        return [f"the entries after number {newest} are missing: there were {before.ledger_seq}"]
    if newest > after.ledger_seq:
        return [f"the entries after number {after.ledger_seq} were not written by a text"]
    head = entries[-1].digest if entries else ""
    heads = {one.ledger_head for one in (before, after) if one.ledger_seq == newest}
    if heads and heads != {head}:
        return [f"entry {newest} is not the one that was written last"]
    return []
