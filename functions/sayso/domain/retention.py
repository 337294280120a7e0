"""How long the proof of consent has to be kept, at the least, and which rule says so.

Sayso deletes no ledger entry: these are the dates before which nobody may. A ledger is one chain,
of which each entry proves the one before it, so all of it is kept until its last entry may go. Only
its holder, or an owner at their request, has the words of entries erased (`sayso.domain.erasure`).
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Change, Entry


class Since(StrEnum):
    """From when the years of a rule count."""

    ENTRY = "the entry itself"
    END = "the end of the subscription"


class Rule(NamedTuple):
    """What `changes` prove is kept for `years`; `as_of` is the month of the look at the source."""

    what: str
    changes: frozenset[Change]
    years: int
    since: Since
    source: str
    as_of: str


RULES: tuple[Rule, ...] = (
    Rule(
        "Consent, and the question that asked for it",
        frozenset(
            {
                *(Change.ASKED, Change.OPTED_IN, Change.OPTED_IN_AGAIN),
                *(Change.DECLINED, Change.EXPIRED),
            }
        ),
        5,
        Since.END,
        "16 CFR 310.5; 28 U.S.C. 1658(a)",
        "2026-11",
    ),
    Rule(
        "What a subscriber asked for, or the carrier said",
        frozenset({Change.PAUSED, Change.RESUMED, Change.PREFERRED, Change.UNREACHABLE}),
        5,
        Since.END,
        "16 CFR 310.5; 28 U.S.C. 1658(a)",
        "2026-11",
    ),
    Rule(
        "Opt-out, and words that may have been one",
        frozenset({Change.OPTED_OUT, Change.HELD, Change.KEPT, Change.ERASED}),
        10,
        Since.ENTRY,
        "Va. Code 59.1-514",
        "2026-11",
    ),
)


_NOT_ENDED = frozenset({Status.SUBSCRIBED, Status.PAUSED, Status.PENDING, Status.HELD})


def rule_for(change: Change) -> Rule:
    """The rule by which an entry of this kind is kept."""
    return next(rule for rule in RULES if change in rule.changes)


def keep_until(entries: Sequence[Entry], contact: Contact | None) -> datetime | None:
    """The first instant at which the whole ledger may go; None while no such day is known.

    None for a ledger without entries, and as long as the number has not surely left: while it is
    subscribed, paused or not, is being asked, or is held.
    """
    if contact is None or contact.status in _NOT_ENDED or not entries:
        return None
    end = entries[-1].evidence.at
    return max(_last_day(rule_for(one.change), one, end) for one in entries)


def _last_day(rule: Rule, entry: Entry, end: datetime) -> datetime:
    start = entry.evidence.at if rule.since is Since.ENTRY else end
    return _years_after(start, rule.years)


def _years_after(start: datetime, years: int) -> datetime:
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # 29 February: the next day is the later reading
        return start.replace(year=start.year + years, month=3, day=1)
