"""Events that the endpoints of web hooks are told of, one attempt a message."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime
from functools import cache
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

from sayso.adapters.aws import client
from sayso.adapters.dynamodb.activities import DynamoActivities
from sayso.adapters.dynamodb.deliveries import DynamoDeliveries
from sayso.adapters.dynamodb.webhooks import DynamoWebhooks
from sayso.adapters.queues import SERVICE, SqsNotices, parse_notice
from sayso.adapters.webhook_calls import WebhookCalls
from sayso.domain.webhook import Attempt
from sayso.handlers.hooks import may_be_private
from sayso.handlers.queue_records import Answer, log_failure, to_deliver_again
from sayso.handlers.settings import optional, required
from sayso.services.notifying import Notifier

logger = Logger()
metrics = Metrics()
# Longer than a call may take once a name is looked up, shorter than this function: where no name
# server answers, the notice is delivered again.
_WITHIN_S = 20.0


@cache
def use_case() -> Notifier:
    """Notifier, wired to this function's settings."""
    dynamodb, table = client("dynamodb"), required("TABLE_NAME")
    return Notifier(
        webhooks=DynamoWebhooks(dynamodb, table),
        log=DynamoDeliveries(dynamodb, table),
        activities=DynamoActivities(dynamodb, table),
        queue=SqsNotices(client(SERVICE), required("NOTICES_QUEUE_URL")),
        caller=WebhookCalls(may_be_private=may_be_private()),
        clock=lambda: datetime.now(UTC),
    )


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: Mapping[str, Any], context: object) -> Answer:  # noqa: ARG001
    """Try each notice of an SQS event; what fails here is delivered again, on its own."""
    records = event["Records"]
    metrics.add_metric("Notices", MetricUnit.Count, len(records))
    failed, attempts = [], []
    for record, tried in zip(records, _tried_together(records), strict=True):
        failure = tried.exception() if tried.done() else TimeoutError()
        if isinstance(failure, Exception):
            log_failure(record["messageId"], failure)
            failed.append(record["messageId"])
        elif attempt := tried.result():
            attempts.append(attempt)
    _tell(attempts, len(records))
    return to_deliver_again(failed)


def _tried_together(records: Sequence[Mapping[str, Any]]) -> "list[Future[Attempt | None]]":
    """Each in a thread of its own: an endpoint that lets us wait holds up no other's events."""
    pool = ThreadPoolExecutor(len(records))
    tried = [pool.submit(_try, record["body"]) for record in records]
    wait(tried, _WITHIN_S)
    pool.shutdown(wait=False)
    return tried


def _try(body: str) -> Attempt | None:
    return use_case().take_in(parse_notice(body))


def _tell(attempts: list[Attempt], notices: int) -> None:
    """How it went; neither an address nor what was told."""
    taken = sum(one.is_success for one in attempts)
    metrics.add_metric("Webhooks-delivered", MetricUnit.Count, taken)
    metrics.add_metric("Webhooks-failed", MetricUnit.Count, len(attempts) - taken)
    logger.info("notices handled", notices=notices, attempts=len(attempts), delivered=taken)


if optional("TABLE_NAME"):
    use_case()  # during the start-up phase, which has a whole processor to itself
