"""What could not be sent is refused as it is written, and what should not be as it is scheduled."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.domain.campaign import Kind, State
from sayso.domain.linting.findings import Level
from sayso.domain.offer import Codes, Links, Offer
from sayso.domain.schedule import Schedule
from sayso.domain.versions import ONE_VERSION, Variant, Versions
from sayso.services.campaigns import CampaignEdit, NewCampaign
from sayso.services.proofreading import Review
from sayso.services.refusals import Invalid
from sayso.services.sampling import PEOPLE_AT_MOST
from tests.support.bluebird import ANA, BEN, CHLOE
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import BODY, a_subscriber

NOW = Schedule(now=True)
HOLA = "Bluebird Coffee: hola. Responda ALTO para terminar."
BY_NAME = "Bluebird Coffee: hi {{ first_name }}! Reply STOP to end."


@pytest.fixture
def world() -> CampaignWorld:
    named = replace(a_subscriber(ANA), attributes={"first_name": "Ana"})
    return CampaignWorld([named, a_subscriber(BEN), a_subscriber(CHLOE, "DENVER")])


def campaign(body: str = BODY, versions: Versions = ONE_VERSION) -> NewCampaign:
    return NewCampaign("Cinnamon week", Kind.OFFER, body, versions=versions)


def faults(world: CampaignWorld, new: NewCampaign) -> list[tuple[str, str]]:
    """What is wrong with a campaign that is written, and then scheduled, or an empty list."""
    try:
        draft = world.campaigns.create(new, world.now)
        world.campaigns.schedule(draft.id, world.now, NOW)
    except Invalid as invalid:
        return [(fault.field, fault.reason) for fault in invalid.faults]
    return []


def reviewed(world: CampaignWorld, new: NewCampaign) -> Review:
    draft = world.campaigns.create(new, world.now)
    proofreader = world.campaigns.proofreader
    return proofreader.review(draft, world.catalog.load(), (), world.now)


def test_sound_texts_go_out(world: CampaignWorld) -> None:
    versions = Versions({"es": HOLA}, (Variant("B", BODY.replace("two", "2"), {"es": HOLA}),))

    assert faults(world, campaign(versions=versions)) == []


@pytest.mark.parametrize(
    ("new", "field", "words"),
    [
        (campaign("Hi\n{{ 1 + 2 }}"), "body", "line 2"),
        (campaign(versions=Versions({"es": "{{"})), "translations.es", "Variant A, es: line 1"),
        (
            campaign(versions=Versions(variants=(Variant("B", "x\n\n{%"),))),
            "variants.0.body",
            "Variant B: line 3",
        ),
        (
            campaign(versions=Versions(variants=(Variant("B", BODY, {"fr": "{{"}),))),
            "variants.0.translations.fr",
            "Variant B, fr: line 1",
        ),
        (campaign(versions=Versions({"es": " "})), "translations.es", "empty"),
        (campaign("Hi {{ location.zip }}"), "body", "location.zip"),
        (campaign("Hi {{ program }}"), "body", "program"),
        (campaign("{{ a }}" + "x" * 1530), "body", "at most 1530"),
        (campaign("{{ a }}" + "ó" * 700), "body", "at most 630"),
        (campaign(versions=Versions(variants=(Variant("A", BODY),))), "variants.0.name", "A"),
    ],
)
def test_what_could_never_be_sent_is_not_even_a_draft(
    world: CampaignWorld, new: NewCampaign, field: str, words: str
) -> None:
    with pytest.raises(Invalid) as invalid:
        world.campaigns.create(new, world.now)

    ((fault),) = invalid.value.faults
    assert fault.field == field
    assert words in fault.reason
    assert world.store.campaigns == {}


def test_a_change_is_read_as_a_draft_is(world: CampaignWorld) -> None:
    draft = world.drafted("DOWNTOWN")

    with pytest.raises(Invalid):
        world.campaigns.update(
            draft.id, CampaignEdit({"versions": Versions({"es": "{{"})}), world.now
        )

    assert world.campaigns.get(draft.id) == draft


def test_errors_keep_a_campaign_from_being_scheduled_all_of_them_at_once(
    world: CampaignWorld,
) -> None:
    versions = Versions({"es": HOLA.replace("Bluebird Coffee", "Hola")})

    found = faults(world, campaign("Two rolls for one, see bit.ly/rolls", versions))

    assert [field for field, _ in found] == ["body", "body", "body", "translations.es"]
    assert found[-1][1].startswith("Variant A, es: The text does not say who sends it")
    (draft,) = world.store.campaigns.values()
    assert draft.state is State.DRAFT
    assert world.launches.messages == []


@pytest.mark.parametrize(
    "schedule", [Schedule(on="joined"), Schedule(cron="0 10 * * TUE"), Schedule(now=True)]
)
def test_errors_keep_every_kind_of_campaign_from_being_scheduled(
    world: CampaignWorld, schedule: Schedule
) -> None:
    draft = world.campaigns.create(campaign("Two rolls for one!"), world.now)

    with pytest.raises(Invalid):
        world.campaigns.schedule(draft.id, world.now, schedule)

    assert world.campaigns.get(draft.id) == draft
    assert world.store.runs == {}


def test_warnings_and_hints_do_not(world: CampaignWorld) -> None:
    assert faults(world, campaign(f"{BODY} \U0001f950 last chance")) == []


def test_a_value_that_some_lack_is_a_warning_that_says_how_many(world: CampaignWorld) -> None:
    review = reviewed(world, campaign(BY_NAME))

    (finding,) = [one for one in review.findings if one.code == "unresolved_variable"]
    assert finding.level is Level.WARNING
    assert "first_name is missing for 2 of 3 people" in finding.message


def test_a_value_that_everybody_lacks_is_an_error(world: CampaignWorld) -> None:
    ((field, reason),) = faults(world, campaign(BY_NAME.replace("first_name", "frist_name")))

    assert field == "body"
    assert "frist_name is missing for everybody" in reason


def test_an_offer_without_an_end_has_none_to_tell(world: CampaignWorld) -> None:
    new = campaign("Bluebird Coffee: until {{ valid_until }}. Reply STOP to end.")

    assert faults(world, new)
    assert faults(world, replace(new, valid_until=world.now + timedelta(days=2))) == []


OFFER = Offer("A free filter coffee")
HELLO = "Bluebird Coffee: coffee for you. Reply STOP to end."
WITH_CODE = (
    "Bluebird Coffee: {{ offer }}! Show {{ code }} or {{ link }} until {{ valid_until }}."
    " Reply STOP to end."
)


def of_all(word: str) -> Offer:
    return replace(OFFER, codes=Codes.SHARED, shared_code=word)


def test_codes_and_links_are_looked_at_as_people_would_get_them(world: CampaignWorld) -> None:
    ends = world.now + timedelta(days=2)
    new = replace(campaign(WITH_CODE), offer=OFFER, valid_until=ends)
    review = reviewed(world, new)

    assert review.findings == ()
    assert review.sizes.least == (1, 1, 1)
    assert faults(world, new) == []


def test_a_text_that_says_no_code_and_no_end_is_warned_of(world: CampaignWorld) -> None:
    ends = world.now + timedelta(days=2)
    said = reviewed(world, replace(campaign(HELLO), offer=OFFER, valid_until=ends))
    endless = reviewed(
        world, replace(campaign(WITH_CODE.replace("valid_until", "code")), offer=OFFER)
    )

    assert {one.code for one in said.findings} == {"no_code", "end_not_said"}
    assert [one.code for one in endless.findings] == ["offer_without_end"]


@pytest.mark.parametrize(
    ("new", "field", "words"),
    [
        (campaign(WITH_CODE), "body", "names code and link and offer, but"),
        (campaign("Menu: {{ links.menu }}"), "body", "nothing that is called links.menu"),
        (replace(campaign(), offer=replace(OFFER, places=("X",))), "offer.places", "location X"),
        (replace(campaign(), offer=replace(OFFER, title="")), "offer.title", "what people get"),
        (replace(campaign(), offer=of_all("STOP")), "offer.shared_code", "reserved"),
        (replace(campaign(), offer=of_all("ayuda")), "offer.shared_code", "reserved"),
        (replace(campaign(), links=Links({"menu": "http://x.com"})), "links.menu", "https"),
    ],
)
def test_what_cannot_be_offered_or_linked_to_is_refused(
    world: CampaignWorld, new: NewCampaign, field: str, words: str
) -> None:
    ((at, reason),) = faults(world, new)
    assert (at, words in reason) == (field, True)


def test_links_need_an_address_and_codes_do_not(world: CampaignWorld) -> None:
    nowhere = replace(world.campaigns.proofreader, address="")
    world.campaigns = replace(world.campaigns, proofreader=nowhere)
    ((field, reason),) = faults(world, replace(campaign(WITH_CODE), offer=OFFER))
    code_only = WITH_CODE.replace(" or {{ link }}", "").replace("until {{ valid_until }}", "")

    assert (field, "public_url" in reason) == ("body", True)
    assert faults(world, replace(campaign(code_only), offer=OFFER)) == []


def test_a_store_that_was_given_up_since_is_found_when_it_is_scheduled(
    world: CampaignWorld,
) -> None:
    offer = replace(OFFER, places=("DENVER",))
    draft = world.campaigns.create(replace(campaign(), offer=offer), world.now)
    shop = world.catalog.catalog
    rest = tuple(one for one in shop.locations if one.code != "DENVER")
    world.catalog.catalog = replace(shop, locations=rest)

    with pytest.raises(Invalid, match=r"offer\.places"):
        world.campaigns.schedule(draft.id, world.now, NOW)


def test_urgency_is_held_against_the_day_it_goes_out(world: CampaignWorld) -> None:
    new = campaign(f"Today only! {BODY}")

    assert faults(world, replace(new, valid_until=world.now + timedelta(hours=9))) == []
    ((field, reason),) = faults(world, replace(new, valid_until=world.now + timedelta(days=2)))
    assert field == "body"
    assert "today only" in reason


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("en", "Bluebird Coffee: rolls until {{ valid_until }}. Reply STOP to end."),
        ("es", "Bluebird Coffee: panes hasta {{ valid_until }}. Responda ALTO para terminar."),
        ("fr", "Bluebird Coffee: offre valable jusqu'au {{ valid_until }}. STOP pour arreter."),
    ],
)
def test_the_offer_s_own_end_is_true_however_far_off_and_wherever_it_is_read(
    world: CampaignWorld, language: str, body: str
) -> None:
    """Six in the morning UTC is the day before's last hour in Denver, and midnight in Chicago."""
    new = replace(
        campaign(versions=Versions({language: body}) if language != "en" else ONE_VERSION),
        valid_until=(world.now + timedelta(days=12)).replace(hour=6, minute=30),
    )
    new = replace(new, body=body) if language == "en" else new

    assert faults(world, new) == []


def test_a_weekday_alone_or_with_another_date_is_the_next_of_that_name(
    world: CampaignWorld,
) -> None:
    far = world.now + timedelta(days=12)
    other = far - timedelta(days=7)
    for said in (f"{far:%A}", f"{other:%A, %B} {other.day}"):
        new = replace(campaign(f"Until {said}: {BODY}"), valid_until=far)
        ((_, reason),) = faults(world, new)
        assert f"until {far:%A}".lower() in reason


def test_parts_are_those_of_real_people(world: CampaignWorld) -> None:
    world.put(replace(a_subscriber(BEN), attributes={"first_name": "Ben " + "x" * 200}))
    world.put(replace(a_subscriber(CHLOE, "DENVER"), attributes={"first_name": "Chloé"}))

    review = reviewed(world, campaign(BY_NAME))

    assert sorted(review.sizes.least) == sorted(review.sizes.most) == [1, 1, 2]
    assert review.sample.is_whole


def test_a_large_audience_is_judged_by_some_of_it() -> None:
    crowd = [a_subscriber(f"+1312556{number:04d}") for number in range(PEOPLE_AT_MOST + 200)]
    world = CampaignWorld(crowd, page_size=100)

    review = reviewed(world, campaign())

    assert not review.sample.is_whole
    assert 0 < len(review.sample.people) <= PEOPLE_AT_MOST


def test_what_a_segment_leaves_out_is_not_looked_at(world: CampaignWorld) -> None:
    sampler = replace(
        world.campaigns.proofreader.sampler,
        narrowed=lambda where, people, now: [
            one for one in people if (where, one.phone) == ("language es", ANA)
        ],
    )

    sample = sampler.sample(["DOWNTOWN", "DENVER"], "language es", world.now)

    assert [one.listed.phone for one in sample.people] == [ANA]
    assert sampler.size(["DOWNTOWN", "DENVER"], sample) == 1
    assert sampler.size(["DOWNTOWN", "DENVER"], replace(sample, is_whole=False)) == 1
