"""Transactions of moto's DynamoDB at the price of what they write.

For the case that one of its writes is refused, each first copies the whole table, item by item: of
a table with a thousand items, a batch of writes would take minutes. Here the copy shares the items,
and an update, which alone changes an item in place, puts a new one in its stead before.
"""

import copy
from collections import defaultdict
from typing import Any

from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.table import Table

_update_item: Any = DynamoDBBackend.update_item


def share_items() -> None:
    """From now on, in this process."""
    backend: Any = DynamoDBBackend
    table: Any = Table
    backend.update_item = _updated_in_a_copy
    table.__deepcopy__ = _with_the_same_items


def _with_the_same_items(table: Any, _: dict[int, Any]) -> Any:
    found = copy.copy(table)
    found.items = defaultdict(dict, {key: dict(of_key) for key, of_key in table.items.items()})
    return found


def _updated_in_a_copy(
    backend: Any, table_name: str, key: dict[str, Any], *rest: Any, **named: Any
) -> Any:
    table = backend.get_table(table_name)
    partition, sort = backend.get_keys_value(table, key)
    if item := table.get_item(partition, sort):
        table.items[partition][sort] = copy.deepcopy(item)
    return _update_item(backend, table_name, key, *rest, **named)
