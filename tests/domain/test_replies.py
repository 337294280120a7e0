"""Every reply says what CTIA asks for, whatever a marketer has entered."""

import json
import string
from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain import replies
from sayso.domain.catalog import Catalog, Location, Program, Translation
from sayso.domain.contact import Contact, Status
from sayso.domain.parts import count_parts
from sayso.domain.preference import Preference
from sayso.domain.speech.languages import LANGUAGES
from sayso.domain.understanding import intent_of
from sayso.domain.vocabulary import Intent
from tests.support.bluebird import ANA, DOWNTOWN, PROGRAM, SHOP
from tests.support.repository import ROOT

# Of ASCII, the grave accent alone is missing from GSM-7; letters end what a marketer wrote.
ASCII = string.ascii_letters + string.digits + " !\"#$%&'()*+,-./:;<=>?@"
settings = st.builds(
    str.__add__, st.text(ASCII, max_size=28), st.sampled_from(string.ascii_letters)
)
programs = st.builds(Program, name=settings, help_contact=settings, frequency=settings)
codes = st.text(string.ascii_uppercase, min_size=2, max_size=20)
locations = st.builds(Location, code=codes, name=settings, timezone=st.just("America/Chicago"))
choices = st.lists(locations, max_size=8)


class Tongue(NamedTuple):
    """What a reply has to say, in one language."""

    language: str
    help: str
    stop: str
    yes: str
    join: str
    rates: str
    silence: str


TONGUES = (
    Tongue(
        *("en", "HELP", "STOP", "YES", "JOIN"),
        "Msg & data rates may apply.",
        "No more messages will be sent",
    ),
    Tongue(
        *("es", "AYUDA", "ALTO", "SI", "UNIRSE"),
        "Pueden aplicarse tarifas de mensajes y datos.",
        "Dejamos de enviar mensajes",
    ),
    Tongue(
        *("fr", "AIDE", "ARRET", "OUI", "REJOINDRE"),
        "Des frais de messages et de données peuvent s'appliquer.",
        "Plus aucun message ne sera envoyé",
    ),
)
tongues = st.sampled_from(TONGUES)


def to_subscribers(
    tongue: Tongue, catalog: Catalog, program: Program, location: Location | None
) -> list[str]:
    """What is said to people who are subscribed, a new opt-in's confirmation aside."""
    language = tongue.language
    weekly = Preference(most=1, opens=time(10), closes=time(14))
    moved = [replies.moved(program, location, language)] if location else []
    subscriber = Contact(ANA, Status.SUBSCRIBED, preference=weekly)
    return [
        *moved,
        replies.already_in(program, location, "", language),
        replies.paused(program, timedelta(days=366), language),
        replies.less(program, weekly, language),
        replies.more(program, language),
        replies.hours(program, weekly, language),
        replies.hours(program, Preference(), language),
        replies.when(program, Preference(), language),
        replies.when(program, weekly, language),
        replies.about(program, subscriber, location, language),
    ]


def says(reply: str, *parts: str) -> bool:
    """Whether each part is there; a sentence may begin with a capital that a setting lacks."""
    return all(part.casefold() in reply.casefold() for part in parts)


def asked(stores: Sequence[Location]) -> str:
    """How a customer is asked to name one of these stores."""
    return replies.which_store(stores, unknown=False)


@given(tongues, programs, st.none() | locations, choices)
def test_an_opt_in_is_confirmed_with_program_frequency_rates_help_and_stop(
    tongue: Tongue, program: Program, location: Location | None, stores: list[Location]
) -> None:
    question = replies.which_store(stores, unknown=False, language=tongue.language)
    often = replies.frequency(program, tongue.language)
    for reply in (
        replies.opted_in(program, location, question, tongue.language),
        replies.resumed(program, location, tongue.language),
    ):
        assert says(reply, program.name, often, tongue.rates, tongue.help, tongue.stop)


@given(tongues, programs, st.none() | locations)
def test_the_question_of_a_double_opt_in_says_what_a_yes_agrees_to(
    tongue: Tongue, program: Program, location: Location | None
) -> None:
    reply = replies.opt_in_question(program, location, tongue.language)
    often = replies.frequency(program, tongue.language)
    assert says(reply, program.name, tongue.yes, often, tongue.rates, tongue.help, tongue.stop)


@given(tongues, programs)
def test_help_names_the_program_a_person_to_reach_and_how_to_end(
    tongue: Tongue, program: Program
) -> None:
    reply = replies.help_text(program, tongue.language)
    often = replies.frequency(program, tongue.language)
    assert says(reply, program.name, program.help_contact, often, tongue.rates, tongue.stop)


@given(tongues, programs)
def test_an_opt_out_is_confirmed_by_program_and_promises_silence(
    tongue: Tongue, program: Program
) -> None:
    for reply in (
        replies.opted_out(program, tongue.language),
        replies.forgotten(program, tongue.language),
    ):
        assert says(reply, program.name, program.help_contact, tongue.silence)
        offers = reply.replace(program.name, "").replace(program.help_contact, "").upper()
        assert not {"JOIN", "UNIRSE", "REJOINDRE", "START"} & set(offers.split())


@given(tongues, programs)
def test_words_that_may_be_an_opt_out_are_answered_with_how_to_make_it_final(
    tongue: Tongue, program: Program
) -> None:
    reply = replies.held(program, tongue.language)
    assert says(reply, program.name, program.help_contact, tongue.stop)


@given(tongues, programs, st.none() | locations, choices)
def test_whoever_stays_is_told_how_to_end(
    tongue: Tongue, program: Program, location: Location | None, stores: list[Location]
) -> None:
    catalog = Catalog(program, tuple(stores))
    for reply in to_subscribers(tongue, catalog, program, location):
        assert says(reply, program.name, tongue.help, tongue.stop)


@given(tongues, programs, choices)
def test_whoever_gets_no_offers_is_told_how_to_get_help(
    tongue: Tongue, program: Program, stores: list[Location]
) -> None:
    catalog = Catalog(program, tuple(stores))
    for reply in (
        replies.declined(catalog, program, tongue.language),
        replies.not_subscribed(catalog, program, tongue.language),
        replies.about(program, Contact(ANA, Status.UNKNOWN), None, tongue.language),
    ):
        assert says(reply, program.name, tongue.help)


@given(programs, settings)
def test_a_marketers_own_answer_says_who_sends_it(program: Program, words: str) -> None:
    reply = replies.to_keyword(program, words)
    assert says(reply, words)
    assert says(reply.casefold(), program.name.casefold())


@given(tongues, programs, choices)
def test_the_fallback_names_the_program_and_the_mandatory_words(
    tongue: Tongue, program: Program, stores: list[Location]
) -> None:
    reply = replies.not_understood(Catalog(program, tuple(stores)), program, tongue.language)
    assert says(reply, program.name, tongue.join, tongue.help, tongue.stop)


@given(tongues, programs, st.none() | locations, choices)
def test_plain_settings_make_replies_of_the_cheap_alphabet_that_a_carrier_takes(
    tongue: Tongue, program: Program, location: Location | None, stores: list[Location]
) -> None:
    language = tongue.language
    catalog = Catalog(program, tuple(stores))
    question = replies.which_store(stores, unknown=True, language=language)
    for reply in (
        *to_subscribers(tongue, catalog, program, location),
        replies.opted_in(program, location, question, language),
        replies.already_in(program, location, question, language),
        replies.opt_in_question(program, location, language),
        replies.resumed(program, location, language),
        replies.opted_out(program, language),
        replies.opted_out(None, language),
        replies.forgotten(program, language),
        replies.forgotten(None, language),
        replies.held(program, language),
        replies.help_text(program, language),
        replies.not_understood(catalog, program, language),
        replies.declined(catalog, program, language),
        replies.not_subscribed(catalog, program, language),
        replies.not_open_yet(language),
    ):
        counted = count_parts(reply)
        assert (counted.encoding, counted.costly) == ("GSM-7", ())
        assert counted.parts <= 3


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda tongue: tongue.language)
def test_every_text_of_a_language_is_there_in_the_cheap_alphabet(tongue: Tongue) -> None:
    for text in LANGUAGES[tongue.language]:
        for form in [text] if isinstance(text, str) else list(text):
            assert form
            assert not count_parts(form).costly


@pytest.mark.parametrize("tongue", TONGUES, ids=lambda tongue: tongue.language)
def test_the_words_that_a_reply_names_mean_what_it_says(tongue: Tongue) -> None:
    named = {
        tongue.help: Intent.HELP,
        tongue.stop: Intent.STOP,
        tongue.yes: Intent.YES,
        tongue.join: Intent.JOIN,
    }
    assert {word: intent_of(word) for word in named} == named
    commands = {"FORGET ME", "OLVIDAME", "OUBLIEZ MOI", "LESS", "MENOS", "MOINS", "MORE", "MAS"}
    commands |= {"DAVANTAGE", "WHEN 10-14", "CUANDO 10-14", "QUAND 10-14", "WHEN MORNINGS"}
    commands |= {"CUANDO TARDES", "QUAND MATIN", "WHEN ANYTIME", "CUANDO SIEMPRE", "QUAND TOUJOURS"}
    commands |= {"START", "ALTA"}
    texts = " ".join(text for text in LANGUAGES[tongue.language] if isinstance(text, str))
    told = [command for command in commands if command in texts]
    assert told
    assert all(intent_of(command) not in (Intent.NONE, Intent.UNSURE) for command in told)


def test_curly_brackets_in_a_setting_are_only_text() -> None:
    program = replace(PROGRAM, name="{contact}", help_contact="{name} {0}", frequency="{x}/day")
    for language in LANGUAGES:
        assert "{name} {0}" in replies.help_text(program, language)
        assert replies.opted_out(program, language).startswith("{contact}: ")


@pytest.mark.parametrize(
    ("language", "said", "sentence"),
    [
        ("en", "up to 4 msgs/month", "Up to 4 msgs/month."),
        ("es", "up to 4 msgs/month", "Hasta 4 SMS por mes."),
        ("fr", "Up to 4 msgs/month.", "Jusqu'à 4 SMS par mois."),
        ("es", "2 texts a week", "2 SMS por semana."),
        ("fr", "1 msg/day", "1 SMS par jour."),
        ("es", "up to 4 a month, more in December", "La frecuencia de los mensajes es variable."),
        ("fr", "now and then", "La fréquence des messages varie."),
    ],
)
def test_how_often_is_said_in_other_languages_only_as_far_as_it_is_understood(
    language: str, said: str, sentence: str
) -> None:
    assert replies.frequency(replace(PROGRAM, frequency=said), language) == sentence


def test_a_programs_own_translation_goes_first() -> None:
    own = (Translation("es", "de 2 a 4 mensajes al mes"),)
    program = replace(PROGRAM, translations=own)
    assert "De 2 a 4 mensajes al mes. " in replies.opted_in(program, None, "", "es")
    assert "Up to 4 msgs/month. " in replies.opted_in(program, None, "", "en")
    assert "Jusqu'à 4 SMS par mois. " in replies.opted_in(program, None, "", "fr")


def test_a_spanish_programs_english_is_true_too() -> None:
    program = replace(PROGRAM, language="es", frequency="hasta 4 mensajes al mes")
    assert "Hasta 4 mensajes al mes. Pueden" in replies.opted_in(program, None, "")
    assert "Up to 4 msgs/month. Msg & data" in replies.opted_in(program, None, "", "en")


@pytest.mark.parametrize("ending", ["", ".", "!"])
def test_a_marketers_words_end_in_one_full_stop(ending: str) -> None:
    program = replace(
        PROGRAM, frequency="Up to 4 msgs/month" + ending, help_contact="Call us" + ending
    )
    shown = ending or "."
    for reply in (replies.opted_in(program, DOWNTOWN, ""), replies.help_text(program)):
        assert f"Up to 4 msgs/month{shown} Msg & data" in reply
    assert f"Help: Call us{shown} Up to" in replies.help_text(program)


def test_whoever_named_no_store_is_asked_for_it_by_codes() -> None:
    reply = replies.opted_in(PROGRAM, None, asked(SHOP.locations))
    assert reply.endswith("text JOIN DOWNTOWN, JOIN UPTOWN or JOIN DENVER.")


def test_whoever_named_a_store_that_is_not_ours_is_told_so() -> None:
    question = replies.which_store(SHOP.locations, unknown=True)
    assert question.startswith("Sorry, we don't know that store. For your store's offers text")


def test_a_long_list_of_stores_is_cut() -> None:
    many = [replace(DOWNTOWN, code=f"STORE{number}") for number in range(9)]
    reply = replies.opted_in(PROGRAM, None, asked(many))
    assert reply.endswith("JOIN STORE2 or JOIN STORE3 (and more).")


def test_the_seeded_shops_confirmations_take_two_parts_at_most() -> None:
    seed = json.loads(_seed().read_text(encoding="utf-8"))
    own = {name: seed["program"][name] for name in ("name", "help_contact", "frequency")}
    program = Program(**own)
    stores = [
        Location(code, location["name"], location["timezone"])
        for code, location in seed["locations"].items()
    ]
    for store in (None, *stores):
        assert (
            count_parts(replies.opted_in(program, store, "" if store else asked(stores))).parts <= 2
        )
    assert count_parts(replies.opted_in(program, stores[0], "")).parts == 1
    assert count_parts(replies.opted_out(program)).parts == 1


def _seed() -> Path:
    return ROOT / "local" / "sayso_local" / "stack" / "bluebird.json"
