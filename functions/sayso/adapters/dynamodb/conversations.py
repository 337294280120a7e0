"""The inbound path's storage: two calls up to the reply for nearly every text."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.catalog import read_catalog
from sayso.adapters.dynamodb.changes import changed_contact, new_item, outdated
from sayso.adapters.dynamodb.contacts import contact_from
from sayso.adapters.dynamodb.erasures import DynamoErasures
from sayso.adapters.dynamodb.exchanges import exchange_from, exchange_item, progress
from sayso.adapters.dynamodb.items import Item, from_item, to_item
from sayso.adapters.dynamodb.ledger import entry_item
from sayso.adapters.dynamodb.reads import get_items
from sayso.adapters.dynamodb.standing_contacts import DynamoContacts
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.adapters.dynamodb.updates import set_expression
from sayso.domain.catalog import Catalog
from sayso.domain.contact import Contact
from sayso.domain.conversation import Decision
from sayso.domain.exchange import Exchange, ReplyState
from sayso.domain.ledger import Entry
from sayso.domain.referrals import Referral
from sayso.services.ports.conversations import AlreadyHandled, Opening

# Changed settings apply within a second; new words at once, because an unknown one looks again.
_FRESH = timedelta(seconds=1)
_EXCHANGE, _CONTACT = 0, 1


class DynamoConversations:
    """Conversations (see services.ports.conversations) in the one table.

    While the catalog is fresh nothing is read at all: the contact is guessed to be a stranger,
    and where that is wrong the transaction says so and brings the real one along.
    """

    def __init__(self, client: Any, table: str) -> None:
        self._client = client
        self._table = table
        self._catalog: Catalog | None = None
        self._checked_at: datetime | None = None

    def open(self, phone: str, now: datetime) -> Opening:
        if self._catalog is None:
            return Opening(self._read_catalog(now), Contact.stranger(phone))
        if self._is_fresh(now):
            return Opening(self._catalog, Contact.stranger(phone))
        found = self._get(keys.program(), keys.subscriber(phone))
        head, item = found.get("PROGRAM"), found.get("SUBSCRIBER")
        catalog = self._matching(head, now)
        return Opening(catalog, contact_from(item) if item else Contact.stranger(phone))

    def newest_catalog(self, now: datetime) -> Catalog:
        if self._catalog is not None and self._checked_at == now:
            return self._catalog
        return self._matching(self._get(keys.program()).get("PROGRAM"), now)

    def commit(self, before: Contact, decision: Decision, exchange: Exchange) -> None:
        actions = [
            new_item(self._table, exchange_item(exchange)),
            changed_contact(self._table, before, decision.contact),
        ]
        actions += [new_item(self._table, entry_item(entry)) for entry in decision.entries]
        for run_id, what in ((decision.left_run, "opted_out"), (decision.answered_run, "replied")):
            if run_id:
                actions.append(self._credit(run_id, what, before, exchange.text.received_at))
        if decision.referral:
            actions.append(self._refer(decision.referral, exchange.text.received_at))
        try:
            transact(self._client, actions)
        except Cancelled as cancelled:
            if _EXCHANGE in cancelled.failed:
                stored = exchange_from(cancelled.failed[_EXCHANGE])
                raise AlreadyHandled(stored) from None
            if _CONTACT in cancelled.failed:
                raise outdated(before.phone, cancelled.failed[_CONTACT]) from None
            raise

    def read(self, phones: Collection[str]) -> dict[str, Contact]:
        return DynamoContacts(self._client, self._table).read(phones)

    def change(self, before: Contact, after: Contact, entry: Entry | None) -> None:
        DynamoContacts(self._client, self._table).change(before, after, entry)

    def begin_again(self, exchange: Exchange, now: datetime) -> bool:
        changed = {"reply_state": ReplyState.INTENDED, "touched_at": now}
        return self._update_exchange(exchange, changed, only_from=(ReplyState.POSTPONED,))

    def erase(self, phone: str, now: datetime) -> None:
        DynamoErasures(self._client, self._table).erase(phone, now)

    def record(self, exchange: Exchange) -> None:
        if exchange.reply_state is not ReplyState.UNKNOWN:
            self._update_exchange(exchange, progress(exchange))
            return
        # What a delivery event has settled meanwhile is certain, and a guess never replaces it.
        unsettled = (ReplyState.INTENDED, ReplyState.UNKNOWN)
        if not self._update_exchange(exchange, progress(exchange), only_from=unsettled):
            settled = ("mirror", "erases")
            changes = {name: at for name, at in progress(exchange).items() if name in settled}
            self._update_exchange(exchange, changes)

    def _is_fresh(self, now: datetime) -> bool:
        return self._checked_at is not None and now - self._checked_at < _FRESH

    def _matching(self, head: Item | None, now: datetime) -> Catalog:
        """The cached catalog if it has the revision of the head item just read, else a new one."""
        revision = from_item(head)["revision"] if head else 0
        if self._catalog is None or self._catalog.revision != revision:
            return self._read_catalog(now)
        self._checked_at = now
        return self._catalog

    def _read_catalog(self, now: datetime) -> Catalog:
        self._catalog, self._checked_at = read_catalog(self._client, self._table), now
        return self._catalog

    def _get(self, *wanted: keys.Key) -> dict[str, Item]:
        """The items found, by sort key."""
        items = get_items(self._client, self._table, [to_item(key) for key in wanted])
        return {item["sk"]["S"]: item for item in items}

    def _credit(self, run_id: str, what: str, person: Contact, now: datetime) -> dict[str, Any]:
        """Count in the run, and for the person's groups there; by the shard, since all may text."""
        groups = person.last_run_groups.splitlines()
        counter = f"replies{keys.shard_of(person.phone)}"
        return self._count(run_id, counter, [what, *(f"{group}|{what}" for group in groups)], now)

    def _refer(self, referral: Referral, now: datetime) -> dict[str, Any]:
        """Count a friend where the redemptions of the coupon are counted."""
        counter = f"deeds{keys.shard_of(referral.phone)}"
        return self._count(referral.run_id, counter, list(referral.counts), now)

    def _count(
        self, run_id: str, counter: str, counted: Sequence[str], now: datetime
    ) -> dict[str, Any]:
        names = {f"#n{at}": name for at, name in enumerate(counted)}
        adds = ", ".join(f"{name} :one" for name in names)
        return {
            "Update": {
                "TableName": self._table,
                "Key": to_item(keys.stats(keys.series_of(run_id) or run_id, counter)),
                "UpdateExpression": f"ADD {adds} SET expires_at = :expires_at",
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": to_item(
                    {":one": 1, ":expires_at": keys.expires_at(now)}
                ),
            }
        }

    def _update_exchange(
        self,
        exchange: Exchange,
        changes: dict[str, Any],
        only_from: Sequence[ReplyState] = tuple(ReplyState),
    ) -> bool:
        """Whether the change was made; not if the reply's state is none of `only_from`."""
        text = exchange.text
        allowed = {f":from_{state}": {"S": state.value} for state in only_from}
        expression = set_expression(to_item(changes))
        expression["ExpressionAttributeNames"]["#reply_state"] = "reply_state"
        expression["ExpressionAttributeValues"] |= allowed
        expression["ConditionExpression"] = f"#reply_state IN ({', '.join(allowed)})"
        try:
            self._client.update_item(
                TableName=self._table,
                Key=to_item(keys.inbound_text(text.phone, text.message_id)),
                **expression,
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return False
        return True
