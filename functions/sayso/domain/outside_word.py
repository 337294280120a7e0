"""What changes a number's standing without a text of its own: the carrier, a person, and time.

Each function returns the contact afterwards and the entry to append, None where there is nothing to
prove: the contact is then as it was, or has the time of a newer opt-out. The caller stores both
together, with a new revision. Pure.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Entry, Evidence, append
from sayso.domain.transitions import Event, move

Outcome = tuple[Contact, Entry | None]

# A question that is not answered by then is no standing offer any more.
ANSWER_WITHIN = timedelta(days=7)
_NO_ANSWER = f"no answer within {ANSWER_WITHIN.days} days"


class Medium(StrEnum):
    """Whose word it is, as the ledger's evidence has it."""

    CARRIER = "carrier"
    PERSON = "admin"
    TIME = "time"
    COUNTER = "counter"  # what staff entered, or the customer in front of them


@dataclass(frozen=True, slots=True)
class Said:
    """Who said what, and when (aware UTC). `words` go into the ledger exactly as they came.

    `message_id` and `number` are those of the text that the carrier speaks of, `by` is the id of
    the user who decided.
    """

    at: datetime
    words: str = ""
    message_id: str = ""
    number: str = ""
    program: str = ""
    by: str = ""


class NotHeld(ValueError):
    """Only held words can be found to be no opt-out."""


def opted_out_by_carrier(contact: Contact, said: Said) -> Outcome:
    """The carrier refuses the number as opted out, or reports our text as spam.

    A word that is older than the newest opt-in changes nothing.
    """
    if _is_overtaken(contact, said.at):
        return contact, None
    return _changed(contact, Event.REFUSED, said, Medium.CARRIER, "the carrier's word")


def became_unreachable(contact: Contact, said: Said) -> Outcome:
    """The carrier says that the number is dead for good; lifted by an explicit opt-in alone.

    A word that is older than the newest opt-in, or than our question, changes nothing.
    """
    if _is_overtaken(contact, said.at):
        return contact, None
    return _changed(contact, Event.UNREACHABLE, said, Medium.CARRIER, "the carrier's word")


def taken_off(contact: Contact, said: Said) -> Outcome:
    """A person of the program opts the number out, whatever way the customer asked for it."""
    return _changed(contact, Event.TAKEN_OFF, said, Medium.PERSON, f"decided by user {said.by}")


def kept(contact: Contact, said: Said) -> Outcome:
    """A person decides that held words were no opt-out: the number stands where it stood before.

    That is subscribed only if it was subscribed when it was held. Raises NotHeld.
    """
    if contact.status is not Status.HELD:
        raise NotHeld("this number is not held")
    return _changed(contact, Event.KEPT, said, Medium.PERSON, f"decided by user {said.by}")


def erased(contact: Contact, said: Said) -> Outcome:
    """An owner erases the number: opted out, and nothing kept but the proof of that."""
    return _changed(contact, Event.FORGOTTEN, said, Medium.PERSON, f"erased by user {said.by}")


def placed(contact: Contact, location: str, said: Said) -> Outcome:
    """A subscriber without a store gets the one where they redeem. Raises Impossible for others."""
    there = replace(contact, location=location)
    return _changed(there, Event.PREFERRED, said, Medium.COUNTER, "the store where they redeem")


def lapse(contact: Contact, now: datetime) -> Outcome:
    """What time alone has ended: a question without an answer, a pause.

    A question leaves the number where it stood before: opted out, if it was.
    """
    asked = contact.asked_at
    if contact.status is Status.PENDING and asked and now - asked >= ANSWER_WITHIN:
        return _changed(contact, Event.EXPIRED, Said(now), Medium.TIME, _NO_ANSWER)
    is_over = contact.paused_until is not None and contact.paused_until <= now
    if contact.status is Status.PAUSED and is_over:
        return _changed(contact, Event.PAUSE_ENDED, Said(now), Medium.TIME, "the pause is over")
    return contact, None


def is_open(contact: Contact, now: datetime) -> bool:
    """Whether our question may still be answered; no answer was sent before it was asked."""
    asked = contact.asked_at
    return asked is not None and asked <= now < asked + ANSWER_WITHIN


def recorded(contact: Contact, entry: Entry) -> Contact:
    """The contact that names `entry` as the newest of its ledger."""
    return replace(contact, ledger_seq=entry.seq, ledger_head=entry.digest)


def _changed(contact: Contact, event: Event, said: Said, medium: Medium, rule: str) -> Outcome:
    after, change = move(contact, event, said.at)
    if change is None:
        return after, None
    evidence = Evidence(
        phone=contact.phone,
        at=said.at,
        medium=medium,
        message_id=said.message_id,
        number=said.number,
        words=said.words,
        shown="",
        program=said.program,
        keyword=after.keyword,
        channel=after.channel,
        location=after.location,
        rule=rule,
    )
    entry = append(
        seq=contact.ledger_seq, head=contact.ledger_head, change=change, evidence=evidence
    )
    return recorded(after, entry), entry


def _is_overtaken(contact: Contact, at: datetime) -> bool:
    newest = [since for since in (contact.joined_at, contact.asked_at) if since]
    return any(at < since for since in newest)
