"""What subscribers may change by text: PAUSE, LESS, MORE, WHEN, MOVE; and ME, for anybody. Pure.

None of it subscribes anyone: who isn't subscribed is told so, and who has opted out is left alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from sayso.domain import preference_words, replies
from sayso.domain.catalog import Program
from sayso.domain.contact import LEFT, Contact, Status
from sayso.domain.preference import Preference
from sayso.domain.transitions import Event
from sayso.domain.turn import Decision, Turn
from sayso.domain.vocabulary import Intent

_HERE = (Status.SUBSCRIBED, Status.PAUSED)


def wish(turn: Turn, program: Program) -> Decision:
    """What follows from a preference word."""
    intent, before = turn.reading.intent, turn.contact
    if intent is Intent.ME:
        return turn.answer(before, replies.about(program, before, turn.store, turn.language))
    if before.status in LEFT:
        return Decision(before)
    if before.status not in _HERE:
        return turn.answer(before, replies.not_subscribed(turn.catalog, program, turn.language))
    return _RULES[intent](turn, program)


def _pause(turn: Turn, program: Program) -> Decision:
    length = preference_words.pause_of(turn.text.body)
    paused = replace(turn.contact, paused_until=turn.now + length)
    return turn.enter(Event.PAUSED, paused, replies.paused(program, length, turn.language))


def _less(turn: Turn, program: Program) -> Decision:
    wanted = preference_words.less(turn.contact.preference)
    return _prefer(turn, wanted, replies.less(program, wanted, turn.language))


def _more(turn: Turn, program: Program) -> Decision:
    wanted = preference_words.more(turn.contact.preference)
    return _prefer(turn, wanted, replies.more(program, turn.language))


def _when(turn: Turn, program: Program) -> Decision:
    before = turn.contact.preference
    hours = preference_words.hours_of(turn.text.body)
    if hours is None:
        return turn.answer(turn.contact, replies.when(program, before, turn.language))
    wanted = preference_words.at_hours(before, hours)
    return _prefer(turn, wanted, replies.hours(program, wanted, turn.language))


def _move(turn: Turn, program: Program) -> Decision:
    store = turn.reading.location
    if store is None:
        return turn.answer(turn.contact, _which(turn, program))
    near = turn.reading.near
    there = replace(
        turn.contact,
        location=store.code,
        zip=(near.zip if near else "") or turn.contact.zip,
    )
    return _changed(turn, there, replies.moved(program, store, turn.language, near))


def _which(turn: Turn, program: Program) -> str:
    """The question for the store; nobody can move where there are no stores."""
    unknown = bool(preference_words.place_in(turn.text.body))
    language = turn.language or program.language
    if turn.reading.near and turn.catalog.locations:
        return f"{program.name}: {replies.by_zip(turn.reading.near, None, language)}"
    question = replies.which_store(turn.catalog.locations, unknown=unknown, language=language)
    return question or replies.already_in(program, None, "", turn.language)


def _prefer(turn: Turn, wanted: Preference, reply: str) -> Decision:
    return _changed(turn, replace(turn.contact, preference=wanted), reply)


def _changed(turn: Turn, wanted: Contact, reply: str) -> Decision:
    """What is wanted already is no change to prove."""
    if wanted == turn.contact:
        return turn.answer(turn.contact, reply)
    return turn.enter(Event.PREFERRED, wanted, reply)


_RULES: Mapping[Intent, Callable[[Turn, Program], Decision]] = {
    Intent.PAUSE: _pause,
    Intent.LESS: _less,
    Intent.MORE: _more,
    Intent.WHEN: _when,
    Intent.MOVE: _move,
}
WISHES = frozenset(_RULES) | {Intent.ME}
