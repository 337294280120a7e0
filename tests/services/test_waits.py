"""A wait for a triggered text ends with a reply, an opt-out or a new opt-in, and is but one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.domain.schedule import Schedule
from tests.support.bluebird import ANA
from tests.support.triggered_world import VISITED, WELCOME, TriggeredWorld

A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def world() -> TriggeredWorld:
    return TriggeredWorld()


def test_a_reply_ends_the_wait(world: TriggeredWorld) -> None:
    campaign = world.triggered(VISITED)
    world.visits(ANA)
    world.tell()
    world.later(timedelta(minutes=30))
    world.answers(ANA)

    world.happens()

    assert world.texted() == []
    assert world.report(campaign).excluded == {"replied": 1}


def test_a_reply_is_nothing_to_a_campaign_that_does_not_mind(world: TriggeredWorld) -> None:
    world.triggered(replace(VISITED, exit_on_reply=False))
    world.visits(ANA)
    world.tell()
    world.later(A_MINUTE)
    world.answers(ANA)

    world.happens()

    assert world.texted() == [ANA]


def test_an_opt_out_ends_the_wait(world: TriggeredWorld) -> None:
    campaign = world.triggered(VISITED)
    world.visits(ANA)
    world.tell()
    world.later(A_MINUTE)
    world.stops(ANA)

    world.happens()

    assert world.texted() == []
    assert world.report(campaign).excluded == {"opted_out": 1}


def test_whoever_left_and_came_back_meanwhile_waits_no_more(world: TriggeredWorld) -> None:
    campaign = world.triggered(replace(VISITED, exit_on_reply=False))
    world.visits(ANA)
    world.tell()
    world.later(A_MINUTE)
    world.stops(ANA)
    world.later(A_MINUTE)
    world.joins(ANA)

    world.happens()

    assert world.texted() == []
    assert world.report(campaign).excluded == {"opted_in_anew": 1}


def test_a_new_opt_in_is_welcomed_anew_and_but_once(world: TriggeredWorld) -> None:
    campaign = world.triggered(replace(WELCOME, delay_minutes=30))
    world.joins(ANA)
    world.tell()
    world.later(A_MINUTE)
    world.stops(ANA)
    world.later(A_MINUTE)
    world.joins(ANA)

    world.happens()

    assert world.texted() == [ANA]
    report = world.report(campaign)
    assert (report.targeted, report.sent, report.excluded) == (2, 1, {"opted_in_anew": 1})


def test_of_two_visits_during_one_wait_the_second_is_nothing(world: TriggeredWorld) -> None:
    campaign = world.triggered(VISITED)
    for _ in range(2):
        world.visits(ANA)
        world.tell()
        world.later(timedelta(minutes=20))

    world.happens(timedelta(hours=3))

    assert world.texted() == [ANA]
    assert world.report(campaign).targeted == 1


def test_a_visit_after_the_text_is_a_new_one(world: TriggeredWorld) -> None:
    world.triggered(VISITED)
    for _ in range(2):
        world.visits(ANA)
        world.happens(timedelta(hours=2))

    assert world.texted() == [ANA, ANA]


def test_two_visits_in_one_event_are_taken_in_their_order(world: TriggeredWorld) -> None:
    campaign = world.triggered(VISITED)
    world.visits(ANA)
    world.later(A_MINUTE)
    world.visits(ANA)

    world.happens(timedelta(hours=2))

    assert world.texted() == [ANA]
    assert world.report(campaign).targeted == 1


def test_two_enrolments_at_one_moment_are_in_two_runs(world: TriggeredWorld) -> None:
    campaign = world.triggered(Schedule(on="visited", exit_on_reply=False))
    for _ in range(3):
        world.visits(ANA)
        world.later(timedelta(seconds=1))
        world.joins(ANA)  # after which the visit before counts no more

    world.visits(ANA)
    world.happens()

    assert world.texted() == [ANA]
    report = world.report(campaign)
    assert (report.targeted, report.sent, report.waiting) == (4, 1, 0)
