"""What holds for every test: a sealed environment, sockets by kind of test, and the browser."""

import os
from pathlib import Path

import hypothesis
import pytest

from tests.support.chromium import Chromium, find_chromium, is_required, why_missing
from tests.support.scheduling import scheduler

TESTS = Path(__file__).parent
# Whatever stands in these folders needs the whole stack, so that nobody has to remember a marker.
MARKER_OF_FOLDER = {"local": "e2e", "browser": "browser"}
# They are begun first, so that none is left when all others are done.
LONGEST = (
    *("local/test_pace_on_a_stack.py", "local/test_life_of_campaigns.py"),
    *("local/test_lifecycle.py", "local/test_import_at_scale.py", "local/test_demo.py"),
    *("local/test_main_job.py", "browser/test_console.py", "browser/test_console_campaigns.py"),
    *("browser/test_console_campaigns_for_all.py", "browser/test_console_offers.py"),
    *("local/test_hours_on_a_stack.py", "browser/test_console_ways.py"),
    *("local/test_triggered_on_a_stack.py", "local/phones/test_delivery.py"),
    *("handlers/test_pool_of_500.py", "services/test_campaign_engine.py"),
    *("handlers/test_every_fault_point.py", "services/test_guessing.py"),
    *("simulation/test_observer.py", "handlers/test_admin_fuzz.py"),
)
LOOPBACK = ["127.0.0.1", "::1", "localhost"]
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "ftp_proxy")
_DUMMIES = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    # Powertools reads it when a handler's module is imported.
    "POWERTOOLS_METRICS_NAMESPACE": "Sayso",
}


def _seal() -> None:
    for name in list(os.environ):
        if name.startswith("AWS_") or name.lower() in _PROXIES:
            del os.environ[name]
    os.environ.update(_DUMMIES)


# Before any client is made: of a folder that is named to pytest, conftest.py is imported next, with
# the functions that it imports.
_seal()


def pytest_configure() -> None:
    """Settle how property tests search."""
    # On a loaded machine a deadline is a coin toss; pytest-timeout catches what hangs.
    # What judges a change tries the same examples each time: its verdict is on the change alone.
    is_repeatable = os.environ.get("SAYSO_REPEATABLE") == "1"
    hypothesis.settings.register_profile(
        "sayso", deadline=None, print_blob=True, derandomize=is_repeatable
    )
    hypothesis.settings.load_profile("sayso")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Let those share that take long to make what they need."""
    return scheduler(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark by folder, open to each test the sockets that its kind may use; the longest go first."""
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        if marker := MARKER_OF_FOLDER.get(folder):
            item.add_marker(marker)
        if _needs_processes(item):
            item.add_marker(pytest.mark.allow_hosts(LOOPBACK))
        else:
            item.add_marker(pytest.mark.disable_socket)
    items.sort(key=_turn)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a browser test before its stack is started, or fail it where a browser is required."""
    reason = why_missing() if item.get_closest_marker("browser") else None
    if reason and is_required():
        pytest.fail(f"SAYSO_REQUIRE_BROWSER=1, but {reason}", pytrace=False)
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium() -> Chromium:
    """The programs of the browser; a test that asks for them is marked `browser`."""
    found = find_chromium()
    assert found, "a test that uses Chromium must be marked `browser`"
    return found


def _turn(item: pytest.Item) -> int:
    """Where the test's module stands among those that are begun first."""
    module = str(item.path.relative_to(TESTS))
    return LONGEST.index(module) if module in LONGEST else len(LONGEST)


def _needs_processes(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(marker) for marker in MARKER_OF_FOLDER.values())
