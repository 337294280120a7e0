"""Endpoints, events on their way to them, and who calls them, in memory."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from sayso.domain.webhook import Attempt, Delivery, Endpoint
from sayso.services.ports.queues import Notice
from sayso.services.ports.webhooks import DeliveryPage, Message, WebhookChanged


class FakeWebhooks:
    """A WebhookStore."""

    def __init__(self) -> None:
        self.endpoints: dict[str, Endpoint] = {}

    def get(self, webhook_id: str) -> Endpoint | None:
        return self.endpoints.get(webhook_id)

    def all(self) -> Sequence[Endpoint]:
        return [self.endpoints[name] for name in sorted(self.endpoints)]

    def save(self, before: Endpoint | None, after: Endpoint) -> None:
        self._check(after.id, before)
        self.endpoints[after.id] = after

    def delete(self, endpoint: Endpoint) -> None:
        self._check(endpoint.id, endpoint)
        del self.endpoints[endpoint.id]

    def _check(self, webhook_id: str, read: Endpoint | None) -> None:
        standing = self.endpoints.get(webhook_id)
        if (standing and standing.revision) != (read and read.revision):
            raise WebhookChanged(webhook_id)


class FakeDeliveries:
    """A DeliveryLog."""

    def __init__(self) -> None:
        self.log: dict[tuple[str, str], Delivery] = {}
        self.lock = Lock()

    def add(self, delivery: Delivery) -> Delivery:
        return self.log.setdefault((delivery.webhook, delivery.event), delivery)

    def get(self, webhook_id: str, event: str) -> Delivery | None:
        return self.log.get((webhook_id, event))

    def change(self, before: Delivery, after: Delivery) -> bool:
        with self.lock:
            if self.log.get((before.webhook, before.event)) != before:
                return False
            self.log[after.webhook, after.event] = after
            return True

    def newest(self, webhook_id: str, limit: int, position: str = "") -> DeliveryPage:
        events = reversed(self._events(webhook_id))
        left = [one for one in events if not position or one < position]
        return self._page(webhook_id, left, limit)

    def since(self, webhook_id: str, first: str, limit: int) -> DeliveryPage:
        return self._page(webhook_id, [e for e in self._events(webhook_id) if e >= first], limit)

    def _events(self, webhook_id: str) -> list[str]:
        return sorted(event for webhook, event in self.log if webhook == webhook_id)

    def _page(self, webhook_id: str, events: list[str], limit: int) -> DeliveryPage:
        found = tuple(self.log[webhook_id, event] for event in events[:limit])
        return DeliveryPage(found, events[limit - 1] if len(events) > limit else "")


class FakeNotices:
    """A NoticeQueue; `waiting` has each notice with the moment at which it comes out."""

    REACH = timedelta(minutes=15)

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.waiting: list[tuple[datetime, Notice]] = []

    def put(self, notices: Sequence[Notice], delay: timedelta = timedelta()) -> None:
        at = self.clock() + min(delay, self.REACH)
        self.waiting += [(at, one) for one in notices]


@dataclass
class FakeCaller:
    """A Caller; `answers` says what the endpoint answers then, 0 for nothing at all."""

    answers: Callable[[Message, datetime], int] = field(default=lambda message, at: 204)
    calls: list[tuple[datetime, Message]] = field(default_factory=list[tuple[datetime, Message]])
    retry_after: timedelta | None = None

    def call(self, message: Message, at: datetime) -> Attempt:
        self.calls.append((at, message))
        status = self.answers(message, at)
        outcome = f"answered {status}" if status else "no connection"
        return Attempt(at, status, outcome, 12, self.retry_after)
