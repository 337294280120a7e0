"""The proof of consent in a real browser: as it looks, on a phone's width, and on paper."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from sayso.handlers.admin_api.proof_page import proof_page
from tests.handlers.test_proof_page import ATTACKS, proof_of
from tests.support.chromium import resize


@pytest.fixture
def page(browser: Chrome, tmp_path: Path) -> Iterator[Chrome]:
    """The page of a ledger whose every word is an attack."""
    file = tmp_path / "proof.html"
    words = ({"words": attack, "shown": attack, "location": attack} for attack in ATTACKS)
    file.write_text(proof_page(proof_of(*words)), encoding="utf-8", newline="")
    resize(browser, 1280, 800)
    browser.get(file.as_uri())
    yield browser
    browser.get("about:blank")


def errors(page: Chrome) -> list[str]:
    log = page.get_log("browser")  # type: ignore[no-untyped-call]
    return [entry["message"] for entry in log]


def test_its_policy_lets_its_own_style_apply_and_nothing_is_refused(page: Chrome) -> None:
    style = "return getComputedStyle(document.querySelector('blockquote')).whiteSpaceCollapse"
    assert page.execute_script(style) == "preserve"
    assert errors(page) == []


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_nothing_is_wider_than_the_screen(page: Chrome, width: int) -> None:
    resize(page, width, 844, mobile=width < 500)
    wide = "return document.documentElement.scrollWidth"
    assert page.execute_script(wide) <= width


def test_a_browser_computes_the_digests_that_the_page_names(page: Chrome) -> None:
    script = """
        const done = arguments[0];
        const bytes = (text) => new TextEncoder().encode(text);
        const hex = (hash) => [...new Uint8Array(hash)].map(b => b.toString(16).padStart(2, "0"));
        const records = [...document.querySelectorAll("pre")].map((one) => one.textContent);
        Promise.all(records.map((one) => crypto.subtle.digest("SHA-256", bytes(one))))
          .then((all) => done(all.map((hash) => hex(hash).join(""))));
    """
    named = "return [...document.querySelectorAll('.appendix .digest')].map((d) => d.textContent)"
    computed = page.execute_async_script(script)
    assert computed == page.execute_script(named)
    assert len(computed) == len(ATTACKS)


@pytest.mark.parametrize("paper", [(21.0, 29.7), (21.59, 27.94)], ids=["A4", "Letter"])
def test_it_prints_on_paper(page: Chrome, paper: tuple[float, float]) -> None:
    width, height = (side / 2.54 for side in paper)
    options = {"paperWidth": width, "paperHeight": height}
    pdf = base64.b64decode(page.execute_cdp_cmd("Page.printToPDF", options)["data"])
    assert pdf.startswith(b"%PDF-")
    pages = pdf.count(b"/Type /Page\n") or pdf.count(b"/Type /Page ")
    assert 3 <= pages <= 2 * len(ATTACKS)
