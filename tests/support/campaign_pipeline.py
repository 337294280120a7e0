"""The functions that bring a campaign to phones, with moto and the phone simulator behind them."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any, Self

import pytest
from moto import mock_aws

from sayso.adapters import aws
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.contacts import contact_attributes
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.keys import subscriber
from sayso.adapters.end_user_messaging import SERVICE
from sayso.adapters.queues import launch_message
from sayso.domain.catalog import Catalog
from sayso.domain.contact import Contact, Status
from sayso.handlers import alarms, launch, plan, receipts, recurring, send, triggered, triggers
from sayso.services.report import Report, report_of
from tests.support.bluebird import NOON, NUMBER, PROGRAM
from tests.support.lambda_context import LambdaContext
from tests.support.shelves import OneCallAtATime
from tests.support.simulated_carrier import Phones, simulated
from tests.support.sqs_queues import taken_from
from tests.support.table import TABLE, create_table

_GROUP = "sayso-campaigns"
_FUNCTIONS = (launch, plan, send, receipts)
_QUEUES = {"runs": "RUNS_QUEUE_URL", "slices": "SLICES_QUEUE_URL", "batches": "BATCHES_QUEUE_URL"}
_ENVIRONMENT = {
    "TABLE_NAME": TABLE,
    "CARRIER": "end-user-messaging",
    "ORIGINATION_IDENTITY": NUMBER,
    "CONFIGURATION_SET": "",
    "OPT_OUT_LIST": "Default",
    "PARTS_PER_SECOND": "100000",
    "REPLY_HEADROOM_PERCENT": "10",
    "SCHEDULE_GROUP": _GROUP,
    "SCHEDULE_ROLE_ARN": "arn:aws:iam::123456789012:role/scheduler",
    "SCHEDULE_DLQ_ARN": "arn:aws:sqs:us-east-1:123456789012:dead-letters",
    "RUNS_QUEUE_ARN": "arn:aws:sqs:us-east-1:123456789012:runs",
}
Handler = Callable[[Mapping[str, Any], Any], Mapping[str, Any]]
AT_LEISURE = LambdaContext(remaining_ms=30_000)


@dataclass
class Pipeline:
    """A deployment's campaign side. `log` is all that its functions have logged."""

    dynamodb: Any
    sqs: Any
    scheduler: Any
    urls: Mapping[str, str]
    phones: Phones
    log: io.StringIO
    clock: type[datetime]

    def now(self) -> datetime:
        """What the functions' clocks show."""
        return self.clock.now(UTC)

    @property
    def store(self) -> DynamoCampaigns:
        return DynamoCampaigns(self.dynamodb, TABLE)

    def put(self, contact: Contact) -> None:
        item = to_item(subscriber(contact.phone)) | contact_attributes(contact)
        self.dynamodb.put_item(TableName=TABLE, Item=item)

    def put_listed(self, contact: Contact) -> None:
        """Like `put`, but the index has not heard yet that this is no subscriber."""
        stale = contact_attributes(replace(contact, status=Status.SUBSCRIBED))
        item = to_item(subscriber(contact.phone)) | contact_attributes(contact)
        item |= {"gsi1sk": stale["gsi1sk"]}
        self.dynamodb.put_item(TableName=TABLE, Item=item)

    def queued(self, queue: str) -> list[str]:
        """Take everything out of a queue."""
        found: list[str] = []
        while answer := self.sqs.receive_message(
            QueueUrl=self.urls[queue], MaxNumberOfMessages=10
        ).get("Messages"):
            found += [message["Body"] for message in answer]
        return found

    def alarms(self) -> list[str]:
        """The names of the schedules that are set."""
        found = self.scheduler.list_schedules(GroupName=_GROUP)["Schedules"]
        return [one["Name"] for one in found]

    def fired(self) -> tuple[datetime, str] | None:
        """The earliest alarm that is set, and its message; it is not set any more then."""
        found = [self.scheduler.get_schedule(GroupName=_GROUP, Name=name) for name in self.alarms()]
        if not found:
            return None
        first = min(found, key=lambda one: str(one["ScheduleExpression"]))
        self.scheduler.delete_schedule(GroupName=_GROUP, Name=first["Name"])
        at = datetime.fromisoformat(first["ScheduleExpression"].removeprefix("at(")[:-1])
        return at.replace(tzinfo=UTC), str(first["Target"]["Input"])

    def taken_from(self, queue: str) -> list[tuple[str, int]]:
        """Everything in a queue, which is empty then, with the seconds that it was put off for."""
        return taken_from(self.urls[queue])

    def campaign_texts(self, campaign_id: str) -> list[dict[str, Any]]:
        """What the carrier took for the campaign."""
        texts: list[dict[str, Any]] = self.phones.send("GET", "/texts").json()
        return [
            one
            for one in texts
            if one["direction"] == "out" and one["context"].get("campaign") == campaign_id
        ]

    def run(self, run_id: str) -> None:
        """Launch the run and let everything that follows happen."""
        assert failed(launch.handler, [launch_message(run_id)]) == []
        assert failed(plan.handler, self.queued("slices")) == []
        assert failed(send.handler, self.queued("batches")) == []

    def report(self, campaign_id: str) -> Report:
        campaign = self.store.get(campaign_id)
        assert campaign is not None
        progress = [self.store.progress(run_id) for run_id in campaign.runs]
        return report_of(campaign, [one for one in progress if one], NOON)

    def texts_to(self, phone: str) -> list[dict[str, Any]]:
        return self.phones.thread(phone)


def failed(
    handler: Handler, bodies: Sequence[str], context: LambdaContext = AT_LEISURE
) -> list[int]:
    """Which of these messages, handled as one batch, Lambda is to deliver again."""
    answer = handler(sqs_event(*bodies), context)
    return [int(one["itemIdentifier"]) for one in answer["batchItemFailures"]]


def sqs_event(*bodies: str) -> dict[str, Any]:
    """What Lambda gets from SQS; the message ids are the numbers of the bodies."""
    return {
        "Records": [
            {
                "messageId": str(number),
                "receiptHandle": "AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a",
                "body": body,
                "attributes": {
                    "ApproximateReceiveCount": "1",
                    "SentTimestamp": "1545082649183",
                    "SenderId": "AIDAIENQZJOLO23YVJ4VO",
                    "ApproximateFirstReceiveTimestamp": "1545082649185",
                },
                "messageAttributes": {},
                "md5OfBody": "e4e68fb7bd0e697a0ae8f1bb342846b3",
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:queue",
                "awsRegion": "us-east-1",
            }
            for number, body in enumerate(bodies)
        ]
    }


def _from_noon_on() -> type[datetime]:
    """The functions' clock: it goes as any, but begins at `NOON`, whatever hour or day it is."""
    ahead = NOON - datetime.now(UTC)

    class FromNoonOn(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return super().now(tz) + ahead

    return FromNoonOn


@contextmanager
def opened_pipeline() -> Iterator[Pipeline]:
    """A deployment in which nobody has joined and nothing is scheduled."""
    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for name, value in _ENVIRONMENT.items():
            patch.setenv(name, value)
        stack.enter_context(mock_aws())
        _forget()
        stack.callback(_forget)
        sqs = aws.client("sqs")
        urls = {name: sqs.create_queue(QueueName=name)["QueueUrl"] for name in _QUEUES}
        for name, variable in _QUEUES.items():
            patch.setenv(variable, urls[name])
        scheduler = aws.client("scheduler")
        scheduler.create_schedule_group(Name=_GROUP)
        dynamodb = OneCallAtATime(aws.client("dynamodb"))
        create_table(dynamodb)
        DynamoCatalog(dynamodb, TABLE).put_program(PROGRAM, Catalog(program=None))
        clients = {"dynamodb": dynamodb, "sqs": sqs, "scheduler": scheduler}
        for module in (*_FUNCTIONS, alarms, recurring, triggered, triggers):
            patch.setattr(module, "client", clients.__getitem__)
        clock = _from_noon_on()
        for function in _FUNCTIONS:
            patch.setattr(function, "datetime", clock)
        state = Path(stack.enter_context(TemporaryDirectory()))
        phones = stack.enter_context(simulated(aws.client_without_retries(SERVICE), state))
        log = _recorded(patch, _FUNCTIONS)
        yield Pipeline(dynamodb, sqs, scheduler, urls, phones, log, clock)


def _forget() -> None:
    """Have the functions make their clients anew."""
    for module in _FUNCTIONS:
        module.use_case.cache_clear()
    for made in (recurring.occurrences, triggered.enroller, triggered.firings, triggers.use_case):
        made.cache_clear()
    aws.client.cache_clear()
    aws.client_without_retries.cache_clear()


def _recorded(patch: pytest.MonkeyPatch, modules: Sequence[ModuleType]) -> io.StringIO:
    log = io.StringIO()
    for module in modules:
        for handler in module.logger.handlers:
            patch.setattr(handler, "stream", log)
    return log
