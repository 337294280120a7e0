"""Where a customer's links lead, and whose clicks count."""

from datetime import timedelta
from typing import Any

import crawleruseragents  # type: ignore[import-untyped]
import pytest

from sayso.domain.coupon import Coupon
from tests.support.bluebird import ANA, NOON
from tests.support.campaigns import table_contacts
from tests.support.public_pages import MENU, PublicPages
from tests.support.user_agents import PEOPLE

HOURS = timedelta(hours=1)


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
