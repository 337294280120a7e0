"""`python -m benchmarks.calls_worker`: counts the inbound function's requests, per case, as JSON.

DynamoDB is moto's, in this process, which answers conditions truly; the carrier is a canned
receipt. Requests are counted where botocore makes them, retries included.
"""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from moto import mock_aws

from benchmarks.shop import TABLE, catalog_items
from benchmarks.texting import Context, inbound_event
from benchmarks.worker import SlowClock, take_stdout
from sayso.adapters.aws import client, client_without_retries
from sayso.adapters.end_user_messaging import SERVICE
from sayso.handlers import inbound, inbound_texts

ANA, BEN, CHLOE = "+13125550101", "+13125550102", "+13035550103"
_AT_ONCE, _AFTER_A_PAUSE = timedelta(), timedelta(seconds=2)
_SEND = "SendTextMessage"


class Wire:
    """The operations that have left for AWS, in order."""

    def __init__(self) -> None:
        self._operations: list[str] = []

    def watch(self, aws: Any) -> None:
        """Take note of each request that this client makes."""
        aws.meta.events.register("request-created", self._left)

    def calls(self, phone: str, apart: timedelta) -> int:
        """Calls up to and including the send that answers a JOIN, `apart` after the last text."""
        SlowClock.apart = apart
        self._operations.clear()
        inbound.handler(inbound_event(phone), Context())
        return self._operations.index(_SEND) + 1

    def _left(self, operation_name: str, **_: Any) -> None:
        self._operations.append(operation_name)


def main() -> None:
    """Print the counts."""
    results = take_stdout()
    SlowClock.give_to(inbound)
    with mock_aws():
        results.write(f"{json.dumps(_counts())}\n")


def _counts() -> dict[str, int]:
    open_shop()
    wire = _start_worker()
    cold = wire.calls(ANA, _AT_ONCE)
    new = max(wire.calls(BEN, _AT_ONCE), wire.calls(CHLOE, _AFTER_A_PAUSE))
    known = max(wire.calls(BEN, _AT_ONCE), wire.calls(CHLOE, _AFTER_A_PAUSE))
    cold_known = _start_worker().calls(ANA, _AT_ONCE)
    return {"new": new, "known": known, "cold": cold, "cold_known": cold_known}


def _start_worker() -> Wire:
    """The function's clients and use case anew, as in a worker that was just started."""
    for made_once in (client, client_without_retries, inbound_texts.use_case):
        made_once.cache_clear()
    wire = Wire()
    for aws in (client("dynamodb"), client_without_retries(SERVICE)):
        wire.watch(aws)
    canned_receipts(client_without_retries(SERVICE))
    return wire


def canned_receipts(carrier: Any) -> None:
    """Have every text that this client hands over be taken."""
    carrier.meta.events.register_first("before-send", _receipt)


def _receipt(**_: Any) -> AWSResponse:
    body = json.dumps({"MessageId": "6b7a1a5e-2b0c-4c1b-9a39-3d6e1a0f8f5d"}).encode()
    return AWSResponse("http://127.0.0.1", 200, HTTPHeaders(), _Streamed(body))


class _Streamed(BytesIO):
    """A body as urllib3 gives it to botocore."""

    def stream(self, **_: Any) -> Any:
        """All of it at once."""
        yield self.read()


def open_shop() -> None:
    """The table, with the shop's settings in it."""
    dynamodb = client("dynamodb")
    dynamodb.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in _KEY],
        KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in _KEY.items()],
    )
    for item in catalog_items():
        dynamodb.put_item(TableName=TABLE, Item=item)


_KEY = {"pk": "HASH", "sk": "RANGE"}

if __name__ == "__main__":
    main()
