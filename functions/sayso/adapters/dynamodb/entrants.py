"""Newcomers from a file: fifty to a transaction, several transactions at a time."""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.contacts import OWNED_BY_TEXTS, contact_attributes, contact_from
from sayso.adapters.dynamodb.items import Item, to_item
from sayso.adapters.dynamodb.ledger import entry_item
from sayso.adapters.dynamodb.reads import get_items
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.adapters.dynamodb.updates import set_expression
from sayso.adapters.failures import is_passing
from sayso.domain.contact import Contact
from sayso.domain.imports.consent import Entering, Standing

# A transaction takes 100 actions, two of which are one newcomer's; BatchGetItem takes 100 keys.
_NEWCOMERS = 50
_KEYS = 100
_AT_ONCE = 8
# A table that has been idle takes 4,000 write units a second, and more only after a while.
_PAUSES_S = (0.5, 1, 2, 4, 8)

_In = TypeVar("_In")
_Out = TypeVar("_Out")


@dataclass(frozen=True, slots=True)
class DynamoEntrants:
    """Entrants on the table. `client` is a DynamoDB client, which threads may share."""

    client: Any
    table: str

    def look(self, phones: Sequence[str]) -> Mapping[str, Contact]:
        wanted = [to_item(keys.subscriber(phone)) for phone in phones]

        def read(batch: Sequence[Item]) -> list[Item]:
            return get_items(self.client, self.table, batch)

        items = (item for found in _at_once(read, _batches(wanted, _KEYS)) for item in found)
        return {contact.phone: contact for contact in map(contact_from, items)}

    def enter(self, entering: Sequence[Entering]) -> Mapping[str, Standing]:
        return {
            phone: standing
            for found in _at_once(self._enter, _batches(entering, _NEWCOMERS))
            for phone, standing in found.items()
        }

    def _enter(self, batch: Sequence[Entering]) -> Mapping[str, Standing]:
        """One known number cancels the transaction for all: the others are tried without it."""
        standings: dict[str, Standing] = {}
        waiting = list(batch)
        while waiting:
            try:
                self._write([action for one in waiting for action in self._actions(one)])
            except Cancelled as cancelled:
                known = _standings(waiting, cancelled.failed)
                standings |= known
                waiting = [one for one in waiting if one.after.phone not in known]
            else:
                break
        return standings

    def _write(self, actions: Sequence[dict[str, Any]]) -> None:
        for pause in _PAUSES_S:
            try:
                return transact(self.client, actions)
            except Exception as failure:
                if not is_passing(failure):
                    raise
                time.sleep(random.uniform(0.5, 1) * pause)  # noqa: S311
        return transact(self.client, actions)

    def _actions(self, one: Entering) -> tuple[dict[str, Any], dict[str, Any]]:
        key = to_item(keys.subscriber(one.after.phone))
        attributes = contact_attributes(one.after)
        if one.before.revision == 0:
            change = self._new(key | attributes)
        else:
            expression = set_expression(attributes, cleared=OWNED_BY_TEXTS - attributes.keys())
            expression["ExpressionAttributeValues"][":before"] = {"N": str(one.before.revision)}
            change = {
                "Update": {
                    "TableName": self.table,
                    "Key": key,
                    "ConditionExpression": "#revision = :before",
                    "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
                    **expression,
                }
            }
        return change, self._new(entry_item(one.entry))

    def _new(self, item: Item) -> dict[str, Any]:
        return {
            "Put": {
                "TableName": self.table,
                "Item": item,
                "ConditionExpression": "attribute_not_exists(pk)",
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }


def _standings(tried: Sequence[Entering], failed: Mapping[int, Item]) -> dict[str, Standing]:
    """What the failed conditions met: each newcomer's contact and entry are neighbours."""
    standings = {}
    for position in {position // 2 for position in failed}:
        before = tried[position].before
        item, entry = failed.get(2 * position), failed.get(2 * position + 1)
        if item is None:
            contact = before
        else:
            contact = contact_from(item) if item else Contact.stranger(before.phone)
        message = entry.get("message_id", {}).get("S", "?") if entry is not None else ""
        standings[before.phone] = Standing(contact, message)
    return standings


def _batches(items: Sequence[_In], size: int) -> Iterator[Sequence[_In]]:
    return (items[start : start + size] for start in range(0, len(items), size))


def _at_once(do: Callable[[_In], _Out], items: Iterable[_In]) -> list[_Out]:
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        return list(threads.map(do, items))
