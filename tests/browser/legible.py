"""Whether everybody can read a page: on every width, by day and by night."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from selenium.webdriver import Chrome

from tests.support.chromium import resize

_CONTRAST = (Path(__file__).parent / "contrast.js").read_text()


def by_day_and_by_night(browser: Chrome) -> Iterator[str]:
    """The browser as by day, then as by night; in the end it prefers neither again."""
    for scheme in ("light", "dark"):
        feature = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", feature)
        yield scheme
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def faint_words(browser: Chrome) -> list[object]:
    """What stands out too little from its ground. WCAG 2.2, success criterion 1.4.3."""
    found: list[object] = browser.execute_script(_CONTRAST, 4.5)
    return found


def fits(page: Chrome, screens: Sequence[tuple[int, int, bool]]) -> None:
    """The page stands as it is on each screen: its width, its height, and whether it is a phone."""
    for width, height, mobile in screens:
        resize(page, width, height, mobile)
        assert page.execute_script("return document.documentElement.scrollWidth") <= width
        for scheme in by_day_and_by_night(page):
            assert faint_words(page) == [], (scheme, width)
