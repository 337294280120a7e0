"""Batches of runs: their recipients are texted."""

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from sayso.adapters.aws import client
from sayso.adapters.carriers import carrier_from
from sayso.adapters.dynamodb.audience import DynamoAudience
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.issuing import DynamoSharedCodes, code_key
from sayso.adapters.dynamodb.pace import DynamoPace
from sayso.adapters.dynamodb.parking import DynamoParking
from sayso.adapters.dynamodb.slots import DynamoSlots
from sayso.adapters.dynamodb.spending import DynamoSpending
from sayso.adapters.dynamodb.till_codes import DynamoTillCodes
from sayso.adapters.ids import new_id
from sayso.adapters.liquid import LiquidTemplates
from sayso.adapters.queues import SERVICE, SqsBatches, parse_batch
from sayso.domain.pace import throughput
from sayso.domain.slot import totals
from sayso.handlers.alarms import alarms
from sayso.handlers.outside_word import carriers_word
from sayso.handlers.queue_records import Answer, each
from sayso.handlers.settings import carrier_settings, optional, required
from sayso.services.closing import Closing
from sayso.services.issuing import Issuing
from sayso.services.leftovers import Leftovers
from sayso.services.pacing import Metronome
from sayso.services.parking import CarPark
from sayso.services.pausing import Pausing
from sayso.services.send import Sender
from sayso.services.spending import Spending
from sayso.services.writing import VersionsComposer

logger = Logger()
metrics = Metrics()
# A text begun must be ended and recorded: the carrier may take 7 s to answer, DynamoDB as long.
_ONE_TEXT_MS = 14_000


@cache
def use_case() -> Sender:
    """Sender, wired to this function's settings."""
    dynamodb, table = client("dynamodb"), required("TABLE_NAME")
    store, audience = DynamoCampaigns(dynamodb, table), DynamoAudience(dynamodb, table)
    carrier, slots = carrier_settings(), DynamoSlots(dynamodb, table)
    key = code_key(dynamodb, table)
    tills = DynamoTillCodes(dynamodb, table, key, _now)
    batches = SqsBatches(client(SERVICE), required("BATCHES_QUEUE_URL"))
    return Sender(
        store=store,
        catalog=DynamoCatalog(dynamodb, table),
        slots=slots,
        carrier=carrier_from(carrier),
        batches=batches,
        closing=Closing(store, audience),
        carriers_word=carriers_word(dynamodb, table, carrier),
        composer=VersionsComposer(
            LiquidTemplates(),
            Issuing(key, DynamoSharedCodes(dynamodb, table), _now, tills),
            optional("PUBLIC_URL").rstrip("/"),
        ),
        metronome=Metronome(
            DynamoPace(dynamodb, table, carrier.origination_identity),
            throughput(
                float(required("PARTS_PER_SECOND")), float(required("REPLY_HEADROOM_PERCENT"))
            ),
            _now,
            time.sleep,
        ),
        spending=Spending(DynamoSpending(dynamodb, table), Pausing(store)),
        car_park=CarPark(DynamoParking(dynamodb, table), alarms(), batches, new_id),
        new_id=new_id,
        clock=_now,
        leftovers=Leftovers(slots, tills),
    )


def _now() -> datetime:
    return datetime.now(UTC)


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: Mapping[str, Any], context: LambdaContext) -> Answer:
    """Send each batch of an SQS event; see `adapters.queues` for the messages."""
    return each(event, partial(_send, context))


def _send(context: LambdaContext, record: Mapping[str, Any]) -> None:
    task = parse_batch(record["body"])
    sent = use_case().send(task, lambda: context.get_remaining_time_in_millis() < _ONE_TEXT_MS)
    outcomes = totals(sent.tally)
    for name, count in outcomes.items():
        metrics.add_metric(f"Text-{name.partition('.')[0]}", MetricUnit.Count, count)
    logger.info(
        "batch handled",
        run=task.run_id,
        batch=task.batch_id,
        is_over=sent.is_over,
        outcomes=dict(outcomes),
    )


if optional("TABLE_NAME"):
    use_case()  # during the start-up phase, which has a whole processor to itself
