"""The daily round, begun by a rule and continued by messages of its own."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from sayso.adapters.aws import client
from sayso.adapters.carriers import opt_out_list_from
from sayso.adapters.dynamodb.roll import DynamoRoll
from sayso.adapters.dynamodb.rounds import DynamoRounds
from sayso.adapters.dynamodb.standing_contacts import DynamoContacts
from sayso.adapters.opt_out_registers import opt_out_register_from
from sayso.adapters.queues import SERVICE, SqsUpkeep, parse_upkeep
from sayso.domain.upkeep import Round
from sayso.handlers.outside_word import carriers_word, outside_word
from sayso.handlers.queue_records import Answer, each
from sayso.handlers.recurring import occurrences
from sayso.handlers.settings import carrier_settings, optional, required
from sayso.handlers.triggered import firings
from sayso.services.ports.queues import UpkeepQueue
from sayso.services.upkeep import UNREADABLE, Upkeep

logger = Logger()
metrics = Metrics()
# A page of the carrier's list takes a second or two, and ten if every number of it is to be mended.
_PAGE_MS = 20_000


@cache
def use_case() -> Upkeep:
    """Upkeep, wired to this function's settings."""
    dynamodb, table, carrier = client("dynamodb"), required("TABLE_NAME"), carrier_settings()
    return Upkeep(
        rounds=DynamoRounds(dynamodb, table),
        roll=DynamoRoll(dynamodb, table),
        contacts=DynamoContacts(dynamodb, table),
        register=opt_out_register_from(carrier),
        opt_out_list=opt_out_list_from(carrier),
        outside=outside_word(dynamodb, table, carrier),
        carriers_word=carriers_word(dynamodb, table, carrier),
        clock=lambda: datetime.now(UTC),
    )


@cache
def queue() -> UpkeepQueue:
    """Where a round that needs more time is put."""
    return SqsUpkeep(client(SERVICE), required("UPKEEP_QUEUE_URL"))


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: Mapping[str, Any], context: LambdaContext) -> Answer:
    """Go on with each round of an SQS event; see `adapters.queues` for the messages."""
    return each(event, partial(_go_on, context))


def _go_on(context: LambdaContext, record: Mapping[str, Any]) -> None:
    try:
        _go_on_with_round(context, record)
    finally:  # neither keeps the other from being done, and both are done again by a redelivery
        lost = occurrences().look_after(datetime.now(UTC)) + firings().look_after()
        metrics.add_metric("Alarms-lost", MetricUnit.Count, lost)


def _go_on_with_round(context: LambdaContext, record: Mapping[str, Any]) -> None:
    went = use_case().go_on(
        parse_upkeep(record["body"]),
        lambda: context.get_remaining_time_in_millis() < _PAGE_MS,
    )
    if went.goes_on:
        queue().put(went.round.id)
    _tell(went.round)
    if went.is_just_over:
        for name, count in went.round.counts.items():
            metrics.add_metric(f"Upkeep-{name}", MetricUnit.Count, count)


def _tell(current: Round) -> None:
    """How far it has come, and what it has found; nobody's number."""
    facts: dict[str, Any] = {"phase": current.phase, "counts": dict(current.counts)}
    if UNREADABLE in current.counts:
        logger.error("the carrier's opt-out list cannot be read", round=current.id, **facts)
    else:
        logger.info("round handled", round=current.id, **facts)


if optional("TABLE_NAME"):
    # During the start-up phase, which has a whole processor to itself.
    use_case(), occurrences(), firings()
