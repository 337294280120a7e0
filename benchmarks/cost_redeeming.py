"""What it takes when staff redeem people's codes by text, and an endpoint is told of each."""

import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from benchmarks.metering import Meter, Noon
from benchmarks.shop import TABLE
from benchmarks.stream import told
from benchmarks.texting import inbound_event
from benchmarks.units import Metered
from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.webhooks import DynamoWebhooks
from sayso.adapters.webhook_calls import headers_of
from sayso.adapters.webhook_secrets import new_secret
from sayso.domain.activity import Kind
from sayso.domain.catalog import Staff
from sayso.domain.webhook import Attempt, Endpoint
from sayso.handlers import activity, inbound, inbound_texts, notify
from sayso.services.ports.webhooks import Message

_MIA = Staff("+13125550155", "Mia", "DOWNTOWN")


class _Taker:
    """An endpoint that takes all: what is not counted is the connection to it."""

    def __init__(self, **_: Any) -> None:
        """It takes what a caller takes."""

    def call(self, message: Message, at: datetime) -> Attempt:
        """Sign it, as each call is."""
        headers_of(message, at)
        return Attempt(at, 204, "answered 204", 0)


def open_counter(dynamodb: Any) -> None:
    """Let somebody redeem codes by text, and an endpoint be told of it."""
    dynamodb.put_item(TableName=TABLE, Item=to_item(keys.staff(_MIA.phone) | asdict(_MIA)))
    now = datetime.now(UTC)
    url, secrets = "https://crm.bluebird.example/sayso", (new_secret(),)
    endpoint = Endpoint("01K8Z000000000000000HOOK01", url, (Kind.REDEEMED,), secrets, now, now)
    DynamoWebhooks(dynamodb, TABLE).save(None, endpoint)


def redeem(meter: Meter, metered: Metered, dynamodb: Any, sqs: Any, count: int) -> None:
    """Redeem the codes of so many, each in a text of its own, and tell of it.

    People come to tills one by one: nothing shares a call with anything.
    """
    notices = sqs.create_queue(QueueName="notices")["QueueUrl"]
    os.environ["NOTICES_QUEUE_URL"] = notices
    vars(notify)["WebhookCalls"] = _Taker
    clients = {"dynamodb": metered, "sqs": sqs}
    for module in (inbound, inbound_texts, notify):
        vars(module).update({"client": clients.__getitem__, "datetime": Noon})
    for made_once in (inbound_texts.use_case, inbound_texts.counter, notify.use_case):
        made_once.cache_clear()
    activity.telling.cache_clear()
    metered.changes.clear()
    codes = list(_codes(dynamodb))[:count]
    for code in codes:
        meter.call("inbound", inbound.handler, inbound_event(_MIA.phone, f"USE {code}")["Records"])
    told(meter, [*metered.changes], 1)
    records = [*_records(sqs, notices)]
    if len(records) != count:
        raise RuntimeError(f"{len(records)} of {count} redemptions were told")
    for record in records:
        meter.call("notify", notify.handler, [record])


def _codes(dynamodb: Any) -> Iterator[str]:
    pages = dynamodb.get_paginator("scan").paginate(TableName=TABLE)
    items = (item for page in pages for item in page["Items"])
    coupon = keys.coupon("")["sk"]
    return (one["pk"]["S"].partition("#")[2] for one in items if one["sk"]["S"] == coupon)


def _records(sqs: Any, url: str) -> Iterator[dict[str, Any]]:
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        for message in messages:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            yield {"messageId": message["MessageId"], "body": message["Body"]}
