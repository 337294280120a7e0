"""The browser of the machine, if it has one, and whether the tests may do without."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_DRIVER = "chromedriver"


@dataclass(frozen=True)
class Chromium:
    """The two programs that a browser test starts."""

    browser: Path
    driver: Path


def find_chromium() -> Chromium | None:
    """Chromium and its driver on PATH; None unless both are there."""
    browser = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    driver = shutil.which(_DRIVER)
    return Chromium(Path(browser), Path(driver)) if browser and driver else None


def why_missing() -> str | None:
    """The reason that a browser test can't run here, or None if it can."""
    if find_chromium():
        return None
    return "no Chromium with its driver on PATH (Debian: apt-get install chromium chromium-driver)"


def is_required() -> bool:
    """Whether a missing browser is a failure (SAYSO_REQUIRE_BROWSER=1) rather than a skip."""
    return os.environ.get("SAYSO_REQUIRE_BROWSER") == "1"


def resize(browser: "Chrome", width: int, height: int, mobile: bool = False) -> None:
    """Show pages as on a screen of this many CSS pixels, a phone's if `mobile`."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
