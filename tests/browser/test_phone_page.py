"""The phone page in a real browser, with a shop that answers by itself."""

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from sayso.domain.parts import count_parts
from tests.browser.legible import by_day_and_by_night, faint_words
from tests.support.chromium import resize
from tests.support.phones import ANA, BEN, CHLOE, FakeSns, Simulator, eventually

ATTACK = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


class Page:
    """What a person sees of the page and does with it."""

    def __init__(self, browser: Chrome, url: str) -> None:
        self.browser = browser
        self.browser.get(url)
        self.wait_until_live()

    def wait_until_live(self) -> None:
        eventually(lambda: self.live() == "Live", within_s=15)

    def live(self) -> str:
        return self.browser.find_element(By.CSS_SELECTOR, "[data-live]").text

    def panel(self, phone: str) -> WebElement:
        """The panel that shows this phone, or will in a moment: its thread is being fetched."""
        selector = f'.panel[data-phone="{phone}"]'
        found = eventually(lambda: self.browser.find_elements(By.CSS_SELECTOR, selector))
        panel: WebElement = found[0]
        return panel

    def order(self) -> list[str]:
        """The phones that the panels show, from left to right."""
        script = "return [...document.querySelectorAll('.panel')].map((p) => p.dataset.phone)"
        phones: list[str] = self.browser.execute_script(script)
        return phones

    def part(self, phone: str, selector: str) -> WebElement:
        return self.panel(phone).find_element(By.CSS_SELECTOR, selector)

    def part_of_current(self, selector: str) -> WebElement:
        return self.browser.find_element(By.CSS_SELECTOR, f".panel.current {selector}")

    def type(self, phone: str, words: str) -> None:
        self.part(phone, "textarea").send_keys(words)

    def bubbles(self, phone: str) -> list[str]:
        script = """return [...document.querySelectorAll(
            `.panel[data-phone="${arguments[0]}"] .bubble`)].map((b) => b.textContent)"""
        found: list[str] = self.browser.execute_script(script, phone)
        return found

    def last_caption(self, phone: str) -> str:
        try:
            captions = self.panel(phone).find_elements(By.CSS_SELECTOR, ".caption")
            return captions[-1].text if captions else ""
        except StaleElementReferenceException:
            return ""

    def errors(self) -> list[Any]:
        log = self.browser.get_log("browser")  # type: ignore[no-untyped-call]
        return [entry for entry in log if entry["level"] == "SEVERE"]


@pytest.fixture(scope="module")
def sns() -> Iterator[FakeSns]:
    with FakeSns() as fake:
        yield fake


@pytest.fixture(scope="module")
def simulator(sns: FakeSns, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with Simulator(tmp_path_factory.mktemp("phones"), sns) as running:
        yield running


@pytest.fixture
def phones(simulator: Simulator, sns: FakeSns) -> Simulator:
    """The simulator, emptied, with a shop behind it that repeats what it hears."""
    client = simulator.carrier_client()

    def reply(message: dict[str, Any]) -> None:
        answer = {
            "DestinationPhoneNumber": message["originationNumber"],
            "MessageBody": f"You said: {message['messageBody']}",
        }
        threading.Thread(target=client.send_text_message, kwargs=answer).start()

    sns.on_inbound = reply
    simulator.http.post("/reset").raise_for_status()
    return simulator


@pytest.fixture
def page(browser: Chrome, phones: Simulator) -> Page:
    resize(browser, 1280, 800)
    browser.get(phones.url)
    browser.execute_script("localStorage.clear()")
    return Page(browser, phones.url)


@pytest.fixture
def narrow_page(page: Page, browser: Chrome) -> Page:
    resize(browser, 390, 844, mobile=True)
    return page


def test_a_typed_text_is_answered_on_the_page_at_once(page: Page) -> None:
    page.type(ANA, "JOIN DOWNTOWN" + Keys.ENTER)
    eventually(lambda: page.bubbles(ANA) == ["JOIN DOWNTOWN", "You said: JOIN DOWNTOWN"], 3)
    assert page.part(ANA, "textarea").get_attribute("value") == ""
    captions = page.panel(ANA).find_elements(By.CSS_SELECTOR, ".mine .caption")
    eventually(lambda: "Delivered" in captions[0].text)
    assert page.bubbles(BEN) == []
    assert page.errors() == []


def test_shift_and_enter_starts_a_new_line(page: Page) -> None:
    page.type(ANA, "one" + Keys.SHIFT + Keys.ENTER + Keys.NULL + "two" + Keys.ENTER)
    eventually(lambda: "one\ntwo" in page.bubbles(ANA))


def test_a_quick_text_is_sent_with_one_click(page: Page) -> None:
    page.part(BEN, ".chip").click()
    eventually(lambda: page.bubbles(BEN) == ["JOIN DOWNTOWN", "You said: JOIN DOWNTOWN"])


def test_three_phones_stand_side_by_side_on_a_desktop(page: Page) -> None:
    lefts = [page.panel(phone).rect["x"] for phone in (ANA, BEN, CHLOE)]
    assert lefts == sorted(lefts)
    assert len(set(lefts)) == 3
    assert all(page.part(phone, "textarea").is_displayed() for phone in (ANA, BEN, CHLOE))
    assert page.browser.execute_script("return document.documentElement.scrollWidth") <= 1280


def test_a_phones_width_shows_one_phone_at_a_time(narrow_page: Page, phones: Simulator) -> None:
    page = narrow_page
    assert page.panel(ANA).is_displayed()
    assert not page.panel(BEN).is_displayed()
    assert page.browser.execute_script("return document.documentElement.scrollWidth") == 390
    to_ben = page.browser.find_elements(By.CSS_SELECTOR, ".switcher button")[1]
    phones.carrier_client().send_text_message(DestinationPhoneNumber=BEN, MessageBody="Hello Ben")
    eventually(lambda: "unread" in (to_ben.get_attribute("class") or ""))
    to_ben.click()
    assert to_ben.get_attribute("aria-pressed") == "true"
    assert page.panel(BEN).is_displayed()
    assert not page.panel(ANA).is_displayed()
    page.type(BEN, "hi" + Keys.ENTER)
    eventually(lambda: page.bubbles(BEN) == ["Hello Ben", "hi", "You said: hi"])
    # The field stays within reach, below the thread.
    field = page.part(BEN, ".field").rect
    assert field["y"] + field["height"] <= 844


def test_every_field_is_high_enough_on_a_phone_that_opens_the_page(narrow_page: Page) -> None:
    narrow_page.browser.refresh()
    narrow_page.wait_until_live()
    for button in narrow_page.browser.find_elements(By.CSS_SELECTOR, ".switcher button"):
        button.click()
        assert narrow_page.part_of_current("textarea").rect["height"] >= 30


def test_a_body_is_only_ever_text(page: Page, phones: Simulator) -> None:
    page.type(ANA, ATTACK + Keys.ENTER)
    phones.http.put(f"/phones/{ANA}", json={"name": ATTACK[:40]})
    eventually(lambda: page.bubbles(ANA) == [ATTACK, f"You said: {ATTACK}"])
    assert page.panel(ANA).find_elements(By.CSS_SELECTOR, ".device img, .device script") == []
    eventually(lambda: page.part(ANA, ".name").text.startswith("<img"))
    assert page.browser.title == "Phones · Sayso"


def test_only_web_addresses_become_links(page: Page, phones: Simulator) -> None:
    body = (
        'See https://bluebird.example/o/K7F2, or javascript:alert(1) or "https://x.example"onclick='
    )
    phones.carrier_client().send_text_message(DestinationPhoneNumber=ANA, MessageBody=body)
    eventually(lambda: page.bubbles(ANA) == [body])
    links = page.panel(ANA).find_elements(By.CSS_SELECTOR, ".bubble a")
    # Not as it is rendered: a bubble that comes in is out of sight for a moment.
    shown = [link.get_attribute("textContent") for link in links]
    assert shown == ["https://bluebird.example/o/K7F2", "https://x.example"]
    assert {link.get_attribute("rel") for link in links} == {"noopener noreferrer"}


def test_the_page_comes_back_after_the_simulator_was_restarted(
    page: Page, phones: Simulator
) -> None:
    page.type(ANA, "before" + Keys.ENTER)
    eventually(lambda: len(page.bubbles(ANA)) == 2)
    phones.stop()
    eventually(lambda: page.live() == "Reconnecting…")
    page.type(ANA, "while it was away" + Keys.ENTER)
    problem = page.part(ANA, ".problem")
    eventually(lambda: "Not sent" in problem.text)
    assert page.part(ANA, "textarea").get_attribute("value") == "while it was away"
    phones.start()
    phones.text(ANA, "meanwhile, from elsewhere")
    page.wait_until_live()
    page.type(ANA, Keys.ENTER)
    eventually(lambda: "You said: while it was away" in page.bubbles(ANA))
    assert page.bubbles(ANA)[0] == "before"
    assert "meanwhile, from elsewhere" in page.bubbles(ANA)
    assert len(page.bubbles(ANA)) == len(set(page.bubbles(ANA)))


def test_in_airplane_mode_texts_never_arrive_and_none_can_be_sent(
    page: Page, phones: Simulator
) -> None:
    switch = page.part(CHLOE, "[data-airplane]")
    switch.click()
    eventually(lambda: switch.get_attribute("aria-checked") == "true")
    assert phones.http.get(f"/phones/{CHLOE}").json()["delivery"] == "unreachable"
    assert not page.part(CHLOE, "textarea").is_enabled()
    phones.carrier_client().send_text_message(DestinationPhoneNumber=CHLOE, MessageBody="An offer")
    eventually(lambda: "Never arrived" in page.last_caption(CHLOE))
    switch.click()
    eventually(lambda: page.part(CHLOE, "textarea").is_enabled())


def test_an_opt_out_at_the_carrier_shows(page: Page, phones: Simulator) -> None:
    badge = page.part(ANA, ".badge")
    assert not badge.is_displayed()
    phones.carrier_client().put_opted_out_number(OptOutListName="Default", OptedOutNumber=ANA)
    eventually(badge.is_displayed)


def test_any_number_can_be_given_a_phone(page: Page, phones: Simulator) -> None:
    page.part(BEN, "[data-pick]").click()
    search = page.browser.find_element(By.CSS_SELECTOR, "[data-search]")
    search.send_keys("(720) 555-0104" + Keys.ENTER)
    eventually(lambda: page.panel("+17205550104").is_displayed())
    page.type("+17205550104", "HELP" + Keys.ENTER)
    eventually(lambda: page.bubbles("+17205550104") == ["HELP", "You said: HELP"])
    page = Page(page.browser, phones.url)
    # The page remembers who stood where, and puts nobody in two places.
    assert page.bubbles("+17205550104")[0] == "HELP"
    page.part("+17205550104", "[data-pick]").click()
    page.browser.find_element(By.CSS_SELECTOR, "[data-search]").send_keys("ana" + Keys.ENTER)
    eventually(lambda: page.order()[:2] == ["+17205550104", ANA])


PARTS_CASES = [
    "",
    "JOIN DOWNTOWN",
    "a" * 161,
    "a" * 152 + "€" + "a" * 152,
    "{[~]}" * 40,
    "façade",
    "“quoted” and — dashed",
    "😀" * 36,
    "ç" * 66 + "😀" + "ç" * 66,
    "tab\tand\fform feed",
]


def test_the_page_counts_parts_as_the_product_does(page: Page) -> None:
    script = """const done = arguments[1];
        import("/assets/parts.js").then(({ countParts }) => done(JSON.stringify(
            arguments[0].map(countParts).map((c) => [c.parts, c.encoding, c.units, c.costly]))))"""
    page.browser.set_script_timeout(10)
    counted = json.loads(page.browser.execute_async_script(script, PARTS_CASES))
    expected = [count_parts(text) for text in PARTS_CASES]
    assert counted == [[c.parts, c.encoding, c.units, list(c.costly)] for c in expected]


def test_the_counter_names_what_made_a_text_dear(page: Page) -> None:
    page.type(ANA, "Is the “latte” back?")
    assert page.part(ANA, ".count").text == "20/70 · 1 part · UCS-2"
    assert page.part(ANA, ".costly").text == "because of “ ”"


def test_a_text_that_comes_while_reading_above_does_not_move_the_page(
    page: Page, phones: Simulator
) -> None:
    client = phones.carrier_client()
    for number in range(15):
        client.send_text_message(DestinationPhoneNumber=ANA, MessageBody=f"Offer {number}\n\n\n.")
    eventually(lambda: len(page.bubbles(ANA)) == 15)
    scroller = page.part(ANA, ".scroller")
    page.browser.execute_script("arguments[0].scrollTop = 0", scroller)
    time.sleep(0.2)
    client.send_text_message(DestinationPhoneNumber=ANA, MessageBody="Newest")
    newer = page.part(ANA, ".newer")
    eventually(newer.is_displayed)
    assert scroller.get_property("scrollTop") == 0
    newer.click()
    eventually(lambda: not newer.is_displayed())


def test_every_control_has_a_name(page: Page) -> None:
    script = """return [...document.querySelectorAll("button, textarea, select, summary, input")]
        .filter((e) => !e.getAttribute("aria-label") && !e.textContent.trim()
            && !(e.labels && e.labels.length))
        .map((e) => e.outerHTML)"""
    assert page.browser.execute_script(script) == []


def test_words_stand_out_from_their_ground_by_day_and_by_night(
    page: Page, phones: Simulator
) -> None:
    phones.text(ANA, "JOIN")
    phones.http.put(f"/phones/{BEN}", json={"delivery": "spam"})
    phones.carrier_client().send_text_message(DestinationPhoneNumber=BEN, MessageBody="An offer")
    eventually(lambda: "spam" in page.last_caption(BEN))
    for scheme in by_day_and_by_night(page.browser):
        assert faint_words(page.browser) == [], scheme
