"""The items of a pool: its head, and the stretches of its row of codes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.domain.pool import Pool

# Of the longest codes these are below 16 KB: a batch reads one or two stretches.
STRETCH = 500
_FIELDS = tuple(one.name for one in fields(Pool))


def pool_item(pool: Pool) -> Item:
    """The whole item of a pool's head, its key included."""
    return to_item(keys.pool(pool.id) | {name: getattr(pool, name) for name in _FIELDS})


def pool_from(item: Mapping[str, Any]) -> Pool:
    """The pool whose head an item is."""
    values = from_item({name: item[name] for name in _FIELDS if name in item})
    return Pool(
        **values | {name: parse_time(values[name]) for name in ("created_at", "updated_at")}
    )


def head(table: str, before: Pool | None, after: Pool) -> dict[str, Any]:
    """The action that writes a pool's head, if it is as it was read (None: if there is none)."""
    put: dict[str, Any] = {"TableName": table, "Item": pool_item(after)}
    if before is None:
        return {"Put": put | {"ConditionExpression": "attribute_not_exists(pk)"}}
    condition = {
        "ConditionExpression": "revision = :read",
        "ExpressionAttributeValues": to_item({":read": before.revision}),
    }
    return {"Put": put | condition}


def stretches(table: str, pool_id: str, first: int, codes: Sequence[str]) -> list[dict[str, Any]]:
    """The actions that write codes into a pool's row, from this number on."""
    return [
        {
            "Put": {
                "TableName": table,
                "Item": to_item(
                    keys.pool_codes(pool_id, first + at) | {"codes": list(codes[at : at + STRETCH])}
                ),
            }
        }
        for at in range(0, len(codes), STRETCH)
    ]


def row(client: Any, table: str, pool_id: str, first: int, last: int) -> Iterator[tuple[int, str]]:
    """The codes of a pool from the `first` to before the `last` number, with their numbers."""
    begin, end = (
        keys.pool_codes(pool_id, max(0, first - STRETCH + 1)),
        keys.pool_codes(pool_id, last),
    )
    pages = client.get_paginator("query").paginate(
        TableName=table,
        KeyConditionExpression="pk = :pool AND sk BETWEEN :first AND :last",
        ExpressionAttributeValues=to_item(
            {":pool": begin["pk"], ":first": begin["sk"], ":last": end["sk"]}
        ),
        ConsistentRead=True,
    )
    for page in pages:
        for item in page["Items"]:
            start = int(item["sk"]["S"].rpartition("#")[2])
            for number, code in enumerate(from_item(item)["codes"], start):
                if first <= number < last:
                    yield number, code
