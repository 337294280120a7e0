"""`python -m benchmarks.send_calls_worker`: what DynamoDB does for one batch, by call, as JSON.

For a batch without an offer, and for one whose texts bring codes.

DynamoDB is moto's, in this process, which answers conditions truly; the carrier is a canned
receipt. Calls are counted where botocore makes them, retries included, and units by DynamoDB's
own rules: a write unit per started KB of an item, doubled in a transaction, a read unit per 4 KB.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from math import ceil
from typing import Any

from moto import mock_aws

from benchmarks.calls_worker import canned_receipts, open_shop
from benchmarks.campaign import NOON, OFFERED, PEOPLE, RUN, run_items
from benchmarks.send_worker import Invocation, batch_event
from benchmarks.shop import TABLE
from benchmarks.worker import NoonClock, take_stdout
from sayso.adapters.aws import client, client_without_retries
from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.contacts import contact_attributes
from sayso.adapters.dynamodb.items import Item, to_item
from sayso.adapters.end_user_messaging import SERVICE
from sayso.domain.contact import Contact, Status
from sayso.domain.run import Run
from sayso.handlers import send

_KB = 1024
_TRANSACTION = "TransactWriteItems"


class Meter:
    """Takes note of each call that a client makes, and of what it costs."""

    def __init__(self, aws: Any) -> None:
        self.calls: Counter[str] = Counter()
        self.write_units: defaultdict[str, int] = defaultdict(int)
        self.read_units: defaultdict[str, int] = defaultdict(int)
        events = aws.meta.events
        events.register("provide-client-params.dynamodb", self._asked)
        events.register("request-created.dynamodb", self._left)
        events.register("after-call.dynamodb", self._answered)

    @property
    def counts(self) -> dict[str, Mapping[str, int]]:
        """What has been counted up to now, by operation."""
        return {
            "calls": dict(self.calls),
            "write_units": dict(self.write_units),
            "read_units": dict(self.read_units),
        }

    def _left(self, operation_name: str, **_: Any) -> None:
        self.calls[operation_name] += 1

    def _asked(self, params: Mapping[str, Any], model: Any, **_: Any) -> None:
        for action in _writes(model.name, params):
            factor = 2 if model.name == _TRANSACTION else 1
            # What is updated grows by little: items here are below 1 KB before and after.
            size = _size(action["Item"]) if "Item" in action else _KB
            self.write_units[model.name] += factor * ceil(size / _KB)

    def _answered(self, parsed: Mapping[str, Any], model: Any, **_: Any) -> None:
        if model.name in ("Query", "GetItem"):
            found = parsed.get("Items") or [parsed.get("Item", {})]
            self.read_units[model.name] += max(1, ceil(sum(map(_size, found)) / (4 * _KB)))


def _writes(operation: str, params: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if operation == _TRANSACTION:
        for action in params["TransactItems"]:
            yield from action.values()
    elif operation in ("PutItem", "UpdateItem"):
        yield params


def _size(item: Item) -> int:
    """About what DynamoDB counts: names and values, in UTF-8."""
    return sum(len(name) + len(json.dumps(value)) - 8 for name, value in item.items())


def main() -> None:
    """Print the counts of a second batch: a worker's first one finds nothing that it knows."""
    results = take_stdout()
    NoonClock.give_to(send, NOON)
    counted = {"plain": _counted(RUN), "offer": _counted(OFFERED)}
    results.write(f"{json.dumps(counted)}\n")


def sent(run: Run) -> Meter:
    """Open the shop on a fresh table, and text its people; what that took."""
    for made_once in (client, client_without_retries, send.use_case):
        made_once.cache_clear()
    open_shop()
    dynamodb = client("dynamodb")
    for item in run_items(run):
        dynamodb.put_item(TableName=TABLE, Item=item)
    for one in PEOPLE:
        contact = Contact(one.phone, Status.SUBSCRIBED, revision=1, location="DOWNTOWN")
        key = to_item(keys.subscriber(one.phone))
        dynamodb.put_item(TableName=TABLE, Item=key | contact_attributes(contact))
    canned_receipts(client_without_retries(SERVICE))
    meter = Meter(dynamodb)
    answer = send.handler(batch_event("DOWNTOWN#0#0", [one.phone for one in PEOPLE]), Invocation())
    if answer["batchItemFailures"]:
        raise RuntimeError("the batch failed")
    return meter


def _counted(run: Run) -> Mapping[str, Any]:
    with mock_aws():
        return {"texts": len(PEOPLE)} | sent(run).counts


if __name__ == "__main__":
    main()
