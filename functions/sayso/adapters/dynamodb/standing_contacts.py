"""Contacts, read and changed one by one without a text of theirs."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.changes import changed_contact, new_item, outdated
from sayso.adapters.dynamodb.contacts import contact_from
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.ledger import entry_item
from sayso.adapters.dynamodb.reads import get_items
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.domain.contact import Contact
from sayso.domain.ledger import Entry

_CONTACT = 0
_KEYS_A_READ = 100


@dataclass(frozen=True, slots=True)
class DynamoContacts:
    """ContactStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def read(self, phones: Collection[str]) -> dict[str, Contact]:
        wanted = [to_item(keys.subscriber(phone)) for phone in sorted(set(phones))]
        found: dict[str, Contact] = {}
        for start in range(0, len(wanted), _KEYS_A_READ):
            for item in get_items(self.client, self.table, wanted[start : start + _KEYS_A_READ]):
                contact = contact_from(item)
                found[contact.phone] = contact
        return found

    def change(self, before: Contact, after: Contact, entry: Entry | None) -> None:
        actions = [changed_contact(self.table, before, after)]
        if entry:
            actions.append(new_item(self.table, entry_item(entry)))
        try:
            transact(self.client, actions)
        except Cancelled as cancelled:
            if _CONTACT not in cancelled.failed:
                raise
            raise outdated(before.phone, cancelled.failed[_CONTACT]) from None
