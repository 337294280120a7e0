"""The admin function as the console's users meet it: requests in, answers out, moto behind it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import botocore.session
import pytest
from moto import mock_aws

from sayso.adapters import aws
from sayso.handlers import admin
from tests.support.bluebird import NOON, NUMBER
from tests.support.http_events import http_event
from tests.support.lambda_context import LambdaContext
from tests.support.table import TABLE, create_table, everything_in

ACTOR = "3f2c7c9e-5b0a-4c55-9d5e-0a1b2c3d4e5f"
_GROUP = "sayso-test-campaigns"
BUCKET = "sayso-test-imports"
_ROLE = "arn:aws:iam::123456789012:role/sayso-test-scheduler"
_SESSION: Any = botocore.session.get_session()


@dataclass(frozen=True)
class Answer:
    """What came back; `headers` in lower case."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


@dataclass
class Console:
    """A user of the admin API with a role, or several (`"marketer staff"`)."""

    dynamodb: Any
    scheduler: Any
    sqs: Any
    runs_queue: str
    role: str = "owner"

    def acting_as(self, role: str) -> "Console":
        return Console(self.dynamodb, self.scheduler, self.sqs, self.runs_queue, role)

    def get(self, target: str, accept: str = "") -> Answer:
        return self.send("GET", target, accept=accept)

    def put(self, target: str, body: Any) -> Answer:
        return self.send("PUT", target, json.dumps(body))

    def post(self, target: str, body: Any = None) -> Answer:
        return self.send("POST", target, None if body is None else json.dumps(body))

    def patch(self, target: str, body: Any) -> Answer:
        return self.send("PATCH", target, json.dumps(body))

    def delete(self, target: str) -> Answer:
        return self.send("DELETE", target)

    def send(
        self,
        method: str,
        target: str,
        body: str | bytes | None = None,
        content_type: str | None = "application/json",
        accept: str = "",
    ) -> Answer:
        """Any request at all."""
        headers = {"content-type": content_type} if content_type and body is not None else {}
        headers |= {"accept": accept} if accept else {}
        groups = f"[{self.role}]" if self.role else None
        claims = {"sub": ACTOR} | ({"cognito:groups": groups} if groups else {})
        event = http_event(method, target, body=body, headers=headers, claims=claims)
        response = admin.handler(event, LambdaContext())
        return Answer(response["statusCode"], response["headers"], response["body"])

    def state(self) -> tuple[Any, ...]:
        """Everything that a request could have changed."""
        schedules = self.scheduler.list_schedules(GroupName=_GROUP)["Schedules"]
        queued = self.sqs.get_queue_attributes(
            QueueUrl=self.runs_queue, AttributeNames=["ApproximateNumberOfMessagesDelayed"]
        )["Attributes"]
        return everything_in(self.dynamodb), [one["Name"] for one in schedules], queued

    def schedules(self) -> list[Any]:
        """The schedules of the deployment's group, in full."""
        found = self.scheduler.list_schedules(GroupName=_GROUP)["Schedules"]
        return [self.scheduler.get_schedule(Name=one["Name"], GroupName=_GROUP) for one in found]


@contextmanager
def opened_console() -> Iterator[Console]:
    """An owner's console on an empty deployment, where it is always noon in Chicago."""
    with mock_aws(), pytest.MonkeyPatch.context() as patch:
        dynamodb, sqs, scheduler, s3 = (
            _SESSION.create_client(service, region_name="us-east-1")
            for service in ("dynamodb", "sqs", "scheduler", "s3")
        )
        create_table(dynamodb)
        scheduler.create_schedule_group(Name=_GROUP)
        queue = sqs.create_queue(QueueName="runs")["QueueUrl"]
        imports = sqs.create_queue(QueueName="imports")["QueueUrl"]
        s3.create_bucket(Bucket=BUCKET)
        arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
        settings = {
            "TABLE_NAME": TABLE,
            "RUNS_QUEUE_URL": queue,
            "RUNS_QUEUE_ARN": arn["Attributes"]["QueueArn"],
            "NOTICES_QUEUE_URL": sqs.create_queue(QueueName="notices")["QueueUrl"],
            "UPKEEP_QUEUE_URL": sqs.create_queue(QueueName="upkeep")["QueueUrl"],
            "SCHEDULE_GROUP": _GROUP,
            "SCHEDULE_ROLE_ARN": _ROLE,
            "PUBLIC_NUMBER": NUMBER,
            "IMPORTS_QUEUE_URL": imports,
            "IMPORTS_BUCKET": BUCKET,
            "SCHEDULE_DLQ_ARN": "arn:aws:sqs:us-east-1:123456789012:dead-letters",
            "CARRIER": "end-user-messaging",
            "ORIGINATION_IDENTITY": "80808",
        }
        for name, value in settings.items():
            patch.setenv(name, value)
        patch.setattr(admin, "_now", lambda: NOON)
        aws.client.cache_clear()
        admin.api.cache_clear()
        try:
            yield Console(dynamodb, scheduler, sqs, queue)
        finally:
            aws.client.cache_clear()
            aws.client_with.cache_clear()
            admin.api.cache_clear()
