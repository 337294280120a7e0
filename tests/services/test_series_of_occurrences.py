"""A series of occurrences neither ends nor fires twice, whatever its alarms go through."""

from datetime import UTC, datetime, timedelta

import pytest

from sayso.domain.campaign import State
from sayso.services.campaigns import CampaignEdit
from sayso.services.ports.queues import NotQueued, OccurrenceDue, RunDue
from sayso.services.recurring import OVERDUE, Fired
from tests.support.bluebird import ANA
from tests.support.clockwork import Clockwork
from tests.support.recurring import DAY, HOUR, MONDAY, TUESDAY, TUESDAYS, WEEK, standing, world_at


def test_an_occurrence_delivered_again_and_again_is_one() -> None:
    world = world_at(TUESDAY - HOUR)
    campaign = world.scheduled("DOWNTOWN", schedule=TUESDAYS)
    world.now = TUESDAY
    due = OccurrenceDue(campaign.id, TUESDAY)

    found = [world.occurrences.fire(due, world.now, is_fresh=False) for _ in range(4)]
    world.run_all()

    assert found == [Fired.LAUNCHED, Fired.OVER, Fired.OVER, Fired.OVER]
    assert world.texted() == [ANA]


def test_an_alarm_before_its_time_launches_nothing() -> None:
    world = world_at(MONDAY)
    campaign = world.scheduled("DOWNTOWN", schedule=TUESDAYS)

    found = world.occurrences.fire(OccurrenceDue(campaign.id, TUESDAY), MONDAY, is_fresh=False)

    assert (found, world.store.runs) == (Fired.TOO_EARLY, {})


@pytest.mark.parametrize("call", ["queue", "save", "arm"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_between_firing_and_arming_ends_no_series(call: str, when: str) -> None:
    world = world_at(TUESDAY - HOUR)
    campaign = world.scheduled("DOWNTOWN", schedule=TUESDAYS)
    owner, name = {
        "queue": (world.launches, "put"),
        "save": (world.store, "save"),
        "arm": (world.scheduler, "arm_due"),
    }[call]
    method = getattr(owner, name)

    def broken(*args: object, **kwargs: object) -> None:
        setattr(owner, name, method)
        if when == "after":
            method(*args, **kwargs)
        raise NotQueued

    setattr(owner, name, broken)
    world.now = TUESDAY
    due = OccurrenceDue(campaign.id, TUESDAY)
    with pytest.raises(NotQueued):
        world.occurrences.fire(due, world.now, is_fresh=False)
    world.scheduler.due.pop(due)
    world.occurrences.fire(due, world.now, is_fresh=False)
    Clockwork(world).run_until(TUESDAY + WEEK + HOUR)

    assert world.texted() == [ANA, ANA]
    assert standing(world, campaign).missed == 0


def test_an_occurrence_that_comes_an_hour_late_is_let_go_and_counted() -> None:
    world = world_at(MONDAY)
    campaign = world.scheduled("DOWNTOWN", schedule=TUESDAYS)
    world.now = TUESDAY + HOUR + timedelta(seconds=1)
    due = OccurrenceDue(campaign.id, TUESDAY)

    assert world.occurrences.fire(due, world.now, is_fresh=False) is Fired.MISSED

    after = standing(world, campaign)
    assert (after.missed, after.next_at, after.state) == (1, TUESDAY + WEEK, State.SCHEDULED)
    assert world.texted() == []


def test_after_weeks_of_silence_every_occurrence_that_was_missed_is_counted() -> None:
    world = world_at(MONDAY)
    campaign = world.scheduled("DOWNTOWN", schedule=TUESDAYS)
    world.scheduler.due.clear()  # somebody deleted the alarm
    world.now = TUESDAY + 3 * WEEK + DAY

    assert world.occurrences.look_after(world.now) == 1
    Clockwork(world).run_until(world.now + 5 * DAY)

    after = standing(world, campaign)
    assert (after.missed, after.next_at) == (4, TUESDAY + 4 * WEEK)
    Clockwork(world).run_until(TUESDAY + 4 * WEEK + HOUR)
    assert world.texted() == [ANA]


def test_the_daily_round_sets_an_alarm_that_is_missing_and_leaves_others_alone() -> None:
    world = world_at(MONDAY)
    campaign = world.scheduled("DOWNTOWN", schedule=TUESDAYS)
    for _ in range(3):
        world.drafted(schedule=TUESDAYS)
    world.scheduler.due.clear()

    assert world.occurrences.look_after(world.now) == 0
    assert list(world.scheduler.due) == [OccurrenceDue(campaign.id, TUESDAY)]
    assert world.launches.due == []


def test_the_daily_round_brings_back_whom_a_lost_alarm_left_lying() -> None:
    evening = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)
    world = world_at(evening)
    campaign = world.scheduled("DOWNTOWN")
    Clockwork(world).run_until(evening)
    (opening,) = world.scheduler.due
    world.scheduler.due.clear()
    world.now = opening.at + OVERDUE + timedelta(seconds=1)

    assert world.occurrences.look_after(world.now) == 1
    Clockwork(world).run_until(world.now + HOUR)

    assert world.texted() == [ANA]
    assert world.report(campaign).status is State.FINISHED


def test_times_that_fall_into_a_pause_are_let_go_and_counted() -> None:
    world = world_at(MONDAY)
    campaign = world.scheduled("DOWNTOWN", schedule=TUESDAYS)
    world.campaigns.pause(campaign.id, world.now)
    clockwork = Clockwork(world)

    clockwork.run_until(TUESDAY + WEEK + HOUR)
    paused = standing(world, campaign)
    assert (paused.state, paused.missed, paused.runs) == (State.PAUSED, 2, ())
    resumed = world.campaigns.resume(campaign.id, world.now)
    assert (resumed.state, resumed.next_at) == (State.SCHEDULED, TUESDAY + 2 * WEEK)
    clockwork.run_until(TUESDAY + 2 * WEEK + HOUR)

    assert world.texted() == [ANA]


def test_a_cancelled_series_has_no_alarm_and_never_fires_again() -> None:
    world = world_at(MONDAY)
    campaign = world.scheduled("DOWNTOWN", schedule=TUESDAYS)
    clockwork = Clockwork(world)
    clockwork.run_until(TUESDAY + HOUR)

    cancelled = world.campaigns.cancel(campaign.id, world.now)

    assert (cancelled.next_at, world.scheduler.due) == (None, {})
    due = OccurrenceDue(campaign.id, TUESDAY + WEEK)
    assert world.occurrences.fire(due, due.at, is_fresh=False) is Fired.OVER
    assert world.texted() == [ANA]


def test_a_series_ends_with_its_offer() -> None:
    world = world_at(MONDAY)
    draft = world.drafted("DOWNTOWN", schedule=TUESDAYS)
    ends = CampaignEdit({"valid_until": TUESDAY + 2 * WEEK})
    world.campaigns.update(draft.id, ends, world.now)
    campaign = world.campaigns.schedule(draft.id, world.now)

    Clockwork(world).run_until(TUESDAY + 6 * WEEK)

    assert world.texted() == [ANA, ANA]
    after = standing(world, campaign)
    assert (after.state, after.next_at, after.missed) == (State.FINISHED, None, 0)


def test_a_series_whose_last_time_is_missed_ends_too() -> None:
    world = world_at(MONDAY)
    draft = world.drafted("DOWNTOWN", schedule=TUESDAYS)
    world.campaigns.update(draft.id, CampaignEdit({"valid_until": TUESDAY + DAY}), world.now)
    campaign = world.campaigns.schedule(draft.id, world.now)
    world.campaigns.pause(campaign.id, world.now)

    Clockwork(world).run_until(TUESDAY + WEEK)

    after = standing(world, campaign)
    assert (after.state, after.missed) == (State.FINISHED, 1)


def test_every_alarm_of_a_year_goes_off_once() -> None:
    world = world_at(MONDAY)
    campaign = world.scheduled("DOWNTOWN", schedule=TUESDAYS)
    clockwork = Clockwork(world)

    clockwork.run_until(MONDAY + 52 * WEEK)

    fired = [at for at, due in clockwork.fired if not isinstance(due, RunDue)]
    assert len(fired) == len(set(fired)) == 52
    assert standing(world, campaign).missed == 0
