"""Endpoints are told what happens: once per event, later if they are down, and not for ever."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from threading import Barrier, Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.webhook import ATTEMPT, RETRIES, Delivery, State
from sayso.services.ports.queues import Notice
from sayso.services.ports.webhooks import Message
from tests.fakes.webhooks import FakeDeliveries
from tests.support.bluebird import NOON
from tests.support.webhooks import JOINED, a_world, an_activity, down_until, state_of

HOUR = timedelta(hours=1)


def test_what_happens_is_told_at_once_and_once() -> None:
    world = a_world()

    assert world.happens(JOINED) == 1
    world.run_for(days=10)

    assert world.sent == [JOINED.id]
    assert state_of(world) is State.DELIVERED


def test_an_endpoint_that_is_down_for_a_while_is_told_later_once_per_event() -> None:
    world = a_world(answers=down_until(NOON + 7 * HOUR))
    events = [an_activity(f"r{n}", at=NOON + n * HOUR) for n in range(4)]
    for one in events:
        world.run_until(one.at)
        world.happens(one)

    world.run_for(days=10)

    taken = [message.id for at, message in world.caller.calls if at >= NOON + 7 * HOUR]
    assert sorted(taken) == sorted(one.id for one in events)
    assert {state_of(world, one.id) for one in events} == {State.DELIVERED}
    delivery = world.log.get("W1", events[0].id)
    assert delivery is not None
    assert [one.status for one in delivery.attempts] == [503] * (delivery.tries - 1) + [204]


def test_it_is_tried_soon_at_first_and_then_ever_more_seldom() -> None:
    world = a_world(answers=lambda message, at: 500)
    world.happens(JOINED)

    world.run_for(days=10)

    tried = [at for at, _ in world.caller.calls]
    waits = [later - sooner for sooner, later in pairwise(tried)]
    assert waits == list(RETRIES)
    assert state_of(world) is State.FAILED


def test_the_same_change_told_again_is_not_sent_again() -> None:
    world = a_world()
    world.happens(JOINED)
    world.run_for(hours=1)

    assert world.happens(JOINED) == 0
    world.run_for(hours=1)

    assert world.sent == [JOINED.id]


def test_what_was_noted_and_never_queued_is_queued_when_it_is_told_again() -> None:
    world = a_world()
    world.happens(JOINED)
    world.queue.waiting.clear()  # as after a crash

    assert world.happens(JOINED) == 1


def test_a_notice_that_comes_twice_is_one_call() -> None:
    world = a_world()
    world.happens(JOINED)
    world.queue.put([Notice("W1", JOINED.id)] * 5)

    world.run_for(days=1)

    assert world.sent == [JOINED.id]


def test_notices_that_come_at_the_same_moment_are_one_call() -> None:
    world = a_world()
    world.happens(JOINED)
    (_, notice), *_ = world.queue.waiting
    world.queue.waiting.clear()
    start = Barrier(8)

    def take_in() -> None:
        start.wait()
        world.notifier.take_in(notice)

    threads = [Thread(target=take_in) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    world.run_for(days=1)

    assert world.sent == [JOINED.id]


def test_who_is_overtaken_between_looking_and_claiming_does_not_call() -> None:
    world = a_world()
    world.happens(JOINED)
    (_, notice), *_ = world.queue.waiting
    as_read = world.log.get("W1", JOINED.id)
    assert as_read is not None
    assert world.log.change(as_read, as_read.claimed(NOON))  # by another worker
    overtaken = replace(world.notifier, log=_Stale(world.log, as_read))

    assert overtaken.take_in(notice) is None

    assert world.sent == []


class _Stale(FakeDeliveries):
    """The log as it was before somebody wrote."""

    def __init__(self, now: FakeDeliveries, read: Delivery) -> None:
        super().__init__()
        self.log, self.read = now.log, read

    def get(self, webhook_id: str, event: str) -> Delivery | None:
        return self.read


@given(crashes=st.lists(st.sampled_from(["before", "after", "fine"]), max_size=6))
def test_whatever_crashes_it_arrives_and_never_twice_once_that_is_on_record(
    crashes: list[str],
) -> None:
    """A worker may die before its call, or after it and before its record."""
    world = a_world()
    world.happens(JOINED)
    taken_on_record = 0
    for crash in crashes:
        (_, notice), *_ = world.queue.waiting or [(NOON, Notice("W1", JOINED.id))]
        found = world.log.get("W1", JOINED.id)
        assert found is not None
        if crash != "fine" and found.state is State.WAITING:
            claimed = found.claimed(world.now)
            assert world.log.change(found, claimed)
            if crash == "after":
                world.caller.call(Message("", JOINED.id, "", ()), world.now)
            world.now += 2 * ATTEMPT
            world.queue.waiting = [(world.now, notice)]  # SQS delivers it again
            continue
        before = len(world.sent)
        world.run_for(minutes=1)
        taken_on_record += len(world.sent) - before
    world.run_for(days=2)

    assert JOINED.id in world.sent
    assert state_of(world) is State.DELIVERED
    assert len([one for one in world.attempts if one.is_success]) == 1


def test_retry_after_puts_it_off_for_longer_and_for_a_day_at_most() -> None:
    world = a_world(answers=down_until(NOON + timedelta(seconds=1), 429))
    world.caller.retry_after = timedelta(days=9)
    world.happens(JOINED)

    world.run_for(days=3)

    assert [at for at, _ in world.caller.calls] == [NOON, NOON + timedelta(hours=24)]


def test_an_event_that_is_not_kept_any_more_is_not_sent() -> None:
    world = a_world()
    world.happens(JOINED)
    world.activities.kept.clear()

    world.run_for(days=1)

    assert (world.sent, state_of(world)) == ([], State.FAILED)


@pytest.mark.parametrize("status", [200, 201, 204])
def test_any_status_of_success_is_one(status: int) -> None:
    world = a_world(answers=lambda message, at: status)
    world.happens(JOINED)
    world.run_for(days=1)

    assert (len(world.sent), state_of(world)) == (1, State.DELIVERED)


@pytest.mark.parametrize("status", [0, 301, 302, 400, 401, 404, 408, 429, 500, 503])
def test_every_other_answer_is_tried_again(status: int) -> None:
    world = a_world(answers=down_until(NOON + timedelta(seconds=1), status))
    world.happens(JOINED)
    world.run_for(days=1)

    assert (len(world.sent), state_of(world)) == (2, State.DELIVERED)
