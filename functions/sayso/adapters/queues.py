"""The SQS queues between the steps of a run or an import, and the forms of their messages.

| queue | message |
|---|---|
| runs | `{"run": id}`, `{"run": id, "opening": time}` or `{"campaign": id, "occurrence": time}` |
| slices | `{"run": id, "location": code or "", "shard": n}` |
| batches | `{"run": id, "batch": id, "people": [...], "fruitless": n, "strangers": n, "turn": t}` |
| imports | `{"import": id}` |
| notices | `{"webhook": id, "event": id}` |
| upkeep | `{"time": when the round was due}`, as in EventBridge's own event, which begins it |
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sayso.domain.recipient import Recipient
from sayso.domain.run import Slice
from sayso.services.ports.queues import (
    A_MOMENT,
    BatchTask,
    Due,
    Notice,
    NotQueued,
    OccurrenceDue,
    OpeningDue,
    RunDue,
)

SERVICE = "sqs"

_REACH = timedelta(minutes=15)  # SQS's longest delay
_A_CALL = 10  # entries of a SendMessageBatch
_TRIES = 4
_PAUSE_S = 0.1


class MalformedMessage(ValueError):
    """The message is not of the form that its queue holds."""


def launch_message(run_id: str) -> str:
    """The message that launches a run."""
    return due_message(RunDue(run_id))


def due_message(due: Due) -> str:
    """The message that has something happen that is due."""
    match due:
        case RunDue(run_id):
            return json.dumps({"run": run_id})
        case OpeningDue(run_id, at):
            return json.dumps({"run": run_id, "opening": _written(at)})
        case OccurrenceDue(campaign_id, at):
            return json.dumps({"campaign": campaign_id, "occurrence": _written(at)})


def parse_due(body: str) -> Due:
    """What is due. Raises MalformedMessage."""
    values = _fields(body)
    if "campaign" in values:
        return OccurrenceDue(_text(values, "campaign"), _time(values, "occurrence"))
    if "opening" in values:
        return OpeningDue(_text(values, "run"), _time(values, "opening"))
    return RunDue(_text(values, "run"))


def slice_message(piece: Slice) -> str:
    """The message that has a slice planned."""
    return json.dumps({"run": piece.run_id, "location": piece.location, "shard": piece.shard})


def parse_slice(body: str) -> Slice:
    """The slice. Raises MalformedMessage."""
    values = _fields(body)
    location = values.get("location")
    if not isinstance(location, str):
        raise MalformedMessage("location is no text")
    return Slice(_text(values, "run"), location, _count(values, "shard"))


def batch_message(task: BatchTask) -> str:
    """The message that has a batch sent."""
    return json.dumps(
        {
            "run": task.run_id,
            "batch": task.batch_id,
            "people": [_person(one) for one in task.recipients],
            "fruitless": task.fruitless,
            "strangers": task.strangers,
            "turn": task.turn.isoformat() if task.turn else None,
        }
    )


def parse_batch(body: str) -> BatchTask:
    """The batch. Raises MalformedMessage."""
    values = _fields(body)
    people = values.get("people")
    if not isinstance(people, list):
        raise MalformedMessage("people is no list")
    return BatchTask(
        run_id=_text(values, "run"),
        batch_id=_text(values, "batch"),
        recipients=tuple(_recipient(one) for one in people),
        fruitless=_count(values, "fruitless"),
        strangers=_count(values, "strangers"),
        turn=_time_if_any(values, "turn"),
    )


def import_message(import_id: str) -> str:
    """The message that has an import gone on with."""
    return json.dumps({"import": import_id})


def parse_import(body: str) -> str:
    """The id of the import. Raises MalformedMessage."""
    return _text(_fields(body), "import")


def notice_message(notice: Notice) -> str:
    """The message that has an endpoint told of an event."""
    return json.dumps({"webhook": notice.webhook, "event": notice.event})


def parse_notice(body: str) -> Notice:
    """What an endpoint is to be told of. Raises MalformedMessage."""
    values = _fields(body)
    return Notice(_text(values, "webhook"), _text(values, "event"))


def upkeep_message(round_id: str) -> str:
    """The message that has a daily round go on."""
    return json.dumps({"time": round_id})


def parse_upkeep(body: str) -> str:
    """The name of the round, which is when it was due. Raises MalformedMessage."""
    return _text(_fields(body), "time")


@dataclass(frozen=True, slots=True)
class SqsLaunches:
    """LaunchQueue. `client` is an SQS client."""

    client: Any
    url: str

    def put(self, run_id: str, delay: timedelta = A_MOMENT) -> None:
        _send(self.client, self.url, [launch_message(run_id)], delay)

    def put_due(self, due: Due) -> None:
        _send(self.client, self.url, [due_message(due)], A_MOMENT)


@dataclass(frozen=True, slots=True)
class SqsSlices:
    """SliceQueue. `client` is an SQS client."""

    client: Any
    url: str

    def put(self, slices: Sequence[Slice]) -> None:
        _send(self.client, self.url, [slice_message(piece) for piece in slices])


@dataclass(frozen=True, slots=True)
class SqsBatches:
    """BatchQueue. `client` is an SQS client."""

    client: Any
    url: str

    def put(self, tasks: Sequence[BatchTask], delay: timedelta = timedelta()) -> None:
        _send(self.client, self.url, [batch_message(task) for task in tasks], delay)


@dataclass(frozen=True, slots=True)
class SqsImports:
    """ImportQueue. `client` is an SQS client."""

    client: Any
    url: str

    def put(self, import_id: str) -> None:
        _send(self.client, self.url, [import_message(import_id)])


@dataclass(frozen=True, slots=True)
class SqsNotices:
    """NoticeQueue. `client` is an SQS client."""

    client: Any
    url: str

    def put(self, notices: Sequence[Notice], delay: timedelta = timedelta()) -> None:
        # Rounded up: what comes out before its time is only put back for another second.
        whole = timedelta(seconds=-(-delay // timedelta(seconds=1)))
        _send(self.client, self.url, [notice_message(one) for one in notices], min(whole, _REACH))


@dataclass(frozen=True, slots=True)
class SqsUpkeep:
    """UpkeepQueue. `client` is an SQS client."""

    client: Any
    url: str

    def put(self, round_id: str) -> None:
        _send(self.client, self.url, [upkeep_message(round_id)])


def _send(client: Any, url: str, bodies: Sequence[str], delay: timedelta = timedelta()) -> None:
    for start in range(0, len(bodies), _A_CALL):
        entries = [
            {"Id": str(number), "MessageBody": body, "DelaySeconds": int(delay.total_seconds())}
            for number, body in enumerate(bodies[start : start + _A_CALL])
        ]
        _send_all(client, url, entries)


def _send_all(client: Any, url: str, entries: list[dict[str, Any]]) -> None:
    """One call may take some entries and leave others: those are sent again."""
    for attempt in range(_TRIES):
        answer = client.send_message_batch(QueueUrl=url, Entries=entries)
        left = {failed["Id"]: failed for failed in answer.get("Failed", ())}
        if not left:
            return
        if any(failed["SenderFault"] for failed in left.values()):
            break
        entries = [entry for entry in entries if entry["Id"] in left]
        time.sleep(_PAUSE_S * 2**attempt)
    raise NotQueued(f"{len(left)} messages: {sorted({one['Code'] for one in left.values()})}")


def _fields(body: str) -> dict[str, Any]:
    try:
        values = json.loads(body)
    except ValueError:
        raise MalformedMessage("no JSON") from None
    if not isinstance(values, dict):
        raise MalformedMessage("no JSON object")
    return values


def _text(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str) or not value:
        raise MalformedMessage(f"{name} is no text")
    return value


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _time(values: dict[str, Any], name: str) -> datetime:
    try:
        at = datetime.fromisoformat(_text(values, name))
    except ValueError:
        raise MalformedMessage(f"{name} is no time") from None
    if at.tzinfo is None:
        raise MalformedMessage(f"{name} has no zone")
    return at


def _count(values: dict[str, Any], name: str) -> int:
    value = values.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise MalformedMessage(f"{name} is no count")
    return value


def _time_if_any(values: dict[str, Any], name: str) -> datetime | None:
    """The time, None where there is none: messages of an earlier version have none."""
    return _time(values, name) if values.get(name) else None


def _person(recipient: Recipient) -> list[Any]:
    """The number, language, channel, values and since; what is empty at the end is left out."""
    since = recipient.since.isoformat() if recipient.since else ""
    row: list[Any] = [recipient.phone, recipient.language, recipient.channel, recipient.values]
    row.append(since)
    while len(row) > 1 and not row[-1]:
        row.pop()
    return row


def _recipient(row: Any) -> Recipient:
    match row:
        case [str(), *rest] if len(rest) <= 3 and _fits(rest):
            return Recipient(*row)
        case [str(), *rest, str(since)] if len(rest) == 3 and _fits(rest):
            return replace(_recipient(row[:-1]), since=_time({"since": since}, "since"))
    raise MalformedMessage("people holds something that is no recipient")


def _fits(rest: list[Any]) -> bool:
    texts, values = rest[:2], rest[2:]
    return all(isinstance(one, str) for one in texts) and all(
        isinstance(one, dict) and all(isinstance(text, str) for text in one.values())
        for one in values
    )
