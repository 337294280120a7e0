"""The opt-in page's storage: one read, one transaction, whatever is counted along with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.changes import changed_contact, new_item
from sayso.adapters.dynamodb.contacts import contact_from
from sayso.adapters.dynamodb.exchanges import exchange_from, exchange_item
from sayso.adapters.dynamodb.items import Item, to_item
from sayso.adapters.dynamodb.ledger import entry_item
from sayso.adapters.dynamodb.reads import get_items
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.adapters.dynamodb.windows import counted, epoch, window_from
from sayso.domain.contact import Contact
from sayso.domain.conversation import Decision
from sayso.domain.exchange import Exchange
from sayso.domain.limits import Use
from sayso.services.ports.web_opt_ins import Known, Meanwhile

# Longer than a form may be open: until then its second use must be noticed.
_FORM_KEPT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class DynamoWebOptIns:
    """WebOptIns on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def look(self, form: str, phone: str, windows: Sequence[str]) -> Known:
        own = (keys.form(form), keys.subscriber(phone))
        wanted = [to_item(key) for key in (*own, *map(keys.window, windows))]
        found = {item["pk"]["S"]: item for item in get_items(self.client, self.table, wanted)}
        spent, contact = (found.get(key["pk"]) for key in own)
        named = {name: found.get(keys.window(name)["pk"]) for name in windows}
        return Known(
            contact=contact_from(contact) if contact else Contact.stranger(phone),
            windows={name: window_from(item) for name, item in named.items() if item},
            is_spent=spent is not None,
            exchange=self._exchange(phone, spent) if spent else None,
        )

    def commit(
        self,
        form: str,
        known: Known,
        decision: Decision,
        exchange: Exchange,
        uses: Mapping[str, Use],
    ) -> None:
        actions = [
            new_item(self.table, _form_item(form, exchange)),
            new_item(self.table, exchange_item(exchange)),
            *(counted(self.table, *one) for one in uses.items()),
        ]
        if decision.contact != known.contact:
            actions.append(changed_contact(self.table, known.contact, decision.contact))
        actions += [new_item(self.table, entry_item(entry)) for entry in decision.entries]
        try:
            transact(self.client, actions)
        except Cancelled:
            raise Meanwhile from None

    def _exchange(self, phone: str, spent: Item) -> Exchange | None:
        """What came of the form; None where it was for another number."""
        key = keys.inbound_text(phone, spent["message_id"]["S"])
        found = get_items(self.client, self.table, [to_item(key)])
        return exchange_from(found[0]) if found else None


def _form_item(form: str, exchange: Exchange) -> Item:
    text = exchange.text
    return to_item(
        {
            **keys.form(form),
            "message_id": text.message_id,
            "expires_at": epoch(text.received_at + _FORM_KEPT),
        }
    )
