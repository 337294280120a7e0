"""Endpoints of web hooks as the shop's developers set them up, and what became of each event."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sayso.domain.activity import Activity, Kind
from sayso.domain.refusal import Refused
from sayso.domain.slot import Tally
from sayso.domain.webhook import Delivery, Endpoint, State
from sayso.domain.webhook_address import checked_url
from sayso.services.ports.activities import ActivityStore
from sayso.services.ports.queues import Notice, NoticeQueue
from sayso.services.ports.webhooks import (
    DeliveryLog,
    DeliveryPage,
    WebhookChanged,
    WebhookStore,
)
from sayso.services.refusals import Conflict, Invalid, NotFound
from sayso.services.telling import delivery_of

# More would be somebody's mistake: every event costs a call to each.
ENDPOINTS_AT_MOST = 20
# Each is a write, for which somebody waits who gets their answer within 25 seconds.
REPLAYED_AT_MOST = 500
# Of a month in which most were taken, more would not be read while somebody waits.
LOOKED_AT_AT_MOST = 20_000
_A_PAGE = 100
# Queued by one call.
_TOGETHER = 10


@contextmanager
def _explained() -> Iterator[None]:
    """Turn the domain's refusals into those of a use case."""
    try:
        yield
    except Refused as refused:
        raise Invalid.because(refused) from None
    except WebhookChanged:
        raise Conflict("the web hook was changed at the same time: try again") from None


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many events were queued, and from which moment to go on, if there are more."""

    queued: int
    go_on_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class WebhookDesk:
    """Keeps endpoints. Each may raise one of services.refusals.

    `names` makes an id of what it is of, and its time (see services.activities); `first_id` is the
    first that one of a moment could be, `time_of` an id's moment.
    """

    store: WebhookStore
    log: DeliveryLog
    activities: ActivityStore
    queue: NoticeQueue
    new_id: Callable[[], str]
    new_secret: Callable[[], str]
    first_id: Callable[[datetime], str]
    time_of: Callable[[str], datetime]
    may_be_private: bool = False

    @_explained()
    def create(self, url: str, events: Sequence[Kind], description: str, now: datetime) -> Endpoint:
        """Add an endpoint, which is told of what happens from now on."""
        if len(self.store.all()) >= ENDPOINTS_AT_MOST:
            raise Conflict(f"there are {ENDPOINTS_AT_MOST} web hooks, and no more are possible")
        endpoint = Endpoint(
            id=self.new_id(),
            url=self._checked(url),
            events=_checked_events(events),
            secrets=(self.new_secret(),),
            created_at=now,
            updated_at=now,
            description=description,
        )
        self.store.save(None, endpoint)
        return endpoint

    @_explained()
    def update(self, webhook_id: str, changes: Mapping[str, Any], now: datetime) -> Endpoint:
        """Change url, events, description or enabled, whichever are given."""
        before = self.get(webhook_id)
        after = before
        if "url" in changes:
            after = replace(after, url=self._checked(changes["url"]))
        if "events" in changes:
            after = replace(after, events=_checked_events(changes["events"]))
        if "description" in changes:
            after = replace(after, description=changes["description"])
        match changes.get("enabled"):
            case True if not before.enabled:
                after = after.reenabled(now)
            case False if before.enabled:
                after = after.disabled("Disabled by hand.", now)
            case _:
                after = after.touched(now)
        self.store.save(before, after)
        return after

    @_explained()
    def rotate(self, webhook_id: str, now: datetime) -> Endpoint:
        """Give it a new secret; the one before signs beside it for a day."""
        before = self.get(webhook_id)
        after = before.rotated(self.new_secret(), now)
        self.store.save(before, after)
        return after

    @_explained()
    def delete(self, webhook_id: str) -> None:
        """Remove it; what is on its way to it is not sent any more."""
        self.store.delete(self.get(webhook_id))

    def get(self, webhook_id: str) -> Endpoint:
        endpoint = self.store.get(webhook_id)
        if endpoint is None:
            raise NotFound(f"there is no web hook {webhook_id}")
        return endpoint

    def all(self) -> Sequence[Endpoint]:
        return self.store.all()

    def deliveries(self, webhook_id: str, limit: int, position: str = "") -> DeliveryPage:
        """A page of what it was told in the last month, the newest event first."""
        return self.log.newest(self.get(webhook_id).id, limit, position)

    def delivery(self, webhook_id: str, event: str) -> Delivery:
        found = self.log.get(self.get(webhook_id).id, event)
        if found is None:
            raise NotFound(f"there is no delivery {event}")
        return found

    def test(self, webhook_id: str, now: datetime) -> Delivery:
        """Tell it of a test, now."""
        endpoint = self._enabled(webhook_id)
        event = Activity(Kind.TEST, now, id=self.new_id())
        day = now.astimezone(UTC).date()
        self.activities.record(event, day, Tally(), now)
        delivery = self.log.add(delivery_of(event, day, endpoint, now))
        self.queue.put([Notice(endpoint.id, event.id)])
        return delivery

    def replay(self, webhook_id: str, event: str, now: datetime) -> Delivery:
        """Tell it of an event once more, whatever became of that, under the same id."""
        self._enabled(webhook_id)
        before = self.delivery(webhook_id, event)
        if not self._begins_again(before, now):
            raise Conflict("the event is being sent at this moment")
        self.queue.put([Notice(before.webhook, before.event)])
        return before.begun_again()

    def replay_since(
        self, webhook_id: str, since: datetime, now: datetime, *, everything: bool
    ) -> Replayed:
        """Tell it of what happened since then and it has not taken; or of `everything`.

        At most REPLAYED_AT_MOST events at a time, the oldest first, of LOOKED_AT_AT_MOST.
        """
        self._enabled(webhook_id)
        begun: list[Notice] = []
        queued, go_on_at = 0, None
        for looked_at, one in enumerate(self._since(webhook_id, since)):
            if queued == REPLAYED_AT_MOST or looked_at == LOOKED_AT_AT_MOST:
                go_on_at = self.time_of(one.event)
                break
            if (everything or one.state is not State.DELIVERED) and self._begins_again(one, now):
                queued += 1
                begun.append(Notice(one.webhook, one.event))
            if len(begun) == _TOGETHER:
                self.queue.put(begun)
                begun = []
        self.queue.put(begun)
        return Replayed(queued, go_on_at)

    def _since(self, webhook_id: str, since: datetime) -> Iterator[Delivery]:
        """What it was told of what happened since then, the oldest event first."""
        first: str | None = self.first_id(since)
        while first:
            page = self.log.since(webhook_id, first, _A_PAGE)
            yield from page.deliveries
            first = page.position and page.position + "0"

    def _begins_again(self, before: Delivery, now: datetime) -> bool:
        """Whether it may be queued once more: not where somebody is sending it."""
        return not before.is_in_hands(now) and self.log.change(before, before.begun_again())

    def _enabled(self, webhook_id: str) -> Endpoint:
        endpoint = self.get(webhook_id)
        if not endpoint.enabled:
            raise Conflict("the web hook is disabled: enable it first")
        return endpoint

    def _checked(self, url: str) -> str:
        return checked_url(url, may_be_private=self.may_be_private)


def _checked_events(events: Sequence[Kind]) -> tuple[Kind, ...]:
    wanted = tuple(kind for kind in Kind if kind in events and kind is not Kind.TEST)
    if not wanted:
        raise Refused("events", "name at least one")
    return wanted
