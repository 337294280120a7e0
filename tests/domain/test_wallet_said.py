"""What OFFERS is answered with: everything that somebody can show, in a few parts."""

import pytest

from sayso.domain.codes import derived, page_of, spoken
from sayso.domain.parts import count_parts
from sayso.domain.wallet_said import PARTS_AT_MOST, Held, listed

SHORT_DOMAIN = "https://blue.example"


def held(count: int, title: str = "A free filter coffee", address: str = "") -> list[Held]:
    """So many offers, each with a code of its own."""
    codes = [derived(b"key", f"R{number}", "+13125550101") for number in range(count)]
    return [Held(code, title, page_of(code, address) if address else "") for code in codes]


def said(offers: list[Held]) -> str:
    return listed(offers, "Bluebird Coffee: your offers: {}.".format)


def test_three_offers_are_all_named_with_what_they_are_for() -> None:
    offers = held(3)

    text = said(offers)

    named = "; ".join(f"A free filter coffee {spoken(one.shown)}" for one in offers)
    assert text == f"Bluebird Coffee: your offers: {named}."


def test_each_offer_has_its_page_beside_it_where_there_are_pages() -> None:
    offers = held(3, address=SHORT_DOMAIN)

    text = said(offers)

    assert all(f"{spoken(one.shown)} {one.page}" in text for one in offers)
    assert count_parts(text).parts <= PARTS_AT_MOST


@pytest.mark.parametrize(
    ("count", "title"),
    [(1, "x" * 80), (5, "Ein Kaffee ☕"), (12, "x" * 80), (30, "A free filter coffee")],
)
def test_every_code_is_told_whatever_else_there_would_be_to_say(count: int, title: str) -> None:
    offers = held(count, title, SHORT_DOMAIN)

    text = said(offers)

    assert [one for one in offers if spoken(one.shown) not in text] == []
    assert count_parts(text).parts <= PARTS_AT_MOST


def test_of_many_the_first_have_their_titles_and_no_pages_crowd_them_out() -> None:
    text = said(held(12, "A" * 80, SHORT_DOMAIN))

    assert text.startswith(f"Bluebird Coffee: your offers: {'A' * 80} ")
    assert 1 < text.count("A" * 80) < 12


def test_more_codes_than_can_be_told_are_counted() -> None:
    text = said(held(60))

    told = text.count("; ") + 1
    assert told > 30
    assert text.endswith(f" +{60 - told}.")
    assert count_parts(text).parts == PARTS_AT_MOST


def test_a_single_offer_of_which_no_title_is_known_is_its_code() -> None:
    (one,) = held(1, title="")

    assert said([one]) == f"Bluebird Coffee: your offers: {spoken(one.shown)}."
