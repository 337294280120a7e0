"""A triggered campaign that is paused, cancelled, over or not begun yet texts nobody."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.domain.campaign import State
from sayso.services.refusals import Invalid
from tests.support.bluebird import ANA, BEN, NOON
from tests.support.triggered_world import VISITED, WELCOME, TriggeredWorld

A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def world() -> TriggeredWorld:
    return TriggeredWorld()


def test_cancelling_ends_every_wait_and_lets_nobody_in(world: TriggeredWorld) -> None:
    campaign = world.triggered(VISITED)
    world.visits(ANA)
    world.tell()
    world.campaigns.cancel(campaign.id, world.now)
    world.visits(BEN)

    world.happens(timedelta(hours=2))

    assert world.texted() == []
    report = world.report(campaign)
    assert (report.targeted, report.excluded) == (1, {"cancelled": 1})
    assert report.is_finished


def test_cancelling_stops_the_runs_that_have_begun(world: TriggeredWorld) -> None:
    campaign = world.begun()

    world.campaigns.cancel(campaign.id, world.now)
    world.send_all()

    assert world.texted() == []
    assert world.report(campaign).excluded == {"cancelled": 1}


def test_the_campaign_ends_with_its_offer(world: TriggeredWorld) -> None:
    draft = world.drafted("DOWNTOWN", schedule=VISITED)
    until = NOON + timedelta(hours=3)
    draft = replace(draft, valid_until=until, revision=draft.revision + 1)
    world.store.campaigns[draft.id] = draft
    campaign = world.activated(draft)
    world.visits(ANA)
    world.happens(timedelta(hours=2, minutes=30))
    world.visits(BEN)  # would be due when the offer is over

    world.happens(timedelta(hours=2))

    assert world.texted() == [ANA]
    report = world.report(campaign)
    assert (report.status, report.targeted) == (State.FINISHED, 1)


def test_an_offer_that_has_ended_waits_for_nobody(world: TriggeredWorld) -> None:
    draft = world.drafted(schedule=WELCOME)
    ended = replace(draft, valid_until=NOON, revision=draft.revision + 1)
    world.store.campaigns[draft.id] = ended

    with pytest.raises(Invalid, match="has ended already"):
        world.activated(ended)


def test_nobody_is_enrolled_before_the_offer_begins(world: TriggeredWorld) -> None:
    draft = world.drafted(schedule=WELCOME)
    begins = NOON + timedelta(minutes=10)
    later = replace(draft, valid_from=begins, revision=draft.revision + 1)
    world.store.campaigns[draft.id] = later
    world.activated(later)
    world.joins(ANA)
    world.happens(timedelta(minutes=11))
    world.joins(BEN)

    world.happens()

    assert world.texted() == [BEN]


def test_what_comes_due_in_a_pause_waits_for_its_end(world: TriggeredWorld) -> None:
    campaign = world.triggered(VISITED)
    world.visits(ANA)
    world.tell()
    world.campaigns.pause(campaign.id, world.now)
    world.visits(BEN)  # nobody is enrolled meanwhile
    world.happens(timedelta(hours=3))
    assert world.texted() == []

    paused = world.store.campaigns[campaign.id]
    resumed = world.campaigns.resume(campaign.id, world.now)
    world.firings.changed(paused, resumed)
    world.happens(A_MINUTE)

    assert world.texted() == [ANA]
    assert world.report(campaign).targeted == 1


def test_a_run_that_has_begun_is_paused_and_goes_on(world: TriggeredWorld) -> None:
    campaign = world.begun()

    world.campaigns.pause(campaign.id, world.now)
    world.send_all()
    assert world.texted() == []
    world.campaigns.resume(campaign.id, world.now)
    world.happens(A_MINUTE)

    assert world.texted() == [ANA]
    assert world.report(campaign).waiting == 0


def test_whose_moment_is_more_than_a_day_ago_is_left_out(world: TriggeredWorld) -> None:
    campaign = world.triggered(VISITED)
    world.visits(ANA)
    world.tell()
    world.campaigns.pause(campaign.id, world.now)
    world.happens(timedelta(days=1, hours=2))

    paused = world.store.campaigns[campaign.id]
    world.firings.changed(paused, world.campaigns.resume(campaign.id, world.now))
    world.happens(A_MINUTE)

    assert world.texted() == []
    assert world.report(campaign).excluded == {"offer_expired": 1}
