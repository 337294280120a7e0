"""The customers' links, from a request to what they see and what the shop counts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import crawleruseragents  # type: ignore[import-untyped]
import pytest

from sayso.adapters.dynamodb.coupons import DynamoCoupons
from sayso.adapters.dynamodb.form_seals import FormSeals
from sayso.adapters.ids import new_id
from sayso.domain.contact import Contact, Status
from sayso.domain.coupon import Coupon, Way
from sayso.handlers import public
from sayso.handlers.offer_page.words import LANGUAGES, WORDS
from sayso.services.form_tokens import FormTokens
from tests.domain.test_visitors import PEOPLE
from tests.support.bluebird import ANA, DENVER, DOWNTOWN, NOON, UPTOWN
from tests.support.campaigns import table_contacts
from tests.support.coupons import a_coupon
from tests.support.logs import LogBook
from tests.support.public_pages import BASE, MENU, STAFFED, PublicPages, opened_pages
from tests.support.qr import codes_in_squares
from tests.support.table import TABLE, everything_in

HOURS = timedelta(hours=1)
LIVE = a_coupon(valid_until=NOON + 6 * 24 * HOURS, places=("DOWNTOWN", "UPTOWN"))
SUBSCRIBED = replace(Contact.stranger(ANA), status=Status.SUBSCRIBED, location="DOWNTOWN")
every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def pages() -> Iterator[PublicPages]:
    with opened_pages() as found:
        table_contacts(found.dynamodb).put(SUBSCRIBED)
        yield found


@pytest.fixture
def coupon(pages: PublicPages) -> Coupon:
    return pages.issued(LIVE)


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


def test_two_presses_before_staffs_eyes_redeem_it(pages: PublicPages, coupon: Coupon) -> None:
    question = pages.send(f"/o/{coupon.code}", do="ask")
    assert "Is staff looking at this screen?" in question.words
    assert pages.coupons.uses(coupon.code) == []
    proof = pages.send(f"/o/{coupon.code}", do="redeem", token=question.token, place="UPTOWN")
    assert "✓ Redeemed Nov 23, 12:00 PM · Bluebird Uptown" in proof.words
    (use,) = pages.coupons.uses(coupon.code)
    assert (use.way, use.place, use.by, use.at) == (Way.PAGE, "UPTOWN", "", NOON)
    ana = table_contacts(pages.dynamodb).get(ANA)
    assert ana is not None
    assert (list(ana.visits), ana.redeemed_at) == (["UPTOWN"], NOON)


def test_pressed_twice_the_same_form_is_the_same_use(pages: PublicPages, coupon: Coupon) -> None:
    token = pages.send(f"/o/{coupon.code}", do="ask").token
    first, second = (
        pages.send(f"/o/{coupon.code}", do="redeem", token=token, place="UPTOWN") for _ in "12"
    )
    assert "✓ Redeemed" in first.words
    assert second.words == first.words
    assert len(pages.coupons.uses(coupon.code)) == 1


def test_another_form_finds_it_used_and_says_when_and_where(
    pages: PublicPages, coupon: Coupon
) -> None:
    another = pages.send(f"/o/{coupon.code}", do="ask").token
    pages.redeems(coupon.code, place="UPTOWN")
    pages.now += HOURS
    for page in (
        pages.send(f"/o/{coupon.code}", do="redeem", token=another),
        pages.send(f"/o/{coupon.code}", do="ask"),
        pages.get(f"/o/{coupon.code}"),
    ):
        assert (
            "This one has been used Redeemed on Nov 23, 12:00 PM at Bluebird Uptown." in page.words
        )
        assert "Redeem at the counter" not in page.words
    assert len(pages.coupons.uses(coupon.code)) == 1


@pytest.mark.parametrize("token", ["", "x", "a.1.b", "é"])
def test_without_the_questions_own_token_nothing_is_redeemed(
    pages: PublicPages, coupon: Coupon, token: str
) -> None:
    page = pages.send(f"/o/{coupon.code}", do="redeem", token=token)
    assert page.status == 422
    assert page.token != token
    assert pages.coupons.uses(coupon.code) == []


def test_the_token_of_another_coupon_redeems_nothing(pages: PublicPages, coupon: Coupon) -> None:
    other = pages.issued(a_coupon(run_id="R2"))
    token = pages.send(f"/o/{other.code}", do="ask").token
    assert pages.send(f"/o/{coupon.code}", do="redeem", token=token).status == 422
    assert pages.coupons.uses(coupon.code) == []


def test_the_token_of_yesterday_redeems_nothing(pages: PublicPages, coupon: Coupon) -> None:
    token = pages.send(f"/o/{coupon.code}", do="ask").token
    pages.now += 13 * HOURS
    assert pages.send(f"/o/{coupon.code}", do="redeem", token=token).status == 422
    assert pages.coupons.uses(coupon.code) == []


def test_looking_at_the_page_redeems_nothing_whoever_looks(
    pages: PublicPages, coupon: Coupon
) -> None:
    for target in ("", "?do=redeem", "?do=redeem&token=x"):
        pages.get(f"/o/{coupon.code}{target}")
        pages.get(f"/o/{coupon.code}{target}", method="HEAD")
    assert pages.coupons.uses(coupon.code) == []


def test_the_proof_has_a_clock_that_runs_and_is_no_proof_a_minute_later(
    pages: PublicPages, coupon: Coupon
) -> None:
    token = pages.send(f"/o/{coupon.code}", do="ask").token
    pages.now += timedelta(minutes=5, seconds=7)
    form = {"do": "redeem", "token": token, "place": "UPTOWN"}
    proof = pages.send(f"/o/{coupon.code}", **form)
    assert ".clock .seconds{animation-delay:-7s}" in proof.html
    assert ".clock .minutes{animation-delay:-307s}" in proof.html
    assert 'class="late"' not in proof.html
    pages.now += timedelta(minutes=1)
    late = pages.send(f"/o/{coupon.code}", **form)
    assert 'class="late"' in late.html
    assert "12:05 PM" in late.words


def test_what_staff_took_back_is_no_proof_any_more(pages: PublicPages, coupon: Coupon) -> None:
    token = pages.send(f"/o/{coupon.code}", do="ask").token
    pages.send(f"/o/{coupon.code}", do="redeem", token=token)
    public.counter().undo("+13125550155", pages.now, code=coupon.code)
    again = pages.send(f"/o/{coupon.code}", do="redeem", token=token)
    assert "✓ Redeemed" not in again.words
    assert "Redeem at the counter" in again.words


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


def test_a_code_that_all_share_is_redeemed_by_staff_alone(pages: PublicPages) -> None:
    pages.issued(a_coupon(code="SPRING", phone="", most_uses=0))
    assert "Redeem at the counter" not in pages.get("/o/SPRING").words
    token = FormTokens(FormSeals(pages.dynamodb, TABLE), new_id).make("redeem SPRING", pages.now)
    for form in ({"do": "ask"}, {"do": "redeem", "token": token}):
        page = pages.send("/o/SPRING", **form)
        assert (page.status, "Is staff looking" in page.words) == (200, False)
    assert pages.coupons.uses("SPRING") == []


def test_a_short_link_leads_where_the_campaign_says(pages: PublicPages, coupon: Coupon) -> None:
    page = pages.get(f"/o/{coupon.code}/menu")
    assert (page.status, page.headers["location"]) == (302, MENU)
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "link", ["plain", "other", "https:%2F%2Fevil.example", "..", "menu?to=https://evil.example"]
)
def test_no_link_leads_anywhere_else(pages: PublicPages, coupon: Coupon, link: str) -> None:
    page = pages.get(f"/o/{coupon.code}/{link}")
    assert page.headers.get("location", MENU) == MENU
    assert "evil" not in page.headers.get("location", "")


def test_a_persons_clicks_count_them_once_and_each_click(
    pages: PublicPages, coupon: Coupon
) -> None:
    pages.get(f"/o/{coupon.code}")
    pages.now += HOURS
    pages.get(f"/o/{coupon.code}/menu")
    tally = pages.tally()
    assert (tally["clicked"], tally["clicks"], tally.get("previews", 0)) == (1, 2, 0)
    assert tally["l=DOWNTOWN|clicked"] == 1
    ana = table_contacts(pages.dynamodb).get(ANA)
    assert ana is not None
    assert ana.clicked_at == NOON + HOURS
    kept = pages.coupons.get(coupon.code)
    assert kept is not None
    assert kept.clicked_at == NOON


@pytest.mark.parametrize("who", PEOPLE)
def test_whoever_reads_in_a_browser_is_a_person(
    pages: PublicPages, coupon: Coupon, who: str
) -> None:
    pages.user_agent = PEOPLE[who]
    pages.get(f"/o/{coupon.code}")
    assert pages.tally()["clicked"] == 1


def test_previews_and_scanners_see_the_page_and_count_as_no_people(
    pages: PublicPages, coupon: Coupon
) -> None:
    """One in twenty of those on record: moto is slow, and the record itself is tested whole."""
    rows: list[Any] = crawleruseragents.CRAWLER_USER_AGENTS_DATA
    people = {"AP3A\\.240617\\.008", "MetaIAB Facebook"}
    known = [row for row in rows if row["instances"] and row["pattern"] not in people]
    names = [row["instances"][0] for row in known[::20]]
    for at, name in enumerate(names):
        pages.user_agent = name
        assert pages.get(f"/o/{coupon.code}{'/menu' if at % 2 else ''}").status in (200, 302)
    assert pages.tally() == {"previews": len(names)}
    assert len(names) > 70
    ana = table_contacts(pages.dynamodb).get(ANA)
    assert ana is not None
    assert ana.clicked_at is None


def test_what_is_asked_for_ahead_of_time_is_no_click(pages: PublicPages, coupon: Coupon) -> None:
    head = pages.get(f"/o/{coupon.code}", method="HEAD")
    assert (head.status, head.html) == (200, "")
    pages.get(f"/o/{coupon.code}", sec_purpose="prefetch;prerender")
    pages.get(f"/o/{coupon.code}", sec_fetch_dest="empty")
    assert pages.tally() == {"previews": 3}


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
