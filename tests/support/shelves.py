"""What lies in storage after a text was handled: read the same way from the table and the fake."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from threading import Lock
from types import MethodType
from typing import Any, Protocol

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.contacts import contact_from
from sayso.adapters.dynamodb.conversations import DynamoConversations
from sayso.adapters.dynamodb.exchanges import exchange_from
from sayso.adapters.dynamodb.items import from_item, timestamp, to_item
from sayso.adapters.dynamodb.ledger import line_from
from sayso.adapters.dynamodb.subscribers import DynamoSubscribers
from sayso.domain.catalog import Catalog
from sayso.domain.contact import Contact
from sayso.domain.exchange import Exchange, InboundText
from sayso.domain.ledger import Entry, Erased
from sayso.services.ports.conversations import Conversations
from tests.fakes.conversations import FakeConversations
from tests.support.simulated_stores import SimulatedStores
from tests.support.table import TABLE, mocked_table

_NO_COUNTERS = ("pk", "sk", "expires_at")
SHELVES = ("fake", "simulation", "dynamodb")


class OneCallAtATime:
    """A client whose calls exclude each other: moto's transactions are not atomic among threads.

    DynamoDB's are. What threads still race for is the order of their calls.
    """

    def __init__(self, client: Any) -> None:
        self._client = client
        self._lock = Lock()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._client, name)
        if not isinstance(found, MethodType) or name == "get_paginator":
            return found

        def alone(*arguments: Any, **named: Any) -> Any:
            with self._lock:
                return found(*arguments, **named)

        return alone


class Shelf(Protocol):
    """One implementation of Conversations, and a look behind it."""

    @property
    def conversations(self) -> Conversations: ...

    def another(self) -> Conversations:
        """The same storage, as another worker sees it."""

    def contact(self, phone: str) -> Contact: ...

    def ledger(self, phone: str) -> list[Entry]: ...

    def erased(self, phone: str) -> list[Erased]:
        """The places in the ledger whose words are gone."""

    def exchange(self, text: InboundText) -> Exchange | None: ...

    def credits_of(self, run_id: str) -> dict[str, int]:
        """The run's counters of what people texted after its texts."""

    def was_texted(self, phone: str, run_id: str, at: datetime, *groups: str) -> None:
        """A campaign's text was claimed for this contact: another writer, and no new revision."""


class FakeShelf:
    def __init__(self, catalog: Catalog) -> None:
        self.conversations = FakeConversations(catalog)

    def another(self) -> Conversations:
        return self.conversations

    def contact(self, phone: str) -> Contact:
        return self.conversations.contacts.get(phone) or Contact.stranger(phone)

    def ledger(self, phone: str) -> list[Entry]:
        return self.conversations.ledgers[phone]

    def erased(self, phone: str) -> list[Erased]:
        return self.conversations.erased[phone]

    def exchange(self, text: InboundText) -> Exchange | None:
        return self.conversations.exchanges.get((text.phone, text.message_id))

    def credits_of(self, run_id: str) -> dict[str, int]:
        return dict(self.conversations.credits[run_id])

    def was_texted(self, phone: str, run_id: str, at: datetime, *groups: str) -> None:
        noted = "\n".join(groups)
        texted = replace(
            self.contact(phone), last_run=run_id, last_run_at=at, last_run_groups=noted
        )
        self.conversations.contacts[phone] = texted


class DynamoShelf:
    def __init__(self, client: Any, catalog: Catalog) -> None:
        put_catalog(client, catalog)
        self.client = OneCallAtATime(client)
        self.conversations = DynamoConversations(self.client, TABLE)

    def another(self) -> Conversations:
        return DynamoConversations(self.client, TABLE)

    def contact(self, phone: str) -> Contact:
        item = self._item(keys.subscriber(phone))
        return contact_from(item) if item else Contact.stranger(phone)

    def ledger(self, phone: str) -> list[Entry]:
        pages = self.client.get_paginator("query").paginate(
            TableName=TABLE,
            KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
            ExpressionAttributeValues=to_item({":pk": f"S#{phone}", ":sk": "LEDGER#"}),
        )
        lines = [line_from(item) for page in pages for item in page["Items"]]
        return [line for line in lines if isinstance(line, Entry)]

    def erased(self, phone: str) -> list[Erased]:
        lines = DynamoSubscribers(self.client, TABLE).ledger(phone)
        return [line for line in lines if isinstance(line, Erased)]

    def exchange(self, text: InboundText) -> Exchange | None:
        item = self._item(keys.inbound_text(text.phone, text.message_id))
        return exchange_from(item) if item else None

    def credits_of(self, run_id: str) -> dict[str, int]:
        found: Counter[str] = Counter()
        for shard in range(keys.SHARDS):
            for kind in ("replies", "deeds"):
                item = self._item(keys.stats(run_id, f"{kind}{shard}"))
                values = from_item(item) if item else {}
                found.update({name: n for name, n in values.items() if name not in _NO_COUNTERS})
        return dict(found)

    def was_texted(self, phone: str, run_id: str, at: datetime, *groups: str) -> None:
        self.client.update_item(
            TableName=TABLE,
            Key=to_item(keys.subscriber(phone)),
            UpdateExpression="SET last_run = :run, last_run_at = :at, last_run_groups = :groups",
            ExpressionAttributeValues={
                ":run": {"S": run_id},
                ":at": {"S": timestamp(at)},
                ":groups": {"S": "\n".join(groups)},
            },
        )

    def _item(self, key: keys.Key) -> dict[str, Any] | None:
        found: dict[str, Any] = self.client.get_item(TableName=TABLE, Key=to_item(key))
        return found.get("Item")


class SimulatedShelf:
    def __init__(self, catalog: Catalog) -> None:
        self._stores = SimulatedStores(catalog=catalog)
        self.conversations = self._stores.conversations

    def another(self) -> Conversations:
        return self.conversations

    def contact(self, phone: str) -> Contact:
        return self._stores.contact(phone) or Contact.stranger(phone)

    def ledger(self, phone: str) -> list[Entry]:
        return [line for line in self._stores.ledger(phone) if isinstance(line, Entry)]

    def erased(self, phone: str) -> list[Erased]:
        return [line for line in self._stores.ledger(phone) if isinstance(line, Erased)]

    def exchange(self, text: InboundText) -> Exchange | None:
        row = self._stores.people.row(text.phone)
        return self.conversations.exchanges.get((row, text.message_id))

    def credits_of(self, run_id: str) -> dict[str, int]:
        return dict(self._stores.campaigns.tallies[run_id])

    def was_texted(self, phone: str, run_id: str, at: datetime, *groups: str) -> None:
        noted = "\n".join(groups)
        texted = replace(
            self.contact(phone), last_run=run_id, last_run_at=at, last_run_groups=noted
        )
        self._stores.put(texted)


def put_catalog(client: Any, catalog: Catalog) -> None:
    """Write the catalog as the admin endpoint does, piece by piece."""
    store = DynamoCatalog(client, TABLE)
    pieces: list[tuple[Callable[[Any, Catalog], None], Any]] = [
        *((store.put_program, one) for one in (catalog.program,) if one),
        *((store.put_location, one) for one in catalog.locations),
        *((store.put_keyword, one) for one in catalog.keywords),
        *((store.put_staff, one) for one in catalog.staff),
    ]
    read = store.load()
    for put, piece in pieces:
        put(piece, read)
        # Of what was read, a write looks at this alone; reading it takes as long as all the rest.
        read = replace(read, revision=read.revision + 1)


@contextmanager
def opened(kind: str, catalog: Catalog) -> Iterator[Shelf]:
    """A shelf of one of the SHELVES, with this catalog and nobody in it."""
    if kind == "fake":
        yield FakeShelf(catalog)
        return
    if kind == "simulation":
        yield SimulatedShelf(catalog)
        return
    with mocked_table() as client:
        yield DynamoShelf(client, catalog)
