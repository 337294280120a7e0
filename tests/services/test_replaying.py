"""An endpoint hears again of what it has not taken, page by page, up to a thousand at a time."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.adapters.ids import first_id, new_id, time_of
from sayso.domain.webhook import State
from sayso.services.telling import delivery_of
from sayso.services.webhooks import REPLAYED_AT_MOST, Replayed, WebhookDesk
from tests.support.bluebird import NOON
from tests.support.webhooks import MONDAY, SECRET, HookWorld, an_activity, an_endpoint

A_SECOND = timedelta(seconds=1)


@pytest.fixture
def world() -> HookWorld:
    world = HookWorld()
    world.webhooks.save(None, an_endpoint())
    return world


def desk_of(world: HookWorld) -> WebhookDesk:
    return WebhookDesk(
        store=world.webhooks,
        log=world.log,
        activities=world.activities,
        queue=world.queue,
        new_id=new_id,
        new_secret=lambda: SECRET,
        first_id=first_id,
        time_of=time_of,
    )


def failed(world: HookWorld, count: int) -> list[str]:
    """The ids of so many events, a second apart, that were given up."""
    for number in range(count):
        event = an_activity(f"r{number}", at=NOON + number * A_SECOND)
        delivery = delivery_of(event, MONDAY, an_endpoint(), NOON)
        world.log.add(replace(delivery, state=State.FAILED))
    return sorted(event for _, event in world.log.log)


def queued(world: HookWorld) -> Counter[str]:
    return Counter(notice.event for _, notice in world.queue.waiting)


def replayed(world: HookWorld, since: timedelta = timedelta()) -> Replayed:
    return desk_of(world).replay_since("W1", NOON + since, NOON, everything=False)


def test_more_than_a_page_is_queued_once_each(world: HookWorld) -> None:
    events = failed(world, 250)

    assert replayed(world) == Replayed(250)
    assert queued(world) == Counter(events)


def test_more_than_a_thousand_go_on_from_where_they_stopped(world: HookWorld) -> None:
    events = failed(world, REPLAYED_AT_MOST + 2)

    first = replayed(world)
    assert first == Replayed(REPLAYED_AT_MOST, NOON + REPLAYED_AT_MOST * A_SECOND)
    assert queued(world) == Counter(events[:REPLAYED_AT_MOST])

    assert replayed(world, REPLAYED_AT_MOST * A_SECOND) == Replayed(2)
    assert queued(world) == Counter(events)


def test_what_somebody_is_sending_is_left_to_them(world: HookWorld) -> None:
    (event,) = failed(world, 1)
    world.log.log["W1", event] = world.log.log["W1", event].begun_again().claimed(NOON)

    assert replayed(world) == Replayed(0)
    assert queued(world) == Counter()
