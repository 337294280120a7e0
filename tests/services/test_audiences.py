"""Whom a campaign reaches: its locations, its filter, and the saved segment it started from."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.domain.campaign import Campaign, Kind
from sayso.domain.contact import Contact, Status
from sayso.domain.schedule import Schedule
from sayso.domain.segment.filters import Filter, campaigns_in, centers_in, locations_in
from sayso.domain.segment.printing import text_of
from sayso.domain.segment.saved import SavedSegment
from sayso.services.campaigns import CampaignEdit, NewCampaign
from sayso.services.refusals import Invalid
from tests.support.bluebird import ANA, BEN, CHLOE, DOWNTOWN, NOON
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import BODY, a_subscriber
from tests.support.segments import segments

Attempt = Callable[[], object]
NOW = Schedule(now=True)
LATER = Schedule(at="2026-11-24T10:00:00", timezone="recipient")
DAN = "+13125550104"


@pytest.fixture
def world() -> CampaignWorld:
    """Ana and Dan read Spanish, Ana and Ben are downtown, Chloe and Dan in Denver."""
    return CampaignWorld(
        [
            replace(a_subscriber(ANA), language="es", attributes={"first_name": "Ana"}),
            a_subscriber(BEN),
            a_subscriber(CHLOE, "DENVER"),
            replace(a_subscriber(DAN, "DENVER"), language="es"),
        ]
    )


def offered(
    world: CampaignWorld,
    where: str = "",
    segment: str = "",
    locations: tuple[str, ...] = (),
    body: str = BODY,
) -> Campaign:
    new = NewCampaign("Offer", Kind.OFFER, body, locations, where=where, segment=segment)
    return world.campaigns.create(new, world.now)


def started(world: CampaignWorld, draft: Campaign, schedule: Schedule = NOW) -> Campaign:
    return world.campaigns.schedule(draft.id, world.now, schedule)


def saved(world: CampaignWorld, where: str, *locations: str) -> str:
    segment = SavedSegment(world.new_id(), "Segment", NOON, NOON, locations, where)
    world.segments.save(None, segment)
    return segment.id


@pytest.mark.parametrize(
    ("where", "texted"),
    [
        ("", [CHLOE, ANA, BEN, DAN]),
        ("language es", [ANA, DAN]),
        ("not language es", [CHLOE, BEN]),
        ("language es and at DENVER", [DAN]),
        ("at DENVER or first_name is known", [CHLOE, ANA, DAN]),
        ("joined over 1 day ago", []),
    ],
)
def test_exactly_those_in_the_segment_are_texted_and_targeted(
    world: CampaignWorld, where: str, texted: list[str]
) -> None:
    campaign = started(world, offered(world, where))

    world.run_all()

    assert world.texted() == sorted(texted)
    report = world.report(campaign)
    assert (report.targeted, report.sent, report.waiting) == (len(texted), len(texted), 0)
    assert report.is_finished


def test_whoever_lives_or_shops_near_is_texted() -> None:
    """Ben shops downtown; Chloe has no store, and a ZIP code of Chicago's north."""
    north = replace(a_subscriber(CHLOE, ""), zip="60614")
    elsewhere = [a_subscriber(ANA, "DENVER"), a_subscriber(DAN, "DENVER")]
    world = CampaignWorld([a_subscriber(BEN), north, *elsewhere])
    world.catalog.put_location(replace(DOWNTOWN, zip="60602"), world.catalog.load())

    for where, near in (
        ("within 2 miles of 60602", [BEN]),
        ("within 4 miles of DOWNTOWN", [BEN, CHLOE]),
        ("within 1 mile of 60614 or received any", [BEN, CHLOE]),
        ("not within 9 miles of 60614", [ANA, DAN]),
    ):
        world.network.texts.clear()
        started(world, offered(world, where))
        world.run_all()
        assert world.texted() == sorted(near)


def test_whoever_was_seen_at_a_store_is_texted_whichever_is_theirs() -> None:
    seen = {"DOWNTOWN": (NOON - timedelta(days=9)).isoformat()}
    dan = replace(a_subscriber(DAN, "DENVER"), visits=seen)
    world = CampaignWorld([a_subscriber(ANA), a_subscriber(CHLOE, "DENVER"), dan])

    started(world, offered(world, "visited DOWNTOWN within 10 days and home DENVER"))
    world.run_all()
    assert world.texted() == [DAN]


def test_who_had_last_week_s_text_can_be_left_out(world: CampaignWorld) -> None:
    first = started(world, offered(world, "language es"))
    world.run_all()
    world.network.texts.clear()

    world.later(timedelta(days=7))
    started(world, offered(world, f"not received {first.id}"))
    world.run_all()
    assert world.texted() == sorted([CHLOE, BEN])
    world.network.texts.clear()

    world.later(timedelta(days=3))
    started(world, offered(world, "received any within 5 days"))
    world.run_all()
    assert world.texted() == sorted([CHLOE, BEN])


def test_a_saved_segment_is_copied_when_the_campaign_is_scheduled(world: CampaignWorld) -> None:
    segment = saved(world, "language es", "DENVER", "UPTOWN")
    draft = offered(world, "joined within 30 days", segment)
    assert (draft.where, draft.locations) == ("joined within 30 days", ())

    scheduled = started(world, draft, LATER)

    assert scheduled.segment == segment
    assert scheduled.where == "language es and joined within 30 days"
    assert scheduled.locations == ("DENVER", "UPTOWN")
    runs = [world.store.runs[one] for one in scheduled.runs]
    assert {run.where for run in runs} == {scheduled.where}
    assert sorted(code for run in runs for code in run.locations) == ["DENVER", "UPTOWN"]


def test_a_segment_changed_or_deleted_later_changes_no_scheduled_campaign(
    world: CampaignWorld,
) -> None:
    segment = saved(world, "language es")
    scheduled = started(world, offered(world, "at DENVER", segment), LATER)
    found = world.segments.get(segment)
    assert found is not None
    world.segments.save(found, replace(found, where="language fr", revision=2))

    again = started(world, scheduled, NOW)

    assert again.where == scheduled.where == "language es and at DENVER"
    world.segments.delete(replace(found, revision=2))
    assert started(world, again, NOW).where == scheduled.where
    world.run_all()
    assert world.texted() == [DAN]


def test_a_segment_deleted_before_scheduling_is_missed(world: CampaignWorld) -> None:
    segment = saved(world, "language es")
    draft = offered(world, segment=segment)
    found = world.segments.get(segment)
    assert found is not None
    world.segments.delete(found)

    attempts: tuple[Attempt, ...] = (
        lambda: started(world, draft),
        lambda: world.campaigns.update(draft.id, CampaignEdit({"name": "New"}), NOON),
    )
    for attempt in attempts:
        with pytest.raises(Invalid) as refused:
            attempt()
        (fault,) = refused.value.faults
        assert fault.field == "audience.segment"
    assert world.store.runs == {}


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("joind within 3 days", 'did you mean "joined"?'),
        ("at MOON", "there is no location MOON"),
        ("visited MOON", "there is no location MOON"),
        ("within 5 miles of MOON", "MOON is neither a location nor a ZIP code that is on the map"),
        ("within 5 miles of 99999", "99999 is neither a location nor a ZIP code"),
        ("within 5 miles of 09001", "09001 is neither a location nor a ZIP code"),
        ("within 5 miles of DENVER", "where DENVER is, is not known: give it a ZIP code, or its"),
        ("received C9", "there is no campaign C9"),
    ],
)
def test_a_filter_that_means_nothing_is_refused_at_every_step(
    world: CampaignWorld, where: str, told: str
) -> None:
    draft = offered(world)
    attempts: tuple[Attempt, ...] = (
        lambda: offered(world, where),
        lambda: world.campaigns.update(draft.id, CampaignEdit({"where": where}), NOON),
        lambda: offered(world, segment=saved(world, where)),
    )
    for attempt in attempts:
        with pytest.raises(Invalid) as refused:
            attempt()
        (fault,) = refused.value.faults
        assert fault.field == "audience.where"
        assert told in fault.reason


def test_a_location_that_was_deleted_since_the_draft_is_missed_at_scheduling(
    world: CampaignWorld,
) -> None:
    draft = offered(world, "not at DENVER")
    denver = world.catalog.load().location("DENVER")
    assert denver is not None
    world.catalog.delete_location("DENVER", world.catalog.load())

    with pytest.raises(Invalid, match="there is no location DENVER"):
        started(world, draft)


def test_locations_that_have_nothing_in_common_with_the_segment_are_refused(
    world: CampaignWorld,
) -> None:
    attempts: tuple[Attempt, ...] = (
        lambda: offered(world, segment=saved(world, "", "DENVER"), locations=("DOWNTOWN",)),
        lambda: started(world, offered(world, "at DENVER", locations=("DOWNTOWN",))),
    )
    for draft in attempts:
        with pytest.raises(Invalid, match="none of these locations is in it"):
            draft()


def test_no_run_is_made_for_places_that_the_filter_leaves_out(world: CampaignWorld) -> None:
    campaign = started(world, offered(world, "at DENVER and language es"), LATER)

    (run_id,) = campaign.runs
    assert world.store.runs[run_id].locations == ("DENVER",)
    assert world.store.runs[run_id].timezone == "America/Denver"


def test_a_triggered_campaign_cannot_be_asked_for(world: CampaignWorld) -> None:
    first = offered(world)
    world.store.campaigns[first.id] = replace(first, schedule=Schedule(on="joined"))

    with pytest.raises(Invalid, match="triggered campaign"):
        offered(world, f"received {first.id}")


def test_a_page_that_is_planned_again_later_lets_the_same_people_through(
    world: CampaignWorld,
) -> None:
    """What a filter means by "within" is told by the run's time, not the planner's."""
    ana = a_subscriber(ANA)
    world.put(replace(ana, joined_at=NOON - timedelta(days=30) + timedelta(minutes=1)))
    campaign = started(world, offered(world, "joined within 30 days", locations=("DOWNTOWN",)))
    world.launch(campaign.runs[0])
    world.later(timedelta(hours=1))

    world.plan_all()

    assert ANA in [phone for task in world.batches.messages for phone in task.phones]


def test_recipients_carry_the_values_that_the_run_s_texts_use_and_no_other(
    world: CampaignWorld,
) -> None:
    body = "Bluebird Coffee: {{ first_name }}, rolls! Reply STOP to end."
    campaign = started(world, offered(world, "at DOWNTOWN", body=body))
    world.launch(campaign.runs[0])
    world.plan_all()

    values = {one.phone: one.values for task in world.batches.messages for one in task.recipients}
    assert values == {ANA: {"first_name": "Ana"}, BEN: {}}


_STANDINGS = [status for status in Status if status is not Status.SUBSCRIBED]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    segment=segments.filter(
        lambda one: not (locations_in(one) or campaigns_in(one) or set(centers_in(one)) - {"60614"})
    ),
    leaving=st.dictionaries(
        st.sampled_from([ANA, BEN, CHLOE, DAN]), st.sampled_from(_STANDINGS), min_size=1
    ),
    is_late=st.booleans(),
)
def test_whoever_a_filter_lets_through_and_is_gone_by_then_is_not_texted(
    segment: Filter, leaving: dict[str, Status], is_late: bool
) -> None:
    """The index lists them still: it is found in the claim."""
    people = [a_subscriber(phone) for phone in (ANA, BEN, CHLOE, DAN)]
    world = CampaignWorld(people)
    campaign = started(world, offered(world, text_of(segment)))
    world.launch(campaign.runs[0])
    if is_late:
        world.plan_all()
    _leave(world, leaving, NOON)
    world.plan_all()
    world.send_all()

    assert not set(world.texted()) & leaving.keys()
    report = world.report(campaign)
    assert report.sent + sum(report.excluded.values()) == report.targeted
    assert report.is_finished


def _leave(world: CampaignWorld, leaving: dict[str, Status], at: datetime) -> None:
    """Change where they stand in the table, while the index lags behind."""
    for phone, status in leaving.items():
        world.slots.contacts[phone] = _as(world.slots.contacts[phone], status, at)


def _as(contact: Contact, status: Status, at: datetime) -> Contact:
    return replace(contact, status=status, opted_out_at=at, revision=contact.revision + 1)
