"""Contacts as they stand, in memory."""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace

from sayso.domain.contact import Contact
from sayso.domain.ledger import Entry
from sayso.services.ports.conversations import Outdated


class FakeContacts:
    """A ContactStore. `in_between` is called, once, right before the next change is made."""

    def __init__(
        self,
        contacts: dict[str, Contact] | None = None,
        ledgers: dict[str, list[Entry]] | None = None,
    ) -> None:
        self.contacts = {} if contacts is None else contacts
        self.ledgers = defaultdict(list) if ledgers is None else ledgers
        self.in_between: Callable[[], None] | None = None

    def read(self, phones: Collection[str]) -> dict[str, Contact]:
        return {phone: self.contacts[phone] for phone in phones if phone in self.contacts}

    def change(self, before: Contact, after: Contact, entry: Entry | None) -> None:
        if self.in_between:
            meanwhile, self.in_between = self.in_between, None
            meanwhile()
        standing = self.contacts.get(before.phone) or Contact.stranger(before.phone)
        if standing.revision != before.revision:
            raise Outdated(standing)
        self.contacts[before.phone] = replace(
            after,
            last_run=standing.last_run,
            last_run_at=standing.last_run_at,
            last_run_groups=standing.last_run_groups,
        )
        if entry:
            self.ledgers[before.phone].append(entry)
