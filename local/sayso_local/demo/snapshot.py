"""A picture of a page as a phone shows it, where a browser is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE_S = 40


def snapshot(page: str, picture: Path, scratch: Path) -> Path | None:
    """The picture's path; None where there is no browser, or it does not come to an end."""
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        return None
    picture.unlink(missing_ok=True)
    options = (
        *("--headless", "--disable-gpu", "--no-sandbox", "--hide-scrollbars"),
        *("--no-proxy-server", f"--user-data-dir={scratch / 'browser'}"),
        *("--window-size=390,1000", f"--screenshot={picture}"),
    )
    try:
        subprocess.run(
            [browser, *options, page], timeout=_PATIENCE_S, capture_output=True, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    return picture if picture.is_file() else None
