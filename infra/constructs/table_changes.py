"""What changes in the table, told to functions."""

from collections.abc import Mapping
from typing import Any

from aws_cdk import Duration
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as sources
from constructs import Construct

from infra.acknowledge import accept
from infra.constructs.function import HandlerFunction
from infra.constructs.work_queue import dead_letter_queue

_AT_ONCE = 100
_WINDOW = Duration.seconds(1)
_TRIES = 20
# What happened longer ago is nothing to answer any more.
_OF_USE = Duration.hours(12)
_EXISTS = lambda_.FilterRule.exists()


class TableChanges(Construct):
    """The table's stream; records that keep failing are named in `dead_letters`."""

    def __init__(self, scope: Construct, construct_id: str, *, table: dynamodb.Table) -> None:
        super().__init__(scope, construct_id)
        self._table = table
        self.dead_letters = dead_letter_queue(self, "DeadLetters")

    def feed_triggers(self, consumer: HandlerFunction) -> None:
        """Tell the function what becomes of subscribers, each one's changes in their order.

        And of triggered campaigns. All else does not wake it.
        """
        self._feed(consumer, _keys_like(sk="SUBSCRIBER"), _keys_like(pk="TRIGGERED"))

    def feed_activity(self, consumer: HandlerFunction) -> None:
        """Tell the function what becomes of subscribers, and what people do with coupons.

        And of campaigns. A coupon that is issued, once a text, does not wake it. A stream serves
        two consumers well, and no third.
        """
        clicked = {"Keys": _wanted(sk="COUPON"), "NewImage": {"clicked_at": {"S": _EXISTS}}}
        used = {"Keys": {"sk": {"S": lambda_.FilterRule.begins_with("USE#")}}}
        self._feed(
            consumer,
            _keys_like(sk="SUBSCRIBER"),
            _keys_like(pk="CAMPAIGN"),
            lambda_.FilterCriteria.filter({"dynamodb": clicked}),
            lambda_.FilterCriteria.filter({"dynamodb": used}),
        )

    def _feed(self, consumer: HandlerFunction, *filters: Mapping[str, Any]) -> None:
        """What fails is tried again in halves, so that a bad record holds up no other for long."""
        consumer.entry.add_event_source(
            sources.DynamoEventSource(
                self._table,
                starting_position=lambda_.StartingPosition.TRIM_HORIZON,
                batch_size=_AT_ONCE,
                max_batching_window=_WINDOW,
                bisect_batch_on_error=True,
                retry_attempts=_TRIES,
                max_record_age=_OF_USE,
                on_failure=sources.SqsDlq(self.dead_letters),
                filters=list(filters),
            )
        )
        accept(
            consumer.role,
            "IAM5[Resource::*]",
            "ListStreams and X-Ray's actions know no resource.",
        )


def _keys_like(**keys: str) -> Mapping[str, Any]:
    return lambda_.FilterCriteria.filter({"dynamodb": {"Keys": _wanted(**keys)}})


def _wanted(**keys: str) -> Mapping[str, Any]:
    return {name: {"S": lambda_.FilterRule.is_equal(value)} for name, value in keys.items()}
