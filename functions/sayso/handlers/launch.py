"""What is due, by EventBridge Scheduler, a marketer or a trigger: runs, openings, occurrences."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from sayso.adapters.aws import client
from sayso.adapters.dynamodb.audience import DynamoAudience
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.parking import DynamoParking
from sayso.adapters.queues import SERVICE, SqsBatches, SqsLaunches, SqsSlices, parse_due
from sayso.domain.firing_names import firing_name
from sayso.handlers.queue_records import Answer, each
from sayso.handlers.recurring import occurrences
from sayso.handlers.settings import optional, required
from sayso.handlers.triggered import firings
from sayso.services.closing import Closing
from sayso.services.firings import Fired
from sayso.services.launch import Launched, Launcher
from sayso.services.parking import Return
from sayso.services.ports.queues import OccurrenceDue, OpeningDue, RunDue

logger = Logger()
metrics = Metrics()
# A run is written right after its message is queued: one that is missing for longer never will be.
_FRESH = timedelta(minutes=5)
# A page of parked recipients is queued and removed in a second or so.
_PAGE_MS = 8_000


@cache
def use_case() -> Launcher:
    """Launcher, wired to this function's settings."""
    dynamodb, sqs, table = client("dynamodb"), client(SERVICE), required("TABLE_NAME")
    store, audience = DynamoCampaigns(dynamodb, table), DynamoAudience(dynamodb, table)
    batches = SqsBatches(sqs, required("BATCHES_QUEUE_URL"))
    return Launcher(
        store=store,
        audience=audience,
        slices=SqsSlices(sqs, required("SLICES_QUEUE_URL")),
        launches=SqsLaunches(sqs, required("RUNS_QUEUE_URL")),
        returns=Return(DynamoParking(dynamodb, table), batches),
        closing=Closing(store, audience),
    )


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: Mapping[str, Any], context: LambdaContext) -> Answer:
    """Do what is due, for each message of an SQS event; see `adapters.queues` for the messages."""
    return each(event, partial(_handle, context))


def _handle(context: LambdaContext, record: Mapping[str, Any]) -> None:
    due, now = parse_due(record["body"]), datetime.now(UTC)
    sent_at = datetime.fromtimestamp(int(record["attributes"]["SentTimestamp"]) / 1000, UTC)
    is_fresh = now - sent_at < _FRESH
    match due:
        case RunDue(run_id):
            launched = _launch(run_id, now, context, is_fresh=is_fresh)
            metrics.add_metric(f"Launch-{launched}", MetricUnit.Count, 1)
            logger.info("launch handled", run=run_id, outcome=launched)
        case OpeningDue(run_id):
            use_case().open(due, partial(_is_time_short, context))
            logger.info("opening handled", run=run_id, opening=due.at)
        case OccurrenceDue(campaign_id):
            fired = occurrences().fire(due, now, is_fresh=is_fresh)
            metrics.add_metric(f"Occurrence-{fired}", MetricUnit.Count, 1)
            logger.info("occurrence handled", campaign=campaign_id, due=due.at, outcome=fired)


def _launch(
    run_id: str, now: datetime, context: LambdaContext, *, is_fresh: bool
) -> Launched | Fired:
    """Launch the run; that of a triggered campaign is begun by its alarm."""
    name = firing_name(run_id)
    fired = firings().fire(name) if name else Fired.BEGUN
    if fired is not Fired.BEGUN:
        return fired
    return use_case().launch(
        run_id, now, is_fresh=is_fresh, is_time_short=partial(_is_time_short, context)
    )


def _is_time_short(context: LambdaContext) -> bool:
    return context.get_remaining_time_in_millis() < _PAGE_MS


if optional("TABLE_NAME"):
    # During the start-up phase, which has a whole processor to itself.
    use_case(), occurrences(), firings()
