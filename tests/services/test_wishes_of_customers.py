"""What a customer asked for about their offers is kept, and is always the tighter one."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from sayso.domain.campaign import State
from sayso.domain.catalog import Caps
from sayso.domain.preference import NO_PREFERENCE, Preference
from tests.support.bluebird import ANA, BEN, PROGRAM, SHOP
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber
from tests.support.clockwork import Clockwork

NINE = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # nine in the morning in Chicago, a Tuesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVENINGS = Preference(opens=time(17, 30), closes=time(19))


def world_where_ana_asked_for(wish: Preference, now: datetime = NINE) -> CampaignWorld:
    world = CampaignWorld([replace(a_subscriber(ANA), preference=wish), a_subscriber(BEN)])
    world.now = now
    world.catalog.catalog = replace(SHOP, program=replace(PROGRAM, caps=Caps(10, 20, 40)))
    return world


def offered(world: CampaignWorld) -> dict[str, int]:
    """Send one more campaign at this moment; who was left out of it, by reason."""
    campaign = world.scheduled("DOWNTOWN")
    world.launch(campaign.runs[0])
    world.plan_all()
    for task in [world.batches.messages.pop(0) for _ in list(world.batches.messages)]:
        world.send(task)
    return dict(world.report(campaign).excluded)


def test_whoever_asked_for_two_a_week_gets_two_a_week() -> None:
    world = world_where_ana_asked_for(Preference(most=2, within=timedelta(weeks=1)))
    found = []
    for _ in range(4):
        found.append(offered(world))
        world.later(DAY)
    assert found == [{}, {}, {"cap_own": 1}, {"cap_own": 1}]
    assert world.texted() == [ANA] * 2 + [BEN] * 4
    world.later(4 * DAY)
    assert offered(world) == {}


def test_a_wish_for_more_than_the_program_sends_changes_nothing() -> None:
    world = world_where_ana_asked_for(Preference(most=50, within=DAY))
    world.catalog.catalog = replace(SHOP, program=replace(PROGRAM, caps=Caps(1, 20, 40)))
    assert offered(world) == {}
    world.later(HOUR)
    assert offered(world) == {"cap_day": 2}


def test_whoever_asked_for_the_evening_is_texted_in_the_evening() -> None:
    world = world_where_ana_asked_for(EVENINGS)
    campaign = world.scheduled("DOWNTOWN")
    Clockwork(world).run_until(NINE + DAY)
    assert [text.to for text in world.network.texts] == [BEN, ANA]
    assert world.now == NINE + 8.5 * HOUR
    assert world.network.texts[-1].time_to_live_s == 90 * 60
    assert world.report(campaign).status is State.FINISHED


def test_the_hours_asked_for_are_on_every_clock_that_may_be_the_customers() -> None:
    # In Denver, with a number from Chicago: half past five there, and not yet seven here.
    world = world_where_ana_asked_for(EVENINGS, NINE + 8.5 * HOUR)
    world.put(replace(a_subscriber(ANA, "DENVER"), preference=EVENINGS))
    world.catalog.catalog = replace(SHOP, program=replace(PROGRAM, caps=Caps(10, 20, 40)))
    campaign = world.scheduled("DENVER")
    world.launch(campaign.runs[0])
    world.plan_all()
    (task,) = world.batches.messages
    world.send(task)
    assert world.texted() == []
    world.later(HOUR)
    world.send(task)
    assert world.texted() == [ANA]
    assert world.network.texts[-1].time_to_live_s == 30 * 60


def test_hours_that_the_law_never_allows_mean_no_offers() -> None:
    world = world_where_ana_asked_for(Preference(opens=time(5), closes=time(7)))
    assert offered(world) == {"outside_window": 1}
    assert world.texted() == [BEN]


@pytest.mark.parametrize("wish", [Preference(most=1), EVENINGS])
def test_a_wish_that_comes_before_the_text_counts_for_it(wish: Preference) -> None:
    """The index and the batch know nothing of it: the claim does."""
    world = world_where_ana_asked_for(NO_PREFERENCE)
    assert offered(world) == {}
    world.put(replace(world.slots.contacts[ANA], preference=wish))
    world.later(HOUR)
    offered(world)
    assert world.texted() == [ANA, BEN, BEN]


def test_a_wish_taken_back_counts_no_more() -> None:
    world = world_where_ana_asked_for(Preference(most=1))
    assert offered(world) == {}
    world.put(replace(world.slots.contacts[ANA], preference=NO_PREFERENCE))
    assert offered(world) == {}
    assert world.texted() == [ANA, ANA, BEN, BEN]
