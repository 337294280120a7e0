"""What follows from a text: the contact's next state, the proof, and the answer. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sayso.domain import replies
from sayso.domain.catalog import Catalog, Location, OptIn, Program
from sayso.domain.contact import Contact, Status
from sayso.domain.exchange import InboundText, Mirror
from sayso.domain.ledger import Change, Entry, Evidence, append
from sayso.domain.understanding import Reading
from sayso.domain.vocabulary import Intent

# One friendly fallback a day: more would be nagging, and none would leave people puzzled.
FALLBACK_EVERY = timedelta(days=1)
# Two machines that answer each other stop here; no person needs as many answers within an hour.
# Opt-outs are confirmed for a while longer: that text is owed to whoever it may be.
REPLIES_AN_HOUR = 30
REPLIES_AN_HOUR_TO_OPT_OUTS = 40
_HOUR = timedelta(hours=1)
# A STOP this soon after a campaign's text is counted as that campaign's doing.
CREDITED_TO_CAMPAIGN = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Decision:
    """Everything that one text changes. `left_run` is the campaign run that an opt-out follows."""

    contact: Contact
    reply: str = ""
    entry: Entry | None = None
    mirror: Mirror = Mirror.NONE
    left_run: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One text, how it was read, and what is known: what the rules below look at."""

    contact: Contact
    text: InboundText
    reading: Reading
    catalog: Catalog
    quiet: bool

    @property
    def now(self) -> datetime:
        return self.text.received_at

    def answer(self, contact: Contact, reply: str) -> Decision:
        """The decision to enter `contact` and say `reply`, unless the loop guard says hush."""
        if self.quiet or not reply:
            return Decision(contact)
        return Decision(_counted(contact, self.now), reply)

    def prove(self, change: Change, contact: Contact, reply: str) -> Decision:
        """`answer` with a ledger entry that shows both sides' words as they were really said."""
        decision = self.answer(contact, reply)
        program = self.catalog.program
        evidence = Evidence(
            phone=contact.phone,
            at=self.now,
            medium="sms",
            message_id=self.text.message_id,
            number=self.text.number,
            words=self.text.body,
            shown=decision.reply,
            program=program.name if program else "",
            keyword=contact.keyword,
            channel=contact.channel,
            location=contact.location,
            rule=self.reading.rule,
        )
        entry = append(
            seq=contact.ledger_seq, head=contact.ledger_head, change=change, evidence=evidence
        )
        entered = replace(decision.contact, ledger_seq=entry.seq, ledger_head=entry.digest)
        return replace(decision, contact=entered, entry=entry)


def decide(contact: Contact, text: InboundText, reading: Reading, catalog: Catalog) -> Decision:
    """What this text changes for this contact.

    An opt-out is honoured in every state, at any time, whether or not a program is set up, and
    so are words that may be one, by holding all marketing; nothing but JOIN, START, or the YES
    that answers our question opts anyone in.
    """
    quiet = _has_had_enough(contact, reading.intent, text.received_at)
    turn = Turn(contact.heard(text.received_at), text, reading, catalog, quiet)
    if reading.intent in _OPTS_IN and _comes_to_nothing(turn):
        return Decision(turn.contact)
    if reading.intent is Intent.STOP:
        return _stop(turn)
    if reading.intent is Intent.UNSURE:
        return _hold(turn)
    if catalog.program is None:
        return _fallback(turn, replies.not_open_yet())
    return _RULES.get(reading.intent, _unknown)(turn, catalog.program)


_OPTS_IN = frozenset({Intent.JOIN, Intent.START, Intent.YES})


def _comes_to_nothing(turn: Turn) -> bool:
    """Whether this opt-in may not count.

    One that was sent before a STOP and arrives after it is no new consent. And nobody enters
    without being told so, which the loop guard would prevent (CTIA: confirmation comes first).
    """
    ends = (turn.contact.opted_out_at, turn.contact.held_at)
    was_overtaken = any(end is not None and turn.now < end for end in ends)
    return was_overtaken or (turn.quiet and turn.contact.status is not Status.SUBSCRIBED)


def _stop(turn: Turn) -> Decision:
    before = turn.contact
    if before.status is Status.OPTED_OUT:
        # Nothing to add but the time: an opt-in that was sent before it is overtaken by it.
        newest = max(before.opted_out_at or turn.now, turn.now)
        return Decision(replace(before, opted_out_at=newest))
    reply = "" if turn.text.answered_by_carrier else replies.opted_out(turn.catalog.program)
    contact = replace(before, status=Status.OPTED_OUT, opted_out_at=turn.now, asked_at=None)
    decision = turn.prove(Change.OPTED_OUT, contact, reply)
    credited = before.last_run_at and turn.now - before.last_run_at <= CREDITED_TO_CAMPAIGN
    return replace(decision, mirror=Mirror.ADD, left_run=before.last_run if credited else "")


def _hold(turn: Turn) -> Decision:
    """Words that may be an opt-out end all marketing at once; a person looks at them later.

    Said once: whoever has opted out, or is held already, is left in peace.
    """
    before = turn.contact
    if before.status is Status.OPTED_OUT:
        return Decision(before)
    held = replace(before, held_at=max(before.held_at or turn.now, turn.now))
    if before.status is Status.HELD:
        return Decision(held)
    program = turn.catalog.program
    return turn.prove(
        Change.HELD, replace(held, status=Status.HELD), replies.held(program) if program else ""
    )


def _join(turn: Turn, program: Program) -> Decision:
    contact = _tagged(turn)
    if turn.contact.status is Status.SUBSCRIBED:
        return _joined_again(turn, program, contact)
    # What was merely inferred is no consent yet ("send me your resume"): it is asked for.
    if program.opt_in is OptIn.DOUBLE or turn.reading.is_inferred:
        return _ask(turn, program, contact)
    return _opt_in(turn, program, contact)


def _yes(turn: Turn, program: Program) -> Decision:
    """YES means yes only to the question that we asked."""
    held = turn.contact.status is Status.HELD and turn.contact.asked_at is not None
    if turn.contact.status is Status.PENDING or held:
        return _opt_in(turn, program, turn.contact)
    return _unknown(turn, program)


def _help(turn: Turn, program: Program) -> Decision:
    reply = "" if turn.text.answered_by_carrier else replies.help_text(program)
    return turn.answer(turn.contact, reply)


def _answer(turn: Turn, program: Program) -> Decision:
    """A marketer's keyword: its answer was asked for, but not by someone who has opted out."""
    keyword = turn.reading.keyword
    if keyword is None or turn.contact.status is Status.OPTED_OUT:
        return Decision(turn.contact)
    return turn.answer(turn.contact, replies.to_keyword(program, keyword.reply))


def _unknown(turn: Turn, program: Program) -> Decision:
    return _fallback(turn, replies.not_understood(turn.catalog, program))


_RULES: dict[Intent, Callable[[Turn, Program], Decision]] = {
    Intent.JOIN: _join,
    Intent.START: _join,
    Intent.YES: _yes,
    Intent.HELP: _help,
    Intent.KEYWORD: _answer,
    Intent.NONE: _unknown,
}


def _tagged(turn: Turn) -> Contact:
    """The contact with the tags that text and keyword carry; no tag wipes out an older one."""
    reading = turn.reading
    keyword = reading.keyword
    return replace(
        turn.contact,
        location=reading.location.code if reading.location else turn.contact.location,
        channel=(keyword.channel if keyword else "") or turn.contact.channel,
        keyword=keyword.word if keyword else reading.intent.upper(),
    )


def _opt_in(turn: Turn, program: Program, contact: Contact) -> Decision:
    reply = replies.opted_in(program, _store_of(turn, contact), _which_store(turn, contact))
    # Taken off the carrier's list only if we put it there: the carrier allows that every 30 days.
    was_out = turn.contact.status is Status.OPTED_OUT or turn.contact.opted_out_at is not None
    entered = replace(
        contact,
        status=Status.SUBSCRIBED,
        joined_at=turn.now,
        asked_at=None,
        opted_out_at=None,
        held_at=None,
        language=contact.language or program.language,
    )
    decision = turn.prove(Change.OPTED_IN, entered, reply)
    return replace(decision, mirror=Mirror.REMOVE if was_out else Mirror.NONE)


def _ask(turn: Turn, program: Program, contact: Contact) -> Decision:
    """Double opt-in. A number on the carrier's opt-out list could not even be asked."""
    reply = replies.opt_in_question(program, _store_of(turn, contact))
    asked = replace(contact, status=Status.PENDING, asked_at=turn.now, held_at=None)
    decision = turn.prove(Change.ASKED, asked, reply)
    was_out = turn.contact.status is Status.OPTED_OUT
    return replace(decision, mirror=Mirror.REMOVE if was_out else Mirror.NONE)


def _joined_again(turn: Turn, program: Program, contact: Contact) -> Decision:
    store = _store_of(turn, contact)
    if store and contact.location != turn.contact.location:
        reply = replies.moved(program, store)
    else:
        reply = replies.already_in(program, store, _which_store(turn, contact))
    return turn.prove(Change.OPTED_IN_AGAIN, contact, reply)


def _store_of(turn: Turn, contact: Contact) -> Location | None:
    return turn.catalog.location(contact.location) if contact.location else None


def _which_store(turn: Turn, contact: Contact) -> str:
    """The question for the store, where the customer named none of ours or has none yet."""
    unknown = bool(turn.reading.unplaced)
    if contact.location and not unknown:
        return ""
    return replies.which_store(turn.catalog.locations, unknown=unknown)


def _fallback(turn: Turn, reply: str) -> Decision:
    """At most one a day, and none to a person who has told us to be silent."""
    contact = turn.contact
    recent = contact.fallback_at and turn.now - contact.fallback_at < FALLBACK_EVERY
    if recent or contact.status in (Status.OPTED_OUT, Status.HELD):
        return Decision(contact)
    return turn.answer(replace(contact, fallback_at=turn.now), reply)


def _has_had_enough(contact: Contact, intent: Intent, now: datetime) -> bool:
    """The loop guard: whether this number has had as many answers as a person could need."""
    if contact.replies_since is None or now - contact.replies_since >= _HOUR:
        return False
    most = REPLIES_AN_HOUR_TO_OPT_OUTS if intent is Intent.STOP else REPLIES_AN_HOUR
    return contact.replies >= most


def _counted(contact: Contact, now: datetime) -> Contact:
    """The contact after one more answer, in the hour that began with its first."""
    if contact.replies_since is None or now - contact.replies_since >= _HOUR:
        return replace(contact, replies_since=now, replies=1)
    return replace(contact, replies=contact.replies + 1)
