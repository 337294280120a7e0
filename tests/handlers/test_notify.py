"""The notify function: notices from the queue in, calls of endpoints and a log of them out."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Event
from typing import Any

import pytest
from moto import mock_aws

from sayso.adapters import aws
from sayso.adapters.dynamodb.activities import DynamoActivities
from sayso.adapters.dynamodb.deliveries import DynamoDeliveries
from sayso.adapters.dynamodb.webhooks import DynamoWebhooks
from sayso.adapters.queues import notice_message, parse_notice
from sayso.domain.slot import Tally
from sayso.domain.webhook import Attempt, State
from sayso.handlers import notify
from sayso.services.ports.queues import Notice
from sayso.services.ports.webhooks import Message
from sayso.services.telling import delivery_of
from tests.fakes.webhooks import FakeCaller
from tests.support.bluebird import ANA, NOON
from tests.support.lambda_context import LambdaContext
from tests.support.table import TABLE, create_table
from tests.support.webhooks import MONDAY, an_activity, an_endpoint

EVENTS = [an_activity(f"r{n}") for n in range(3)]


@dataclass
class Deployment:
    """What there is beside the function. `log` is all that it has logged."""

    dynamodb: Any
    sqs: Any
    notices: str
    caller: FakeCaller
    log: io.StringIO

    def state(self, event: str) -> State:
        found = DynamoDeliveries(self.dynamodb, TABLE).get("W1", event)
        assert found is not None
        return found.state

    def put_off(self) -> int:
        """How many notices wait for their time."""
        name = "ApproximateNumberOfMessagesDelayed"
        found = self.sqs.get_queue_attributes(QueueUrl=self.notices, AttributeNames=[name])
        return int(found["Attributes"][name])


@pytest.fixture
def deployment(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deployment]:
    with mock_aws():
        _forget()
        dynamodb, sqs = aws.client("dynamodb"), aws.client("sqs")
        create_table(dynamodb)
        notices = sqs.create_queue(QueueName="notices")["QueueUrl"]
        monkeypatch.setenv("TABLE_NAME", TABLE)
        monkeypatch.setenv("NOTICES_QUEUE_URL", notices)
        DynamoWebhooks(dynamodb, TABLE).save(None, an_endpoint())
        for event in EVENTS:
            DynamoActivities(dynamodb, TABLE).record(event, MONDAY, Tally(), NOON)
            DynamoDeliveries(dynamodb, TABLE).add(delivery_of(event, MONDAY, an_endpoint(), NOON))
        caller = FakeCaller()
        wired = replace(notify.use_case(), caller=caller)
        monkeypatch.setattr(notify, "use_case", lambda: wired)
        log = io.StringIO()
        for handler in notify.logger.handlers:
            monkeypatch.setattr(handler, "stream", log)
        yield Deployment(dynamodb, sqs, notices, caller, log)
        monkeypatch.undo()
        _forget()


def _forget() -> None:
    for cached in (notify.use_case, aws.client):
        cached.cache_clear()


def handle(*bodies: str) -> list[str]:
    """Take these messages in; the ids of those that are to be delivered again, m0 being first."""
    records = [{"messageId": f"m{n}", "body": body} for n, body in enumerate(bodies)]
    answer = notify.handler({"Records": records}, LambdaContext())
    return [one["itemIdentifier"] for one in answer["batchItemFailures"]]


def noticing(event: str) -> str:
    return notice_message(Notice("W1", event))


def test_every_notice_of_a_batch_is_a_call(deployment: Deployment) -> None:
    assert handle(*(noticing(one.id) for one in EVENTS)) == []

    assert sorted(message.id for _, message in deployment.caller.calls) == sorted(
        one.id for one in EVENTS
    )
    assert {deployment.state(one.id) for one in EVENTS} == {State.DELIVERED}


def test_what_is_not_taken_is_put_off_and_not_failed(deployment: Deployment) -> None:
    deployment.caller.answers = lambda message, at: 503

    assert handle(noticing(EVENTS[0].id)) == []

    assert deployment.state(EVENTS[0].id) is State.WAITING
    assert deployment.put_off() == 1


def test_what_was_taken_and_what_was_not_is_counted(
    deployment: Deployment, capsys: pytest.CaptureFixture[str]
) -> None:
    deployment.caller.answers = lambda message, at: 503 if message.id == EVENTS[0].id else 204

    handle(*(noticing(one.id) for one in EVENTS))

    counted = json.loads(capsys.readouterr().out.splitlines()[-1])
    taken = len(EVENTS) - 1
    assert (counted["Webhooks-delivered"], counted["Webhooks-failed"]) == ([taken], [1])


def test_a_bad_message_takes_no_other_along(deployment: Deployment) -> None:
    assert handle("no notice", noticing(EVENTS[0].id)) == ["m0"]

    assert deployment.state(EVENTS[0].id) is State.DELIVERED


def test_a_call_that_breaks_is_delivered_again_and_then_tried(deployment: Deployment) -> None:
    """The claim of who broke down runs out before SQS delivers the message again."""

    def broken(message: Message, at: datetime) -> Attempt:
        raise RuntimeError("out of memory")

    deployment.caller.answers = broken  # type: ignore[assignment]

    assert handle(noticing(EVENTS[0].id)) == ["m0"]
    assert deployment.state(EVENTS[0].id) is State.WAITING
    # Delivered again at once, it waits for the claim to run out.
    assert handle(noticing(EVENTS[0].id)) == []
    assert deployment.put_off() == 1


def test_who_never_comes_to_an_end_holds_up_nobody_else(
    deployment: Deployment, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = Event()

    def answers(message: Message, at: datetime) -> int:
        return 204 if message.id != EVENTS[0].id or ended.wait(10) else 0

    deployment.caller.answers = answers
    monkeypatch.setattr(notify, "_WITHIN_S", 0.5)

    assert handle(*(noticing(one.id) for one in EVENTS)) == ["m0"]
    assert {deployment.state(one.id) for one in EVENTS[1:]} == {State.DELIVERED}
    ended.set()


def test_messages_are_read_as_they_are_written() -> None:
    assert parse_notice(noticing("E1")) == Notice("W1", "E1")
    assert json.loads(noticing("E1")) == {"webhook": "W1", "event": "E1"}


def test_neither_numbers_nor_addresses_are_logged(deployment: Deployment) -> None:
    handle(noticing(EVENTS[0].id))

    log = deployment.log.getvalue()
    assert '"delivered":1' in log
    for secret in (ANA, ANA[2:], "crm.bluebird.example", "whsec", "DOWNTOWN"):
        assert secret not in log
