"""The customers' page of an offer: what is on it, and what strangers and machines learn there."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from sayso.adapters.dynamodb.coupons import DynamoCoupons
from sayso.domain.contact import Status
from sayso.domain.coupon import Coupon
from sayso.handlers import public
from sayso.handlers.offer_page.words import LANGUAGES, WORDS
from tests.support.bluebird import ANA, DENVER, DOWNTOWN, NOON, UPTOWN
from tests.support.campaigns import table_contacts
from tests.support.logs import LogBook
from tests.support.offer_pages import LIVE, SUBSCRIBED
from tests.support.public_pages import BASE, STAFFED, PublicPages, opened_pages
from tests.support.qr import codes_in_squares
from tests.support.table import everything_in

HOURS = timedelta(hours=1)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def test_the_page_has_the_offer_the_code_its_end_its_stores_and_the_way_out(
    pages: PublicPages, coupon: Coupon
) -> None:
    page = pages.get(f"/o/{coupon.code}")
    assert page.status == 200
    for words in (
        *("Bluebird Coffee", "A free filter coffee", "Good until Nov 29, 12:00 PM"),
        *("Bluebird Downtown", "Bluebird Uptown", "One per person.", "Reply STOP"),
        f"{coupon.code[:4]}-{coupon.code[4:]}",
    ):
        assert words in page.words
    assert "Denver" not in page.words


def test_a_store_whose_place_is_known_has_a_way_there() -> None:
    downtown = replace(DOWNTOWN, address="22 W Main St, Chicago, IL")
    uptown = replace(UPTOWN, latitude=41_978_000, longitude=-87_650_000)
    with opened_pages(replace(STAFFED, locations=(downtown, uptown, DENVER))) as pages:
        coupon = pages.issued(replace(LIVE, places=("DOWNTOWN", "UPTOWN", "DENVER")))
        page = pages.get(f"/o/{coupon.code}")
    maps = "https://www.google.com/maps/dir/?api=1&amp;destination="
    assert re.findall(r'href="([^"]+)"', page.html) == [
        f"{maps}22+W+Main+St%2C+Chicago%2C+IL",
        f"{maps}41.978000%2C-87.650000",
    ]
    assert "22 W Main St, Chicago, IL" in page.words


WEEK = tuple((day, 7 * 60, 19 * 60) for day in range(5))


@pytest.mark.parametrize(
    ("hours", "language", "told"),
    [
        (WEEK, "en", "Open now · closes 7:00 PM"),
        (((0, 10 * 60, 24 * 60),), "en", "Open now · closes 11:59 PM"),
        (((0, 13 * 60, 19 * 60),), "en", "Closed now · opens 1:00 PM"),
        (((1, 7 * 60, 19 * 60),), "en", "Closed now · opens Nov 24, 7:00 AM"),
        (tuple((day, 0, 24 * 60) for day in range(7)), "en", "Open now Directions"),
        (WEEK, "es", "Abierto ahora · cierra: 7:00 PM"),
        (WEEK, "fr", "Ouvert en ce moment · ferme : 19 h 00"),
    ],
)
def test_a_store_whose_hours_are_known_says_whether_it_is_open_now(
    hours: tuple[tuple[int, int, int], ...], language: str, told: str
) -> None:
    downtown = replace(DOWNTOWN, address="22 W Main St, Chicago, IL", hours=hours)
    with opened_pages(replace(STAFFED, locations=(downtown,))) as pages:
        coupon = pages.issued(replace(LIVE, places=("DOWNTOWN",), language=language))
        assert told in pages.get(f"/o/{coupon.code}").words


def test_a_store_that_is_closed_for_good_as_far_as_is_known_is_said_to_be_closed() -> None:
    downtown = replace(DOWNTOWN, holidays=((NOON.date().isoformat(), ()),))
    with opened_pages(replace(STAFFED, locations=(downtown, UPTOWN))) as pages:
        page = pages.get(f"/o/{pages.issued(LIVE).code}")
    assert "Bluebird Downtown Closed now Bluebird Uptown" in page.words


def test_a_store_whose_hours_are_not_known_says_nothing_of_them(
    pages: PublicPages, coupon: Coupon
) -> None:
    words = pages.get(f"/o/{coupon.code}").words
    assert "now" not in words.partition("Where")[2]


def test_a_scanner_reads_the_pages_own_address(pages: PublicPages, coupon: Coupon) -> None:
    assert codes_in_squares(pages.get(f"/o/{coupon.code}").html) == [f"{BASE}/o/{coupon.code}"]


def test_the_page_runs_nothing_loads_nothing_and_is_framed_nowhere(
    pages: PublicPages, coupon: Coupon
) -> None:
    for page in (pages.get(f"/o/{coupon.code}"), pages.redeems(coupon.code)):
        assert not re.search(r"<(script|img|iframe|link|object|base)\b| on\w+=| style=", page.html)
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "script-src" not in policy
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["referrer-policy"] == "no-referrer"


@every_language
def test_the_page_speaks_the_language_of_the_text_that_brought_it(
    pages: PublicPages, language: str
) -> None:
    coupon = pages.issued(replace(LIVE, language=language))
    page = pages.get(f"/o/{coupon.code}", accept_language="en")
    assert WORDS[language]["code"] in page.words
    assert f'<html lang="{language}">' in page.html
    assert WORDS[language]["redeemed"] in pages.redeems(coupon.code).words


def test_every_sentence_is_there_in_every_language() -> None:
    assert len({frozenset(words) for words in WORDS.values()}) == 1
    for key, english in WORDS["en"].items():
        asked = set(re.findall(r"{\w+}", english))
        assert [set(re.findall(r"{\w+}", WORDS[one][key])) for one in LANGUAGES] == [asked] * 3


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"valid_until": NOON - HOURS}, "This offer is over It was good until Nov 23, 11:00 AM."),
        ({"valid_from": NOON + HOURS}, "Not yet It is good from Nov 23, 1:00 PM."),
    ],
)
def test_an_offer_that_is_over_or_not_yet_on_is_not_to_be_had(
    pages: PublicPages, changes: dict[str, Any], words: str
) -> None:
    coupon = pages.issued(replace(LIVE, **changes))
    for page in (pages.get(f"/o/{coupon.code}"), pages.send(f"/o/{coupon.code}", do="ask")):
        assert words in page.words
        assert "Redeem at the counter" not in page.words


@pytest.mark.parametrize("code", ["K7P4XQ9M", "x", "%3Cscript%3E", "health", "-", "A" * 300])
def test_a_code_that_is_nobodys_says_so_kindly_and_always_alike(
    pages: PublicPages, code: str
) -> None:
    for target in (f"/o/{code}", f"/o/{code}/menu"):
        page = pages.get(target)
        assert page.status == 404
        assert "There is nothing behind this link" in page.words
        assert "script" not in page.html


def test_whoever_tries_too_many_codes_is_locked_out_without_a_look(
    pages: PublicPages, coupon: Coupon
) -> None:
    assert [pages.get("/o/K7P4XQ9M").status for _ in range(12)] == [404] * 10 + [429] * 2
    assert pages.get(f"/o/{coupon.code}").status == 429
    assert pages.get(f"/o/{coupon.code}/menu").status == 429
    assert pages.send(f"/o/{coupon.code}", do="ask").status == 429
    pages.ip = "198.51.100.7"
    assert pages.get(f"/o/{coupon.code}").status == 200


def test_looking_at_ones_own_offer_uses_up_no_tries(pages: PublicPages, coupon: Coupon) -> None:
    statuses = [pages.get(f"/o/{coupon.code}").status for _ in range(15)]
    assert statuses == [200] * 15
    windows = [one for one in everything_in(pages.dynamodb) if one["pk"]["S"].startswith("LIMIT#")]
    assert windows == []


def test_a_forgotten_customers_page_shows_and_redeems_nothing(
    pages: PublicPages, coupon: Coupon
) -> None:
    table_contacts(pages.dynamodb).put(replace(SUBSCRIBED, status=Status.FORGOTTEN))
    assert "This offer was taken back" in pages.get(f"/o/{coupon.code}").words


def test_too_busy_a_storage_is_told_as_such_and_nothing_is_lost(
    pages: PublicPages, coupon: Coupon, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = pages.send(f"/o/{coupon.code}", do="ask").token
    with monkeypatch.context() as patch:
        patch.setattr(DynamoCoupons, "look", _too_busy)
        page = pages.send(f"/o/{coupon.code}", do="redeem", token=token)
    assert (page.status, page.headers["retry-after"]) == (503, "60")
    assert "✓ Redeemed" in pages.send(f"/o/{coupon.code}", do="redeem", token=token).words
    assert len(pages.coupons.uses(coupon.code)) == 1


def _too_busy(*_: object) -> None:
    raise TimeoutError


def test_neither_code_nor_number_nor_address_is_logged(pages: PublicPages, coupon: Coupon) -> None:
    log = LogBook(public.logger)
    pages.redeems(coupon.code)
    pages.get(f"/o/{coupon.code}/menu")
    text = log.text
    assert [line["what"] for line in log.lines] == ["asked", "redeemed", "followed"]
    assert not [one for one in (coupon.code, ANA, pages.ip, "menu.bluebird") if one in text]


def test_nothing_personal_is_in_any_address_of_the_page(pages: PublicPages, coupon: Coupon) -> None:
    page = pages.get(f"/o/{coupon.code}")
    assert ANA.lstrip("+") not in page.html
