"""What is texted from the counter, and what only sounds like it."""

import pytest

from sayso.domain.catalog import Catalog, Keyword
from sayso.domain.codes import derived, spoken
from sayso.domain.counter_words import amount_of
from sayso.domain.understanding import Reading, understand
from sayso.domain.vocabulary import Intent
from tests.support.bluebird import DOWNTOWN, PROGRAM, SHOP

CODE = derived(b"key", "R1", "+13125550101")
SPOKEN = spoken(CODE)
HALVES = SPOKEN.replace("-", " ").lower()


def read(said: str, *, is_staff: bool = False) -> Reading:
    return understand(said, SHOP, is_staff=is_staff)


@pytest.mark.parametrize("is_staff", [True, False])
@pytest.mark.parametrize(
    ("said", "amount"),
    [
        (f"USE {CODE}", None),
        (f"use {SPOKEN}", None),
        (f"Redeem: {HALVES}", None),
        (f"USE {SPOKEN} 23.50", 23_500_000),
        (f"use {HALVES} $7 please", 7_000_000),
        (f"USE {CODE} 23,5", 23_500_000),
        (f"USE {SPOKEN}, 23.50!", 23_500_000),
        (f"Use {SPOKEN}!", None),
    ],
)
def test_a_code_of_ours_after_use_is_meant_for_the_counter(
    said: str, amount: int | None, is_staff: bool
) -> None:
    reading = read(said, is_staff=is_staff)

    assert (reading.intent, reading.code, reading.amount) == (Intent.USE, CODE, amount)
    assert reading.is_sure


@pytest.mark.parametrize(
    "said",
    [
        "use",
        "I use it every day",
        "can I use my coupon twice",
        "use the other door",
        "redeem my points",
        "USE SPRING",
        f"use {CODE[:-1]}",
        f"use {CODE} it is nice",
        f"I want to use {CODE}",
    ],
)
def test_an_ordinary_sentence_of_a_customer_stays_one(said: str) -> None:
    assert read(said).intent is Intent.NONE


@pytest.mark.parametrize("said", ["USE SPRING", "redeem till-0042", "Use K7P4-XQ9N", "USE ABC 4"])
def test_staff_may_enter_a_code_of_any_kind(said: str) -> None:
    assert read(said, is_staff=True).intent is Intent.USE


@pytest.mark.parametrize(
    "said", ["use", "Redeem!", "use the back door instead", "redeem what you like"]
)
def test_staff_enter_nothing_without_a_code(said: str) -> None:
    assert read(said, is_staff=True).intent is Intent.NONE


def test_the_amount_of_a_shared_code_is_no_part_of_it() -> None:
    reading = read("USE spring 4.25", is_staff=True)

    assert (reading.code, reading.amount) == ("SPRING", 4_250_000)


@pytest.mark.parametrize("said", ["UNDO", "undo!", f"undo {SPOKEN}"])
def test_undo_is_for_staff(said: str) -> None:
    assert read(said, is_staff=True).intent is Intent.UNDO
    assert read(said).intent is not Intent.UNDO


@pytest.mark.parametrize("said", ["use STOP", "redeem end", "use stop texting me", "STOP", "end"])
@pytest.mark.parametrize("is_staff", [True, False])
def test_what_may_be_an_opt_out_stays_one(said: str, is_staff: bool) -> None:
    assert read(said, is_staff=is_staff).intent in (Intent.STOP, Intent.UNSURE)


@pytest.mark.parametrize("said", ["OFFERS", "my offers", "Ofertas!", "mis ofertas", "mes offres"])
def test_offers_are_asked_for_in_three_languages(said: str) -> None:
    assert read(said).intent is Intent.OFFERS


@pytest.mark.parametrize("said", ["no more offers", "offers suck", "stop offers", "any offers on?"])
def test_offers_in_a_sentence_ask_for_none(said: str) -> None:
    assert read(said).intent is not Intent.OFFERS


def test_the_shops_own_keyword_goes_first() -> None:
    shop = Catalog(PROGRAM, SHOP.locations, (Keyword("OFFERS"),))

    assert understand("offers", shop).intent is Intent.JOIN


@pytest.mark.parametrize(
    "said", [f"JOIN FROM {SPOKEN}", f"join from {HALVES} please", f"unirme de {CODE}"]
)
def test_a_friends_code_in_a_join_is_no_store(said: str) -> None:
    reading = read(said)

    assert (reading.intent, reading.code, reading.unplaced) == (Intent.JOIN, CODE, "")


def test_a_store_and_a_friend_go_together() -> None:
    reading = read(f"JOIN downtown from {SPOKEN}")

    assert (reading.location, reading.code) == (DOWNTOWN, CODE)


def test_what_is_no_code_is_a_store_that_nobody_knows() -> None:
    reading = read("JOIN from the website")

    assert (reading.code, bool(reading.unplaced)) == ("", True)


@pytest.mark.parametrize(
    ("said", "amount"),
    [("23.50", 23_500_000), ("$0.05", 50_000), ("1,5", 1_500_000), ("100", 100_000_000)],
)
def test_amounts_are_read_as_people_write_them(said: str, amount: int) -> None:
    assert amount_of(said) == amount


@pytest.mark.parametrize("said", ["", "-3", "1.234", "12345678", "5e3", "abc", "2.5.0"])
def test_what_is_no_amount_is_none(said: str) -> None:
    assert amount_of(said) is None
