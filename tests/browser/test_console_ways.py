"""The console's ways in: pages, signs, and files of people who agreed elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from sayso_local.client import Stack
from tests.local.running import running_stack
from tests.support.chromium import resize
from tests.support.console_browser import ConsolePage
from tests.support.phones import eventually

COLUMNS = "phone,opted_in_at,medium,agreed_to,source"
AGREED = "2026-01-05T10:00:00Z,paper,Yes: text me offers,card"


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running_stack(tmp_path_factory.mktemp("ways")) as running:
        yield running


@pytest.fixture
def page(browser: Chrome, stack: Stack) -> ConsolePage:
    resize(browser, 1280, 900)
    return ConsolePage(browser, stack)


@pytest.fixture
def owner(page: ConsolePage) -> ConsolePage:
    page.sign_in()
    page.go("/ways")
    return page


def downloads_go_to(page: ConsolePage, folder: Path) -> None:
    wish = {"behavior": "allow", "downloadPath": str(folder)}
    page.browser.execute_cdp_cmd("Browser.setDownloadBehavior", wish)


def test_every_store_and_keyword_that_joins_has_a_page_that_exists(
    owner: ConsolePage, stack: Stack
) -> None:
    hrefs = "return [...document.querySelectorAll('.way a')].map((one) => one.href)"
    pages = owner.browser.execute_script(hrefs)
    assert len(pages) == 6
    assert [stack.http.get(one).status_code for one in pages] == [200] * 6
    assert "HOURS" not in owner.text(".ways")


def test_the_sign_is_shown_as_it_will_be_printed_and_saved(
    owner: ConsolePage, tmp_path: Path
) -> None:
    downloads_go_to(owner, tmp_path)
    owner.press("Sign of JOIN DOWNTOWN")
    drawn = "return document.querySelector('.preview img')?.naturalWidth > 0"
    eventually(lambda: owner.browser.execute_script(drawn), within_s=15)
    owner.press("Download as PDF")
    eventually((tmp_path / "join-downtown.pdf").exists, within_s=15)
    assert (tmp_path / "join-downtown.pdf").read_bytes().startswith(b"%PDF-")
    assert owner.complaints() == []


def test_a_file_is_checked_then_imported_and_its_refused_rows_are_listed(
    owner: ConsolePage, stack: Stack, tmp_path: Path
) -> None:
    phones = [f"+1720555{number:04}" for number in range(300, 330)]
    rows = [f"{phone},{AGREED}" for phone in phones]
    file = tmp_path / "cards.csv"
    file.write_text("\n".join([COLUMNS, *rows, f"nonsense,{AGREED}"]) + "\n")
    downloads_go_to(owner, tmp_path)
    owner.find("[name=file]").send_keys(str(file))
    owner.find("[name=attest]").click()
    owner.press("Check the file")
    owner.shows("cards.csv is checked.", ".import")
    assert stack.admin("GET", f"subscribers/{phones[0]}").status_code == 404
    owner.press("Import 30 people")
    owner.shows("cards.csv is imported.", ".import")
    assert stack.admin("GET", f"subscribers/{phones[-1]}").json()["status"] == "subscribed"
    owner.press("Refused rows of cards.csv", ".import")
    # While it is being written it has another ending.
    listed = eventually(lambda: set(tmp_path.glob("*.csv")) - {file}, within_s=15)
    assert "nonsense" in listed.pop().read_text()
    assert owner.complaints() == []


def test_nobody_brings_in_a_file_without_saying_that_there_is_proof(
    owner: ConsolePage, tmp_path: Path
) -> None:
    file = tmp_path / "cards.csv"
    file.write_text(f"{COLUMNS}\n")
    owner.find("[name=file]").send_keys(str(file))
    owner.press("Check the file")
    assert owner.browser.execute_script("return document.activeElement.name") == "attest"
    assert not owner.has("progress")


def test_a_marketer_prints_signs_and_brings_in_nobody(page: ConsolePage) -> None:
    page.sign_in("marketer")
    page.go("/ways")
    page.find(".way")
    assert not page.has(".import")
