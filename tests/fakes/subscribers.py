"""The people who texted, in memory."""

from collections.abc import Iterable, Sequence

from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Entry
from sayso.services.ports.subscribers import Page


class FakeSubscribers:
    """A SubscriberStore whose order is location, then number; its index never lags."""

    def __init__(self, contacts: Iterable[Contact] = (), entries: Iterable[Entry] = ()) -> None:
        self.contacts = {contact.phone: contact for contact in contacts}
        self.entries = list(entries)

    def get(self, phone: str) -> Contact | None:
        return self.contacts.get(phone)

    def ledger(self, phone: str) -> list[Entry]:
        found = [entry for entry in self.entries if entry.evidence.phone == phone]
        return sorted(found, key=lambda entry: entry.seq)

    def page(
        self, locations: Sequence[str], status: Status | None, limit: int, after: str = ""
    ) -> Page:
        rest = [
            contact
            for place, contact in sorted((_place(one), one) for one in self._listed())
            if contact.location in locations and status in (None, contact.status) and place > after
        ]
        page = rest[:limit]
        return Page(page, _place(page[-1]) if len(rest) > len(page) else "")

    def has_anyone_at(self, location: str) -> bool:
        here = [contact.status for contact in self._listed() if contact.location == location]
        return bool({Status.SUBSCRIBED, Status.PAUSED, Status.PENDING} & set(here))

    def _listed(self) -> list[Contact]:
        """A stranger who only asked for help is no subscriber."""
        return [one for one in self.contacts.values() if one.status is not Status.UNKNOWN]


def _place(contact: Contact) -> str:
    return f"{contact.location}/{contact.phone}"
