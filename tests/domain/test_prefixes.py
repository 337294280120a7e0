"""A prefix means every place that its numbers can be at."""

import re
import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest

from sayso.domain import prefix_table
from sayso.domain.prefixes import prefix_of, zones_of_state
from sayso.domain.states import STATES
from tests.support.repository import ROOT

TABLE = ROOT / "functions" / "sayso" / "domain" / "prefix_table.py"


def test_the_table_is_what_the_library_says_today() -> None:
    program = "import runpy; print(runpy.run_path('scripts/prefix_table.py')['table'](), end='')"
    made = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert made.stdout == TABLE.read_text(), "run scripts/prefix_table.py"


def test_every_zone_of_the_table_exists() -> None:
    zones = set(re.findall(r"\S+/\S+", prefix_table.AREA_CODES + prefix_table.COUNTRY_CODES))
    assert len(zones) > 100
    for zone in zones:
        assert ZoneInfo(zone).key == zone


def test_every_state_has_its_area_codes() -> None:
    assert [state for state in sorted(STATES) if not zones_of_state(state)] == []


@pytest.mark.parametrize(
    ("phone", "zones", "states"),
    [
        ("+13125550101", {"America/Chicago"}, {"IL"}),
        ("+18505550101", {"America/Chicago", "America/New_York"}, {"FL"}),
        ("+14165550101", {"America/Toronto"}, set()),
        ("+17875550101", {"America/Puerto_Rico"}, {"PR"}),
        ("+16715550101", {"Pacific/Guam"}, {"GU"}),
        ("+33199000000", {"Europe/Paris"}, set()),
        ("+3545550101", {"Atlantic/Reykjavik"}, set()),
    ],
)
def test_a_number_belongs_where_its_prefix_does(
    phone: str, zones: set[str], states: set[str]
) -> None:
    prefix = prefix_of(phone)
    assert (set(prefix.zones), set(prefix.states)) == (zones, states)


@pytest.mark.parametrize("phone", ["+18005550101", "+15005550101", "+99955501010"])
def test_a_prefix_without_a_place_means_nothing(phone: str) -> None:
    assert prefix_of(phone).zones == ()


def test_the_table_is_small_and_needs_no_library() -> None:
    assert TABLE.stat().st_size < 12_000
    program = "import sys, sayso.domain.window; sys.exit('phonenumbers' in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)
