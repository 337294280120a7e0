"""Endpoints of Bluebird Coffee's developers, and all around them in memory and virtual time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sayso.adapters.ids import id_of
from sayso.adapters.webhook_calls import headers_of
from sayso.domain.activity import Activity, Kind
from sayso.domain.slot import Tally
from sayso.domain.webhook import Attempt, Endpoint, State
from sayso.services.notifying import Notifier
from sayso.services.ports.webhooks import Message
from sayso.services.telling import Telling
from tests.fakes.activities import FakeActivities
from tests.fakes.webhooks import FakeCaller, FakeDeliveries, FakeNotices, FakeWebhooks
from tests.support.bluebird import ANA, NOON

SECRET = "whsec_QmlyZHMgb2YgYSBmZWF0aGVyIGZsb2NrIHRvZ2V0aGVy"
NEW_SECRET = "whsec_QSBiaXJkIGluIHRoZSBoYW5kIGlzIHdvcnRoIHR3byBpbg=="
MONDAY = date(2026, 11, 23)
_EVERYTHING = tuple(one for one in Kind if one is not Kind.TEST)


def an_endpoint(webhook_id: str = "W1", **changes: Any) -> Endpoint:
    """One that wants to hear of everything."""
    endpoint = Endpoint(
        id=webhook_id,
        url="https://crm.bluebird.example/sayso",
        events=_EVERYTHING,
        secrets=(SECRET,),
        created_at=NOON,
        updated_at=NOON,
    )
    return replace(endpoint, **changes)


def an_activity(source: str = "r1", kind: Kind = Kind.JOINED, at: datetime = NOON) -> Activity:
    """Ana joins at noon, unless told otherwise."""
    return Activity(kind, at, id=id_of(source, at), phone=ANA, channel="sign", location="DOWNTOWN")


JOINED = an_activity()


class HookWorld:
    """The use cases around web hooks, with a clock that the tests move."""

    def __init__(self, answers: Callable[[Message, datetime], int] | None = None) -> None:
        self.now = NOON
        self.webhooks, self.log = FakeWebhooks(), FakeDeliveries()
        self.activities = FakeActivities()
        self.queue = FakeNotices(lambda: self.now)
        self.caller = FakeCaller(answers) if answers else FakeCaller()
        self.telling = Telling(self.webhooks, self.log, self.queue)
        self.notifier = Notifier(
            *(self.webhooks, self.log, self.activities, self.queue, self.caller),
            clock=lambda: self.now,
        )
        self.attempts: list[Attempt] = []

    @property
    def sent(self) -> list[str]:
        """The ids of what was sent, in order."""
        return [message.id for _, message in self.caller.calls]

    def happens(self, *activities: Activity) -> int:
        for one in activities:
            self.activities.record(one, MONDAY, Tally(), self.now)
        return self.telling.tell([(one, MONDAY) for one in activities], self.now)

    def run_until(self, until: datetime) -> None:
        """Take every notice in at its time, in the order in which they come out."""
        while self.queue.waiting:
            self.queue.waiting.sort(key=lambda one: one[0])
            at, notice = self.queue.waiting[0]
            if at > until:
                break
            self.queue.waiting.pop(0)
            self.now = max(self.now, at)
            attempt = self.notifier.take_in(notice)
            self.attempts += [attempt] if attempt else []
        self.now = max(self.now, until)

    def run_for(self, **time: float) -> None:
        self.run_until(self.now + timedelta(**time))


def as_received(message: Message, at: datetime) -> dict[str, str]:
    """The headers that a receiver of the message sees."""
    return headers_of(message, at.astimezone(UTC))


def a_world(
    endpoint: Endpoint | None = None, answers: Callable[[Message, datetime], int] | None = None
) -> HookWorld:
    world = HookWorld(answers)
    world.webhooks.save(None, endpoint or an_endpoint())
    return world


def down_until(moment: datetime, status: int = 503) -> Callable[[Message, datetime], int]:
    """An endpoint that answers with an error before a moment."""

    def answers(_: Message, at: datetime) -> int:
        return 204 if at >= moment else status

    return answers


def state_of(world: HookWorld, event: str = JOINED.id) -> State:
    delivery = world.log.get("W1", event)
    assert delivery is not None
    return delivery.state
