"""What a row means for the number that it names. An import never overrides what a person said.

Only a number without any entry in its ledger is entered: whoever has one decided for themselves,
and from an opt-out nothing but the person's own words leads back (47 CFR 64.1200(a)(10)).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sayso.domain.catalog import Program
from sayso.domain.contact import Contact, Status
from sayso.domain.imports.rows import Reason, Rejected, Row
from sayso.domain.ledger import Change, Entry, Evidence, append
from sayso.domain.transitions import Event, move

MEDIUM = "import"


@dataclass(frozen=True, slots=True)
class Entering:
    """A number on its way in: the contact as it is read and as it becomes, and the proof."""

    before: Contact
    after: Contact
    entry: Entry


@dataclass(frozen=True, slots=True)
class Standing:
    """What is stored of a number; `first_message` is the id in its ledger's first entry."""

    contact: Contact
    first_message: str = ""


@dataclass(frozen=True, slots=True)
class AlreadyIn:
    """The number is subscribed: nothing to do, and its ledger stays as it is."""


@dataclass(frozen=True, slots=True)
class Entered:
    """This very row has entered the number, now or before a worker crashed."""


Verdict = Entered | AlreadyIn | Rejected


def enter(before: Contact, row: Row, import_id: str, program: Program, now: datetime) -> Entering:
    """Subscribe a number that has no ledger, by the evidence of the row.

    The entry's time is that of the import, which is what we witnessed; when the person agreed is
    what the file says, and stands in `words`.
    """
    subscribed, change = move(before, Event.IMPORTED, row.opted_in_at)
    contact = replace(
        subscribed,
        revision=before.revision + 1,
        location=row.location or before.location,
        channel=row.channel or before.channel,
        keyword=row.keyword or before.keyword,
        language=row.language or before.language or program.language,
    )
    evidence = Evidence(
        phone=row.phone,
        at=now,
        medium=MEDIUM,
        message_id=message_id(import_id, row.row),
        number="",
        words=row.given,
        shown=row.agreed_to,
        program=program.name,
        keyword=contact.keyword,
        channel=contact.channel,
        location=contact.location,
        rule=MEDIUM,
    )
    entry = append(seq=0, head="", change=change or Change.OPTED_IN, evidence=evidence)
    after = replace(contact, ledger_seq=entry.seq, ledger_head=entry.digest)
    return Entering(before, after, entry)


def judge(standing: Standing, row: Row, import_id: str) -> Verdict | None:
    """What becomes of the row where the number is on record; None if it may be entered yet."""
    came_by, _, number = standing.first_message.partition("/")
    if came_by == import_id:
        return Entered() if number == str(row.row) else duplicate_of(int(number))
    contact = standing.contact
    if contact.status is Status.SUBSCRIBED:
        return AlreadyIn()
    if contact.status is Status.UNKNOWN and not contact.ledger_seq and not standing.first_message:
        return None
    reason = _REASONS.get(contact.status, Reason.ON_RECORD)
    return Rejected(reason, _DETAILS[reason])


def duplicate_of(row: int) -> Rejected:
    """The first of several rows with one number counts."""
    return Rejected(Reason.DUPLICATE, f"the same number as row {row}, which counts")


def message_id(import_id: str, row: int) -> str:
    """The ledger's name for a row of an import; no carrier's id has a slash in it."""
    return f"{import_id}/{row}"


_REASONS = {
    Status.OPTED_OUT: Reason.OPTED_OUT,
    Status.HELD: Reason.HELD,
    Status.PENDING: Reason.PENDING,
}
_DETAILS = {
    Reason.OPTED_OUT: "the number has opted out here; only its own JOIN or START leads back",
    Reason.HELD: "the number is held, since its words may have been an opt-out",
    Reason.PENDING: "the number has been asked to confirm and has not done so; its YES counts",
    Reason.ON_RECORD: "the number is on record here, and what it said itself counts",
}
