"""Birthdays and silence: looked for once a day, at the campaign's time in each zone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sayso.domain.contact import Contact
from sayso.domain.schedule import Schedule
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaigns import a_subscriber
from tests.support.triggered_world import TriggeredWorld

BIRTHDAY = Schedule(on="birthday", at="10:00", timezone="recipient")
SILENT = Schedule(on="silent", days=30, at="11:00", timezone="America/Chicago")
A_DAY = timedelta(days=1)
TUESDAY_AT_TEN = datetime(2026, 11, 24, 16, 0, tzinfo=UTC)  # in Chicago


def born(phone: str, day: str, location: str = "DOWNTOWN") -> Contact:
    return replace(a_subscriber(phone, location), attributes={"birthday": day})


@pytest.fixture
def world() -> TriggeredWorld:
    return TriggeredWorld([born(ANA, "11-24"), born(BEN, "11-25"), born(CHLOE, "11-24", "DENVER")])


def moments(world: TriggeredWorld) -> dict[str, datetime | None]:
    return {phone: slot.touched_at for (_, phone), slot in world.slots.slots.items()}


def test_each_is_texted_on_their_birthday_at_ten_where_they_are(world: TriggeredWorld) -> None:
    world.triggered(BIRTHDAY)

    world.happens(2 * A_DAY)

    assert moments(world) == {
        ANA: TUESDAY_AT_TEN,
        CHLOE: TUESDAY_AT_TEN + timedelta(hours=1),
        BEN: TUESDAY_AT_TEN + A_DAY,
    }


def test_a_birthday_comes_once_a_year(world: TriggeredWorld) -> None:
    world.triggered(BIRTHDAY)

    world.happens(400 * A_DAY)

    assert world.texted() == [CHLOE, CHLOE, ANA, ANA, BEN, BEN]


def test_whoever_moves_west_on_their_birthday_has_it_but_once(world: TriggeredWorld) -> None:
    world.triggered(BIRTHDAY)
    world.happens(TUESDAY_AT_TEN - NOON + timedelta(minutes=5))

    world.changes(ANA, location="DENVER")
    world.happens(A_DAY / 2)

    assert world.texted() == [CHLOE, ANA]


def test_the_time_of_day_stays_when_the_clocks_change(world: TriggeredWorld) -> None:
    world.now = datetime(2027, 3, 12, 0, 0, tzinfo=UTC)
    world.put(born(BEN, "03-13"))
    world.put(born(ANA, "03-14"))  # the Sunday on which the clocks go forward
    world.triggered(replace(BIRTHDAY, at="13:00"), "DOWNTOWN")

    world.happens(4 * A_DAY)

    assert moments(world) == {
        BEN: datetime(2027, 3, 13, 19, 0, tzinfo=UTC),
        ANA: datetime(2027, 3, 14, 18, 0, tzinfo=UTC),
    }


def test_whoever_falls_silent_is_texted_once(world: TriggeredWorld) -> None:
    campaign = world.triggered(SILENT)
    world.put(replace(a_subscriber(BEN), last_heard_at=NOON + 20 * A_DAY))

    world.happens(40 * A_DAY)

    assert world.texted() == [CHLOE, ANA]
    report = world.report(campaign)
    assert (report.targeted, report.sent) == (2, 2)
    world.happens(20 * A_DAY)
    assert world.texted() == [CHLOE, ANA, BEN]


def test_whoever_is_heard_from_and_falls_silent_again_is_texted_again(
    world: TriggeredWorld,
) -> None:
    world.triggered(SILENT, "DENVER")
    world.happens(31 * A_DAY)
    world.answers(CHLOE)

    world.happens(29 * A_DAY)
    assert world.texted() == [CHLOE]
    world.happens(5 * A_DAY)
    assert world.texted() == [CHLOE, CHLOE]


def test_an_alarm_that_is_lost_is_made_up_for_by_the_daily_round(world: TriggeredWorld) -> None:
    world.triggered(BIRTHDAY)
    world.scheduler.alarms.clear()
    world.happens(2 * A_DAY)
    assert world.texted() == []

    assert world.firings.look_after() == 3  # of the newest day, one for each of the zones
    world.happens(timedelta(minutes=1))

    assert world.texted() == [BEN]
    assert len(world.scheduler.alarms) == 1
    assert world.firings.look_after() == 0


def test_the_daily_round_makes_up_for_nothing_that_was_before_the_campaign(
    world: TriggeredWorld,
) -> None:
    world.now = TUESDAY_AT_TEN + timedelta(hours=2)
    world.triggered(BIRTHDAY)
    world.later(timedelta(hours=1))

    assert world.firings.look_after() == 0


def test_the_daily_round_leaves_a_paused_campaign_alone(world: TriggeredWorld) -> None:
    campaign = world.triggered(BIRTHDAY)
    world.scheduler.alarms.clear()
    world.later(A_DAY)
    world.campaigns.pause(campaign.id, world.now)

    assert world.firings.look_after() == 0
    assert world.scheduler.alarms == {}


def test_nobody_is_looked_for_before_the_offer_begins(world: TriggeredWorld) -> None:
    draft = world.drafted(schedule=BIRTHDAY)
    dated = replace(draft, valid_from=NOON + A_DAY)
    world.store.campaigns[draft.id] = dated
    world.activated(dated)

    world.happens(2 * A_DAY)

    assert world.texted() == [BEN]


def test_a_look_that_breaks_off_is_made_again_for_the_same_people(world: TriggeredWorld) -> None:
    campaign = world.triggered(BIRTHDAY, "DOWNTOWN")
    (name,) = world.scheduler.alarms
    world.now = TUESDAY_AT_TEN
    world.fire(name)
    world.launch(name)
    run = world.store.runs[name]
    # The people are enrolled, and the planner crashes before it has kept its checkpoint.
    for shard in world.audience.shards():
        world.planner.series.admitted(run, world.audience.page("DOWNTOWN", shard).people)

    world.plan_all()
    world.send_all()

    assert world.texted() == [ANA]
    assert world.report(campaign).targeted == 1


def test_every_look_is_made_though_one_comes_late(world: TriggeredWorld) -> None:
    world.triggered(BIRTHDAY, "DOWNTOWN")
    world.now = TUESDAY_AT_TEN + A_DAY - timedelta(hours=1)  # nobody worked for a day

    world.happens(timedelta(hours=2))

    assert world.texted() == [ANA, BEN]


def test_a_cancelled_campaign_is_looked_for_no_more(world: TriggeredWorld) -> None:
    campaign = world.triggered(BIRTHDAY)
    world.campaigns.cancel(campaign.id, world.now)

    world.happens(3 * A_DAY)

    assert world.texted() == []
    assert world.scheduler.alarms == {}
