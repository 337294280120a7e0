"""Messages of an SQS queue, each answered for on its own: a bad one never takes others along."""

import traceback
from collections.abc import Callable, Collection, Mapping
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit

Answer = dict[str, list[dict[str, str]]]


def each(event: Mapping[str, Any], handle: Callable[[Mapping[str, Any]], None]) -> Answer:
    """Handle every record of the event; those that failed are to be delivered again."""
    failed = []
    for record in event["Records"]:
        try:
            handle(record)
        except Exception as failure:  # noqa: BLE001 - the queue gives it up in the end, not we
            log_failure(record["messageId"], failure)
            failed.append(record["messageId"])
    return to_deliver_again(failed)


def to_deliver_again(message_ids: Collection[str]) -> Answer:
    """What Lambda is told: these messages have failed, all others are done with."""
    Metrics().add_metric("Messages-failed", MetricUnit.Count, len(message_ids))
    return {"batchItemFailures": [{"itemIdentifier": one} for one in message_ids]}


def log_failure(message_id: str, failure: Exception) -> None:
    """Kind and place of a failure. Not its message: AWS's errors may quote a phone number."""
    frames = traceback.extract_tb(failure.__traceback__)
    Logger().warning(
        "message failed",
        sqs_message_id=message_id,
        kind=type(failure).__name__,
        at=[f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames],
    )
