"""A triggered campaign: who joins, visits or redeems is texted once for it, on time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sayso.domain.campaign import State
from sayso.domain.contact import Status
from sayso.domain.schedule import Schedule
from sayso.domain.series import LATEST
from sayso.services.firings import OPEN_AT_MOST, Fired
from sayso.services.refusals import Invalid
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaigns import a_subscriber
from tests.support.triggered_world import VISITED, WELCOME, TriggeredWorld

A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def world() -> TriggeredWorld:
    return TriggeredWorld()


def test_who_joins_is_welcomed_once_within_seconds(world: TriggeredWorld) -> None:
    campaign = world.triggered()
    world.joins(ANA)

    world.happens(timedelta(seconds=15))

    assert world.texted() == [ANA]
    report = world.report(campaign)
    assert (report.targeted, report.sent, report.waiting) == (1, 1, 0)
    assert report.status is State.SENDING


def test_whoever_was_there_before_is_not_welcomed(world: TriggeredWorld) -> None:
    world.put(a_subscriber(BEN))
    world.triggered()
    world.changes(BEN, language="es")

    world.happens()

    assert world.texted() == []


def test_a_record_that_is_delivered_again_enrols_nobody_again(world: TriggeredWorld) -> None:
    campaign = world.triggered()
    world.joins(ANA)
    record = list(world.stream)

    world.happens()
    for _ in range(3):
        world.stream = list(record)
        world.happens()

    assert world.texted() == [ANA]
    assert world.report(campaign).targeted == 1


def test_many_who_join_together_share_one_run_and_one_alarm(world: TriggeredWorld) -> None:
    world.triggered()
    phones = [f"+1312555{number:04d}" for number in range(130)]
    for phone in phones:
        world.joins(phone)

    world.tell()

    assert len(world.launches.messages) == 1
    world.happens()
    assert world.texted() == phones


def test_a_text_that_is_due_later_has_one_schedule_a_minute(world: TriggeredWorld) -> None:
    world.triggered(VISITED)
    for phone in (ANA, BEN):
        world.visits(phone)
        world.tell()
        world.later(timedelta(seconds=5))

    an_hour_later = NOON + timedelta(minutes=60)
    assert list(world.scheduler.alarms.values()) == [an_hour_later, an_hour_later + A_MINUTE]
    assert world.launches.messages == []


@pytest.mark.parametrize("minutes", [0, 5, 60, 600])
def test_a_text_leaves_within_a_minute_of_when_it_is_due(
    world: TriggeredWorld, minutes: int
) -> None:
    world.now = NOON - timedelta(hours=3)  # nine in the morning
    world.triggered(replace(WELCOME, delay_minutes=minutes))
    world.later(timedelta(seconds=17))
    joined_at = world.now
    world.joins(ANA)

    world.happens(timedelta(minutes=minutes + 2))

    (slot,) = world.slots.slots.values()
    assert slot.touched_at
    due_at = joined_at + timedelta(minutes=minutes)
    assert due_at <= slot.touched_at <= due_at + A_MINUTE


def test_who_joins_at_night_is_due_when_their_window_opens(world: TriggeredWorld) -> None:
    world.now = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)  # eleven at night in Chicago
    world.triggered()
    for phone in (ANA, BEN):
        world.joins(phone)
        world.tell()
        world.later(timedelta(hours=1))

    assert len(world.scheduler.alarms) == 1  # all of the night's in one bucket
    world.happens(timedelta(hours=12))
    assert world.texted() == [ANA, BEN]


def test_a_pause_right_after_a_bucket_is_closed_loses_nobody(
    world: TriggeredWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = world.triggered()
    world.joins(ANA)
    close = world.enrolments.close

    def close_and_pause(run_id: str, now: datetime) -> tuple[str, ...]:
        places = close(run_id, now)
        world.campaigns.pause(campaign.id, now)
        return places

    with monkeypatch.context() as patch:
        patch.setattr(world.enrolments, "close", close_and_pause)
        world.happens(A_MINUTE)
    paused = world.campaigns.get(campaign.id)

    world.firings.changed(paused, world.campaigns.resume(campaign.id, world.now))
    world.happens(A_MINUTE)

    assert world.texted() == [ANA]


def test_each_campaign_hears_of_what_it_waits_for_alone(world: TriggeredWorld) -> None:
    joined, visited = world.triggered(), world.triggered(Schedule(on="visited"))
    world.joins(ANA)
    world.happens()

    assert world.report(joined).sent == 1
    assert world.report(visited).targeted == 0


def test_only_people_of_its_locations_are_meant(world: TriggeredWorld) -> None:
    world.triggered(WELCOME, "DENVER")
    world.joins(ANA)
    world.joins(CHLOE, "DENVER")

    world.happens()

    assert world.texted() == [CHLOE]


def test_what_happened_over_a_day_ago_is_nothing_any_more(world: TriggeredWorld) -> None:
    campaign = world.triggered()
    world.joins(ANA)
    world.later(LATEST + A_MINUTE)

    assert world.tell() == 0
    assert world.report(campaign).targeted == 0


def test_a_campaign_has_few_runs_open_however_long_it_lasts(world: TriggeredWorld) -> None:
    campaign = world.triggered(Schedule(on="visited"))
    for _ in range(60):
        world.visits(ANA)
        world.happens(A_MINUTE)

    assert world.store.campaigns[campaign.id].runs == (campaign.id,)
    report = world.report(campaign)
    assert report.targeted == report.sent + sum(report.excluded.values()) == 60


def test_someone_who_is_held_is_not_enrolled(world: TriggeredWorld) -> None:
    campaign = world.triggered(VISITED)
    world.changes(ANA, status=Status.HELD)
    world.visits(ANA)

    world.happens(timedelta(hours=2))

    assert world.report(campaign).targeted == 0


def test_only_people_of_its_segment_are_meant(world: TriggeredWorld) -> None:
    draft = world.drafted(schedule=WELCOME)
    narrowed = replace(draft, where="language es", revision=draft.revision + 1)
    world.store.campaigns[draft.id] = narrowed
    world.activated(narrowed)
    world.put(replace(a_subscriber(ANA), language="es", joined_at=None))
    world.joins(ANA)
    world.joins(BEN)

    world.happens()

    assert world.texted() == [ANA]


def test_too_many_open_runs_keep_the_next_one_waiting(world: TriggeredWorld) -> None:
    campaign = world.triggered(Schedule(on="visited"))
    names = []
    for number in range(OPEN_AT_MOST + 1):
        world.visits(f"+1312555{number:04d}")
        world.tell()
        names.append(world.launches.messages.pop())
        world.later(timedelta(seconds=20))

    fired = [world.fire(name) for name in names]

    assert fired == [Fired.BEGUN] * OPEN_AT_MOST + [Fired.TOO_MANY]
    assert world.launches.messages == [names[-1]]
    assert world.launches.delays[-1] == A_MINUTE
    for name in names[:-1]:
        world.launch(name)
    world.happens()
    assert len(world.texted()) == OPEN_AT_MOST + 1
    assert world.report(campaign).waiting == 0


def test_an_alarm_that_is_early_is_set_again(world: TriggeredWorld) -> None:
    world.triggered()
    world.joins(ANA)
    world.tell()
    (name,) = world.launches.messages

    assert world.fire(name) is Fired.TOO_EARLY
    assert world.launches.messages == [name, name]


@pytest.mark.parametrize(
    ("schedule", "field"),
    [
        (Schedule(on="left"), "schedule.on"),
        (Schedule(on="joined", now=True), "schedule"),
        (Schedule(on="joined", cron="0 10 * * *"), "schedule"),
        (Schedule(on="joined", at="10:00"), "schedule.at"),
        (Schedule(on="joined", days=3), "schedule.days"),
        (Schedule(on="birthday"), "schedule.at"),
        (Schedule(on="birthday", at="2026-12-01T10:00:00"), "schedule.at"),
        (Schedule(on="birthday", at="10:00", delay_minutes=5), "schedule.delay_minutes"),
        (Schedule(on="silent", at="10:00"), "schedule.days"),
        (Schedule(on="visited", timezone="Moon/Base"), "schedule.timezone"),
    ],
)
def test_a_trigger_that_says_too_much_or_too_little_is_refused(
    world: TriggeredWorld, schedule: Schedule, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        world.triggered(schedule)

    assert [fault.field for fault in refused.value.faults] == [field]
