"""What follows from a text: the contact's next state, the proof, and the answer. Pure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sayso.domain import replies
from sayso.domain.catalog import Catalog, OptIn, Program
from sayso.domain.contact import LEFT, Contact, Status
from sayso.domain.exchange import InboundText, Mirror
from sayso.domain.outside_word import is_open, lapse
from sayso.domain.referrals import FRIEND, is_new
from sayso.domain.speech.languages import spoken
from sayso.domain.transitions import Event
from sayso.domain.turn import Decision, Turn, has_had
from sayso.domain.understanding import Reading
from sayso.domain.vocabulary import Intent
from sayso.domain.wishes import WISHES, wish

if TYPE_CHECKING:
    from sayso.domain.nearest import Nearby

__all__ = ["Decision", "decide"]

# One friendly fallback a day: more would be nagging, and none would leave people puzzled.
FALLBACK_EVERY = timedelta(days=1)
# Two machines that answer each other stop here; no person needs as many answers within an hour.
# Opt-outs are confirmed for a while longer: that text is owed to whoever it may be.
REPLIES_AN_HOUR = 30
REPLIES_AN_HOUR_TO_OPT_OUTS = 40
# A STOP this soon after a campaign's text is counted as that campaign's doing.
CREDITED_TO_CAMPAIGN = timedelta(hours=72)
# And the first text of somebody since a campaign's text, unless it is an opt-out, as its answer.
ANSWERS_CAMPAIGN = timedelta(days=7)

_OPTS_IN = frozenset({Intent.JOIN, Intent.START, Intent.YES})
_OPTS_OUT = frozenset({Intent.STOP, Intent.FORGET})
_AT_THE_COUNTER = frozenset({Intent.USE, Intent.UNDO})


def decide(
    contact: Contact, text: InboundText, reading: Reading, catalog: Catalog, said: str = ""
) -> Decision:
    """What this text changes for this contact.

    An opt-out is honoured in every state, at any time, whether or not a program is set up, and
    so are words that may be one, by holding all marketing; nothing but JOIN, START, or the YES
    that answers our question opts anyone in. What time has ended by then has ended. `said` is what
    the counter answers to what is meant for it.
    """
    now = text.received_at
    current, lapsed = lapse(contact, now)
    language = spoken(text.body) or current.language
    is_work = reading.intent in _AT_THE_COUNTER
    # It is no answer to a campaign, and what comes after it may be one.
    heard_at = current.last_heard_at if is_work else now
    heard = replace(current.heard(now), last_heard_at=heard_at, language=language)
    quiet = _has_had_enough(contact, reading.intent, now)
    decision = _decided(Turn(heard, text, reading, catalog, quiet, language, said))
    is_answer = not is_work and reading.intent not in _OPTS_OUT
    if is_answer and answers_campaign(contact, now):
        decision = replace(decision, answered_run=contact.last_run)
    if lapsed is None:
        return decision
    # Its question had taken the number off the carrier's list.
    is_back = decision.mirror is Mirror.NONE and decision.contact.status in LEFT
    return replace(decision, lapsed=lapsed, mirror=Mirror.ADD if is_back else decision.mirror)


def answers_campaign(before: Contact, now: datetime) -> bool:
    """Whether a text of now is the first since a campaign's, and soon enough to be its answer."""
    if before.last_run_at is None:
        return False
    # Some doors date texts in whole seconds: an answer within the second would seem to come first.
    texted, heard = before.last_run_at.replace(microsecond=0), before.last_heard_at
    if not texted <= now <= texted + ANSWERS_CAMPAIGN:
        return False
    return heard is None or heard < texted


def leaves_campaign(before: Contact, now: datetime) -> bool:
    """Whether an opt-out of now follows a campaign's text so soon that it is counted there."""
    return before.last_run_at is not None and now - before.last_run_at <= CREDITED_TO_CAMPAIGN


def _decided(turn: Turn) -> Decision:
    intent, program = turn.reading.intent, turn.catalog.program
    if intent in _OPTS_IN and _comes_to_nothing(turn):
        return Decision(turn.contact)
    if intent in _OPTS_OUT:
        return _opt_out(turn)
    if intent is Intent.UNSURE:
        return _hold(turn)
    if program is None:
        return _fallback(turn, replies.not_open_yet(turn.language))
    return _RULES[intent](turn, program)


def _comes_to_nothing(turn: Turn) -> bool:
    """Whether this opt-in may not count.

    One that was sent before a STOP and arrives after it is no new consent. And nobody enters
    without being told so, which the loop guard would prevent (CTIA: confirmation comes first).
    """
    ends = (turn.contact.opted_out_at, turn.contact.held_at)
    was_overtaken = any(end is not None and turn.now < end for end in ends)
    return was_overtaken or (turn.quiet and turn.contact.status is not Status.SUBSCRIBED)


def _opt_out(turn: Turn) -> Decision:
    """STOP in any words, or FORGET ME. Of a second one only the time is kept."""
    before, program = turn.contact, turn.catalog.program
    if turn.reading.intent is Intent.FORGET:
        reply = replies.forgotten(program, turn.language)
        decision = turn.enter(Event.FORGOTTEN, before, reply)
    else:
        silent = turn.text.answered_by_carrier
        reply = "" if silent else replies.opted_out(program, turn.language)
        decision = turn.enter(Event.LEFT, before, reply)
    if before.status in LEFT:
        return decision
    left_run = before.last_run if leaves_campaign(before, turn.now) else ""
    return replace(decision, mirror=Mirror.ADD, left_run=left_run)


def _hold(turn: Turn) -> Decision:
    """Words that may be an opt-out end all marketing at once; a person looks at them later.

    Said once: whoever has opted out, or is held already, is left in peace.
    """
    program = turn.catalog.program
    reply = replies.held(program, turn.language) if program else ""
    return turn.enter(Event.DOUBTED, turn.contact, reply)


def _join(turn: Turn, program: Program) -> Decision:
    contact = _tagged(turn)
    if turn.contact.status is Status.SUBSCRIBED:
        return _joined_again(turn, program, contact)
    if turn.contact.status is Status.PAUSED:
        reply = replies.resumed(program, turn.store_of(contact), turn.language)
        return turn.enter(Event.RESUMED, contact, reply)
    # What was merely inferred is no consent yet ("send me your resume"): it is asked for.
    if program.opt_in is OptIn.DOUBLE or turn.reading.is_inferred:
        return _ask(turn, program, contact)
    return _opt_in(turn, program, contact, Event.OPTED_IN)


def _yes(turn: Turn, program: Program) -> Decision:
    """YES means yes only to the question that we asked."""
    if _is_asked(turn):
        return _opt_in(turn, program, turn.contact, Event.CONFIRMED)
    return _unknown(turn, program)


def _no(turn: Turn, program: Program) -> Decision:
    """NO, too, answers our question. Of somebody whom we asked nothing it may be meant for good."""
    if not _is_asked(turn):
        is_with_us = turn.contact.status in (Status.SUBSCRIBED, Status.PAUSED)
        return _hold(turn) if is_with_us else _unknown(turn, program)
    reply = replies.declined(turn.catalog, program, turn.language)
    decision = turn.enter(Event.DECLINED, turn.contact, reply)
    is_gone = decision.contact.status in LEFT
    return replace(decision, mirror=Mirror.ADD if is_gone else Mirror.NONE)


def _is_asked(turn: Turn) -> bool:
    can_answer = turn.contact.status in (Status.PENDING, Status.HELD)
    return can_answer and is_open(turn.contact, turn.now)


def _help(turn: Turn, program: Program) -> Decision:
    reply = "" if turn.text.answered_by_carrier else replies.help_text(program, turn.language)
    return turn.answer(turn.contact, reply)


def _answer(turn: Turn, program: Program) -> Decision:
    """A marketer's keyword: its answer was asked for, but not by someone who has opted out."""
    keyword = turn.reading.keyword
    if keyword is None or turn.contact.status in LEFT:
        return Decision(turn.contact)
    return turn.answer(turn.contact, replies.to_keyword(program, keyword.reply))


def _counter(turn: Turn, program: Program) -> Decision:  # noqa: ARG001
    """What the counter says: to staff as often as they ask, a busy hour long."""
    if turn.catalog.staff_member(turn.contact.phone):
        return Decision(turn.contact, turn.said)
    if turn.contact.status in LEFT:
        return Decision(turn.contact)
    return turn.answer(turn.contact, turn.said)


def _unknown(turn: Turn, program: Program) -> Decision:
    return _fallback(turn, replies.not_understood(turn.catalog, program, turn.language))


_RULES: dict[Intent, Callable[[Turn, Program], Decision]] = {
    Intent.JOIN: _join,
    Intent.START: _join,
    Intent.YES: _yes,
    Intent.NO: _no,
    Intent.HELP: _help,
    Intent.KEYWORD: _answer,
    Intent.NONE: _unknown,
    **dict.fromkeys((Intent.USE, Intent.UNDO, Intent.OFFERS), _counter),
    **dict.fromkeys(WISHES, wish),
}


def _tagged(turn: Turn) -> Contact:
    """The contact with the tags that text and keyword carry; no tag wipes out an older one."""
    reading = turn.reading
    keyword = reading.keyword
    is_sent = bool(reading.code) and is_new(turn.contact)
    told = FRIEND if is_sent else keyword.channel if keyword else ""
    return replace(
        turn.contact,
        location=reading.location.code if reading.location else turn.contact.location,
        channel=told or turn.contact.channel,
        referrer=reading.code if is_sent else turn.contact.referrer,
        keyword=keyword.word if keyword else reading.intent.upper(),
        zip=(reading.near.zip if reading.near else "") or turn.contact.zip,
    )


def _opt_in(turn: Turn, program: Program, contact: Contact, event: Event) -> Decision:
    store, question = turn.store_of(contact), _which_store(turn, program, contact)
    reply = replies.opted_in(program, store, question, turn.language)
    # Taken off the carrier's list only if we put it there: the carrier allows that every 30 days.
    was_out = turn.contact.opted_out_at is not None
    entering = replace(contact, language=contact.language or program.language)
    decision = turn.enter(event, entering, reply)
    return replace(decision, mirror=Mirror.REMOVE if was_out else Mirror.NONE)


def _ask(turn: Turn, program: Program, contact: Contact) -> Decision:
    """Double opt-in. A number on the carrier's opt-out list could not even be asked."""
    reply = replies.opt_in_question(program, turn.store_of(contact), turn.language)
    decision = turn.enter(Event.ASKED, contact, reply)
    was_out = turn.contact.status in LEFT
    return replace(decision, mirror=Mirror.REMOVE if was_out else Mirror.NONE)


def _joined_again(turn: Turn, program: Program, contact: Contact) -> Decision:
    store = turn.store_of(contact)
    if store and contact.location != turn.contact.location:
        reply = replies.moved(program, store, turn.language, turn.reading.near)
    else:
        question = _which_store(turn, program, contact)
        reply = replies.already_in(program, store, question, turn.language)
    return turn.enter(Event.OPTED_IN, contact, reply)


def _which_store(turn: Turn, program: Program, contact: Contact) -> str:
    """The question for the store, where the customer named none of ours or has none yet.

    Of a store that was found by a ZIP code it is told how to name another one.
    """
    language = turn.language or program.language
    if near := turn.reading.near or _near_home(turn, contact):
        return replies.by_zip(near, turn.reading.location, language)
    unknown = bool(turn.reading.unplaced)
    if contact.location and not unknown:
        return ""
    return replies.which_store(turn.catalog.locations, unknown=unknown, language=language)


def _near_home(turn: Turn, contact: Contact) -> "Nearby | None":
    """What the ZIP code means that somebody without a store sent before, if it still is all."""
    if not contact.zip or contact.location or turn.reading.unplaced or not turn.catalog.locations:
        return None
    from sayso.domain.nearest import near  # noqa: PLC0415 (only who sends a ZIP code pays for it)

    return near(contact.zip, turn.catalog.locations)


def _fallback(turn: Turn, reply: str) -> Decision:
    """At most one a day, and none to a person who has told us to be silent."""
    contact = turn.contact
    recent = contact.fallback_at and turn.now - contact.fallback_at < FALLBACK_EVERY
    if recent or contact.status in (*LEFT, Status.HELD):
        return Decision(contact)
    return turn.answer(replace(contact, fallback_at=turn.now), reply)


def _has_had_enough(contact: Contact, intent: Intent, now: datetime) -> bool:
    """The loop guard: whether this number has had as many answers as a person could need."""
    most = REPLIES_AN_HOUR_TO_OPT_OUTS if intent in _OPTS_OUT else REPLIES_AN_HOUR
    return has_had(contact, most, now)
