"""Nobody is texted an offer that has ended, or that will have by the time they may be texted."""

from datetime import UTC, datetime, timedelta

from sayso.domain.campaign import Campaign, State
from sayso.domain.schedule import Schedule
from sayso.domain.terms import LAST_CALL
from sayso.services.campaigns import CampaignEdit
from sayso.services.ports.carrier import Certainty
from tests.support.bluebird import ANA, BEN
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber
from tests.support.clockwork import Clockwork

KAI = "+18085550105"  # from Hawaii
NOON = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)  # in Chicago, a Tuesday
EVENING = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)  # half past nine in Chicago, the day before
MORNING = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)  # eight in Chicago
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def begun(now: datetime, ends: datetime, *phones: str) -> tuple[CampaignWorld, Campaign]:
    """An offer that ends then, with its batches queued."""
    world = CampaignWorld([a_subscriber(phone) for phone in phones])
    world.now = now
    draft = world.drafted("DOWNTOWN")
    world.campaigns.update(draft.id, CampaignEdit({"valid_until": ends}), now)
    campaign = world.campaigns.schedule(draft.id, now, Schedule(now=True))
    world.launch(world.launches.messages.pop())
    world.plan_all()
    return world, campaign


def test_a_batch_that_is_reached_after_the_offers_end_is_dropped_with_the_reason() -> None:
    world, campaign = begun(NOON, NOON + HOUR, ANA, BEN)
    world.later(HOUR + SECOND)

    world.send_all()

    report = world.report(campaign)
    assert (world.texted(), report.excluded) == ([], {"offer_expired": 2})
    assert report.status is State.FINISHED


def test_the_last_minutes_of_an_offer_count_as_over() -> None:
    in_time, _ = begun(NOON, NOON + LAST_CALL, ANA)
    late, campaign = begun(NOON, NOON + LAST_CALL, ANA)
    late.later(SECOND)

    in_time.send_all()
    late.send_all()

    assert in_time.texted() == [ANA]
    assert late.report(campaign).excluded == {"offer_expired": 1}


def test_a_text_lives_no_longer_than_the_offer() -> None:
    world, _ = begun(NOON, NOON + HOUR, ANA)

    world.send_all()

    assert [text.time_to_live_s for text in world.network.texts] == [60 * 60]


def test_whoever_sleeps_until_after_the_offers_end_is_dropped_at_once() -> None:
    world, campaign = begun(EVENING, MORNING + HOUR, ANA, KAI)

    Clockwork(world).run_until(MORNING + HOUR)

    report = world.report(campaign)
    assert (world.texted(), report.excluded) == ([ANA], {"offer_expired": 1})
    assert report.status is State.FINISHED
    assert world.scheduler.due == {}


def test_whoever_wakes_before_the_offers_end_waits() -> None:
    world, campaign = begun(EVENING, MORNING + LAST_CALL, ANA)

    world.send_all()

    assert world.report(campaign).waiting == 1
    Clockwork(world).run_until(MORNING)
    assert world.texted() == [ANA]


def test_a_busy_carrier_outlasts_the_offer_and_nobody_is_texted_late() -> None:
    world, campaign = begun(NOON, NOON + HOUR, ANA)
    world.network.mood = lambda _: Certainty.POSTPONED if world.now < NOON + HOUR else None

    Clockwork(world).run_until(NOON + 3 * HOUR)

    assert world.report(campaign).excluded == {"offer_expired": 1}
    assert world.network.texts == []
