"""The consent ledger: entries that are only ever appended, each naming its predecessor by hash."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime

from sayso.domain.changes import Change, Trail
from sayso.domain.contact import Contact, Status

__all__ = ["Audit", "Change", "Entry", "Erased", "Evidence", "Line", "Unreadable", "append"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was said, by whom, where and how (CTIA; 16 CFR 310.5).

    `words` are the customer's exact words, `shown` ours: the reply that this text was given. On the
    web `words` are what was filled in and ticked, `shown` is the call to action of the `page` (its
    path) in its `version`, and `question` is the text that was then sent to the number. What is
    empty of the last five is no part of the record, so that older entries keep their digests.
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
    page: str = ""
    version: str = ""
    question: str = ""
    ip: str = ""
    user_agent: str = ""


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
    proof = _sha256(_record(seq + 1, head, change, evidence))
    return Entry(seq=seq + 1, previous=head, change=change, evidence=evidence, digest=proof)


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure leaves of an entry: its place in the chain, and nothing of what it said.

    Whoever has kept a copy of the entry can show by the digest that it stood here.
    """

    seq: int
    previous: str
    digest: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What stands where an entry should and is none; `where` is the key that it stands under."""

    where: str


Kept = Entry | Erased
Line = Kept | Unreadable


@dataclass(slots=True)
class Audit:
    """Reads one number's ledger, oldest entry first, and keeps what is wrong with it.

    Only the newest entry is held, so a ledger may be of any length.
    """

    phone: str
    newest: Kept | None = None
    contact: Contact | None = None
    read_so_far: int = 0
    faults: list[str] = field(default_factory=list)
    trail: Trail = field(default_factory=Trail)
    unexplained: list[int] = field(default_factory=list)

    def read(self, line: Line) -> None:
        """Find an entry that was edited, removed, reordered, or brought from another ledger."""
        self.read_so_far += 1
        if isinstance(line, Unreadable):
            self.faults.append(f"what is stored as {line.where} cannot be read as an entry")
            return
        seq, head = (self.newest.seq, self.newest.digest) if self.newest else (0, "")
        if line.seq != seq + 1:
            self._note(f"entry {line.seq} follows entry {seq}: one is missing or out of order")
        elif line.previous != head:
            self._note(f"entry {line.seq} does not name entry {seq} as its predecessor")
        if isinstance(line, Erased):
            self.unexplained.append(line.seq)
        else:
            self._check(line)
        self.newest = line

    def _check(self, entry: Entry) -> None:
        """What only an entry whose words are still there can show."""
        if entry.digest != digest(entry):
            self._note(f"entry {entry.seq} was changed after it was written")
        elif entry.evidence.phone != self.phone:
            self._note(f"entry {entry.seq} belongs to another number's ledger")
        elif entry.change is Change.ERASED:
            self.unexplained.clear()
        self.trail.follow(entry.change)

    @property
    def is_of_a_stranger(self) -> bool:
        """Whether nothing at all is stored of the number."""
        return self.contact is None and not self.read_so_far

    def end(self, before: Contact | None, after: Contact | None) -> None:
        """Find a ledger that was cut off or written anew, by the subscriber's own record.

        The ledger may have grown while it was read, between two looks at that record.
        """
        self.contact = after
        for seq in self.unexplained:
            self._note(f"entry {seq} is erased, and no later entry says that it was to be")
        if after is None or before is None:
            # A number that texts for the first time meanwhile has a record by now, and is no fault.
            if after is None and self.read_so_far:
                self._note("the number's own record is missing: nothing tells where this ends")
            return
        newest = self.newest.seq if self.newest else 0
        if newest < before.ledger_seq:
            self._note(
                f"the entries after number {newest} are missing: there were {before.ledger_seq}"
            )
        elif newest > after.ledger_seq:
            self._note(f"the entries after number {after.ledger_seq} were not written by a text")
        else:
            self._compare([one for one in (before, after) if one.ledger_seq == newest])

    def _compare(self, looks: list[Contact]) -> None:
        """What the number's record says of this very entry; no look may have met it."""
        head = self.newest.digest if self.newest else ""
        if looks and {one.ledger_head for one in looks} != {head}:
            seq = self.newest.seq if self.newest else 0
            self._note(f"entry {seq} is not the one that was written last")
        if not self.trail.has_consent and any(one.status in _SUBSCRIBED for one in looks):
            self._note("the number is recorded as subscribed, and its newest entry is no opt-in")

    def _note(self, fault: str) -> None:
        self.faults.append(fault)


_SUBSCRIBED = (Status.SUBSCRIBED, Status.PAUSED)


def faults(entries: Sequence[Kept]) -> list[str]:
    """What is wrong with the entries of one number, oldest first; empty when they verify.

    A cut-off tail does not show here: `Audit.end` compares with the subscriber's record.
    """
    phones = [entry.evidence.phone for entry in entries if isinstance(entry, Entry)]
    audit = Audit(phones[0] if phones else "")
    for entry in entries:
        audit.read(entry)
    return audit.faults


def record(entry: Entry) -> str:
    """What an entry's digest is over: a JSON object of all else in it, written in one way only.

    Keys in alphabetical order, no spaces between tokens, the time in UTC with milliseconds,
    characters beyond ASCII as they are (control characters as JSON escapes them).
    """
    return _record(entry.seq, entry.previous, entry.change, entry.evidence)


def digest(entry: Entry) -> str:
    """The digest that the entry should have: SHA-256 of its record in UTF-8, in hexadecimal."""
    return _sha256(record(entry))


def _record(seq: int, previous: str, change: Change, evidence: Evidence) -> str:
    # Not asdict: it copies every value in depth, which takes longer than the digest itself.
    said = {name: getattr(evidence, name) for name in _ALWAYS}
    for name in _OF_THE_WEB:
        if value := getattr(evidence, name):
            said[name] = value
    content = {"seq": seq, "previous": previous, "change": change, **said}
    content["at"] = evidence.at.astimezone(UTC).isoformat(timespec="milliseconds")
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


EVIDENCE_FIELDS = tuple(one.name for one in fields(Evidence))
_OF_THE_WEB = tuple(one.name for one in fields(Evidence) if one.default == "")
_ALWAYS = tuple(name for name in EVIDENCE_FIELDS if name not in _OF_THE_WEB)
