"""Transactions of moto's that are taken back by what they touched.

Its own copy the whole table for each of their actions: with a few thousand items, a claim of eight
people would take seconds.
"""

import copy
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from moto.dynamodb import models
from moto.dynamodb.models import DynamoDBBackend
from moto.dynamodb.models.table import Table

_write_all = DynamoDBBackend.transact_write_items


def take_back_what_was_touched() -> None:
    """From now on, in this process. Of a table with a stream, that keeps what was taken back."""
    DynamoDBBackend.transact_write_items = _transact  # type: ignore[method-assign,assignment]
    vars(models)["copy"] = SimpleNamespace(deepcopy=_unless_a_table)


def _unless_a_table(value: Any) -> Any:
    return value if isinstance(value, Table) else copy.deepcopy(value)


def _transact(backend: DynamoDBBackend, actions: list[dict[str, Any]]) -> None:
    touched = [_touched(backend, action) for action in actions]
    before = [copy.deepcopy(_rows(table, key).get(key[1])) for table, key in touched]
    try:
        _write_all(backend, actions)
    except Exception:
        for (table, key), item in zip(touched, before, strict=True):
            if item is None:
                _rows(table, key).pop(key[1], None)
            else:
                _rows(table, key)[key[1]] = item
        raise


def _touched(backend: DynamoDBBackend, action: Mapping[str, Any]) -> tuple[Table, Any]:
    """The table and the key that an action is about."""
    (about,) = action.values()
    table = backend.get_table(about["TableName"])
    return table, backend.get_keys_value(table, about.get("Key") or about["Item"])


def _rows(table: Table, key: Any) -> Any:
    return table.items[key[0]]
