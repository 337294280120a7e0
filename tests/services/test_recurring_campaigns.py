"""Recurring campaigns in virtual time: at the right local time all year, for everyone meant."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from sayso.domain.campaign import State
from sayso.domain.run import RunState
from sayso.domain.schedule import Schedule
from sayso.services.ports.carrier import Certainty
from sayso.services.ports.queues import OccurrenceDue
from sayso.services.recurring import RUNS_LISTED
from tests.support.bluebird import ANA, BEN, CHLOE, SHOP
from tests.support.campaigns import a_subscriber
from tests.support.clockwork import Clockwork
from tests.support.recurring import (
    CHICAGO,
    DAY,
    DENVER,
    DIEGO,
    DORA,
    EVERYWHERE,
    HOUR,
    MONDAY,
    NEW_YORK,
    TUESDAY,
    TUESDAYS,
    WEEK,
    arrivals,
    standing,
    world_at,
)


@pytest.mark.parametrize(
    ("begin", "offsets"),
    [
        (datetime(2026, 10, 20, tzinfo=UTC), [-5, -5, -6, -6]),  # winter time: 1 November
        (datetime(2027, 3, 1, tzinfo=UTC), [-6, -6, -5, -5]),  # summer time: 14 March
    ],
)
def test_a_weekly_campaign_arrives_at_ten_on_both_sides_of_a_change_of_the_clocks(
    begin: datetime, offsets: list[int]
) -> None:
    world = world_at(begin)
    texts = arrivals(world)
    world.scheduled("DOWNTOWN", schedule=TUESDAYS)

    Clockwork(world).run_until(begin + 4 * WEEK)

    local = [at.astimezone(CHICAGO) for at, _ in texts]
    assert [f"{at:%a %H:%M}" for at in local] == ["Tue 10:00"] * 4
    assert [at.utcoffset() for at in local] == [timedelta(hours=hours) for hours in offsets]
    assert [later - at for at, later in pairwise(local)] == [WEEK] * 3


def test_ten_at_recipients_time_arrives_at_ten_in_each_of_three_zones_all_year() -> None:
    begin = datetime(2027, 3, 1, tzinfo=UTC)
    world = world_at(begin, ANA)
    world.put(a_subscriber(DIEGO, "DENVER"))
    world.put(a_subscriber(DORA, ""))  # named no store: the program's own zone
    homes = {ANA: CHICAGO, DIEGO: DENVER, DORA: NEW_YORK}
    texts = arrivals(world)
    campaign = world.scheduled(schedule=EVERYWHERE)

    Clockwork(world).run_until(begin + 4 * WEEK)

    assert Counter(phone for _, phone in texts) == dict.fromkeys(homes, 4)
    assert {f"{at.astimezone(homes[phone]):%a %H:%M}" for at, phone in texts} == {"Tue 10:00"}
    assert [phone for _, phone in texts] == [DORA, ANA, DIEGO] * 4
    report = world.report(campaign)
    assert (report.targeted, report.sent, report.status) == (12, 12, State.SCHEDULED)


def test_a_one_time_campaign_at_ten_arrives_at_ten_in_each_of_three_zones() -> None:
    world = world_at(MONDAY, ANA)
    world.put(a_subscriber(DIEGO, "DENVER"))
    world.put(a_subscriber(DORA, ""))
    texts = arrivals(world)
    campaign = world.scheduled(schedule=Schedule(at="2026-11-24T10:00:00", timezone="recipient"))

    Clockwork(world).run_until(MONDAY + 2 * DAY)

    assert texts == [(TUESDAY - HOUR, DORA), (TUESDAY, ANA), (TUESDAY + HOUR, DIEGO)]
    assert world.report(campaign).status is State.FINISHED


def test_the_next_time_is_told_after_each() -> None:
    world = world_at(MONDAY)
    campaign = world.scheduled("DOWNTOWN", schedule=TUESDAYS)
    assert (campaign.next_at, campaign.runs) == (TUESDAY, ())
    assert list(world.scheduler.due) == [OccurrenceDue(campaign.id, TUESDAY)]

    Clockwork(world).run_until(TUESDAY + HOUR)

    after = standing(world, campaign)
    assert (after.next_at, len(after.runs), after.state) == (TUESDAY + WEEK, 1, State.SCHEDULED)
    assert list(world.scheduler.due) == [OccurrenceDue(campaign.id, TUESDAY + WEEK)]


def test_the_next_times_of_a_one_time_campaign_are_told_zone_by_zone() -> None:
    world = world_at(MONDAY, ANA)
    campaign = world.scheduled(schedule=Schedule(at="2026-11-24T10:00:00", timezone="recipient"))
    found = []
    for hour in (-2, -1, 0, 1):
        Clockwork(world).run_until(TUESDAY + hour * HOUR)
        found.append(standing(world, campaign).next_at)

    assert found == [TUESDAY - HOUR, TUESDAY, TUESDAY + HOUR, None]


def test_an_occurrence_is_its_own_and_everyone_at_that_time_is_meant() -> None:
    world = world_at(MONDAY, ANA)
    campaign = world.scheduled(schedule=TUESDAYS)
    clockwork = Clockwork(world)
    clockwork.run_until(TUESDAY + HOUR)
    world.put(a_subscriber(BEN, "UPTOWN"))

    clockwork.run_until(TUESDAY + WEEK + HOUR)

    assert world.texted() == [ANA, ANA, BEN]
    occasions = {world.store.runs[run_id].occasion for run_id in standing(world, campaign).runs}
    assert len(occasions) == 2


def test_an_occurrence_while_the_one_before_is_still_sent_goes_out_beside_it() -> None:
    """The carrier is busy from the first hour on: both go on, and nobody is texted twice in one."""
    world = world_at(TUESDAY - HOUR, ANA, BEN)
    campaign = world.scheduled(
        "DOWNTOWN", schedule=Schedule(cron="0 10,11 * * TUE", timezone="America/Chicago")
    )
    world.network.mood = lambda text: Certainty.POSTPONED if text.to == BEN else None
    clockwork = Clockwork(world)
    clockwork.run_until(TUESDAY + HOUR)
    assert standing(world, campaign).open_runs == 2

    world.network.mood = lambda _: None
    clockwork.run_until(TUESDAY + 3 * HOUR)

    assert Counter((text.to, text.context["run"]) for text in world.network.texts) == {
        (phone, run_id): 1 for phone in (ANA, BEN) for run_id in standing(world, campaign).runs
    }
    after = standing(world, campaign)
    assert (after.state, after.open_runs, after.missed) == (State.SCHEDULED, 0, 0)


def test_a_location_given_up_in_between_is_left_out_and_the_others_go_on() -> None:
    world = world_at(MONDAY, ANA)
    world.put(a_subscriber(CHLOE, "DENVER"))
    campaign = world.scheduled("DOWNTOWN", "DENVER", schedule=TUESDAYS)
    *others, _ = SHOP.locations
    assert SHOP.locations[-1].code == "DENVER"
    world.catalog.catalog = replace(world.catalog.catalog, locations=tuple(others))

    Clockwork(world).run_until(TUESDAY + HOUR)

    assert world.texted() == [ANA]
    (run_id,) = standing(world, campaign).runs
    assert world.store.runs[run_id].locations == ("DOWNTOWN",)


def test_a_series_rescheduled_keeps_what_it_has_sent_and_one_alarm() -> None:
    world = world_at(MONDAY)
    campaign = world.scheduled("DOWNTOWN", schedule=TUESDAYS)
    Clockwork(world).run_until(TUESDAY + HOUR)

    moved = world.campaigns.schedule(campaign.id, world.now, replace(TUESDAYS, cron="0 11 * * WED"))

    assert list(world.scheduler.due) == [OccurrenceDue(campaign.id, TUESDAY + DAY + HOUR)]
    assert (len(moved.runs), world.report(moved).sent) == (1, 1)
    again = world.campaigns.schedule(campaign.id, world.now, moved.schedule)
    assert list(world.scheduler.due) == [OccurrenceDue(campaign.id, again.next_at or MONDAY)]


def test_a_series_has_a_bounded_list_of_runs_and_a_report_over_all() -> None:
    world = world_at(MONDAY)
    campaign = world.scheduled(
        "DOWNTOWN", schedule=Schedule(cron="0 10 * * *", timezone="America/Chicago")
    )

    Clockwork(world).run_until(TUESDAY + 99 * DAY + HOUR)

    after = standing(world, campaign)
    assert len(after.runs) == RUNS_LISTED
    assert after.runs == tuple(sorted(world.store.runs))[-RUNS_LISTED:]
    report = world.report(campaign)
    assert (report.targeted, report.sent, report.waiting) == (100, 100, 0)
    assert {run.state for run in world.store.runs.values()} == {RunState.FINISHED}


def test_only_runs_that_have_ended_leave_the_list() -> None:
    world = world_at(MONDAY)
    campaign = world.scheduled(
        "DOWNTOWN", schedule=Schedule(cron="0 10 * * *", timezone="America/Chicago")
    )
    clockwork = Clockwork(world)
    clockwork.run_until(TUESDAY + HOUR)
    first = standing(world, campaign)
    still_open = replace(world.store.runs[first.runs[0]], state=RunState.SENDING)
    world.store.runs[still_open.id] = still_open

    clockwork.run_until(TUESDAY + 70 * DAY)

    assert standing(world, campaign).runs[0] == still_open.id
    assert world.report(campaign).targeted == 71
