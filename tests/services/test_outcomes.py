"""What people do of themselves counts alike for all groups, from their turn on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.domain.comparing import Outcome
from sayso.domain.experiment import HELD_OUT
from sayso.domain.slot import SlotState
from sayso.services.outcomes import Outcomes
from tests.fakes.outcomes import FakeOutcomes
from tests.fakes.slot_history import FakeSlotHistory
from tests.services.test_experiments import PHONES, by_name, people_of, sent
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber

WEEK = timedelta(days=7)


@pytest.fixture
def world() -> CampaignWorld:
    return CampaignWorld([a_subscriber(phone) for phone in PHONES])


@pytest.fixture
def outcomes(world: CampaignWorld) -> Outcomes:
    return Outcomes(FakeSlotHistory(world.slots), FakeOutcomes(world.store))


def test_a_redemption_counts_for_the_run_and_the_persons_groups(
    world: CampaignWorld, outcomes: Outcomes
) -> None:
    campaign = sent(world)
    redeemer = people_of(campaign, "B")[0]
    world.later(timedelta(hours=2))

    assert outcomes.happened(redeemer, Outcome.REDEEMED, world.now, world.now) == 1

    report = world.report(campaign)
    assert report.redeemed == 1
    assert by_name(report.by_variant)["B"].redeemed == 1
    assert by_name(report.by_variant)["A"].redeemed == 0
    assert by_name(report.by_location)["DOWNTOWN"].redeemed == 1


def test_who_was_held_out_counts_for_the_hold_out_and_for_no_text(
    world: CampaignWorld, outcomes: Outcomes
) -> None:
    campaign = sent(world)
    someone = people_of(campaign, HELD_OUT)[0]

    assert outcomes.happened(someone, Outcome.VISITED, world.now, world.now) == 1

    report = world.report(campaign)
    assert (report.visited, by_name(report.by_location)["DOWNTOWN"].visited) == (0, 0)
    assert by_name(report.by_variant)[HELD_OUT].visited == 1


def test_it_counts_once_however_often_it_is_done_or_reported(
    world: CampaignWorld, outcomes: Outcomes
) -> None:
    campaign = sent(world)
    for _ in range(3):
        outcomes.happened(people_of(campaign, "A")[0], Outcome.VISITED, world.now, world.now)
        world.later(timedelta(hours=1))

    assert world.report(campaign).visited == 1


@pytest.mark.parametrize(
    ("after", "counts"),
    [
        (timedelta(seconds=-1), 0),
        (timedelta(), 1),
        (WEEK, 1),
        (WEEK + timedelta(seconds=1), 0),
    ],
)
@pytest.mark.parametrize("group", ["A", HELD_OUT])
def test_what_somebody_does_within_a_week_after_their_turn_counts(
    world: CampaignWorld, outcomes: Outcomes, after: timedelta, counts: int, group: str
) -> None:
    turn = world.now
    campaign = sent(world)

    phone = people_of(campaign, group)[0]
    assert outcomes.happened(phone, Outcome.REDEEMED, turn + after, turn + WEEK) == counts


def test_the_week_begins_with_the_turn_and_not_with_the_carriers_word(
    world: CampaignWorld, outcomes: Outcomes
) -> None:
    campaign = sent(world)
    texted, turn = people_of(campaign, "A")[0], world.now
    world.later(timedelta(hours=60))
    event = world.event(texted, "TEXT_DELIVERED", campaign.runs[0])
    world.receipts.receive({"e": event}, world.now)

    late = turn + WEEK + timedelta(hours=1)
    assert outcomes.happened(texted, Outcome.REDEEMED, turn, late) == 1
    assert outcomes.happened(texted, Outcome.VISITED, late, late) == 0


def test_it_counts_in_every_run_of_the_week(world: CampaignWorld, outcomes: Outcomes) -> None:
    first = sent(world)
    world.later(timedelta(days=2))
    second = sent(world)

    assert outcomes.happened(PHONES[0], Outcome.REDEEMED, world.now, world.now) == 2
    rows = [by_name(world.report(one).by_variant) for one in (first, second)]
    assert [sum(row.redeemed for row in found.values()) for found in rows] == [1, 1]


def test_whom_no_text_reached_counts_for_their_variant_only(
    world: CampaignWorld, outcomes: Outcomes
) -> None:
    campaign = sent(world)
    phone = people_of(campaign, "B")[0]
    key = (campaign.runs[0], phone)
    world.slots.slots[key] = replace(world.slots.slots[key], state=SlotState.FAILED)

    outcomes.happened(phone, Outcome.REDEEMED, world.now, world.now)

    assert world.report(campaign).redeemed == 0
    assert by_name(world.report(campaign).by_variant)["B"].redeemed == 1


def test_a_stranger_visits_for_nobody(world: CampaignWorld, outcomes: Outcomes) -> None:
    sent(world)

    assert outcomes.happened("+13125559999", Outcome.VISITED, world.now, world.now) == 0
