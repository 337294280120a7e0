"""`python -m benchmarks.cost_worker RECIPIENTS REDEEMED`: what a run uses up, as JSON.

The functions launch, plan, send and receipts are the real ones, fed with each other's messages and
with two delivery events a text; activity and triggers with what these have changed in the table,
as its stream tells it. DynamoDB and SQS are moto's, in this process; the carrier is a canned
receipt. Everyone is at one of five locations; the slices of the others are empty. Everybody's text
brings a code and a page of their own; at last so many of the codes are redeemed.
"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from tempfile import TemporaryFile
from typing import Any

from botocore.config import Config
from moto import mock_aws

from benchmarks.calls_worker import canned_receipts
from benchmarks.campaign import OFFERED
from benchmarks.cost_redeeming import open_counter, redeem
from benchmarks.metering import Meter, Noon
from benchmarks.shop import TABLE, catalog_items
from benchmarks.stream import A_SECOND_S, told
from benchmarks.units import Metered, size_of
from sayso.adapters import aws
from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.contacts import contact_attributes
from sayso.adapters.dynamodb.items import Item, to_item
from sayso.adapters.end_user_messaging import SERVICE
from sayso.adapters.queues import launch_message
from sayso.domain.campaign import Campaign, Kind, State
from sayso.domain.contact import Contact, Status
from sayso.domain.listed import Listed
from sayso.domain.run import BATCH, Run
from sayso.handlers import activity, launch, plan, receipts, send, triggers
from sayso.services.ports.campaigns import RunMove

_LOCATIONS = ("DOWNTOWN", *(f"STORE{number}" for number in range(4)))
# Event types of a text that arrives: with the carrier, and on the phone.
_EVENTS = ("TEXT_QUEUED", "TEXT_DELIVERED")
_EVENTS_A_CALL = 25
# What the index by location has of a subscriber (a test holds this to the infrastructure).
INDEXED = frozenset({"status", "preference", *(one.name for one in fields(Listed))})


def main(recipients: int, redeemed: int) -> None:
    """Print what each step used."""
    results = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    with TemporaryFile() as log, mock_aws():
        os.dup2(log.fileno(), sys.stdout.fileno())
        results.write(f"{json.dumps(_used(recipients, redeemed, log))}\n")
        results.flush()


def _used(
    recipients: int, redeemed: int, log: Any
) -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    plain = aws.client("dynamodb")
    looking = aws.client_with("dynamodb", Config())
    metered = Metered(plain, INDEXED | {"gsi1pk", "gsi1sk"}, looking)
    meter = Meter(metered, log)
    _open_shop(plain)
    phones = [*_join(plain, recipients)]
    run = _schedule(plain)
    sqs = aws.client("sqs")
    urls = {name: sqs.create_queue(QueueName=name)["QueueUrl"] for name in ("slices", "batches")}
    for client in (plain, sqs, aws.client_without_retries(SERVICE)):
        meter.watch(client)
    canned_receipts(aws.client_without_retries(SERVICE))
    os.environ |= {f"{name.upper()}_QUEUE_URL": url for name, url in urls.items()}
    os.environ["NOTICES_QUEUE_URL"] = urls["batches"]  # nobody is told of texts
    for module in (launch, plan, send, receipts, activity, triggers):
        vars(module)["client"] = {"dynamodb": metered, "sqs": sqs}.__getitem__
        module.use_case.cache_clear()
        vars(module)["datetime"] = Noon
    activity.telling.cache_clear()
    meter.call("launch", launch.handler, [_record(launch_message(run.id))])
    for body in _taken(sqs, urls["slices"]):
        meter.call("plan", plan.handler, [_record(body)])
    # Whom a sender has no time for, on a machine with much to do, it puts back into the queue.
    while batches := _taken(sqs, urls["batches"]):
        for body in batches:
            meter.call("send", send.handler, [_record(body)])
    for start in range(0, len(phones), _EVENTS_A_CALL):
        for kind in _EVENTS:
            part = phones[start : start + _EVENTS_A_CALL]
            records = [_record(_event(phone, kind, run), str(n)) for n, phone in enumerate(part)]
            meter.call("receipts", receipts.handler, records)
    told(meter, metered.changes, A_SECOND_S)
    campaign = {**meter.steps, "stored": _stored(_items(plain, run.id))}
    held, meter.steps = _stored(_items(plain)), {}
    redeem(meter, metered, plain, sqs, redeemed)
    grown = {"bytes": _stored(_items(plain))["bytes"] - held["bytes"]}
    return {"campaign": campaign, "redeeming": {**meter.steps, "stored": grown}}


def _open_shop(dynamodb: Any) -> None:
    kinds = ("pk", "sk", "gsi1pk", "gsi1sk")
    dynamodb.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in kinds],
        KeySchema=_schema("pk", "sk"),
        GlobalSecondaryIndexes=[
            {
                "IndexName": keys.INDEX,
                "KeySchema": _schema("gsi1pk", "gsi1sk"),
                "Projection": {"ProjectionType": "ALL"},
            }
        ],
    )
    for item in catalog_items():
        dynamodb.put_item(TableName=TABLE, Item=item)
    open_counter(dynamodb)


def _schema(partition: str, sort: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]


def _join(dynamodb: Any, recipients: int) -> Iterator[str]:
    """Subscribers in as many partitions of the index as full batches take."""
    left = Counter(dict.fromkeys(range(recipients // BATCH), BATCH))
    for number in range(2_000_000, 9_999_999):
        phone = f"+1312{number}"
        shard = keys.shard_of(phone)
        if left[shard]:
            left[shard] -= 1
            contact = Contact(
                *(phone, Status.SUBSCRIBED, 1, "DOWNTOWN", "window sign", "COFFEE", "en"),
                joined_at=Noon.now(),
                ledger_seq=1,
                ledger_head="0" * 64,
            )
            item = to_item(keys.subscriber(phone)) | contact_attributes(contact)
            dynamodb.put_item(TableName=TABLE, Item=item)
            yield phone
        if not any(left.values()):
            return


def _schedule(dynamodb: Any) -> Run:
    now = datetime.now().astimezone()
    run = Run(
        *(OFFERED.id, OFFERED.campaign_id, OFFERED.body, now, OFFERED.timezone, _LOCATIONS),
        offer=OFFERED.offer,
    )
    campaign = Campaign(
        *(run.campaign_id, "Cinnamon week", Kind.OFFER, run.body, now, now, _LOCATIONS),
        offer=run.offer,
        state=State.SCHEDULED,
        runs=(run.id,),
        open_runs=1,
    )
    DynamoCampaigns(dynamodb, TABLE).save(None, campaign, [RunMove(None, run)])
    return run


def _taken(sqs: Any, url: str) -> list[str]:
    """All that is in a queue: taken out at once, since on a slow machine it would come again."""
    bodies: list[str] = []
    while messages := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        for message in messages:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            bodies.append(message["Body"])
    return bodies


def _record(body: str, message_id: str = "1") -> dict[str, Any]:
    return {"messageId": message_id, "body": body, "attributes": {"SentTimestamp": "0"}}


def _event(phone: str, kind: str, run: Run) -> str:
    return json.dumps(
        {
            "eventType": kind,
            "eventTimestamp": int(Noon.now().timestamp() * 1000),
            "isFinal": kind == _EVENTS[-1],
            "destinationPhoneNumber": phone,
            "messageId": "6b7a1a5e-2b0c-4c1b-9a39-3d6e1a0f8f5d",
            "context": {"run": run.id, "campaign": run.campaign_id},
        }
    )


def _items(dynamodb: Any, run_id: str = "") -> Iterator[Item]:
    """All items of the table, or a run's and its codes."""
    pages = dynamodb.get_paginator("scan").paginate(TableName=TABLE)
    for item in (item for page in pages for item in page["Items"]):
        pk, sk = item["pk"]["S"], item["sk"]["S"]
        if not run_id or f"RUN#{run_id}" in (pk, sk) or sk == keys.coupon("")["sk"]:
            yield item


def _stored(items: Iterable[Item]) -> dict[str, float]:
    """What they take, for as long as they are kept; DynamoDB adds 100 bytes to each."""
    return {"bytes": sum(size_of(item) + 100 for item in items)}


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
