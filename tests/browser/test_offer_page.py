"""The customer's page in a browser that runs no script, and without a stack."""

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from tests.browser.legible import fits
from tests.support.bluebird import DOWNTOWN, NOON, UPTOWN
from tests.support.chromium import resize
from tests.support.coupons import a_coupon
from tests.support.phones import eventually
from tests.support.public_pages import STAFFED, opened_pages
from tests.support.public_server import PublicServer, public_server

SCREENS = [(1280, 900, False), (390, 844, True), (360, 640, True)]
STORES = (replace(DOWNTOWN, address="22 West Main Street, Chicago, IL 60601"), UPTOWN)
COUPON = a_coupon(valid_until=NOON + timedelta(days=6))


@pytest.fixture
def server() -> Iterator[PublicServer]:
    with opened_pages(replace(STAFFED, locations=STORES)) as pages, public_server(pages) as found:
        pages.issued(COUPON)
        yield found


@pytest.fixture
def page(browser: Chrome, server: PublicServer) -> Iterator[Chrome]:
    """Ana's page on her phone."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    resize(browser, 390, 844, mobile=True)
    browser.get(f"{server.address}/o/{COUPON.code}")
    browser.get_log("browser")  # type: ignore[no-untyped-call]
    yield browser
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    browser.get("about:blank")


def press(page: Chrome, words: str) -> None:
    """Press the button that says so, once it is there."""
    found = eventually(lambda: page.find_elements(By.XPATH, f"//button[.='{words}']"))
    found[0].click()


def says(page: Chrome, words: str, selector: str = "h1") -> bool:
    """Wait for the page whose heading that is."""

    def said() -> bool:
        with suppress(StaleElementReferenceException):
            found = page.find_elements(By.CSS_SELECTOR, selector)
            return any(one.text == words for one in found)
        return False

    return bool(eventually(said))


def sees(page: Chrome, selector: str) -> bool:
    """Whether it is there to be seen; between two pages nothing is."""
    with suppress(StaleElementReferenceException):
        return any(one.is_displayed() for one in page.find_elements(By.CSS_SELECTOR, selector))
    return False


def redeem(page: Chrome) -> None:
    press(page, "Redeem at the counter")
    press(page, "Yes, redeem now")
    assert says(page, "✓ Redeemed", ".proof h2")


def test_a_link_two_presses_and_a_proof_without_any_script(
    page: Chrome, server: PublicServer
) -> None:
    assert says(page, "A free filter coffee")
    redeem(page)
    assert [use.place for use in server.pages.coupons.uses(COUPON.code)] == ["DOWNTOWN"]
    page.refresh()  # sends the form again: the same use
    assert len(server.pages.coupons.uses(COUPON.code)) == 1
    page.get(f"{server.address}/o/{COUPON.code}")
    assert says(page, "This one has been used")


def test_not_yet_leads_back_and_redeems_nothing(page: Chrome, server: PublicServer) -> None:
    press(page, "Redeem at the counter")
    press(page, "Not yet")
    assert says(page, "A free filter coffee")
    assert server.pages.coupons.uses(COUPON.code) == []


def test_the_proof_moves_so_that_a_screenshot_shows_itself(page: Chrome) -> None:
    redeem(page)
    first = page.get_screenshot_as_png()
    time.sleep(1.1)
    assert page.get_screenshot_as_png() != first


def test_after_a_minute_the_proof_has_run_out(page: Chrome, server: PublicServer) -> None:
    redeem(page)
    assert (sees(page, ".fresh"), sees(page, ".stale")) == (True, False)
    server.pages.now += timedelta(minutes=1)
    page.refresh()
    eventually(lambda: sees(page, ".late .stale"))
    assert not sees(page, ".fresh")


def test_every_page_fits_every_width_by_day_and_by_night(
    page: Chrome, server: PublicServer
) -> None:
    address = f"{server.address}/o/{COUPON.code}"
    page.get(address)
    fits(page, SCREENS)
    press(page, "Redeem at the counter")
    assert says(page, "Is staff looking at this screen?")
    fits(page, SCREENS)
    press(page, "Yes, redeem now")
    assert says(page, "✓ Redeemed", ".proof h2")
    fits(page, SCREENS)
    for target in (address, f"{server.address}/o/K7P4XQ9M"):
        page.get(target)
        fits(page, SCREENS)


def test_the_pages_own_policy_refuses_nothing_of_it(page: Chrome) -> None:
    redeem(page)
    spins = "return getComputedStyle(document.querySelector('.clock .seconds')).animationName"
    assert page.execute_script(spins) == "turn"
    delay = "return getComputedStyle(document.querySelector('.clock .hours')).animationDelay"
    assert page.execute_script(delay) == "0s"  # it is noon: the second style counts too
    log = page.get_log("browser")  # type: ignore[no-untyped-call]
    assert [one for one in log if "favicon" not in one["message"]] == []
