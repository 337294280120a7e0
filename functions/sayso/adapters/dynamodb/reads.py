"""Several items by one call, asked for until DynamoDB has handed out all of them."""

import time
from collections.abc import Sequence
from typing import Any

from sayso.adapters.dynamodb.items import Item

_PAUSES_S = (0, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64)


def get_items(
    client: Any, table: str, wanted: Sequence[Item], *, is_consistent: bool = True
) -> list[Item]:
    """Those of at most 100 keys that exist, in any order, as they are now.

    Unless `is_consistent`: as they were a moment ago, for half the price. A busy DynamoDB leaves
    keys over: they are waited for, some 1.3 s at most in all. Raises TimeoutError when it stays
    busy.
    """
    pending: dict[str, Any] = {table: {"Keys": list(wanted), "ConsistentRead": is_consistent}}
    found: list[Item] = []
    for pause in _PAUSES_S:
        time.sleep(pause)
        answer = client.batch_get_item(RequestItems=pending)
        found += answer["Responses"].get(table, ())
        pending = answer.get("UnprocessedKeys") or {}
        if not pending:
            return found
    raise TimeoutError("DynamoDB keeps leaving keys over")
