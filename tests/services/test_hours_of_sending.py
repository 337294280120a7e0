"""A campaign's texts arrive by day: whoever sleeps is texted in the morning, or not at all."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.domain.campaign import Campaign, State
from sayso.domain.catalog import Caps
from sayso.domain.contact import Status
from sayso.domain.preference import NO_PREFERENCE, Preference
from sayso.domain.slot import Slot, SlotState
from sayso.domain.terms import LAST_CALL, LONGEST_WAIT
from sayso.domain.window import decide_window
from sayso.services.ports.carrier import Certainty, OutboundText
from sayso.services.ports.queues import OpeningDue
from sayso.services.putting_off import FIRST_PAUSE
from tests.support.bluebird import ANA, BEN, PROGRAM, SHOP
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber
from tests.support.clockwork import Clockwork

DORA = "+12125550104"  # a New Yorker who joined downtown
KAI = "+18085550105"  # from Hawaii
EVENING = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)  # half past nine in Chicago, a Monday
MORNING = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)  # eight in Chicago
HAWAIIAN_MORNING = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)


def world_at(now: datetime, *phones: str) -> CampaignWorld:
    world = CampaignWorld([a_subscriber(phone) for phone in phones])
    world.now = now
    return world


def started(world: CampaignWorld) -> Campaign:
    campaign = world.scheduled("DOWNTOWN")
    world.launch(campaign.runs[0])
    world.plan_all()
    return campaign


def pass_until(world: CampaignWorld, end: datetime) -> None:
    """Let happen what is due until then, openings of windows among it."""
    Clockwork(world).run_until(end)


def send_once(world: CampaignWorld) -> None:
    """Send what is queued now, and leave what that queues again."""
    for task in [world.batches.messages.pop(0) for _ in list(world.batches.messages)]:
        world.send(task)


def test_a_text_after_hours_waits_for_the_morning() -> None:
    world = world_at(EVENING, ANA)
    campaign = started(world)

    send_once(world)
    report = world.report(campaign)
    assert (report.sent, report.waiting, report.excluded) == (0, 1, {})
    assert (world.batches.messages, list(world.scheduler.due)) == (
        [],
        [OpeningDue(campaign.runs[0], MORNING)],
    )
    pass_until(world, MORNING - timedelta(seconds=1))
    assert world.texted() == []
    pass_until(world, MORNING)
    assert world.texted() == [ANA]
    assert world.report(campaign).status is State.FINISHED


def test_each_waits_for_their_own_morning() -> None:
    world = world_at(EVENING, ANA, KAI)
    campaign = started(world)

    send_once(world)
    pass_until(world, MORNING)
    assert world.texted() == [ANA]
    assert world.report(campaign).waiting == 1
    pass_until(world, HAWAIIAN_MORNING)
    assert world.texted() == [ANA, KAI]
    assert world.now == HAWAIIAN_MORNING
    assert world.campaigns.get(campaign.id).state is State.FINISHED


def test_a_text_ends_with_the_window() -> None:
    world = world_at(datetime(2026, 11, 24, 1, 30, tzinfo=UTC), ANA, DORA)
    started(world)
    send_once(world)
    lives = {text.to: text.time_to_live_s for text in world.network.texts}
    assert lives == {ANA: 90 * 60, DORA: 30 * 60}  # until nine here, and nine in New York


def test_nobody_is_texted_so_late_that_it_may_arrive_after_hours() -> None:
    closes = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    in_time = world_at(closes - LAST_CALL, ANA)
    started(in_time)
    send_once(in_time)
    assert [text.time_to_live_s for text in in_time.network.texts] == [LAST_CALL.seconds]

    late = world_at(closes - LAST_CALL + timedelta(seconds=1), ANA)
    started(late)
    send_once(late)
    assert late.texted() == []
    pass_until(late, MORNING)
    assert late.texted() == [ANA]
    assert late.now == MORNING


def test_whom_no_window_lets_in_within_a_day_is_left_out_and_counted() -> None:
    saturday_night = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)
    alabaman = "+12055550106"  # Monday morning is more than a day away
    world = world_at(saturday_night, alabaman, ANA)
    campaign = started(world)

    send_once(world)
    assert world.report(campaign).excluded == {"outside_window": 1}
    pass_until(world, saturday_night + LONGEST_WAIT)
    assert world.texted() == [ANA]
    report = world.report(campaign)
    assert (report.status, report.sent, report.waiting) == (State.FINISHED, 1, 0)


def test_the_hours_of_a_location_hold_too() -> None:
    # Ten in the morning at Ana's number, a Sunday; in Texas nothing before noon.
    sunday = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
    world = world_at(sunday, ANA)
    downtown, *others = SHOP.locations
    world.catalog.catalog = replace(SHOP, locations=(replace(downtown, state="TX"), *others))
    started(world)
    send_once(world)
    pass_until(world, sunday + timedelta(hours=3))
    assert world.texted() == [ANA]
    assert world.now == sunday + timedelta(hours=2)


def test_who_moves_in_the_night_is_judged_by_the_new_store() -> None:
    world = world_at(EVENING, ANA)
    started(world)
    send_once(world)
    world.put(a_subscriber(ANA, "DENVER"))
    pass_until(world, MORNING + timedelta(hours=2))
    assert world.texted() == [ANA]
    assert world.now == MORNING + timedelta(hours=1)  # eight in Denver


def test_a_stop_in_the_night_wins() -> None:
    world = world_at(EVENING, ANA)
    campaign = started(world)
    send_once(world)
    world.put(a_subscriber(ANA, status=Status.OPTED_OUT))
    pass_until(world, MORNING + timedelta(hours=1))
    assert world.texted() == []
    assert world.report(campaign).excluded == {"opted_out": 1}


def test_a_campaign_cancelled_in_the_night_texts_nobody_in_the_morning() -> None:
    world = world_at(EVENING, ANA)
    campaign = started(world)
    send_once(world)
    world.campaigns.cancel(campaign.id, world.now)
    pass_until(world, MORNING + timedelta(hours=1))
    assert world.texted() == []
    assert world.report(campaign).excluded == {"cancelled": 1}


def test_waiting_for_the_morning_does_not_count_as_a_busy_carrier() -> None:
    world = world_at(MORNING - timedelta(minutes=40), ANA)
    started(world)
    send_once(world)
    (parked,) = world.parking.tasks.values()
    assert parked.fruitless == 0
    for _ in range(30):
        world.now = MORNING - timedelta(minutes=1)
        world.send(replace(parked, fruitless=3))
        assert [task.fruitless for task in world.batches.messages] == [3]
        world.batches.messages.clear()


def test_a_short_wait_is_the_queues_own() -> None:
    world = world_at(MORNING - timedelta(minutes=14, seconds=59), ANA)
    started(world)
    send_once(world)
    assert world.batches.delays[-1] == timedelta(minutes=14, seconds=59)
    assert (world.parking.tasks, list(world.scheduler.due)) == ({}, [])


def test_a_busy_carrier_is_asked_again_soon_though_others_sleep() -> None:
    now = MORNING + timedelta(minutes=1)
    world = world_at(now, ANA, KAI)
    started(world)
    world.network.mood = lambda _: Certainty.POSTPONED
    send_once(world)
    assert world.batches.delays[-1] == FIRST_PAUSE
    world.network.mood = lambda _: None
    world.later(FIRST_PAUSE)
    send_once(world)
    assert world.texted() == [ANA]


def test_a_crash_before_the_night_is_still_recorded_when_nothing_may_be_sent() -> None:
    """Who was claimed by a sender that died is not called left out."""
    alabaman = "+12055550106"
    saturday = datetime(2026, 11, 22, 1, 50, tzinfo=UTC)  # ten to eight there
    world = world_at(saturday, alabaman)
    campaign = started(world)
    run, batch = world.store.runs[campaign.runs[0]], world.batches.messages[0].batch_id
    dead = Slot(run.id, alabaman, SlotState.CLAIMED, batch, "dead", world.now)
    world.slots.claim(run, dead, world.now)
    world.later(timedelta(hours=3))
    send_once(world)
    assert world.report(campaign).excluded == {}
    assert world.report(campaign).unknown == 1


def test_caps_hold_over_all_campaigns_and_are_counted_by_reason() -> None:
    world = world_at(MORNING + timedelta(hours=2), ANA, BEN)
    world.catalog.catalog = replace(SHOP, program=replace(PROGRAM, caps=Caps(1, 3, 8)))
    first = started(world)
    send_once(world)
    second = started(world)
    send_once(world)
    assert Counter(world.texted()) == {ANA: 1, BEN: 1}
    assert world.report(first).sent == 2
    assert world.report(second).excluded == {"cap_day": 2}
    assert world.report(second).status is State.FINISHED


def test_a_states_own_limit_holds_below_the_programs_caps() -> None:
    floridian = "+13055550107"
    world = world_at(MORNING + timedelta(hours=2), floridian)
    caps = replace(PROGRAM, caps=Caps(10, 10, 10))
    world.catalog.catalog = replace(SHOP, program=caps)
    for _ in range(5):
        last = started(world)
        send_once(world)
    assert world.texted() == [floridian] * 3
    assert world.report(last).excluded == {"cap_state": 1}


@pytest.mark.parametrize("mood", [Certainty.REFUSED, Certainty.POSTPONED])
def test_a_text_that_the_carrier_did_not_take_uses_up_no_cap(mood: Certainty) -> None:
    world = world_at(MORNING + timedelta(hours=2), ANA)
    world.catalog.catalog = replace(SHOP, program=replace(PROGRAM, caps=Caps(1, 3, 8)))
    started(world)
    world.network.mood = lambda _: mood
    send_once(world)
    world.network.mood = lambda _: None
    world.batches.messages.clear()
    started(world)
    send_once(world)
    assert [text.to for text in world.network.texts][-1:] == [ANA]


def test_a_text_that_may_have_gone_uses_up_its_cap() -> None:
    world = world_at(MORNING + timedelta(hours=2), ANA)
    world.catalog.catalog = replace(SHOP, program=replace(PROGRAM, caps=Caps(1, 3, 8)))
    started(world)
    world.network.mood = lambda _: Certainty.UNKNOWN
    send_once(world)
    world.network.mood = lambda _: None
    campaign = started(world)
    send_once(world)
    assert world.report(campaign).excluded == {"cap_day": 1}


@settings(max_examples=60)
@given(
    st.integers(0, 60 * 24 * 9),
    st.dictionaries(
        st.sampled_from([ANA, DORA, KAI, "+12055550106", "+18505550108", "+14015550109"]),
        st.sampled_from([NO_PREFERENCE, Preference(opens=time(16)), Preference(closes=time(10))]),
    ),
)
def test_whenever_it_starts_everyone_is_texted_in_hours_or_accounted_for(
    minutes: int, phones: dict[str, Preference]
) -> None:
    start = datetime(2026, 10, 30, tzinfo=UTC) + timedelta(minutes=minutes)
    world = world_at(start, *phones)
    for phone, wish in phones.items():
        world.put(replace(a_subscriber(phone), preference=wish))
    texted: list[str] = []

    def judge(text: OutboundText) -> None:
        window = decide_window(text.to, world.now, "America/Chicago", "IL", phones[text.to])
        assert window.allowed
        assert window.closes is not None
        assert text.time_to_live_s is not None
        assert world.now + timedelta(seconds=text.time_to_live_s) <= window.closes
        texted.append(text.to)

    world.network.mood = judge
    campaign = started(world)
    send_once(world)
    pass_until(world, start + 2 * LONGEST_WAIT)
    report = world.report(campaign)
    assert len(texted) == len(set(texted)) == report.sent
    assert report.sent + report.excluded.get("outside_window", 0) == len(phones)
    assert report.status is State.FINISHED
