"""A marketer asks how many a segment has before anything is sent, and saves it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.domain.contact import Contact
from sayso.domain.listed import Listed
from sayso.services import counting
from sayso.services.audiences import Audiences
from sayso.services.choosing import Chooser
from sayso.services.counting import AudienceCount, Counted
from sayso.services.refusals import Conflict, Invalid, NotFound
from sayso.services.segments import SegmentDesk, Written
from tests.fakes.catalog import FakeCatalog
from tests.fakes.history import FakeCampaignHistory
from tests.fakes.segments import FakeSegments
from tests.support.bluebird import ANA, BEN, CHLOE, NOON, SHOP
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_subscriber

Attempt = Callable[[], object]
MONTH = timedelta(days=30)
EVENS = [f"+1312555{number:03d}0" for number in range(100)]
ODDS = [f"+1312555{number:03d}1" for number in range(60)]


def desk_of(*contacts: Contact, page_size: int = 1000) -> SegmentDesk:
    world = CampaignWorld(contacts, page_size=page_size)
    chooser = Chooser(FakeCampaignHistory(world.slots), world.catalog)
    return SegmentDesk(
        world.segments,
        Audiences(world.segments, world.store.get),
        FakeCatalog(SHOP),
        AudienceCount(world.audience, chooser),
        world.new_id,
    )


def counted(desk: SegmentDesk, where: str, *locations: str) -> Counted:
    return desk.count(Written(locations, where), NOON)[1]


def steps(found: Counted) -> list[tuple[str, int, int]]:
    return [(one.filter, one.removed, one.left) for one in found.steps]


@pytest.fixture
def desk() -> SegmentDesk:
    """Ana is new downtown, Ben old there and reads Spanish, Chloe is in Denver."""
    return desk_of(
        replace(a_subscriber(ANA), language="en"),
        replace(a_subscriber(BEN), language="es", joined_at=NOON - 2 * MONTH),
        replace(a_subscriber(CHLOE, "DENVER"), language="en"),
        page_size=1,
    )


def test_every_filter_says_how_many_it_removes_in_its_order(desk: SegmentDesk) -> None:
    found = counted(desk, "language en and joined within 3 weeks and not at DENVER")

    assert steps(found) == [
        ("language en", 1, 2),
        ("joined within 3 weeks", 0, 2),
        ("not at DENVER", 1, 1),
    ]
    assert (found.count, found.total, found.is_estimate) == (1, 3, False)
    assert [who.phone for who in found.sample] == [ANA]


def test_an_alternative_is_one_step(desk: SegmentDesk) -> None:
    found = counted(desk, "language es or at DENVER")

    assert steps(found) == [("language es or at DENVER", 1, 2)]


def test_without_a_filter_everyone_of_the_locations_is_counted(desk: SegmentDesk) -> None:
    assert counted(desk, "").count == 3
    assert counted(desk, "", "DOWNTOWN").count == 2
    assert counted(desk, "language en", "DOWNTOWN").count == 1


def test_what_takes_a_read_of_the_table_is_asked_last_and_for_the_few_who_are_left() -> None:
    world = CampaignWorld([a_subscriber(ANA), a_subscriber(BEN), a_subscriber(CHLOE, "DENVER")])
    world.scheduled("DOWNTOWN")
    world.run_all()
    history = FakeCampaignHistory(world.slots)
    count = AudienceCount(world.audience, Chooser(history, world.catalog))
    desk = SegmentDesk(
        world.segments, Audiences(world.segments, world.store.get), world.catalog, count, str
    )
    campaign = next(iter(world.store.campaigns))

    found = counted(desk, f"received {campaign} and not at UPTOWN, DENVER")

    assert steps(found) == [("not at UPTOWN, DENVER", 1, 2), (f"received {campaign}", 0, 2)]
    assert sorted(phone for asked in history.asked for phone in asked) == [ANA, BEN]
    assert counted(desk, f"at DENVER and received {campaign}").count == 0


def test_the_sample_is_drawn_by_lot_and_the_same_every_time() -> None:
    desk = desk_of(*(a_subscriber(phone) for phone in EVENS))

    first, again = (counted(desk, "at DOWNTOWN").sample for _ in range(2))

    assert first == again
    assert len({who.phone for who in first}) == counting.SAMPLE
    assert [who.phone for who in first] != EVENS[: counting.SAMPLE]


def test_a_large_audience_is_estimated_from_whole_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fake index has two: the numbers that end in an even digit, and the others."""
    monkeypatch.setattr(counting, "EXACT_UP_TO", 99)
    people = [a_subscriber(phone) for phone in EVENS + ODDS]
    spanish = [replace(one, language="es") for one in people[:25]]
    desk = desk_of(*spanish, *people[25:], page_size=7)

    found = counted(desk, "at DOWNTOWN and language es")

    assert found.is_estimate
    assert (found.total, found.count) == (200, 50)
    assert steps(found) == [("at DOWNTOWN", 0, 200), ("language es", 150, 50)]
    monkeypatch.setattr(counting, "EXACT_UP_TO", 101)
    exact = counted(desk, "at DOWNTOWN and language es")
    assert (exact.total, exact.count, exact.is_estimate) == (160, 25, False)


def test_days_begin_in_the_program_s_zone() -> None:
    """Half an hour before midnight in New York it is the next day in UTC."""
    late = NOON.replace(hour=4, minute=30)
    desk = desk_of(replace(a_subscriber(ANA), joined_at=late))

    assert counted(desk, "joined before 2026-11-23").count == 1


@pytest.mark.parametrize(
    ("written", "field", "told"),
    [
        (Written(where="joind within 3 days"), "where", 'did you mean "joined"?'),
        (Written(where="at DOWNTWN"), "where", 'no location DOWNTWN; did you mean "DOWNTOWN"?'),
        (Written(where="not at MOON"), "where", "there is no location MOON; there are"),
        (Written(where="received C9"), "where", "there is no campaign C9"),
        (Written(locations=("MOON",)), "locations", "there is no location MOON"),
        (Written(filters={"att": []}), "filters", 'did you mean "at"?'),
        (Written(where="at DENVER", filters={}), "filters", "not both"),
    ],
)
def test_what_does_not_exist_or_cannot_be_read_is_refused(
    desk: SegmentDesk, written: Written, field: str, told: str
) -> None:
    attempts: tuple[Attempt, ...] = (
        lambda: desk.count(written, NOON),
        lambda: desk.create("Segment", written, NOON),
    )
    for attempt in attempts:
        with pytest.raises(Invalid) as refused:
            attempt()
        (fault,) = refused.value.faults
        assert fault.field == field
        assert told in fault.reason


def test_a_segment_is_saved_in_its_one_spelling_from_either_form(desk: SegmentDesk) -> None:
    typed = desk.create("  Spanish   readers", Written(("DENVER",), "LANGUAGE es"), NOON)
    built = desk.create("Spanish readers", Written((), "", {"language": ["ES"]}), NOON)

    assert (typed.name, typed.where, typed.locations) == (
        "Spanish readers",
        "language es",
        ("DENVER",),
    )
    assert built.where == "language es"
    assert desk.get(typed.id) == typed


def test_a_segment_is_changed_and_removed(desk: SegmentDesk) -> None:
    saved = desk.create("New faces", Written((), "joined within 30 days"), NOON)

    changed = desk.update(saved.id, "Newer faces", Written((), "joined within 7 days"), NOON)

    assert (changed.where, changed.revision) == ("joined within 7 days", 2)
    desk.delete(saved.id)
    with pytest.raises(NotFound):
        desk.get(saved.id)
    with pytest.raises(NotFound):
        desk.update(saved.id, "Gone", Written(), NOON)


def test_of_two_changes_at_once_one_is_told(desk: SegmentDesk) -> None:
    saved = desk.create("New faces", Written(), NOON)
    desk.update(saved.id, "Newer faces", Written(), NOON)
    behind = FakeSegments()
    behind.get = lambda segment_id: saved  # type: ignore[method-assign]
    behind.segments = {saved.id: desk.get(saved.id)}

    with pytest.raises(Conflict):
        replace(desk, store=behind).delete(saved.id)
    assert behind.segments[saved.id].name == "Newer faces"


def test_a_segment_needs_a_name_to_show(desk: SegmentDesk) -> None:
    for name in (" ", "n" * 81, "a\nb\x00"):
        with pytest.raises(Invalid):
            desk.create(name, Written(), NOON)


def test_people_are_chosen_in_their_order_and_everyone_costs_nothing() -> None:
    people = [Listed(phone, location="DOWNTOWN") for phone in (CHLOE, ANA, BEN)]
    chooser = Chooser(FakeCampaignHistory(CampaignWorld().slots), FakeCatalog(SHOP))

    assert chooser.named("", people, NOON) is people
    assert chooser.named("at DOWNTOWN", people, NOON) == people
