"""The browser that the tests of pages share."""

import tempfile
from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from tests.handlers.conftest import set_up
from tests.support.chromium import Chromium, resize
from tests.support.console import opened_console
from tests.support.console_recordings import recordings
from tests.support.console_server import ConsoleServer, console_server
from tests.support.recorded_page import RecordedPage

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="module")
def browser(chromium: Chromium) -> Iterator[Chrome]:
    options = ChromeOptions()
    options.binary_location = str(chromium.browser)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        driver = Chrome(options, ChromeService(str(chromium.driver)))
        yield driver
        driver.quit()


@pytest.fixture(scope="module")
def shop() -> Iterator[ConsoleServer]:
    """The console of Bluebird Coffee on a server of its own, without a stack."""
    with opened_console() as console, console_server(console) as server:
        set_up(console)
        yield server


@pytest.fixture
def recorded(shop: ConsoleServer) -> ConsoleServer:
    """The same, where recordings stand for what would take days to come about."""
    shop.forget()
    shop.recorded.update(recordings())
    return shop


@pytest.fixture
def ana(browser: Chrome, recorded: ConsoleServer) -> Iterator[RecordedPage]:
    """The console as Ana, the owner, has it on a desktop."""
    resize(browser, 1280, 900)
    page = RecordedPage(browser, recorded)
    page.enter_the_console()
    yield page
    assert page.complaints() == []
