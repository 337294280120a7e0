"""`python -m benchmarks.cost_worker RECIPIENTS`: what a run of so many recipients uses up, as JSON.

The functions launch, plan, send and receipts are the real ones, fed with each other's messages and
with two delivery events a text. DynamoDB and SQS are moto's, in this process; the carrier is a
canned receipt. Everyone is at one of five locations; the slices of the others are empty.
"""

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime, tzinfo
from math import ceil
from tempfile import TemporaryFile
from threading import Lock, local
from time import process_time, thread_time
from typing import Any, Self

from botocore.config import Config
from moto import mock_aws

from benchmarks.calls_worker import canned_receipts
from benchmarks.shop import TABLE, catalog_items
from benchmarks.texting import Context
from benchmarks.units import Metered, size_of
from sayso.adapters import aws
from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.contacts import contact_attributes
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.end_user_messaging import SERVICE
from sayso.adapters.queues import launch_message
from sayso.domain.campaign import Campaign, Kind, State
from sayso.domain.contact import Contact, Status
from sayso.domain.listed import Listed
from sayso.domain.run import BATCH, Run
from sayso.handlers import launch, plan, receipts, send
from sayso.services.ports.campaigns import RunMove

_LOCATIONS = ("DOWNTOWN", *(f"STORE{number}" for number in range(4)))
_BODY = "Bluebird Coffee: two cinnamon rolls for one today at your store. Reply STOP to end."
# Event types of a text that arrives: with the carrier, and on the phone.
_EVENTS = ("TEXT_QUEUED", "TEXT_DELIVERED")
_EVENTS_A_CALL = 25
# What the index by location has of a subscriber (a test holds this to the infrastructure).
INDEXED = frozenset({"status", "preference", *(one.name for one in fields(Listed))})
_SQS_CHUNK = 64 * 1024
# What Lambda's own JSON lines about one call's start and end take.
_PLATFORM_LOG_BYTES = 800


class Noon(datetime):
    """A clock on which it is always noon in Chicago: every state's window is open."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return super().now(tz).replace(day=23, month=11, year=2026, hour=18)


class Meter:
    """What each step uses: its functions' processor time, calls, units, messages and logs."""

    def __init__(self, dynamodb: Metered, log: Any) -> None:
        self.steps: dict[str, defaultdict[str, float]] = {}
        self._dynamodb = dynamodb
        self._log = log
        self._sqs: Counter[str] = Counter()
        self._aside = 0.0
        self._lock = Lock()

    def watch(self, client: Any) -> None:
        """Take the time of what stands for AWS itself out of the functions'."""
        began = local()

        def begin(request: Any, **_: Any) -> None:
            began.at = thread_time()
            if b"SendMessageBatch" in request.headers.get("X-Amz-Target", b""):
                self._sqs["sqs_requests"] += ceil(len(request.body) / _SQS_CHUNK)

        def end(**_: Any) -> None:
            with self._lock:
                self._aside += thread_time() - began.at

        # All who listen are called, and the first answer counts: moto's, or the canned one.
        client.meta.events.register_first("before-send", begin)
        client.meta.events.register_last("before-send", end)

    def call(self, step: str, handler: Callable[..., Any], records: list[dict[str, Any]]) -> None:
        """Have a function handle messages that SQS has handed to Lambda."""
        counts = self.steps.setdefault(step, defaultdict(float))
        self._dynamodb.counts.clear()
        self._sqs.clear()
        logged, self._aside, self._dynamodb.seconds = self._logged(), 0.0, 0.0
        began = process_time()
        failed = handler({"Records": records}, _Invocation())["batchItemFailures"]
        if failed:
            raise RuntimeError(f"{step}: {len(failed)} messages failed")
        counts["cpu_us"] += int(1e6 * (process_time() - began - self._aside))
        counts["cpu_us"] -= int(1e6 * self._dynamodb.seconds)
        counts["log_bytes"] += self._logged() - logged + _PLATFORM_LOG_BYTES
        counts["invocations"] += 1
        # Each message is received and deleted, ten at a time at most.
        counts["sqs_requests"] += 2 * ceil(len(records) / 10)
        for name, count in (*self._sqs.items(), *self._dynamodb.counts.items()):
            counts[name] += count

    def _logged(self) -> int:
        sys.stdout.flush()
        return os.fstat(self._log.fileno()).st_size


class _Invocation(Context):
    def get_remaining_time_in_millis(self) -> int:
        """As Lambda's own context says it, right after the start."""
        return 30_000


def main(recipients: int) -> None:
    """Print what each step used."""
    results = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    with TemporaryFile() as log, mock_aws():
        os.dup2(log.fileno(), sys.stdout.fileno())
        results.write(f"{json.dumps(_used(recipients, log))}\n")
        results.flush()


def _used(recipients: int, log: Any) -> Mapping[str, Mapping[str, float]]:
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
    for module in (launch, plan, send, receipts):
        vars(module)["client"] = {"dynamodb": metered, "sqs": sqs}.__getitem__
        module.use_case.cache_clear()
        vars(module)["datetime"] = Noon
    meter.call("launch", launch.handler, [_record(launch_message(run.id))])
    for body in _taken(sqs, urls["slices"]):
        meter.call("plan", plan.handler, [_record(body)])
    for body in _taken(sqs, urls["batches"]):
        meter.call("send", send.handler, [_record(body)])
    for start in range(0, len(phones), _EVENTS_A_CALL):
        for kind in _EVENTS:
            part = phones[start : start + _EVENTS_A_CALL]
            records = [_record(_event(phone, kind, run), str(n)) for n, phone in enumerate(part)]
            meter.call("receipts", receipts.handler, records)
    stored = _stored_bytes(plain, run)
    return {**meter.steps, "stored": {"bytes": stored}}


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
    run = Run("01K8Z0000000000000000RUN01", "C1", _BODY, now, "America/Chicago", _LOCATIONS)
    campaign = Campaign(
        *("C1", "Cinnamon week", Kind.OFFER, _BODY, now, now, _LOCATIONS),
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


def _stored_bytes(dynamodb: Any, run: Run) -> int:
    """What the run leaves in the table, for as long as it is kept."""
    pages = dynamodb.get_paginator("scan").paginate(TableName=TABLE)
    items = [item for page in pages for item in page["Items"]]
    of_run = (one for one in items if f"RUN#{run.id}" in (one["pk"]["S"], one["sk"]["S"]))
    # DynamoDB adds 100 bytes to each item that it stores.
    return sum(size_of(item) + 100 for item in of_run)


if __name__ == "__main__":
    main(int(sys.argv[1]))
