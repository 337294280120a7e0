"""The hours in which a marketing text may arrive: a table with a source a row.

Not legal advice: a shop's counsel can review every row here. `certainty` is P where the rule was
read in the primary text, S where it comes from a law firm's or vendor's statute-cited tables (which
differ on some rows: the strictest reading is taken), U where the citation was not verified.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from sayso.domain.holidays import holiday_on

_SATURDAY, _SUNDAY = 5, 6


class Hours(NamedTuple):
    """From `opens` on, until just before `closes`, on the recipient's clock."""

    opens: time
    closes: time

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"


@dataclass(frozen=True, slots=True)
class TextLimit:
    """At most `count` marketing texts to one person within any period of this length."""

    count: int
    within: timedelta
    reason: str
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """When texts may arrive under one law; None is a day without texts.

    A rule is equal to itself only: each exists once, and is looked up for every text.

    `where` is a state, or what the rule holds for. `holidays` are the states whose legal holidays
    are days without texts ("": the federal ones only); none where holidays are days like others.
    """

    where: str
    weekdays: Hours | None
    saturday: Hours | None
    sunday: Hours | None
    source: str
    certainty: str
    as_of: str = "2026-10"
    holidays: frozenset[str] = frozenset()
    limits: tuple[TextLimit, ...] = ()

    def hours(self, day: date) -> Hours | None:
        """The hours of a day."""
        if self.holidays and holiday_on(day, self.holidays):
            return None
        weekday = day.weekday()
        if weekday == _SATURDAY:
            return self.saturday
        return self.sunday if weekday == _SUNDAY else self.weekdays

    def __str__(self) -> str:
        parts = [f"{self.where}: {_shown(self.weekdays)}"]
        if self.saturday != self.weekdays:
            parts.append(f"Saturdays {_shown(self.saturday)}")
        if self.sunday != self.weekdays:
            parts.append(f"Sundays {_shown(self.sunday)}")
        if self.holidays:
            parts.append("holidays none")
        return ", ".join(parts)


def _shown(hours: Hours | None) -> str:
    return str(hours) if hours else "none"


def _from(opens: int, closes: int) -> Hours:
    return Hours(time(opens), time(closes))


def _three_a_day(source: str) -> tuple[TextLimit, ...]:
    return (TextLimit(3, timedelta(hours=24), "cap_state", source),)


def _daily(
    where: str, hours: Hours, source: str, certainty: str = "S", limits: tuple[TextLimit, ...] = ()
) -> Rule:
    return Rule(where, hours, hours, hours, source, certainty, limits=limits)


_8_TO_20, _8_TO_21, _9_TO_20, _9_TO_21 = _from(8, 20), _from(8, 21), _from(9, 20), _from(9, 21)
_FL, _OK, _MD = "Fla. Stat. 501.616(6)", "15 O.S. 775C.4", "Md. Com. Law 14-4502"
_ME = "10 M.R.S. 1498 (automated calls)"
# A row whose statute is not at hand says so, rather than naming a likely one.
_NO_STATUTE = "statute not at hand; statute-cited tables of 2026-10"

FEDERAL = _daily("federal", _8_TO_21, "47 CFR 64.1200(c)(1)")
# No table of other countries' laws is shipped: the federal hours are what every number gets.
ABROAD = _daily("abroad", _8_TO_21, "none: the hours of 47 CFR 64.1200(c)(1), taken over", "U")
STATE_RULES: tuple[Rule, ...] = (
    _daily("FL", _8_TO_20, _FL, limits=_three_a_day(_FL)),
    _daily("OK", _8_TO_20, _OK, limits=_three_a_day(_OK)),
    _daily("MD", _8_TO_20, _MD, limits=_three_a_day(_MD)),
    Rule("TX", _9_TO_21, _9_TO_21, _from(12, 21), "Tex. B&C 301.051; SB 140 (2025-09-01)", "S"),
    _daily("WA", _8_TO_20, "RCW 80.36.390, 19.158.110(4), 19.190.060"),
    _daily("CT", _9_TO_20, "Conn. Gen. Stat. 42-288a"),
    _daily("VA", _8_TO_21, "Va. Code 59.1-511"),
    Rule("AL", _8_TO_20, _8_TO_20, None, _NO_STATUTE, "U", holidays=frozenset({"AL"})),
    Rule("LA", _8_TO_20, _8_TO_20, None, _NO_STATUTE, "U", holidays=frozenset({"LA"})),
    Rule("MS", _8_TO_20, _8_TO_20, None, _NO_STATUTE, "U"),
    Rule(
        "RI",
        _from(9, 18),
        _from(10, 17),
        None,
        "R.I. Gen. Laws 5-61-3.6, 5-61-2(9)",
        "S",
        holidays=frozenset({"RI"}),
    ),
    Rule("SD", _9_TO_21, _9_TO_21, None, _NO_STATUTE, "U"),
    _daily("KY", _from(10, 21), "KRS 367.46955", "U"),
    _daily("NV", _9_TO_20, "NRS 598.0918", "U"),
    _daily("IN", _9_TO_20, _NO_STATUTE, "U"),
    _daily("NM", _9_TO_21, "N.M. Stat. 57-12-22", "U"),
    _daily("MA", _8_TO_20, "M.G.L. c. 159C s. 3", "U"),
    _daily("WY", _8_TO_20, _NO_STATUTE, "U"),
    # The 8-20 of Maine's general rule is wider: what a program sends is automated.
    Rule(
        "ME",
        _from(9, 17),
        None,
        None,
        _ME,
        "U",
        limits=(TextLimit(1, timedelta(hours=8), "cap_state", _ME),),
    ),
    _daily("NJ", _8_TO_21, "N.J.S. 56:8-130"),
)
_BY_STATE = {rule.where: rule for rule in STATE_RULES}


def rule_of(state: str) -> Rule | None:
    """The rule of a state that has one of its own."""
    return _BY_STATE.get(state)


@lru_cache(1024)
def rule_asked_for(opens: time | None, closes: time | None) -> Rule | None:
    """The hours that a customer asked for, every day; None if they asked for none."""
    if opens is None and closes is None:
        return None
    hours = Hours(opens or time.min, closes or time.max)
    return Rule("as the customer asked", hours, hours, hours, "the customer's own text", "P", "")


@cache
def strictest_rule() -> Rule:
    """All states' rules at once: for somebody who may be in any of them."""
    rules = (FEDERAL, *STATE_RULES)
    return Rule(
        "any state",
        _common([rule.weekdays for rule in rules]),
        _common([rule.saturday for rule in rules]),
        _common([rule.sunday for rule in rules]),
        "the strictest of all rows: nothing says which state the number is in",
        "U",
        holidays=frozenset().union(*(rule.holidays for rule in rules)),
        limits=tuple(limit for rule in rules for limit in rule.limits),
    )


def _common(all_hours: list[Hours | None]) -> Hours | None:
    open_ones = [hours for hours in all_hours if hours]
    if len(open_ones) < len(all_hours):
        return None
    return Hours(max(one.opens for one in open_ones), min(one.closes for one in open_ones))
