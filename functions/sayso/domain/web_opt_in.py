"""What a web form may do: ask one question of a number that nobody has heard of, and no more.

A number typed into a form proves nothing about who typed it, so whatever the program's own
setting, a YES from that phone has to follow (CTIA Messaging Principles; shared practice for web
forms). A number that has opted out, is held or is subscribed gets no text from here at all.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sayso.domain import replies
from sayso.domain.call_to_action import CallToAction
from sayso.domain.catalog import Program
from sayso.domain.contact import Contact, Status
from sayso.domain.conversation import Decision
from sayso.domain.invitation import Invitation
from sayso.domain.ledger import Change, Evidence, append
from sayso.domain.outside_word import lapse, recorded
from sayso.domain.transitions import Event, move

MEDIUM = "web"
RULE = "web form, box ticked"


@dataclass(frozen=True, slots=True)
class Submission:
    """One press of the button. `words` are what was filled in and ticked; `page` is a path."""

    id: str
    phone: str
    at: datetime
    number: str
    invited: Invitation
    words: str
    shown: CallToAction
    page: str
    ip: str
    user_agent: str

    @property
    def message_id(self) -> str:
        """Stands where a text has its carrier's id."""
        return f"{MEDIUM}-{self.id}"


def filled_in(typed: str, store: str, consent: str) -> str:
    """What a person entered and ticked, a line each, as the ledger keeps it."""
    return "\n".join(line for line in (typed, store, f"[x] {consent}") if line)


def may_be_asked(contact: Contact, now: datetime) -> bool:
    """Whether a web form may have this number texted: only one of which nothing is known.

    Nor is more known where a question went unanswered until it expired.
    """
    current, _ = lapse(contact, now)
    return current.status is Status.UNKNOWN


def ask(contact: Contact, submission: Submission, program: Program) -> Decision:
    """The question, and the proof of how it came about; the number is subscribed by no means."""
    location = submission.invited.location
    language = submission.shown.language
    question = replies.opt_in_question(program, location, language)
    keyword = submission.invited.keyword
    current, lapsed = lapse(contact, submission.at)
    # The answer's time is the carrier's, by another clock than ours and to the second at worst.
    moved, change = move(current, Event.INVITED, submission.at.replace(microsecond=0))
    asked = replace(
        moved,
        revision=contact.revision + 1,
        location=location.code if location else contact.location,
        channel=keyword.channel or contact.channel or MEDIUM,
        keyword=keyword.word,
        language=language,
    )
    entry = append(
        seq=current.ledger_seq,
        head=current.ledger_head,
        change=change or Change.ASKED,
        evidence=_evidence(submission, asked, program, question),
    )
    return Decision(recorded(asked, entry), reply=question, entry=entry, lapsed=lapsed)


def _evidence(submission: Submission, asked: Contact, program: Program, question: str) -> Evidence:
    return Evidence(
        phone=submission.phone,
        at=submission.at,
        medium=MEDIUM,
        message_id=submission.message_id,
        number=submission.number,
        words=submission.words,
        shown=submission.shown.words,
        program=program.name,
        keyword=asked.keyword,
        channel=asked.channel,
        location=asked.location,
        rule=RULE,
        page=submission.page,
        version=submission.shown.version,
        question=question,
        ip=submission.ip,
        user_agent=submission.user_agent,
    )
