"""Every reply says what CTIA asks for, whatever a marketer has entered."""

import json
import string
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain import replies
from sayso.domain.catalog import Catalog, Location, Program
from sayso.domain.parts import count_parts
from tests.support.bluebird import DOWNTOWN, PROGRAM, SHOP
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
RATES = "Msg & data rates may apply."


def says(reply: str, *parts: str) -> bool:
    """Whether each part is there; a sentence may begin with a capital that a setting lacks."""
    return all(part.casefold() in reply.casefold() for part in parts)


def asked(stores: Sequence[Location]) -> str:
    """How a customer is asked to name one of these stores."""
    return replies.which_store(stores, unknown=False)


@given(programs, st.none() | locations, choices)
def test_an_opt_in_is_confirmed_with_program_frequency_rates_help_and_stop(
    program: Program, location: Location | None, stores: list[Location]
) -> None:
    reply = replies.opted_in(program, location, asked(stores))
    assert says(reply, program.name, program.frequency, RATES, "HELP", "STOP")


@given(programs, st.none() | locations)
def test_the_question_of_a_double_opt_in_says_what_a_yes_agrees_to(
    program: Program, location: Location | None
) -> None:
    reply = replies.opt_in_question(program, location)
    assert says(reply, program.name, "YES", program.frequency, RATES, "HELP", "STOP")


@given(programs)
def test_help_names_the_program_a_person_to_reach_and_how_to_end(program: Program) -> None:
    reply = replies.help_text(program)
    assert program.help_contact in reply
    assert says(reply, program.name, program.help_contact, program.frequency, RATES, "STOP")


@given(programs)
def test_an_opt_out_is_confirmed_by_program_and_promises_silence(program: Program) -> None:
    reply = replies.opted_out(program)
    assert says(reply, program.name, "opted out", "No more messages")
    assert "JOIN" not in reply


@given(programs, st.none() | locations, choices)
def test_whoever_joins_again_is_told_how_to_end(
    program: Program, location: Location | None, stores: list[Location]
) -> None:
    again = replies.already_in(program, location, asked(stores))
    assert says(again, program.name, "HELP", "STOP")
    if location:
        assert says(replies.moved(program, location), program.name, location.name, "STOP")


@given(programs, settings)
def test_a_marketers_own_answer_says_who_sends_it(program: Program, words: str) -> None:
    reply = replies.to_keyword(program, words)
    assert says(reply, words)
    assert says(reply.casefold(), program.name.casefold())


@given(programs, choices)
def test_the_fallback_names_the_program_and_the_mandatory_words(
    program: Program, stores: list[Location]
) -> None:
    reply = replies.not_understood(Catalog(program, tuple(stores)), program)
    assert says(reply, program.name, "JOIN", "HELP", "STOP")


@given(programs, st.none() | locations, choices)
def test_plain_settings_make_replies_of_the_cheap_alphabet_that_a_carrier_takes(
    program: Program, location: Location | None, stores: list[Location]
) -> None:
    catalog = Catalog(program, tuple(stores))
    for reply in (
        replies.opted_in(program, location, asked(stores)),
        replies.opt_in_question(program, location),
        replies.already_in(program, location, asked(stores)),
        replies.opted_out(program),
        replies.opted_out(None),
        replies.help_text(program),
        replies.not_understood(catalog, program),
        replies.not_open_yet(),
    ):
        counted = count_parts(reply)
        assert (counted.encoding, counted.costly) == ("GSM-7", ())
        assert counted.parts <= 3


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
