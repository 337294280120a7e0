"""One text on its way to a decision: what is known, and what may come of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sayso.domain.catalog import Catalog, Location
from sayso.domain.contact import Contact
from sayso.domain.exchange import InboundText, Mirror
from sayso.domain.ledger import Entry, Evidence, append
from sayso.domain.outside_word import recorded
from sayso.domain.referrals import Referral
from sayso.domain.transitions import Event, move
from sayso.domain.understanding import Reading

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything that one text changes.

    `left_run` is the campaign run that an opt-out follows, `answered_run` the one that any other
    text answers: at most one of them is not "". `lapsed` goes into the ledger before `entry`: what
    time had ended by the time of the text. `referral` is whom a new subscriber came by.
    """

    contact: Contact
    reply: str = ""
    entry: Entry | None = None
    mirror: Mirror = Mirror.NONE
    left_run: str = ""
    answered_run: str = ""
    lapsed: Entry | None = None
    referral: Referral | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What the ledger gets, in this order."""
        return tuple(one for one in (self.lapsed, self.entry) if one)


@dataclass(frozen=True, slots=True)
class Turn:
    """One text, how it was read, and what is known: what the rules look at.

    `language` is the one to answer in, "" for the program's. `quiet` where nothing may be said.
    `said` is what the counter answers, where the text is for it.
    """

    contact: Contact
    text: InboundText
    reading: Reading
    catalog: Catalog
    quiet: bool
    language: str = ""
    said: str = ""

    @property
    def now(self) -> datetime:
        return self.text.received_at

    @property
    def store(self) -> Location | None:
        """The contact's store, if it is still set up."""
        return self.store_of(self.contact)

    def store_of(self, contact: Contact) -> Location | None:
        return self.catalog.location(contact.location) if contact.location else None

    def answer(self, contact: Contact, reply: str) -> Decision:
        """The decision to enter `contact` and say `reply`, unless the loop guard says hush."""
        if self.quiet or not reply:
            return Decision(contact)
        return Decision(counted(contact, self.now), reply)

    def enter(self, event: Event, contact: Contact, reply: str) -> Decision:
        """`answer` with where the event takes the contact, and the proof of it.

        The ledger's entry shows both sides' words as they were really said. An event that changes
        nothing any more is answered with nothing.
        """
        after, change = move(contact, event, self.now)
        if change is None:
            return Decision(after)
        decision = self.answer(after, reply)
        program = self.catalog.program
        evidence = Evidence(
            phone=after.phone,
            at=self.now,
            medium="sms",
            message_id=self.text.message_id,
            number=self.text.number,
            words=self.text.body,
            shown=decision.reply,
            program=program.name if program else "",
            keyword=after.keyword,
            channel=after.channel,
            location=after.location,
            rule=self.reading.rule,
        )
        entry = append(
            seq=after.ledger_seq, head=after.ledger_head, change=change, evidence=evidence
        )
        return replace(decision, contact=recorded(decision.contact, entry), entry=entry)


def counted(contact: Contact, now: datetime) -> Contact:
    """The contact after one more answer, in the hour that began with its first."""
    if contact.replies_since is None or now - contact.replies_since >= _HOUR:
        return replace(contact, replies_since=now, replies=1)
    return replace(contact, replies=contact.replies + 1)


def has_had(contact: Contact, most: int, now: datetime) -> bool:
    """Whether the contact has had so many answers in the hour that began with its first."""
    if contact.replies_since is None or now - contact.replies_since >= _HOUR:
        return False
    return contact.replies >= most
