"""Delivery events settle texts: late, repeated, out of order, they never move one back."""

import itertools
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.campaign import Campaign
from sayso.domain.delivery import MEANINGS, DeliveryEvent
from sayso.domain.slot import SlotState
from sayso.services.ports.carrier import Certainty
from sayso.services.receipts import Received
from tests.support.bluebird import ANA, BEN, CHLOE, NOON
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber


def sent_world() -> tuple[CampaignWorld, Campaign]:
    """Ana and Chloe were sent an offer; of Ben's nobody knows whether it went."""
    world = CampaignWorld([a_subscriber(phone) for phone in (ANA, BEN, CHLOE)])
    world.network.mood = lambda text: Certainty.UNKNOWN if text.to == BEN else None
    campaign = world.scheduled("DOWNTOWN")
    world.run_all()
    return world, campaign


def receive(world: CampaignWorld, *events: DeliveryEvent) -> Received:
    keyed = {str(number): event for number, event in enumerate(events)}
    return world.receipts.receive(keyed, world.now)


def test_texts_are_delivered_or_not_by_their_events() -> None:
    world, campaign = sent_world()
    (run_id,) = campaign.runs

    receive(
        world,
        world.event(ANA, "TEXT_DELIVERED", run_id),
        world.event(CHLOE, "TEXT_BLOCKED", run_id),
    )

    report = world.report(campaign)
    assert (report.sent, report.delivered, report.undelivered) == (2, 1, 1)
    assert report.failures == {"blocked": 1}


@pytest.mark.parametrize(
    ("kind", "final", "counts"),
    [
        ("TEXT_QUEUED", False, (3, 0, 0, 0)),
        ("TEXT_DELIVERED", True, (3, 1, 0, 0)),
        ("TEXT_UNREACHABLE", True, (3, 0, 1, 0)),
    ],
)
def test_a_text_of_unknown_fate_is_settled_by_its_event(
    kind: str, final: bool, counts: tuple[int, int, int, int]
) -> None:
    world, campaign = sent_world()
    assert world.report(campaign).unknown == 1

    receive(world, world.event(BEN, kind, campaign.runs[0], final=final))

    report = world.report(campaign)
    assert (report.sent, report.delivered, report.undelivered, report.unknown) == counts


def test_the_same_event_five_times_counts_once() -> None:
    world, campaign = sent_world()
    event = world.event(ANA, "TEXT_DELIVERED", campaign.runs[0])

    receive(world, event, event, event)
    receive(world, event)
    receive(world, event)

    assert world.report(campaign).delivered == 1


def test_an_event_that_is_late_moves_nothing_back() -> None:
    world, campaign = sent_world()
    (run_id,) = campaign.runs
    receive(world, world.event(ANA, "TEXT_DELIVERED", run_id))

    receive(world, world.event(ANA, "TEXT_QUEUED", run_id, NOON - timedelta(1), final=False))
    receive(world, world.event(ANA, "TEXT_TTL_EXPIRED", run_id))

    assert world.slots.slots[run_id, ANA].state is SlotState.DELIVERED
    assert world.report(campaign).delivered == 1


def test_of_two_events_in_one_batch_the_earlier_one_counts_first() -> None:
    world, campaign = sent_world()
    (run_id,) = campaign.runs
    expired = world.event(ANA, "TEXT_TTL_EXPIRED", run_id, NOON + timedelta(seconds=2))
    delivered = world.event(ANA, "TEXT_DELIVERED", run_id, NOON + timedelta(seconds=1))

    receive(world, expired, delivered)

    assert world.slots.slots[run_id, ANA].state is SlotState.DELIVERED


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(MEANINGS)), st.booleans(), st.integers(0, 3)), max_size=8
    )
)
def test_whatever_events_come_in_whatever_batches_counters_equal_slots(
    events: list[tuple[str, bool, int]],
) -> None:
    world, campaign = sent_world()
    (run_id,) = campaign.runs
    phones = itertools.cycle((ANA, BEN, CHLOE))
    made = [
        (batch, world.event(next(phones), kind, run_id, final=final))
        for kind, final, batch in events
    ]

    for batch in range(4):
        receive(world, *(event for number, event in made if number == batch))

    states = [slot.state for slot in world.slots.slots.values()]
    report = world.report(campaign)
    assert report.delivered == states.count(SlotState.DELIVERED)
    assert report.undelivered == states.count(SlotState.UNDELIVERED)
    assert report.unknown == states.count(SlotState.UNKNOWN)
    assert report.sent == 3 - report.unknown
    assert min(world.store.tallies[run_id].values()) >= 0


def test_an_event_of_an_unknown_type_fails_alone() -> None:
    world, campaign = sent_world()
    (run_id,) = campaign.runs

    received = receive(
        world,
        world.event(ANA, "TEXT_TELEPORTED", run_id),
        world.event(CHLOE, "TEXT_DELIVERED", run_id),
    )

    assert list(received.failed) == ["0"]
    assert world.report(campaign).delivered == 1


def test_an_event_of_a_text_that_was_never_claimed_fails_alone() -> None:
    world, campaign = sent_world()
    (run_id,) = campaign.runs

    received = receive(
        world,
        world.event("+13125550199", "TEXT_DELIVERED", run_id),
        world.event(ANA, "TEXT_DELIVERED", "R9"),
        world.event(CHLOE, "TEXT_DELIVERED", run_id),
    )

    assert sorted(received.failed) == ["0", "1"]
    assert world.report(campaign).delivered == 1


def test_an_event_of_an_answer_settles_the_answer() -> None:
    world, _ = sent_world()
    world.replies.results[ANA, "in-1"] = None
    event = DeliveryEvent("TEXT_DELIVERED", ANA, NOON, "m-9", True, {"exchange": "in-1"})

    receive(world, event)

    assert world.replies.end(ANA, "in-1") is SlotState.DELIVERED


def test_an_event_of_somebody_else_s_text_is_ignored() -> None:
    world, _ = sent_world()
    event = DeliveryEvent("TEXT_DELIVERED", ANA, NOON, "m-9", True, {"tag": "payroll"})

    received = receive(world, event)

    assert (received.ignored, received.failed, dict(received.tally)) == (1, {}, {})


def test_more_events_than_one_transaction_holds_are_all_taken_in() -> None:
    phones = [f"+1312555{number:04d}" for number in range(200)]
    world = CampaignWorld([a_subscriber(phone) for phone in phones])
    campaign = world.scheduled("DOWNTOWN")
    world.run_all()

    receive(world, *(world.event(one, "TEXT_DELIVERED", campaign.runs[0]) for one in phones))

    assert world.report(campaign).delivered == 200
