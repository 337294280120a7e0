"""The whole way on one stack: a page in a browser, a text, a YES, a proof on paper, a sign."""

import base64
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from sayso_local.client import Stack
from tests.browser.legible import fits
from tests.local.running import running_stack, sayso
from tests.support.chromium import resize
from tests.support.qr import codes_in, words_in

DORA = "+13125554801"
SCREENS = [(1280, 800, False), (390, 844, True), (320, 640, True)]


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stack")


@pytest.fixture(scope="module")
def stack(state: Path) -> Iterator[Stack]:
    """A stack of its own: the opt-in page counts what one address sends in."""
    with running_stack(state) as running:
        yield running


@pytest.fixture
def page(browser: Chrome, stack: Stack) -> Iterator[Chrome]:
    """The page of a keyword that leaves the store open, in a browser that runs no script."""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    resize(browser, 1280, 800)
    browser.get(f"{stack.api}/join/BREW?lang=en")
    yield browser
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    browser.get("about:blank")


def fill_in(page: Chrome, phone: str, store: str, *, tick: bool) -> None:
    """Type, choose, tick or not, and send."""
    page.find_element(By.ID, "phone").send_keys(phone)
    Select(page.find_element(By.ID, "store")).select_by_visible_text(store)
    if tick:
        page.find_element(By.ID, "agree").click()
    page.find_element(By.CSS_SELECTOR, "button").click()


def heading(page: Chrome, instead_of: str = "") -> str:
    """The page's heading, once it is there and no longer the one of the page before."""
    Stack.wait_for(lambda: _heading(page) not in ("", instead_of))
    return _heading(page)


def _heading(page: Chrome) -> str:
    """Between two pages there is none, or one that is just going."""
    with suppress(NoSuchElementException, StaleElementReferenceException):
        return page.find_element(By.TAG_NAME, "h1").text
    return ""


def test_from_the_page_to_a_text_to_a_yes_to_the_proof_on_paper(
    page: Chrome, stack: Stack, state: Path, tmp_path: Path
) -> None:
    shown = page.find_element(By.CSS_SELECTOR, ".terms").text
    consent = page.find_element(By.CSS_SELECTOR, ".agree label").text
    agent = page.execute_cdp_cmd("Browser.getVersion", {})["userAgent"]
    before = heading(page)
    fill_in(page, "(312) 555-4801", "Bluebird Uptown", tick=True)
    assert heading(page, instead_of=before) == "Look at your phone"

    (question,) = stack.await_texts(DORA, 1)
    assert "reply YES" in question.body
    subscriber = stack.admin("GET", f"subscribers/{DORA}").json()
    assert (subscriber["status"], subscriber["location"]) == ("pending", "UPTOWN")

    stack.text(DORA, "yes")
    (_, welcome) = stack.await_texts(DORA, 2)
    assert "you're in at Bluebird Uptown" in welcome.body
    assert stack.admin("GET", f"subscribers/{DORA}").json()["status"] == "subscribed"

    proof = stack.admin("GET", f"subscribers/{DORA}/consent", params={"format": "html"})
    paper = printed(page, proof.text, tmp_path)
    assert "The record is intact." in paper
    for words in (*shown.splitlines()[:5], consent, question.body, welcome.body):
        assert words in paper
    for fact in ("(312) 555-4801", "/join/BREW?lang=en", "127.0.0.1", agent):
        assert fact in paper
    assert "In answer to the question of entry 1" in paper
    assert sayso("verify-ledger", DORA, state=state).code == 0


def test_without_the_tick_nothing_is_sent_and_the_page_says_why(page: Chrome, stack: Stack) -> None:
    fill_in(page, "(312) 555-4802", "Bluebird Uptown", tick=False)
    assert heading(page) == "Bluebird Coffee: offers by text message"
    assert page.find_element(By.ID, "agree").get_property("validationMessage")
    # A browser that knows no `required` sends it all the same.
    token = page.find_element(By.NAME, "token").get_attribute("value") or ""
    form = {"phone": "(312) 555-4802", "store": "UPTOWN", "token": token}
    answer = stack.http.post(f"{stack.api}/join/BREW?lang=en", data=form)
    assert answer.status_code == 422
    assert "Tick the box to say that you agree." in answer.text
    assert stack.received("+13125554802") == []


def test_what_is_wrong_stands_out_on_every_width_by_day_and_by_night(
    page: Chrome, stack: Stack, tmp_path: Path
) -> None:
    wrong = stack.http.post(f"{stack.api}/join/BREW?lang=fr", data={"phone": "12"})
    file = tmp_path / "wrong.html"
    file.write_text(wrong.text, encoding="utf-8")
    for target in (f"{stack.api}/join/BREW?lang=es", file.as_uri()):
        page.get(target)
        fits(page, SCREENS)


def test_the_pages_own_policy_refuses_nothing_of_it(browser: Chrome, stack: Stack) -> None:
    browser.get(f"{stack.api}/join/COFFEE")
    radius = "return getComputedStyle(document.querySelector('.card')).borderTopLeftRadius"
    assert browser.execute_script(radius) == "20px"
    log = browser.get_log("browser")  # type: ignore[no-untyped-call]
    assert [one for one in log if "favicon" not in one["message"]] == []


def test_a_page_that_is_not_there_is_a_page(stack: Stack) -> None:
    answer = stack.http.get(f"{stack.api}/join/NOBODY", headers={"accept-language": "es"})
    assert answer.status_code == 404
    assert "Esta página no existe" in answer.text


@pytest.mark.parametrize("name", ["sign.pdf", "sign.svg"])
def test_the_sign_that_the_command_draws_is_read_by_a_phone(
    browser: Chrome, stack: Stack, state: Path, tmp_path: Path, name: str
) -> None:
    file = tmp_path / name
    done = sayso("sign", "JOIN", "--location", "DOWNTOWN", "--out", str(file), state=state)
    assert (done.code, done.out.strip()) == (0, str(file))
    pdf = file.read_bytes() if name.endswith("pdf") else as_pdf(browser, file)
    (link,) = codes_in(pdf)
    assert urlsplit(link).path == stack.number
    assert parse_qs(urlsplit(link).query) == {"body": ["JOIN DOWNTOWN"]}
    words = words_in(pdf)
    assert f"{stack.api}/join/" in words
    assert "By texting JOIN DOWNTOWN to 80808 you agree" in words


def test_what_the_code_writes_joins_the_store_on_the_sign(stack: Stack) -> None:
    stack.text("+13125554803", "JOIN DOWNTOWN")
    (welcome,) = stack.await_texts("+13125554803", 1)
    assert "you're in at Bluebird Downtown" in welcome.body


def test_a_sign_for_a_word_that_joins_nothing_is_refused_in_words(state: Path) -> None:
    done = sayso("sign", "NOBODY", state=state)
    assert done.code == 2
    assert "NOBODY is no keyword or location to join by" in done.err


def as_pdf(browser: Chrome, file: Path) -> bytes:
    """A drawing as Chromium prints it."""
    browser.get(file.as_uri())
    options = {"preferCSSPageSize": False, "printBackground": True, "marginTop": 0}
    margins = {"marginBottom": 0, "marginLeft": 0, "marginRight": 0}
    printed = browser.execute_cdp_cmd("Page.printToPDF", options | margins)
    return base64.b64decode(printed["data"])


def printed(browser: Chrome, html: str, folder: Path) -> str:
    """The words of the page as Chromium prints it."""
    file = folder / "proof.html"
    file.write_text(html, encoding="utf-8", newline="")
    browser.get(file.as_uri())
    pdf = base64.b64decode(browser.execute_cdp_cmd("Page.printToPDF", {})["data"])
    (folder / "proof.pdf").write_bytes(pdf)
    return words_in(pdf)
