"""The consent ledger: entries that are only ever appended, each naming its predecessor by hash."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum


class Change(StrEnum):
    """What an entry proves."""

    ASKED = "asked"  # double opt-in: the question was put, no consent yet
    OPTED_IN = "opted_in"
    OPTED_IN_AGAIN = "opted_in_again"  # a subscriber said so once more, or changed store
    OPTED_OUT = "opted_out"
    HELD = "held"  # words that may be an opt-out: no marketing from here on


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was said, by whom, where and how (CTIA; 16 CFR 310.5).

    `words` are the customer's exact words, `shown` ours: the reply that this text was given.
    """

    phone: str
    at: datetime
    medium: str
    message_id: str
    number: str
    words: str
    shown: str
    program: str
    keyword: str
    channel: str
    location: str
    rule: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a number's ledger; `digest` is over everything else, `previous` included."""

    seq: int
    previous: str
    change: Change
    evidence: Evidence
    digest: str


def append(*, seq: int, head: str, change: Change, evidence: Evidence) -> Entry:
    """The entry that follows number `seq`, whose digest is `head` (0 and "" for the first)."""
    digest = _digest(seq + 1, head, change, evidence)
    return Entry(seq=seq + 1, previous=head, change=change, evidence=evidence, digest=digest)


def faults(entries: Sequence[Entry]) -> list[str]:
    """What is wrong with a number's ledger, oldest entry first; empty when it verifies.

    Finds an edited, missing or reordered entry; a cut-off tail shows against the contact's
    `ledger_seq` and `ledger_head`, which the caller compares.
    """
    found = []
    seq, head = 0, ""
    for entry in entries:
        if entry.seq != seq + 1:
            found.append(f"entry {entry.seq} follows entry {seq}: one is missing or out of order")
        elif entry.previous != head:
            found.append(f"entry {entry.seq} does not name entry {seq} as its predecessor")
        if entry.digest != _digest(entry.seq, entry.previous, entry.change, entry.evidence):
            found.append(f"entry {entry.seq} was changed after it was written")
        seq, head = entry.seq, entry.digest
    return found


def _digest(seq: int, previous: str, change: Change, evidence: Evidence) -> str:
    # Not asdict: it copies every value in depth, which takes longer than the digest itself.
    said = {name: getattr(evidence, name) for name in EVIDENCE_FIELDS}
    content = {"seq": seq, "previous": previous, "change": change, **said}
    content["at"] = evidence.at.astimezone(UTC).isoformat(timespec="milliseconds")
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


EVIDENCE_FIELDS = tuple(one.name for one in fields(Evidence))
