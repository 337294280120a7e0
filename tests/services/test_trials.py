"""A campaign on the phones of the shop's own staff, and on no others."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.domain.contact import Contact, Status
from sayso.domain.versions import Variant, Versions
from sayso.services.ports.carrier import Certainty, Purpose
from sayso.services.refusals import Conflict, Invalid, NotFound
from sayso.services.trials import TRIALS_A_DAY, AsIf, Trial, TrialDesk
from tests.fakes.campaigns import FakeCampaigns
from tests.fakes.carrier import FakeCarrier
from tests.fakes.catalog import FakeCatalog
from tests.fakes.subscribers import FakeSubscribers
from tests.fakes.templates import FakeTemplates
from tests.fakes.trials import FakeTrials
from tests.support.bluebird import ANA, BEN, CHLOE, EMPTY_SHOP, NOON, PROGRAM, SHOP
from tests.support.campaigns import BODY, a_campaign, a_subscriber

SPANISH = "Bluebird Coffee: hola {{ first_name }}. Responda ALTO para terminar."
STAFFED = replace(SHOP, program=replace(PROGRAM, staff_phones=(ANA, BEN)))


class Shop:
    """A desk with one campaign, and what stands behind it."""

    def __init__(self, *contacts: Contact) -> None:
        self.store, self.carrier, self.trials = FakeCampaigns(), FakeCarrier(), FakeTrials()
        self.subscribers = FakeSubscribers(contacts)
        self.store.save(None, a_campaign())
        self.desk = TrialDesk(
            store=self.store,
            catalog=FakeCatalog(STAFFED),
            subscribers=self.subscribers,
            carrier=self.carrier,
            templates=FakeTemplates(),
            trials=self.trials,
        )

    def write(self, body: str, versions: Versions) -> None:
        self.store.campaigns["C1"] = replace(a_campaign(), body=body, versions=versions)

    def tried(self, *phones: str, as_if: AsIf = AsIf()) -> list[Trial]:  # noqa: B008
        return self.desk.send("C1", phones, as_if, NOON)


def test_staff_get_the_text_marked_as_a_test() -> None:
    shop = Shop()

    (trial,) = shop.tried(ANA)

    assert trial == Trial(ANA, f"[Test] {BODY}", "out-1")
    (text,) = shop.carrier.texts
    assert (text.to, text.purpose, text.context) == (ANA, Purpose.TRIAL, {"trial": "C1"})


def test_nobody_else_does() -> None:
    shop = Shop(a_subscriber(CHLOE))

    (trial,) = shop.tried(CHLOE)

    assert "staff_phones" in trial.why
    assert shop.carrier.texts == []
    assert not shop.trials.taken


@pytest.mark.parametrize("status", [Status.OPTED_OUT, Status.FORGOTTEN, Status.HELD])
def test_staff_who_said_stop_are_left_alone(status: Status) -> None:
    shop = Shop(a_subscriber(ANA, status=status))

    refused, sent = shop.tried(ANA, BEN)

    assert "opted out" in refused.why
    assert [text.to for text in shop.carrier.texts] == [BEN]
    assert sent.why == ""


def test_a_trial_claims_no_slot_and_counts_in_no_report() -> None:
    shop = Shop(a_subscriber(ANA))
    before = (dict(shop.store.campaigns), dict(shop.store.runs))

    shop.tried(ANA)

    assert (dict(shop.store.campaigns), dict(shop.store.runs)) == before


def test_a_phone_is_texted_once_however_often_it_is_named() -> None:
    shop = Shop()

    assert len(shop.tried(ANA, ANA, ANA)) == len(shop.carrier.texts) == 1


def test_a_day_has_its_limit() -> None:
    shop = Shop()
    for _ in range(TRIALS_A_DAY):
        assert shop.tried(ANA)[0].why == ""

    assert "used up" in shop.tried(ANA)[0].why
    assert len(shop.carrier.texts) == TRIALS_A_DAY
    (tomorrow,) = shop.desk.send("C1", [ANA], AsIf(), NOON + timedelta(days=1))
    assert tomorrow.why == ""


def test_it_is_the_text_of_the_customer_who_is_asked_for() -> None:
    shop = Shop(replace(a_subscriber(ANA), language="es", attributes={"first_name": "Ana"}))
    shop.write(
        "Bluebird Coffee: {{ location.name }}",
        Versions({"es": SPANISH}, (Variant("B", "B {{ location.name }}"),)),
    )

    own, english, other = (
        shop.tried(ANA)[0],
        shop.tried(ANA, as_if=AsIf("DENVER", "en"))[0],
        shop.tried(BEN, as_if=AsIf(variant="B"))[0],
    )

    assert own.text == "[Test] Bluebird Coffee: hola Ana. Responda ALTO para terminar."
    assert english.text == "[Test] Bluebird Coffee: Bluebird Denver"
    assert other.text == "[Test] B Bluebird Downtown"


def test_a_text_that_cannot_be_made_says_why_and_costs_no_trial() -> None:
    shop = Shop()
    shop.write("Hi {{ first_name }}", Versions())

    assert "first_name is not known" in shop.tried(ANA)[0].why
    shop.write("x" * 1528, Versions())
    assert "at most 1530" in shop.tried(ANA)[0].why  # with the mark
    assert not shop.trials.taken


@pytest.mark.parametrize(
    ("certainty", "words"),
    [
        (Certainty.REFUSED, "refuses"),
        (Certainty.POSTPONED, "no more for now"),
        (Certainty.UNKNOWN, "may have been sent"),
    ],
)
def test_what_the_carrier_does_not_take_is_not_called_sent(
    certainty: Certainty, words: str
) -> None:
    shop = Shop()
    shop.carrier.failing = [certainty]

    (trial,) = shop.tried(ANA)

    assert words in trial.why
    assert trial.message_id == ""


def test_what_is_asked_for_must_exist() -> None:
    shop = Shop()
    with pytest.raises(NotFound):
        shop.desk.send("C2", [ANA], AsIf(), NOON)
    with pytest.raises(Invalid):
        shop.tried(ANA, as_if=AsIf("MOON"))
    with pytest.raises(Invalid):
        shop.tried(ANA, as_if=AsIf(variant="Z"))
    with pytest.raises(Conflict):
        replace(shop.desk, catalog=FakeCatalog(EMPTY_SHOP)).send("C1", [ANA], AsIf(), NOON)
