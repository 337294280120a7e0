"""The SQS queues between the steps of a run."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import botocore.session
import pytest
from moto import mock_aws

from sayso.adapters.queues import (
    MalformedMessage,
    SqsBatches,
    SqsImports,
    SqsLaunches,
    SqsSlices,
    batch_message,
    launch_message,
    parse_batch,
    parse_due,
    parse_import,
    parse_slice,
    slice_message,
)
from sayso.domain.recipient import recipients
from sayso.domain.run import Slice
from sayso.services.ports.queues import BatchTask, NotQueued, RunDue
from tests.support.bluebird import ANA, BEN

TASK = BatchTask("R1", "DOWNTOWN#3#0", recipients((ANA, BEN)), fruitless=2, strangers=1)


@dataclass
class Queue:
    """An SQS queue on moto."""

    client: Any
    url: str

    def bodies(self) -> list[str]:
        found: list[str] = []
        while answer := self.client.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10).get(
            "Messages"
        ):
            found += [message["Body"] for message in answer]
        return found


@pytest.fixture
def queue() -> Iterator[Queue]:
    with mock_aws():
        session = botocore.session.get_session()
        client: Any = session.create_client("sqs", region_name="us-east-1")
        yield Queue(client, client.create_queue(QueueName="sayso-test")["QueueUrl"])


@dataclass
class Reluctant:
    """An SQS client that takes only what its answers say; `calls` are the ids of each call."""

    answers: list[dict[str, Any]]
    calls: list[list[str]] = field(default_factory=list)

    def send_message_batch(self, QueueUrl: str, Entries: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: N803
        self.calls.append([entry["Id"] for entry in Entries])
        return self.answers.pop(0)


def failing(*ids: str, fault: bool = False) -> dict[str, Any]:
    return {"Failed": [{"Id": one, "SenderFault": fault, "Code": "Busy"} for one in ids]}


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.adapters.queues.time.sleep", lambda _: None)


def test_slices_come_out_as_they_were_put(queue: Queue) -> None:
    slices = [Slice("R1", location, shard) for location in ("DOWNTOWN", "") for shard in range(8)]

    SqsSlices(queue.client, queue.url).put(slices)

    found = [parse_slice(body) for body in queue.bodies()]
    assert sorted(found, key=repr) == sorted(slices, key=repr)


def test_batches_come_out_as_they_were_put(queue: Queue) -> None:
    SqsBatches(queue.client, queue.url).put([TASK])

    assert [parse_batch(body) for body in queue.bodies()] == [TASK]


def test_nothing_to_put_is_fine(queue: Queue) -> None:
    SqsBatches(queue.client, queue.url).put([])

    assert queue.bodies() == []


def test_a_batch_put_with_a_delay_comes_out_later(queue: Queue) -> None:
    SqsBatches(queue.client, queue.url).put([TASK], timedelta(minutes=15))

    assert queue.bodies() == []
    counts = queue.client.get_queue_attributes(QueueUrl=queue.url, AttributeNames=["All"])
    assert counts["Attributes"]["ApproximateNumberOfMessagesDelayed"] == "1"


def test_a_launch_waits_until_its_run_is_written(queue: Queue) -> None:
    SqsLaunches(queue.client, queue.url).put("R1")

    assert queue.bodies() == []
    counts = queue.client.get_queue_attributes(QueueUrl=queue.url, AttributeNames=["All"])
    assert counts["Attributes"]["ApproximateNumberOfMessagesDelayed"] == "1"


def test_an_import_comes_out_at_once(queue: Queue) -> None:
    SqsImports(queue.client, queue.url).put("I1")

    assert [parse_import(body) for body in queue.bodies()] == ["I1"]


def test_entries_that_sqs_did_not_take_are_sent_again_and_only_they() -> None:
    client = Reluctant([failing("1", "2"), failing("2"), {}])

    SqsSlices(client, "url").put([Slice("R1", "DOWNTOWN", shard) for shard in range(3)])

    assert client.calls == [["0", "1", "2"], ["1", "2"], ["2"]]


def test_entries_that_sqs_never_takes_are_told_of() -> None:
    client = Reluctant([failing("0")] * 10)

    with pytest.raises(NotQueued):
        SqsSlices(client, "url").put([Slice("R1", "DOWNTOWN", 0)])

    assert len(client.calls) == 4


def test_an_entry_that_is_wrong_is_not_sent_again() -> None:
    client = Reluctant([failing("0", fault=True)])

    with pytest.raises(NotQueued):
        SqsSlices(client, "url").put([Slice("R1", "DOWNTOWN", 0)])


def test_each_message_says_what_its_reader_reads() -> None:
    assert parse_due(launch_message("R1")) == RunDue("R1")
    assert parse_slice(slice_message(Slice("R1", "", 7))) == Slice("R1", "", 7)
    assert parse_batch(batch_message(TASK)) == TASK


def test_a_full_batch_stays_far_below_what_sqs_takes() -> None:
    task = BatchTask("0" * 30, "X" * 30, recipients(["+123456789012345"] * 50))

    assert len(batch_message(task)) * 10 < 256 * 1024


_BATCH = {"run": "R1", "batch": "B1", "phones": [ANA], "fruitless": 0, "strangers": 0}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "no JSON",
        "[]",
        json.dumps(_BATCH | {"run": ""}),
        json.dumps(_BATCH | {"batch": 7}),
        json.dumps(_BATCH | {"phones": ANA}),
        json.dumps(_BATCH | {"phones": [1]}),
        json.dumps(_BATCH | {"fruitless": -1}),
        json.dumps(_BATCH | {"strangers": True}),
    ],
)
def test_a_malformed_batch_is_refused(body: str) -> None:
    with pytest.raises(MalformedMessage):
        parse_batch(body)


@pytest.mark.parametrize(
    "body",
    [
        '{"run": "R1"}',
        '{"run": "R1", "location": null, "shard": 0}',
        '{"run": "R1", "location": "", "shard": "0"}',
    ],
)
def test_a_malformed_slice_is_refused(body: str) -> None:
    with pytest.raises(MalformedMessage):
        parse_slice(body)


@pytest.mark.parametrize("body", ["{}", '"I1"', '{"import": null}', "\u0000"])
def test_a_malformed_import_is_refused(body: str) -> None:
    with pytest.raises(MalformedMessage):
        parse_import(body)


@pytest.mark.parametrize("body", ["{}", '"R1"', '{"run": null}', "\u0000"])
def test_a_malformed_launch_is_refused(body: str) -> None:
    with pytest.raises(MalformedMessage):
        parse_due(body)
