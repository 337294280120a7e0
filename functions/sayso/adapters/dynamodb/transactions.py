"""All-or-nothing writes, with the reasons when it was nothing."""

import random
import time
from collections.abc import Mapping, Sequence
from typing import Any

from botocore.exceptions import ClientError

from sayso.adapters.dynamodb.items import Item

_TRIES = 8
_FIRST_PAUSE_S = 0.01
# The item is locked by another transaction, or DynamoDB is busy: the same call may succeed at once.
_PASSING = frozenset(
    {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded", "None"}
)


class Cancelled(Exception):
    """A condition did not hold, so nothing was written.

    `failed` maps the position of each action whose condition failed to the item that stands
    there now (empty where there is none).
    """

    def __init__(self, failed: dict[int, Item]) -> None:
        super().__init__(f"conditions failed at {sorted(failed)}")
        self.failed = failed


def transact(client: Any, actions: Sequence[dict[str, Any]]) -> None:
    """Write all of `actions` (at most 100) or none. Raises Cancelled when a condition fails.

    Collisions with other transactions are waited out, some 0.6 s at most in all.
    """
    for attempt in range(_TRIES):
        try:
            client.transact_write_items(TransactItems=list(actions))
        except client.exceptions.TransactionCanceledException as error:
            failed = _failed_conditions(error)
            if failed:
                raise Cancelled(failed) from None
            if attempt == _TRIES - 1 or not _is_passing(error):
                raise
            time.sleep(random.uniform(0.5, 1) * _FIRST_PAUSE_S * 2**attempt)  # noqa: S311
        else:
            return


def _failed_conditions(error: ClientError) -> dict[int, Item]:
    return {
        position: dict(reason.get("Item", {}))
        for position, reason in enumerate(_reasons(error))
        if reason.get("Code") == "ConditionalCheckFailed"
    }


def _is_passing(error: ClientError) -> bool:
    return all(reason.get("Code", "None") in _PASSING for reason in _reasons(error))


def _reasons(error: ClientError) -> Sequence[Mapping[str, Any]]:
    response: Mapping[str, Any] = error.response
    reasons: Sequence[Mapping[str, Any]] = response.get("CancellationReasons", ())
    return reasons
