"""The staff's redeem page in a browser, without a stack."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

from tests.browser.legible import fits
from tests.support.bluebird import BEN
from tests.support.chromium import resize
from tests.support.coupons import a_coupon
from tests.support.phones import eventually
from tests.support.public_pages import PIN, opened_pages
from tests.support.public_server import PublicServer, public_server

SCREENS = [(1280, 900, False), (390, 844, True), (360, 640, True)]
COUPON, OTHER = a_coupon(), a_coupon(BEN)
# A camera whose picture is whatever is drawn on this canvas; jsQR reads it, or the browser.
CAMERA = """
const canvas = document.createElement("canvas");
canvas.width = canvas.height = 480;
const context = canvas.getContext("2d");
const draw = () => {
  context.fillStyle = "#fff"; context.fillRect(0, 0, 480, 480); context.fillStyle = "#000";
  const size = arguments[0].length, side = Math.floor(480 / (size + 8));
  arguments[0].forEach((row, y) => [...row].forEach((one, x) => {
    if (one === "1") context.fillRect((x + 4) * side, (y + 4) * side, side, side);
  }));
};
setInterval(draw, 100);
draw();
const media = { getUserMedia: async () => canvas.captureStream(10) };
Object.defineProperty(navigator, "mediaDevices", { value: media, configurable: true });
if (arguments[1]) delete globalThis.BarcodeDetector;
"""


@pytest.fixture
def server() -> Iterator[PublicServer]:
    """The pages at the hour that the browser has: the page says how long a slip can be undone."""
    with opened_pages() as pages, public_server(pages) as found:
        pages.now = datetime.now(UTC)
        for coupon in (COUPON, OTHER):
            pages.issued(replace(coupon, issued_at=pages.now - timedelta(minutes=40)))
        yield found


@pytest.fixture
def page(browser: Chrome, server: PublicServer) -> Iterator[Chrome]:
    """The page on the phone at the counter."""
    resize(browser, 390, 844, mobile=True)
    browser.delete_all_cookies()
    browser.get(f"{server.address}/counter")
    complaints(browser)
    yield browser
    browser.get("about:blank")


@pytest.fixture
def mia(page: Chrome) -> Chrome:
    """The page with Mia signed in."""
    sign_in(page)
    return page


def find(page: Chrome, selector: str) -> WebElement:
    found: list[WebElement] = eventually(lambda: page.find_elements(By.CSS_SELECTOR, selector))
    return found[0]


def fill(page: Chrome, **fields: str) -> None:
    for name, value in fields.items():
        found = find(page, f'[name="{name}"]')
        found.clear()
        found.send_keys(value)


def sign_in(page: Chrome, pin: str = PIN) -> None:
    fill(page, phone="(312) 555-0155", pin=pin)
    find(page, "button.primary").click()
    if pin == PIN:
        find(page, "#code")


def redeem(page: Chrome, code: str, amount: str = "") -> None:
    fill(page, code=code, amount=amount)
    find(page, "button.primary").click()


def verdict(page: Chrome, words: str) -> bool:
    """Wait until the page says so."""
    script = "return document.querySelector('.verdict')?.textContent ?? ''"
    return bool(eventually(lambda: words in page.execute_script(script)))


def complaints(page: Chrome) -> list[str]:
    log = page.get_log("browser")  # type: ignore[no-untyped-call]
    return [one["message"] for one in log if "favicon" not in one["message"]]


def test_sign_in_type_a_code_and_see_at_once_that_it_is_good(
    mia: Chrome, server: PublicServer
) -> None:
    redeem(mia, f"{COUPON.code[:4]} {COUPON.code[4:]}".lower(), "23.50")
    assert verdict(mia, "✓ Redeemed")
    assert find(mia, ".offer").text == "A free filter coffee"
    (use,) = server.pages.coupons.uses(COUPON.code)
    assert (use.by, use.place, use.amount) == ("Mia", "DOWNTOWN", 23_500_000)
    redeem(mia, COUPON.code)
    assert verdict(mia, "Used already")
    rows = mia.find_elements(By.CSS_SELECTOR, ".recent li b")
    assert [row.text for row in rows] == [f"{COUPON.code[:4]}-{COUPON.code[4:]}"] * 2
    assert complaints(mia) == []


def test_a_wrong_pin_is_told_and_the_next_try_may_be_right(page: Chrome) -> None:
    sign_in(page, "000000")
    trouble = find(page, ".problem")
    eventually(lambda: "not right" in trouble.text)
    sign_in(page)
    assert "Mia, Bluebird Downtown" in find(page, "header").text


def test_whoever_has_signed_in_stays_so_until_they_sign_out(
    mia: Chrome, server: PublicServer
) -> None:
    mia.get(f"{server.address}/counter")
    find(mia, "#code")
    find(mia, "header button").click()
    find(mia, '[name="pin"]')
    mia.get(f"{server.address}/counter")
    find(mia, '[name="pin"]')


def test_who_cannot_be_signed_out_is_told_so(mia: Chrome, server: PublicServer) -> None:
    server.is_down = True
    find(mia, "header button").click()
    assert "you are still signed in" in find(mia, ".result .problem").text
    server.is_down = False
    find(mia, "header button").click()
    find(mia, '[name="pin"]')


def test_a_connection_that_comes_back_leaves_a_form_that_is_being_filled_in(
    mia: Chrome, server: PublicServer
) -> None:
    server.pages.now += timedelta(hours=13)
    redeem(mia, COUPON.code)
    fill(mia, phone="(312) 555-0155")
    mia.execute_script("dispatchEvent(new Event('online'))")
    fill(mia, pin=PIN)
    find(mia, "button.primary").click()
    assert verdict(mia, "✓ Redeemed")


def test_a_slip_is_taken_back(mia: Chrome, server: PublicServer) -> None:
    redeem(mia, COUPON.code)
    find(mia, ".card.good button").click()
    assert verdict(mia, "Taken back")
    (use,) = server.pages.coupons.uses(COUPON.code)
    assert use.undone_at is not None


def test_without_a_connection_it_is_not_confirmed_and_is_asked_again_by_itself(
    mia: Chrome, server: PublicServer
) -> None:
    server.is_down = True
    redeem(mia, COUPON.code)
    assert verdict(mia, "Not confirmed yet")
    assert server.pages.coupons.uses(COUPON.code) == []
    server.is_down = False
    mia.execute_script("dispatchEvent(new Event('online'))")
    assert verdict(mia, "✓ Redeemed")
    assert len(server.pages.coupons.uses(COUPON.code)) == 1


def test_an_answer_that_is_lost_redeems_once_even_when_the_page_is_opened_anew(
    mia: Chrome, server: PublicServer
) -> None:
    server.loses_answers = True
    redeem(mia, COUPON.code)
    assert verdict(mia, "Not confirmed yet")
    redeem(mia, COUPON.code)  # somebody is impatient
    assert verdict(mia, "Not confirmed yet")
    assert len(server.pages.coupons.uses(COUPON.code)) == 1
    server.loses_answers = False
    mia.get(f"{server.address}/counter")
    assert verdict(mia, "✓ Redeemed")
    assert len(server.pages.coupons.uses(COUPON.code)) == 1
    assert len([path for path in server.posted if path == "/counter/uses"]) >= 3


def test_a_shift_that_ended_asks_to_sign_in_and_loses_nothing(
    mia: Chrome, server: PublicServer
) -> None:
    server.pages.now += timedelta(hours=13)
    redeem(mia, COUPON.code)
    sign_in(mia)
    assert verdict(mia, "✓ Redeemed")


@pytest.mark.parametrize("without_a_reader", [False, True], ids=["browser", "jsQR"])
def test_the_camera_reads_the_customers_page(
    mia: Chrome, server: PublicServer, without_a_reader: bool
) -> None:
    import segno  # noqa: PLC0415

    address = f"https://bluebird.example/o/{COUPON.code}"
    rows = ["".join(map(str, row)) for row in segno.make_qr(address, error="m").matrix]
    mia.execute_script(CAMERA, rows, without_a_reader)
    find(mia, "button.scan").click()
    script = "return document.querySelector('#code').value"
    assert eventually(lambda: mia.execute_script(script)) == COUPON.code
    assert mia.find_elements(By.CSS_SELECTOR, "video") == []
    assert complaints(mia) == []


def test_signing_out_turns_the_camera_off(mia: Chrome) -> None:
    mia.execute_script(CAMERA, [], False)
    find(mia, "button.scan").click()
    script = "window.track = document.querySelector('video')?.srcObject?.getTracks()[0]"
    assert eventually(lambda: mia.execute_script(f"{script}; return window.track?.readyState"))
    find(mia, "header button").click()
    find(mia, '[name="pin"]')
    assert eventually(lambda: mia.execute_script("return window.track.readyState === 'ended'"))


def test_a_phone_without_a_camera_says_so(mia: Chrome) -> None:
    refuse = "navigator.mediaDevices.getUserMedia = async () => { throw new Error('no') }"
    mia.execute_script(refuse)
    find(mia, "button.scan").click()
    assert "Type the code" in find(mia, ".camera .problem").text


def test_every_state_fits_every_width_by_day_and_by_night(
    page: Chrome, server: PublicServer
) -> None:
    fits(page, SCREENS)
    sign_in(page)
    fits(page, SCREENS)
    redeem(page, COUPON.code)
    verdict(page, "✓ Redeemed")
    fits(page, SCREENS)
    redeem(page, COUPON.code)
    verdict(page, "Used already")
    fits(page, SCREENS)
    server.is_down = True
    redeem(page, OTHER.code)
    verdict(page, "Not confirmed yet")
    fits(page, SCREENS)
