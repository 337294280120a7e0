"""Which store a text names, and which keyword a word is."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.catalog import Catalog, Location
from tests.support.bluebird import COFFEE, DENVER, DOWNTOWN, SHOP, UPTOWN

CODES = [location.code for location in SHOP.locations]


def code_of(text: str, catalog: Catalog = SHOP) -> str | None:
    location = catalog.named_in(text)
    return location.code if location else None


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("DOWNTOWN", "DOWNTOWN"),
        ("downtown", "DOWNTOWN"),
        ("Down Town", "DOWNTOWN"),
        ("down-town!", "DOWNTOWN"),
        ("dówntown", "DOWNTOWN"),
        ("Bluebird, downtown", "DOWNTOWN"),
        ("the downtown store", "DOWNTOWN"),
        ("The Loop", "DOWNTOWN"),
        ("the-loop please", "DOWNTOWN"),
        ("LoDo", "DENVER"),
        ("denver, co", "DENVER"),
    ],
)
def test_a_store_is_named_by_its_code_its_name_or_an_alias(said: str, code: str) -> None:
    assert code_of(said) == code


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("DOWNTWON", "DOWNTOWN"),
        ("dowtnown", "DOWNTOWN"),
        ("downton", "DOWNTOWN"),
        ("dontown", "DOWNTOWN"),
        ("Uptwn", "UPTOWN"),
        ("dever", "DENVER"),
        ("bluebrid denver", "DENVER"),
        ("the dowtown one", "DOWNTOWN"),
    ],
)
def test_a_small_typo_is_forgiven(said: str, code: str) -> None:
    assert code_of(said) == code


@pytest.mark.parametrize("said", ["", "!!!", "Paris", "midtown", "town", "me", "lo", "cities"])
def test_what_names_no_store_names_none(said: str) -> None:
    assert code_of(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "downtown or uptown",
        "UPTOWN DOWNTOWN",
        "the loop, or denver?",
        "downtwon uptwn",
        "the loop uptown",
    ],
)
def test_a_text_that_names_two_stores_names_none(said: str) -> None:
    assert code_of(said) is None


def test_a_typo_that_could_mean_two_stores_means_none() -> None:
    west, wist = (
        Location(code, code.title(), "America/Chicago") for code in ("WESTSIDE", "EASTSIDE")
    )
    catalog = Catalog(None, (west, wist))
    assert code_of("westside", catalog) == "WESTSIDE"
    assert code_of("aestside", catalog) is None


def test_the_longest_name_wins_over_one_inside_it() -> None:
    north_denver = Location("NORTHDENVER", "North Denver", "America/Denver")
    catalog = replace(SHOP, locations=(*SHOP.locations, north_denver))
    assert code_of("north denver", catalog) == "NORTHDENVER"
    assert code_of("denver", catalog) == "DENVER"


@given(st.sampled_from(CODES), st.randoms(use_true_random=False))
def test_a_code_is_found_in_any_casing_and_with_any_separators(code: str, random: object) -> None:
    chosen = getattr(random, "choice")  # noqa: B009
    said = "".join(chosen((letter, letter.lower(), letter + "-", letter + ".")) for letter in code)
    assert code_of(said) == code


@given(st.text())
def test_any_text_at_all_names_at_most_one_store(text: str) -> None:
    assert SHOP.named_in(text) in (None, DOWNTOWN, UPTOWN, DENVER)


def test_the_longest_text_a_carrier_takes_is_searched_in_a_moment() -> None:
    started = time.process_time()
    assert SHOP.named_in("a " * 800) is None
    assert time.process_time() - started < 0.1


@pytest.mark.parametrize("said", ["COFFEE", "coffee", "Coffee!", "cof-fee", "Coffée"])
def test_a_keyword_is_known_in_any_spelling(said: str) -> None:
    assert SHOP.keyword(said) == COFFEE


@pytest.mark.parametrize("said", ["", "tea", "coffeee", "DOWNTOWN"])
def test_a_keyword_is_never_guessed(said: str) -> None:
    assert SHOP.keyword(said) is None


def test_a_location_is_found_by_its_exact_code_alone() -> None:
    assert SHOP.location("DENVER") == DENVER
    assert SHOP.location("denver") is None
