"""A campaign before it is kept: how it reads, whom it reaches, and what is wrong with it."""

from dataclasses import replace
from typing import Any

import pytest

from sayso.domain.campaign import Campaign
from sayso.domain.contact import Status
from sayso.domain.versions import Variant, Versions
from sayso.services.ports.campaigns import CatalogReader
from sayso.services.previews import PartsRange, Preview, PreviewDesk
from sayso.services.refusals import Conflict, Invalid
from tests.fakes.catalog import FakeCatalog
from tests.fakes.subscribers import FakeSubscribers
from tests.support.bluebird import ANA, BEN, CHLOE, EMPTY_SHOP, NOON
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import BODY, a_campaign, a_subscriber

BY_NAME = "Bluebird Coffee: hi {{ first_name }} at {{ location.name }}! Reply STOP to end."
POR_NOMBRE = "Bluebird Coffee: hola {{ first_name }}. Responda ALTO para terminar."
PEOPLE = (
    replace(a_subscriber(ANA), language="es", attributes={"first_name": "Ana"}),
    replace(a_subscriber(BEN), language="en"),
    replace(a_subscriber(CHLOE, "DENVER"), attributes={"first_name": "Chloe"}),
)


@pytest.fixture
def world() -> CampaignWorld:
    return CampaignWorld(PEOPLE)


def desk(world: CampaignWorld, catalog: CatalogReader | None = None) -> PreviewDesk:
    subscribers = FakeSubscribers(world.slots.contacts.values())
    campaigns = world.campaigns
    return PreviewDesk(
        campaigns.proofreader, campaigns.audiences, catalog or world.catalog, subscribers
    )


def previewed(world: CampaignWorld, phone: str = "", **changes: Any) -> Preview:
    campaign = replace(a_campaign(locations=()), **changes)
    return desk(world).preview(campaign, phone, NOON)


def test_it_counts_people_and_parts(world: CampaignWorld) -> None:
    preview = previewed(world, body="Two rolls \u2013 one price", locations=("DOWNTOWN",))

    assert preview.recipients == 2
    assert (preview.size.parts, preview.size.encoding) == (1, "UCS-2")
    assert preview.size.costly == ("\u2013",)
    assert preview.plain == "Two rolls - one price"
    assert preview.parts == PartsRange(1, 1, 2, 2)


def test_everyone_includes_those_without_a_location(world: CampaignWorld) -> None:
    world.put(a_subscriber("+13125550104", ""))

    assert previewed(world).recipients == 4


def test_a_text_that_is_plain_has_no_plainer_form(world: CampaignWorld) -> None:
    assert previewed(world).plain == ""


def test_nobody_in_particular_reads_every_text_that_there_is(world: CampaignWorld) -> None:
    versions = Versions({"es": POR_NOMBRE}, (Variant("B", BODY),))

    texts = previewed(world, body=BY_NAME, versions=versions).texts

    assert [(one.variant, one.language, one.text) for one in texts] == [
        ("A", "en", "Bluebird Coffee: hi Ana at Bluebird Downtown! Reply STOP to end."),
        ("A", "es", "Bluebird Coffee: hola Ana. Responda ALTO para terminar."),
        ("B", "en", BODY),
    ]


def test_a_subscriber_reads_what_they_would_get(world: CampaignWorld) -> None:
    versions = Versions({"es": POR_NOMBRE}, (Variant("B", BODY),))

    ana = previewed(world, ANA, body=BY_NAME, versions=versions)
    chloe = previewed(world, CHLOE, body=BY_NAME, versions=versions)

    assert [one.text for one in ana.texts] == [
        "Bluebird Coffee: hola Ana. Responda ALTO para terminar.",
        BODY,
    ]
    assert chloe.texts[0].text.startswith("Bluebird Coffee: hi Chloe at Bluebird Denver!")


def test_who_would_get_nothing_is_told_so(world: CampaignWorld) -> None:
    preview = previewed(world, BEN, body=BY_NAME)

    assert preview.texts == ()
    assert any("first_name is not known" in one.message for one in preview.findings)


@pytest.mark.parametrize(
    "status", [Status.OPTED_OUT, Status.HELD, Status.FORGOTTEN, Status.PENDING]
)
def test_only_subscribers_are_shown_to_a_marketer(world: CampaignWorld, status: Status) -> None:
    world.put(replace(PEOPLE[0], status=status))

    with pytest.raises(Invalid) as invalid:
        previewed(world, ANA, body=BY_NAME)

    assert [fault.field for fault in invalid.value.faults] == ["phone"]


def test_a_stranger_is_no_subscriber(world: CampaignWorld) -> None:
    with pytest.raises(Invalid):
        previewed(world, "+13125550199")


def test_the_range_is_over_the_real_audience_and_all_variants(world: CampaignWorld) -> None:
    world.put(replace(PEOPLE[1], attributes={"first_name": "Ben" + "x" * 150}))
    versions = Versions(variants=(Variant("B", BODY),), holdout_percent=50)

    preview = previewed(world, body=BY_NAME, versions=versions)

    assert preview.parts == PartsRange(least=1, most=2, least_in_all=1, most_in_all=2)
    assert preview.held_out == 2


def test_only_those_whom_a_segment_means_are_counted(world: CampaignWorld) -> None:
    preview = previewed(world, where="language es")

    assert preview.recipients == 1


def test_a_segment_that_cannot_be_read_is_refused(world: CampaignWorld) -> None:
    with pytest.raises(Invalid) as invalid:
        previewed(world, where="joined within")

    assert [fault.field for fault in invalid.value.faults] == ["audience.where"]


def test_what_a_campaign_could_not_say_is_refused(world: CampaignWorld) -> None:
    with pytest.raises(Invalid):
        previewed(world, body="Hi {{ name")


def test_findings_are_shown_errors_first(world: CampaignWorld) -> None:
    levels = [
        one.level
        for one in previewed(world, body="ROLLS FOR EVERYONE TODAY, HURRY \u2013").findings
    ]

    assert levels == sorted(levels, key=["error", "warning", "hint"].index)
    assert "error" in levels


def test_without_a_program_there_is_nothing_to_show(world: CampaignWorld) -> None:
    with pytest.raises(Conflict):
        desk(world, FakeCatalog(EMPTY_SHOP)).preview(a_campaign(), "", NOON)


def test_a_preview_keeps_nothing(world: CampaignWorld) -> None:
    before = dict(world.store.campaigns)

    previewed(world, ANA, body=POR_NOMBRE)

    assert world.store.campaigns == before
    assert isinstance(a_campaign(), Campaign)
