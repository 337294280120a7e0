"""Where a telephone number can be: every zone and state that its prefix can mean.

A mobile number keeps its prefix when its owner moves within the area, and often when they move
away: so the prefix says where somebody may be, never where they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from sayso.domain.prefix_table import AREA_CODES, COUNTRY_CODES

_NORTH_AMERICA = "+1"
_AREA_CODE_ENDS = len("+1312")
_LONGEST_COUNTRY_CODE = 3
# Not assignable as an area code, so no phone is where it says. Source: NANPA's codes that are not
# available for assignment (as of 2026-11, from summaries of its list). Unlike it, another unknown
# area code may be a new one.
_NOBODYS = frozenset({"+1555"})


@dataclass(frozen=True, slots=True)
class Prefix:
    """The part of a number that says where it belongs, such as `+1850` or `+44`.

    No `zones`: nobody knows the prefix. `states` of the United States; none abroad.
    """

    digits: str
    zones: tuple[str, ...] = field(default=(), compare=False)
    states: tuple[str, ...] = field(default=(), compare=False)

    @property
    def is_north_american(self) -> bool:
        """Whether it is of country code 1: the United States, Canada and the Caribbean."""
        return self.digits.startswith(_NORTH_AMERICA)

    @property
    def is_nobodys(self) -> bool:
        """Whether it is kept out of use, and so tells nothing about where a phone is."""
        return self.digits in _NOBODYS


def prefix_of(phone: str) -> Prefix:
    """The prefix of a number in E.164, with all that it can mean."""
    known = _prefixes()
    if phone.startswith(_NORTH_AMERICA):
        digits = phone[:_AREA_CODE_ENDS]
        return known.get(digits) or Prefix(digits)
    for length in range(_LONGEST_COUNTRY_CODE, 0, -1):
        if found := known.get(phone[: length + 1]):
            return found
    return Prefix(phone[: _LONGEST_COUNTRY_CODE + 1])


@cache
def zones_of_state(state: str) -> tuple[str, ...]:
    """Every zone that the area codes of a state can mean; none for what is no state."""
    found = (prefix for prefix in _prefixes().values() if state in prefix.states)
    return tuple(sorted({zone for prefix in found for zone in prefix.zones}))


@cache
def _prefixes() -> dict[str, Prefix]:
    rows = [*_rows(AREA_CODES, _NORTH_AMERICA), *_rows(COUNTRY_CODES, "+")]
    return {prefix.digits: prefix for prefix in rows}


def _rows(table: str, before: str) -> Iterator[Prefix]:
    for row in table.split(";"):
        words = row.split()
        zones = tuple(word for word in words if "/" in word)
        states = tuple(word for word in words if word.isalpha())
        for word in words[len(zones) + len(states) :]:
            yield Prefix(before + word, zones, states)
