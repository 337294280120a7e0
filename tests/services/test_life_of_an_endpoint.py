"""An endpoint is disabled, replaced, changed and deleted while it is told what happens."""

from dataclasses import replace
from datetime import datetime, timedelta

from sayso.domain.activity import Kind
from sayso.domain.webhook import GIVES_UP_AFTER, State
from sayso.services.ports.webhooks import Message
from tests.support.bluebird import NOON
from tests.support.webhooks import JOINED, NEW_SECRET, a_world, an_activity, an_endpoint, state_of

HOUR = timedelta(hours=1)


def test_each_endpoint_hears_of_what_it_wants_and_of_nothing_else() -> None:
    world = a_world(an_endpoint(events=(Kind.REDEEMED,)))
    world.webhooks.save(None, an_endpoint("W2", events=(Kind.JOINED,)))

    assert world.happens(JOINED) == 1
    assert world.log.get("W1", JOINED.id) is None
    assert world.log.get("W2", JOINED.id) is not None


def test_an_endpoint_that_has_taken_nothing_for_days_is_disabled_with_the_reason() -> None:
    world = a_world(answers=lambda message, at: 503)
    for day in range(8):
        world.run_until(NOON + timedelta(days=day))
        world.happens(an_activity(f"r{day}", at=world.now))
    world.run_for(days=1)

    endpoint = world.webhooks.get("W1")
    assert endpoint is not None
    assert not endpoint.enabled
    assert endpoint.failing_since == NOON
    assert endpoint.disabled_reason == (
        "It has taken nothing since 2026-11-23 18:00 UTC; at last it said: answered 503."
    )
    assert max(at for at, _ in world.caller.calls) >= NOON + GIVES_UP_AFTER
    calls = len(world.sent)
    world.happens(an_activity("later", at=world.now))
    world.run_for(days=3)
    assert len(world.sent) == calls


def test_one_success_in_between_begins_the_count_anew() -> None:
    world = a_world(answers=lambda message, at: 503)
    world.happens(JOINED)
    world.run_for(days=1)
    failing = world.webhooks.get("W1")
    assert failing is not None
    assert failing.failing_since == NOON
    world.caller.answers = lambda message, at: 200

    world.run_for(days=1)

    recovered = world.webhooks.get("W1")
    assert recovered is not None
    assert recovered.failing_since is None


def test_an_endpoint_that_is_gone_is_told_nothing_more() -> None:
    world = a_world(answers=lambda message, at: 410)
    world.happens(JOINED)
    world.run_for(days=1)

    endpoint = world.webhooks.get("W1")
    assert endpoint is not None
    assert (endpoint.enabled, len(world.sent)) == (False, 1)
    assert "410" in endpoint.disabled_reason
    assert state_of(world) is State.FAILED


def test_what_happens_while_it_is_disabled_is_held_for_a_replay() -> None:
    world = a_world(an_endpoint(enabled=False))

    assert world.happens(JOINED) == 0
    assert state_of(world) is State.HELD


def test_what_is_on_its_way_when_it_is_disabled_is_held_too() -> None:
    world = a_world()
    world.happens(JOINED)
    standing = world.webhooks.endpoints["W1"]
    world.webhooks.save(standing, standing.disabled("Disabled by hand.", NOON))

    world.run_for(days=1)

    assert (world.sent, state_of(world)) == ([], State.HELD)


def test_what_is_on_its_way_when_it_is_deleted_is_not_sent() -> None:
    world = a_world()
    world.happens(JOINED)
    world.webhooks.delete(world.webhooks.endpoints["W1"])

    world.run_for(days=1)

    assert world.sent == []


def test_for_a_day_after_it_is_replaced_the_old_secret_signs_too() -> None:
    endpoint = an_endpoint().rotated(NEW_SECRET, NOON)
    world = a_world(endpoint)
    world.happens(JOINED)
    world.run_for(hours=23)
    world.happens(an_activity("r2", at=world.now))
    world.run_for(hours=2)
    world.happens(an_activity("r3", at=world.now))
    world.run_for(hours=1)

    signed_by = [message.secrets for _, message in world.caller.calls]
    assert signed_by == [endpoint.secrets, endpoint.secrets, (NEW_SECRET,)]


def test_a_change_of_the_endpoint_at_the_same_time_loses_nothing() -> None:
    world = a_world(answers=lambda message, at: 503)

    def changed_meanwhile(message: Message, at: datetime) -> int:
        standing = world.webhooks.endpoints["W1"]
        world.webhooks.save(standing, replace(standing, description="new").touched(at))
        return 503

    world.caller.answers = changed_meanwhile
    world.happens(JOINED)
    world.run_for(seconds=1)

    assert world.webhooks.endpoints["W1"].description == "new"
    assert state_of(world) is State.WAITING
