"""Endpoints of web hooks, and events on their way to them, as storage keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sayso.domain.activity import Activity
from sayso.domain.webhook import Attempt, Delivery, Endpoint


class WebhookChanged(Exception):
    """The endpoint is not as it was read: read it again and judge anew."""


@dataclass(frozen=True, slots=True)
class DeliveryPage:
    """Deliveries; `position` is where the next page begins, "" after the last."""

    deliveries: tuple[Delivery, ...]
    position: str


class WebhookStore(Protocol):
    """Keeps endpoints; every read sees every write that has returned."""

    def get(self, webhook_id: str) -> Endpoint | None:
        """The endpoint, or None."""
        ...

    def all(self) -> Sequence[Endpoint]:
        """Every endpoint, the oldest first."""
        ...

    def save(self, before: Endpoint | None, after: Endpoint) -> None:
        """Write it. Raises WebhookChanged unless it has `before`'s revision (None: is new)."""
        ...

    def delete(self, endpoint: Endpoint) -> None:
        """Remove it. Raises WebhookChanged when it is not as it was read."""
        ...


class DeliveryLog(Protocol):
    """Keeps for a month how each event came to each endpoint."""

    def add(self, delivery: Delivery) -> Delivery:
        """Store it, unless there is one of this event to this endpoint: then that one."""
        ...

    def get(self, webhook_id: str, event: str) -> Delivery | None:
        """The delivery as it is now, or None."""
        ...

    def change(self, before: Delivery, after: Delivery) -> bool:
        """Write it, if it is still as in `before`: of two who do so one is refused."""
        ...

    def newest(self, webhook_id: str, limit: int, position: str = "") -> DeliveryPage:
        """At most `limit` deliveries, those of the newest events first."""
        ...

    def since(self, webhook_id: str, first: str, limit: int) -> DeliveryPage:
        """At most `limit` deliveries from the event id `first` on, those of the oldest first."""
        ...


class ActivityReader(Protocol):
    """Reads activities that were kept."""

    def get(self, phone: str, day: str, activity_id: str) -> Activity | None:
        """The activity of this person, or of nobody on that day (an ISO date)."""
        ...


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent to an endpoint, and the secrets that sign it."""

    url: str
    id: str
    body: str
    secrets: tuple[str, ...]


class Caller(Protocol):
    """Calls endpoints."""

    def call(self, message: Message, at: datetime) -> Attempt:
        """Send it, once, as of `at`. Whatever happens, it is told as an attempt."""
        ...
