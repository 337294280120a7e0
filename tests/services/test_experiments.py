"""Variants and a hold-out through the whole engine: who gets what, and how the report tells it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.domain.campaign import Campaign, State
from sayso.domain.comparing import Outcome
from sayso.domain.contact import Status
from sayso.domain.experiment import HELD_OUT, assigned
from sayso.domain.slot import SlotState
from sayso.domain.versions import ONE_VERSION, Variant, Versions
from sayso.services.breakdown import Row
from sayso.services.report import Report
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber

PHONES = [f"+1312555{number:04d}" for number in range(200)]
VERSIONS = Versions(
    variants=(Variant("B", "Bluebird Coffee: rolls today. Reply STOP to end."),), holdout_percent=20
)
WEEK = timedelta(days=7)


@pytest.fixture
def world() -> CampaignWorld:
    people = [
        replace(
            a_subscriber(phone, ("DOWNTOWN", "UPTOWN", "")[number % 3]),
            channel=("window sign", "web page", "a sign of last year", "")[number % 4],
        )
        for number, phone in enumerate(PHONES)
    ]
    return CampaignWorld(people, page_size=40)


def sent(world: CampaignWorld, versions: Versions = VERSIONS) -> Campaign:
    campaign = world.scheduled(versions=versions)
    world.run_all()
    return world.campaigns.get(campaign.id)


def group_of(campaign: Campaign, phone: str) -> str:
    return assigned(campaign.runs[0], phone, VERSIONS)


def people_of(campaign: Campaign, name: str) -> list[str]:
    return [phone for phone in PHONES if group_of(campaign, phone) == name]


def by_name(rows: tuple[Row, ...]) -> dict[str, Row]:
    return {row.name: row for row in rows}


def test_nobody_who_is_held_out_gets_a_text_and_all_others_do(world: CampaignWorld) -> None:
    campaign = sent(world)

    held_out = people_of(campaign, HELD_OUT)
    assert held_out
    assert set(world.texted()) == set(PHONES) - set(held_out)
    assert world.report(campaign).excluded == {HELD_OUT: len(held_out)}
    assert world.report(campaign).held_out == len(held_out)


def test_a_hold_out_costs_nobody_their_place_in_what_else_they_may_get(
    world: CampaignWorld,
) -> None:
    campaign = sent(world)

    for phone in people_of(campaign, HELD_OUT):
        contact = world.slots.contacts[phone]
        assert (contact.last_run, world.slots.texted[phone]) == ("", [])


def test_the_report_counts_each_variant_and_the_hold_out(world: CampaignWorld) -> None:
    campaign = sent(world)

    found = by_name(world.report(campaign).by_variant)
    for name in ("A", "B", HELD_OUT):
        assert found[name].targeted == len(people_of(campaign, name))
    assert (found["A"].sent, found["A"].excluded) == (found["A"].targeted, 0)
    assert (found[HELD_OUT].sent, found[HELD_OUT].excluded) == (0, found[HELD_OUT].targeted)


def test_whoever_is_barred_counts_for_the_variant_that_they_were_drawn_for(
    world: CampaignWorld,
) -> None:
    for phone in PHONES[::5]:
        world.put(replace(world.slots.contacts[phone], status=Status.SUBSCRIBED))
        world.slots.contacts[phone] = replace(world.slots.contacts[phone], status=Status.OPTED_OUT)
    campaign = world.scheduled(versions=VERSIONS)
    world.audience.contacts = [a_subscriber(phone) for phone in PHONES]
    world.run_all()

    found = by_name(world.report(campaign).by_variant)
    drawn = world.campaigns.get(campaign.id)
    assert found["B"].targeted == len(people_of(drawn, "B"))
    barred = set(PHONES[::5]) & set(people_of(drawn, "B"))
    assert found["B"].excluded == len(barred) > 0


def test_the_report_counts_by_location_and_by_the_channels_that_are_advertised(
    world: CampaignWorld,
) -> None:
    report = world.report(sent(world, ONE_VERSION))

    assert {row.name: row.sent for row in report.by_location} == {
        "DOWNTOWN": 67,
        "UPTOWN": 67,
        "": 66,
    }
    assert {row.name: row.sent for row in report.by_channel} == {
        "window sign": 50,
        "web page": 50,
        "other": 50,
        "": 50,
    }
    assert [row.name for row in report.by_variant] == ["A"]
    assert report.comparison is None


def test_delivery_events_move_the_figures_of_every_group(world: CampaignWorld) -> None:
    campaign = sent(world)
    run_id = campaign.runs[0]
    arrived = people_of(campaign, "B")
    for phone in arrived:
        event = replace(world.event(phone, "TEXT_DELIVERED", run_id), price=8_830)
        world.receipts.receive({"e": event, "again": event}, world.now)
    lost = people_of(campaign, "A")[0]
    world.receipts.receive({"e": world.event(lost, "TEXT_BLOCKED", run_id)}, world.now)

    report = world.report(campaign)
    found = by_name(report.by_variant)
    assert (found["B"].sent, found["B"].delivered) == (len(arrived), len(arrived))
    assert (found["A"].delivered, found["A"].failed) == (0, 1)
    assert sum(row.delivered for row in report.by_location) == len(arrived)
    assert sum(row.delivered for row in report.by_channel) == len(arrived)
    assert report.failure_classes == {"blocked": 1}
    assert "blocks us" in report.explained["blocked"]


def test_the_price_is_the_carriers_where_it_has_said_one_and_an_estimate_elsewhere(
    world: CampaignWorld,
) -> None:
    assert world.catalog.catalog.program is not None
    program = replace(world.catalog.catalog.program, price_per_part=10_000)
    world.catalog.catalog = replace(world.catalog.catalog, program=program)
    campaign = sent(world, ONE_VERSION)
    assert world.report(campaign).price.amount == 200 * 10_000
    assert world.report(campaign).price.is_estimate

    for phone in PHONES[1:]:
        event = world.event(phone, "TEXT_DELIVERED", campaign.runs[0])
        world.receipts.receive({"e": replace(event, price=8_830)}, world.now)
    assert world.report(campaign).price.amount == 199 * 8_830 + 10_000
    assert world.report(campaign).price.is_estimate
    last = world.event(PHONES[0], "TEXT_SPAM", campaign.runs[0])
    world.receipts.receive({"e": replace(last, price=8_830)}, world.now)
    assert world.report(campaign).price.amount == 200 * 8_830
    assert not world.report(campaign).price.is_estimate


# When the groups may be told apart.


def with_winner(world: CampaignWorld, campaign: Campaign) -> Report:
    """The report after everybody who got B has redeemed the offer, and nobody else."""
    tally = world.store.tallies[campaign.runs[0]]
    tally["v=B|redeemed"] = len(people_of(campaign, "B"))
    return world.report(campaign)


def test_a_difference_is_claimed_when_a_week_has_passed_since_the_end(
    world: CampaignWorld,
) -> None:
    campaign = sent(world)
    assert campaign.state is State.FINISHED
    world.later(WEEK)

    told = with_winner(world, campaign).comparison
    assert told is not None
    assert (told.outcome, told.is_evidence) == (Outcome.REDEEMED, True)
    assert told.verdict.startswith("B did better than A")
    assert [group.name for group in told.groups] == ["A", "B", HELD_OUT]


def test_nothing_is_claimed_while_what_people_do_still_counts(world: CampaignWorld) -> None:
    campaign = sent(world)
    world.later(WEEK - timedelta(seconds=1))

    told = with_winner(world, campaign).comparison
    assert told is not None
    assert not told.is_evidence
    assert told.verdict.startswith("What people do counts until 2026-11-30 18:00 UTC. So far: B")


def test_nothing_is_claimed_while_it_goes_out(world: CampaignWorld) -> None:
    campaign = world.scheduled(versions=VERSIONS)
    world.launch(world.launches.messages.pop(0))
    world.plan_all()
    world.send(world.batches.messages.pop(0))

    told = with_winner(world, world.campaigns.get(campaign.id)).comparison
    assert told is not None
    assert not told.is_evidence
    assert told.verdict.startswith("It is not over")


def test_whoever_cancels_when_they_like_the_figures_proves_nothing(world: CampaignWorld) -> None:
    campaign = world.scheduled(versions=VERSIONS)
    world.launch(world.launches.messages.pop(0))
    world.plan_all()
    world.send(world.batches.messages.pop(0))
    world.campaigns.cancel(campaign.id, world.now)
    world.later(10 * WEEK)

    told = with_winner(world, world.campaigns.get(campaign.id)).comparison
    assert told is not None
    assert not told.is_evidence
    assert told.verdict.startswith("It was cancelled")


def test_who_waits_is_told_from_who_will_get_nothing(world: CampaignWorld) -> None:
    campaign = world.scheduled(versions=ONE_VERSION)
    world.launch(world.launches.messages.pop(0))
    world.plan_all()
    world.send(world.batches.messages.pop(0))

    report = world.report(campaign)
    assert report.waiting > 0
    assert report.waiting_by_reason == {"in_line": report.waiting}
    assert sum(row.waiting for row in report.by_location) == report.waiting
    world.campaigns.cancel(campaign.id, world.now)
    cancelled = world.report(campaign)
    assert (cancelled.waiting, cancelled.waiting_by_reason) == (0, {})
    assert cancelled.excluded == {"cancelled": report.waiting}
    assert sum(row.waiting for row in cancelled.by_location) == 0


def test_a_slot_says_how_its_person_counts_whether_texted_or_not(world: CampaignWorld) -> None:
    campaign = sent(world)

    for (_, phone), slot in world.slots.slots.items():
        assert slot.variant == group_of(campaign, phone)
        assert (slot.state is SlotState.SKIPPED) == (slot.variant == HELD_OUT)
