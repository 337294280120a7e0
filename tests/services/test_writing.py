"""Each person gets their own text: their variant, in their language, with their values, or none."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sayso.domain.parts import count_parts
from sayso.domain.recipient import Recipient
from sayso.domain.run import Batch, Run
from sayso.domain.schedule import Schedule
from sayso.domain.slot import SlotState
from sayso.domain.versions import Variant, Versions
from sayso.services.composing import Composed, Unwritable
from sayso.services.writing import VersionsComposer
from tests.fakes.templates import FakeTemplates
from tests.support.bluebird import ANA, BEN, CHLOE, EMPTY_SHOP, SHOP
from tests.support.campaign_world import CampaignWorld
from tests.support.campaigns import a_run, a_subscriber

ENGLISH = 'Bluebird Coffee: hi {{ first_name | default: "there" }}! Reply STOP to end.'
SPANISH = 'Bluebird Coffee: hola {{ first_name | default: "amigo" }}. Responda ALTO para terminar.'
BY_NAME = "Bluebird Coffee: hi {{ first_name }}! Reply STOP to end."


def composed(
    run: Run, recipient: Recipient, location: str = "DOWNTOWN", language: str = "en"
) -> Composed:
    assert SHOP.program
    shop = replace(SHOP, program=replace(SHOP.program, language=language))
    composer = VersionsComposer(FakeTemplates()).for_batch(
        run, shop, Batch(f"{location or '-'}#0#0", ())
    )
    return composer.compose(run, recipient)


def written(body: str, **changes: object) -> Run:
    return replace(a_run(), body=body, **changes)  # type: ignore[arg-type]


def test_a_text_is_for_one_person_in_their_language() -> None:
    run = written(ENGLISH, versions=Versions({"es": SPANISH}))

    ana = composed(run, Recipient(ANA, "es", values={"first_name": "Ana"}))
    ben = composed(run, Recipient(BEN, "en", values={"first_name": "Ben"}))
    chloe = composed(run, Recipient(CHLOE, "fr"))

    assert ana.body.startswith("Bluebird Coffee: hola Ana.")
    assert (ana.language, ana.variant) == ("es", "A")
    assert ben.body.startswith("Bluebird Coffee: hi Ben!")
    assert (chloe.body.split("!")[0], chloe.language) == ("Bluebird Coffee: hi there", "en")


def test_whose_language_is_not_known_reads_the_programs() -> None:
    run = written(ENGLISH, versions=Versions({"es": SPANISH}))

    assert composed(run, Recipient(ANA), language="es").body.startswith("Bluebird Coffee: hola")


def test_parts_are_counted_on_the_text_as_it_goes_out() -> None:
    run = written(BY_NAME)

    plain = composed(run, Recipient(ANA, values={"first_name": "Ana"}))
    dear = composed(run, Recipient(BEN, values={"first_name": "Łukasz " + "x" * 30}))

    assert plain.parts == 1
    assert dear.parts == count_parts(dear.body).parts == 2


def test_the_location_and_the_offers_end_are_those_of_the_place() -> None:
    until = datetime(2026, 12, 5, 7, tzinfo=UTC)  # midnight in Denver, an hour later in Chicago
    run = written("{{ program.name }} {{ location.name }} {{ valid_until }}", valid_until=until)

    denver = composed(run, Recipient(CHLOE), "DENVER").body
    downtown = composed(run, Recipient(ANA), "DOWNTOWN").body

    assert denver == "Bluebird Coffee Bluebird Denver Friday, December 4"
    assert downtown == "Bluebird Coffee Bluebird Downtown Saturday, December 5, 1 am"


@pytest.mark.parametrize(
    ("body", "values"),
    [
        (BY_NAME, {}),
        (BY_NAME, {"first_name": "  "}),
        (BY_NAME, {"first_name": "x" * 1600}),
        (BY_NAME, {"first_name": "Ana\x07"}),
        ("{% if first_name %}Hi{% endif %}", {}),
        ("{{ location.name }}", {}),
        ("{{ broken", {"first_name": "Ana"}),
    ],
)
def test_who_cannot_be_written_to_gets_nothing(body: str, values: dict[str, str]) -> None:
    with pytest.raises(Unwritable) as unwritable:
        composed(written(body), Recipient(ANA, values=values), location="")

    assert unwritable.value.reason == "unwritable"
    assert unwritable.value.__suppress_context__


def test_everybody_gets_the_variant_that_they_were_given() -> None:
    versions = Versions(variants=(Variant("B", "B: {{ program.name }}"),), holdout_percent=20)
    run = written("A: {{ program.name }}", versions=versions)
    seen: dict[str, int] = {}
    for number in range(300):
        recipient = Recipient(f"+1312555{number:04d}")
        try:
            text = composed(run, recipient)
        except Unwritable as held:
            seen[held.reason] = seen.get(held.reason, 0) + 1
            continue
        assert text.body == f"{text.variant}: Bluebird Coffee"
        assert composed(run, recipient) == text
        seen[text.variant] = seen.get(text.variant, 0) + 1

    assert seen.keys() == {"A", "B", "held_out"}
    assert all(count > 30 for count in seen.values())


def test_nothing_is_written_in_the_name_of_no_program() -> None:
    with pytest.raises(LookupError):
        VersionsComposer(FakeTemplates()).for_batch(a_run(), EMPTY_SHOP, Batch("-#0#0", ()))


def test_a_run_texts_each_in_their_own_words_and_counts_who_could_not_be_written_to() -> None:
    people = (
        replace(a_subscriber(ANA), language="es", attributes={"first_name": "Ana"}),
        replace(a_subscriber(BEN), language="en"),
    )
    world = CampaignWorld(people)
    spanish = "Bluebird Coffee: hola {{ first_name }}. Responda ALTO para terminar."
    draft = world.drafted("DOWNTOWN")
    world.store.campaigns[draft.id] = replace(
        draft, body=BY_NAME, versions=Versions({"es": spanish})
    )
    campaign = world.campaigns.schedule(draft.id, world.now, Schedule(now=True))
    world.run_all()

    assert world.network.bodies_to(ANA) == [
        "Bluebird Coffee: hola Ana. Responda ALTO para terminar."
    ]
    assert world.network.bodies_to(BEN) == []
    slots = {phone: world.slots.read(campaign.runs[0], [phone])[phone] for phone in (ANA, BEN)}
    assert (slots[ANA].language, slots[ANA].variant, slots[ANA].parts) == ("es", "A", 1)
    assert (slots[BEN].state, slots[BEN].reason) == (SlotState.SKIPPED, "unwritable")
    assert world.report(campaign).excluded == {"unwritable": 1}


def test_a_batch_carries_only_what_its_texts_ask_for() -> None:
    person = replace(a_subscriber(ANA), attributes={"first_name": "Ana", "shoe_size": "40"})
    world = CampaignWorld([person])
    draft = world.drafted("DOWNTOWN")
    world.store.campaigns[draft.id] = replace(draft, body=ENGLISH)
    world.campaigns.schedule(draft.id, world.now, Schedule(now=True))
    world.launch(world.launches.messages.pop())
    world.plan_all()

    (task,) = world.batches.messages
    assert task.recipients == (Recipient(ANA, values={"first_name": "Ana"}),)
