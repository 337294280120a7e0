"""What may be offered, and where links may lead: nowhere that the shop's name should not vouch."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.codes import SAMPLE_CODE, spoken
from sayso.domain.offer import Codes, Links, Offer
from sayso.domain.offer_checks import check_links, checked_offer, faults_of_names
from sayso.domain.refusal import Refused
from tests.support.bluebird import ADDRESS, SHOP

COFFEE = Offer("A free filter coffee", places=("DOWNTOWN", "UPTOWN"))
SPRING = replace(COFFEE, codes=Codes.SHARED, shared_code="SPRING")


def field_at_fault(offer: Offer) -> str:
    with pytest.raises(Refused) as refused:
        checked_offer(offer, SHOP)
    return refused.value.field


def test_a_sound_offer_is_kept_in_its_tidy_form() -> None:
    assert checked_offer(None, SHOP) is None
    assert checked_offer(COFFEE, SHOP) == COFFEE
    untidy = replace(
        SPRING, title=" Rolls ", shared_code="spring 26!".rstrip("!"), places=("UPTOWN", "UPTOWN")
    )
    tidy = replace(SPRING, title="Rolls", shared_code="SPRING26", places=("UPTOWN",))
    assert checked_offer(untidy, SHOP) == tidy


@pytest.mark.parametrize(
    ("offer", "field"),
    [
        (replace(COFFEE, title=" "), "offer.title"),
        (replace(COFFEE, title="x" * 81), "offer.title"),
        (replace(COFFEE, title="two\nlines"), "offer.title"),
        (replace(COFFEE, terms="x" * 1001), "offer.terms"),
        (replace(COFFEE, terms="bell \x07"), "offer.terms"),
        (replace(COFFEE, uses=0), "offer.uses"),
        (replace(COFFEE, uses=1001), "offer.uses"),
        (replace(COFFEE, remind_hours=-1), "offer.remind_hours"),
        (replace(COFFEE, remind_hours=24 * 14 + 1), "offer.remind_hours"),
        (replace(COFFEE, worth=-1), "offer.worth"),
        (replace(COFFEE, places=("DOWNTOWN", "BOSTON")), "offer.places"),
        (replace(COFFEE, shared_code="SPRING"), "offer.shared_code"),
        (replace(SPRING, shared_code=""), "offer.shared_code"),
        (replace(SPRING, shared_code="TEA"), "offer.shared_code"),
        (replace(SPRING, shared_code="2350"), "offer.shared_code"),
        (replace(SPRING, shared_code="ÉTÉ26"), "offer.shared_code"),
        (replace(SPRING, shared_code=spoken(SAMPLE_CODE)), "offer.shared_code"),
        (replace(COFFEE, codes=Codes.POOL), "offer.pool"),
        (replace(COFFEE, pool="P1"), "offer.pool"),
    ],
)
def test_what_is_wrong_with_an_offer_is_refused_by_its_field(offer: Offer, field: str) -> None:
    assert field_at_fault(offer) == field


def test_terms_may_have_lines() -> None:
    assert checked_offer(replace(COFFEE, terms="One each.\nNot on Sundays."), SHOP)


@pytest.mark.parametrize(
    "target",
    [
        "https://bluebird.example.com/menu",
        "https://www.bluebird.com",
        "https://bluebird.com:443/a?b=c#d",
        "https://BLUEBIRD.com/caf%C3%A9",
        "https://xn--caf-dma.com/",
    ],
)
def test_links_lead_to_public_web_sites(target: str) -> None:
    check_links(Links({"menu": target}))


@pytest.mark.parametrize(
    "target",
    [
        "",
        "menu",
        "http://bluebird.com/menu",
        "//bluebird.com",
        "javascript:alert(1)",
        "data:text/html,hi",
        "ftp://bluebird.com",
        "https://",
        "https:///menu",
        "https://localhost/menu",
        "https://printer/menu",
        "https://till.local/",
        "https://shop.internal",
        "https://shop.localhost./",
        "https://127.0.0.1/",
        "https://10.0.0.7/menu",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[fd00::1]/",
        "https://2130706433/",
        "https://0x7f.0.0.1/",
        "https://127.1/",
        "https://8.8.8.8/",
        "https://bluebird.com:8443/",
        "https://bluebird.com:99999/",
        "https://bluebird.com@evil.com/",
        "https://user:word@bluebird.com/",
        "https://bluebird.com\\@evil.com/",
        "https://bluebird.com/a b",
        "https://bluebird.com/\nSet-Cookie: a",
        "https://bit.ly/3abc",
        "https://www.tinyurl.com/3abc",
        "https://BIT.LY./3abc",
        "https://café.com/",
        "https://bluebird..com/",
        "https://-bluebird.com/",
        f"https://bluebird.com/{'x' * 1000}",
    ],
)
def test_links_lead_nowhere_else(target: str) -> None:
    with pytest.raises(Refused) as refused:
        check_links(Links({"menu": target}))
    assert refused.value.field == "links.menu"


@given(st.text(max_size=60))
def test_whatever_passes_begins_with_https_and_a_name(target: str) -> None:
    try:
        check_links(Links({"menu": target}))
    except Refused:
        return
    assert target.lower().startswith("https://")
    assert target.isascii()
    assert not set(target) & set(' \r\n\t\\"<>')


@pytest.mark.parametrize("name", ["", "Menu", "the menu", "1st", "x" * 21, "a-b", "a/b"])
def test_a_link_has_a_name_that_a_template_can_use(name: str) -> None:
    with pytest.raises(Refused, match="a name has small letters"):
        check_links(Links({name: "https://bluebird.com"}))


def test_ten_links_are_enough() -> None:
    targets = {f"menu{number}": "https://bluebird.com" for number in range(11)}
    with pytest.raises(Refused, match="at most 10"):
        check_links(Links(targets))


def test_a_text_asks_only_for_what_its_campaign_has() -> None:
    assert list(faults_of_names({"code", "offer", "link", "links.menu"}, COFFEE, ADDRESS)) == []
    assert list(faults_of_names({"first_name", "links.menu"}, None, ADDRESS)) == []
    (no_offer,) = faults_of_names({"code", "link"}, None, ADDRESS)
    assert "code and link" in no_offer
    (no_address,) = faults_of_names({"code", "link", "links.menu"}, COFFEE, "")
    assert "link and links.menu" in no_address
    assert "public_url" in no_address
