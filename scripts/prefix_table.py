"""Write functions/sayso/domain/prefix_table.py: what each telephone prefix can mean.

The source is the `phonenumbers` library, whose geographic data takes seconds to import and
megabytes to ship. A number moves within its area code, so an area code means every zone and state
that any of its exchanges means. Run it again when the library has moved: a test fails until then.
"""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import phonenumbers
from phonenumbers.geodata import GEOCODE_DATA
from phonenumbers.tzdata import TIMEZONE_DATA

from sayso.domain.states import STATES

TARGET = Path(__file__).resolve().parents[1] / "functions" / "sayso" / "domain" / "prefix_table.py"
_AREA_CODE = 4  # digits, the country code 1 included
_UNKNOWN_ZONE = "Etc/Unknown"
# Area codes that serve the same places (NANPA, as of 2026-11), where the library knows of fewer
# zones for the younger one.
_OVERLAYS = (
    ("850", "448"), ("407", "321", "689"), ("812", "930"), ("270", "364"), ("541", "458"),
    ("208", "986"), ("402", "531"), ("709", "879"), ("250", "236", "257", "672", "778"),
)  # fmt: skip
_TERRITORIES = {"684": "AS", "671": "GU", "670": "MP", "787": "PR", "939": "PR", "340": "VI"}
Meaning = tuple[tuple[str, ...], tuple[str, ...]]  # zones, states
_STATE_AT_THE_END = re.compile(r", ([A-Z]{2})$")
_STATE_NAMES = {
    "Alabama": "AL", "Alaska": "AK", "Arizona": "AZ", "Arkansas": "AR", "California": "CA",
    "Colorado": "CO", "Connecticut": "CT", "Delaware": "DE", "Washington D.C.": "DC",
    "Florida": "FL", "Georgia": "GA", "Hawaii": "HI", "Idaho": "ID", "Illinois": "IL",
    "Indiana": "IN", "Iowa": "IA", "Kansas": "KS", "Kentucky": "KY", "Louisiana": "LA",
    "Maine": "ME", "Maryland": "MD", "Massachusetts": "MA", "Michigan": "MI", "Minnesota": "MN",
    "Mississippi": "MS", "Missouri": "MO", "Montana": "MT", "Nebraska": "NE", "Nevada": "NV",
    "New Hampshire": "NH", "New Jersey": "NJ", "New Mexico": "NM", "New York": "NY",
    "North Carolina": "NC", "North Dakota": "ND", "Ohio": "OH", "Oklahoma": "OK", "Oregon": "OR",
    "Pennsylvania": "PA", "Rhode Island": "RI", "South Carolina": "SC", "South Dakota": "SD",
    "Tennessee": "TN", "Texas": "TX", "Utah": "UT", "Vermont": "VT", "Virginia": "VA",
    "Washington State": "WA", "Washington": "WA", "West Virginia": "WV", "Wisconsin": "WI",
    "Wyoming": "WY",
}  # fmt: skip
_HEADER = '''"""What each telephone prefix can mean; written by scripts/prefix_table.py.

Source: phonenumbers {version}. Rows end with a semicolon. One of AREA_CODES (country code 1) holds
zones, states where there are any, and area codes; one of COUNTRY_CODES zones and country codes.
"""
'''


def table() -> str:
    """The module's text."""
    return "\n".join(
        [
            _HEADER.format(version=phonenumbers.__version__),
            _constant("AREA_CODES", _joined(_area_codes())),
            _constant("COUNTRY_CODES", _joined(_country_codes())),
        ]
    )


def _area_codes() -> dict[str, Meaning]:
    """Zones and states by area code."""
    zones: defaultdict[str, set[str]] = defaultdict(set)
    for prefix, names in TIMEZONE_DATA.items():
        if prefix.startswith("1") and len(prefix) >= _AREA_CODE:
            zones[prefix[1:_AREA_CODE]].update(names)
    states: defaultdict[str, set[str]] = defaultdict(set)
    for prefix, places in GEOCODE_DATA.items():
        if prefix.startswith("1") and len(prefix) >= _AREA_CODE and (state := _state(places)):
            states[prefix[1:_AREA_CODE]].add(state)
    for area in _OVERLAYS:
        everywhere = set().union(*(zones[code] for code in area))
        zones |= dict.fromkeys(area, everywhere)
    for code, territory in _TERRITORIES.items():
        states[code].add(territory)
    return {
        code: (_known(names), tuple(sorted(states[code])))
        for code, names in sorted(zones.items())
        if _known(names)
    }


def _country_codes() -> dict[str, Meaning]:
    """Zones by country code: every zone that any prefix of the country means."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for prefix, names in TIMEZONE_DATA.items():
        code = next(prefix[:n] for n in (1, 2, 3) if int(prefix[:n]) in _CODES)
        if code != "1":
            found[code].update(names)
    return {code: (_known(names), ()) for code, names in sorted(found.items()) if _known(names)}


_CODES = frozenset(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)


def _known(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(names) - {_UNKNOWN_ZONE}))


def _state(places: Mapping[str, str]) -> str:
    """The state that an English place name ends with, or is; "" for none."""
    name = places.get("en", "")
    if found := _STATE_AT_THE_END.search(name):
        return found[1] if found[1] in STATES else ""
    return _STATE_NAMES.get(name, "")


def _joined(rows: Mapping[str, Meaning]) -> str:
    """The rows, with those that mean the same put together."""
    same: defaultdict[Meaning, list[str]] = defaultdict(list)
    for code, meaning in rows.items():
        same[meaning].append(code)
    return "; ".join(" ".join((*zones, *states, *codes)) for (zones, states), codes in same.items())


def _constant(name: str, rows: str) -> str:
    body = "\n".join(textwrap.wrap(rows, 99, break_on_hyphens=False))
    return f'{name} = """\\\n{body}\n"""\n'


def main() -> None:
    TARGET.write_text(table())


if __name__ == "__main__":
    main()
