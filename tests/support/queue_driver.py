"""The queues between a campaign's functions, turned by hand: what Lambda's pollers do on AWS."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sayso.handlers import launch, plan, receipts, send
from tests.support.campaign_pipeline import AT_LEISURE, Pipeline, sqs_event
from tests.support.delivery_events import delivery_event
from tests.support.faulty_calls import Faults, Killed
from tests.support.lambda_context import LambdaContext

HANDLERS: Mapping[str, Callable[[Mapping[str, Any], Any], Mapping[str, Any]]] = {
    "launch": launch.handler,
    "plan": plan.handler,
    "send": send.handler,
    "receipts": receipts.handler,
}
# Which function each queue feeds.
FED = {"runs": "launch", "slices": "plan", "batches": "send"}
# As cdk.json's max_receive_count: a message that failed so often goes to the dead letters.
_DELIVERIES = 5
# Longer than a claim may be without its outcome, and than any worker lives.
_VISIBILITY = timedelta(minutes=3)
_HURRIED = 2
_IN_A_HURRY = LambdaContext(remaining_ms=1_000)
_ROUNDS = 200
_CROWD = 200


@dataclass(frozen=True)
class _Message:
    """A message that comes out of its queue when the clock is `ready` ahead."""

    function: str
    body: str
    sent_at: datetime
    ready: timedelta
    failures: int = 0


def _nothing() -> bool:
    return False


@dataclass
class QueueDriver:
    """Delivers messages until nothing is left to deliver, with failures delivered again.

    An alarm goes off when there is nothing else to do: `shift` is how far `clock` is ahead.

    `hire` finds another worker for one that has died. Where `is_hurried`, the first two deliveries
    of a message find a worker who has hardly any time left. `in_a_lull` may do something whenever
    all queues are empty, and says whether it has. `dead` counts, by function, the messages that
    failed too often. The delivery of the number `thrice` happens once more at once, and once more
    when all is over.
    """

    pipeline: Pipeline
    faults: Faults
    shift: list[timedelta]
    clock: Callable[[], datetime]
    hire: Callable[[], None]
    in_a_lull: Callable[[], bool] = _nothing
    is_hurried: bool = False
    thrice: int | None = None
    dead: Counter[str] = field(default_factory=Counter)
    _pending: list[_Message] = field(default_factory=list)
    _late: list[_Message] = field(default_factory=list)
    _seen: Counter[str] = field(default_factory=Counter)
    _delivered: int = 0

    def put(self, function: str, *bodies: str) -> None:
        self._pending += [_Message(function, body, self.clock(), self.shift[0]) for body in bodies]

    @property
    def deliveries(self) -> int:
        """How many messages have been delivered."""
        return self._delivered

    def run(self) -> None:
        """Deliver everything, and what comes of it."""
        for _ in range(_ROUNDS):
            self._collect()
            if not self._pending and self.in_a_lull():
                self._collect()
            if not (self._pending or self._alarm() or self._straggle()):
                return
            pending, self._pending = self._pending, []
            assert len(pending) < _CROWD, "messages beget messages"
            for message in sorted(pending, key=lambda one: one.ready):
                self.shift[0] = max(self.shift[0], message.ready)
                self._deliver(message)
                self._collect()
        raise AssertionError("the run never comes to rest")

    def receipts_for(
        self, campaign_id: str, ends: Mapping[str, str], answers: Mapping[str, str]
    ) -> None:
        """Have the carrier report every text of the campaign, as delivered or by `ends`.

        And as delivered the `answers` to people's own texts, by number.
        """
        for phone, text_id in answers.items():
            event = delivery_event(phone, "TEXT_DELIVERED", {"exchange": text_id})
            self.put("receipts", json.dumps(event))
        for text in self.pipeline.campaign_texts(campaign_id):
            kind = ends.get(text["to"], "TEXT_DELIVERED")
            event = delivery_event(text["to"], kind, text["context"])
            event |= {
                "messageId": text["message_id"],
                "eventTimestamp": _milliseconds(self.clock()),
            }
            self.put("receipts", json.dumps(event))

    def _alarm(self) -> bool:
        """Whether an alarm was set, which has gone off now."""
        if not (fired := self.pipeline.fired()):
            return False
        at, body = fired
        self.shift[0] += max(timedelta(), at - self.clock())
        self.put("launch", body)
        return True

    def _straggle(self) -> bool:
        """Whether a message comes once more that everybody is through with."""
        self._pending, self._late = self._late, []
        return bool(self._pending)

    def _deliver(self, message: _Message) -> None:
        number, self._delivered = self._delivered, self._delivered + 1
        is_repeated = number == self.thrice
        self._late += [message] if is_repeated else []
        outcomes = [self._handle(message) for _ in range(1 + is_repeated)]
        if all(outcomes):
            return
        failures, ready = message.failures + 1, self.shift[0] + _VISIBILITY
        if failures == _DELIVERIES:
            self.dead[message.function] += 1
        else:
            self._pending.append(replace(message, failures=failures, ready=ready))

    def _handle(self, message: _Message) -> bool:
        """Whether the message is done with."""
        self._seen[message.body] += 1
        is_early = self._seen[message.body] <= _HURRIED
        context = _IN_A_HURRY if self.is_hurried and is_early else AT_LEISURE
        event = sqs_event(message.body)
        event["Records"][0]["attributes"]["SentTimestamp"] = str(_milliseconds(message.sent_at))
        with self.faults.during(message.function):
            try:
                answer = HANDLERS[message.function](event, context)
            except (Killed, Exception):  # noqa: BLE001 - Lambda too delivers it all again
                self.hire()
                return False
        return not answer["batchItemFailures"]

    def _collect(self) -> None:
        for queue, function in FED.items():
            for body, delay_s in self.pipeline.taken_from(queue):
                ready = self.shift[0] + timedelta(seconds=delay_s)
                self._pending.append(_Message(function, body, self.clock(), ready))


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def frozen(at: datetime, shift: list[timedelta]) -> type[datetime]:
    """A datetime whose now() is `at`, and as much later as the list holds."""

    class Frozen(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return (at + shift[0]).astimezone(tz)

    return Frozen
