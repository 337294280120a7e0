"""The one state machine of consent: where a number stands, what happens, where it stands then.

Whatever changes a status looks it up here, so that no rule elsewhere can opt anyone in. What has
no row cannot happen. `docs/states.md` is drawn from this table by `scripts/states.py`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any, Final, NamedTuple

from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Change


class Event(StrEnum):
    """What can happen to a number. The value says so in words."""

    OPTED_IN = "JOIN or START, where one text is enough"
    IMPORTED = "a row of an imported file, with its evidence"
    ASKED = "JOIN or START, where a YES has to follow"
    INVITED = "a web form, box ticked"
    CONFIRMED = "YES to our question"
    DECLINED = "NO to our question"
    EXPIRED = "no answer within 7 days"
    RESUMED = "JOIN, START or RESUME while paused"
    PAUSED = "PAUSE"
    PAUSE_ENDED = "the end of the pause"
    PREFERRED = "LESS, MORE, WHEN or MOVE"
    DOUBTED = "words that may be an opt-out"
    LEFT = "STOP, in any words"
    FORGOTTEN = "FORGET ME, or an owner's erasure"
    REFUSED = "the carrier has an opt-out, or reports spam"
    UNREACHABLE = "the carrier says that the number is dead"
    TAKEN_OFF = "a person decides: opted out"
    KEPT = "a person decides: no opt-out"
    OTHER = "any other text"


class Transition(NamedTuple):
    """One row. `after` holds more than one status where the number goes back to where it stood.

    `change` is what the ledger gets, None for no entry.
    """

    before: Status
    event: Event
    after: tuple[Status, ...]
    change: Change | None
    source: str


class Impossible(ValueError):
    """No row lets this happen to a number that stands there."""


class _Row(NamedTuple):
    before: tuple[Status, ...]
    event: Event
    after: tuple[Status, ...] | None  # None: stays
    change: Change | None
    source: str


_U, _P, _S, _A = Status.UNKNOWN, Status.PENDING, Status.SUBSCRIBED, Status.PAUSED
_H, _O, _R, _F = Status.HELD, Status.OPTED_OUT, Status.UNREACHABLE, Status.FORGOTTEN
_ALL = tuple(Status)
_HERE, _GONE = (_S, _A), (_O, _F)
_OUTSIDE = (_U, _P, _H, _O, _R, _F)
_WITHOUT = (_U, _H, _O, _R, _F)

_CTIA = "CTIA Messaging Principles 2023"
_HANDBOOK = "CTIA Short Code Monitoring Handbook v1.9"
_FCC = "47 CFR 64.1200(a)(10)"
_ONCE = "47 CFR 64.1200(a)(12)"
_OURS = "Sayso: preferences by text"
_GDPR = "GDPR 17(1), 17(3)"
_HOLD = "decision 0012"
_CARRIER = "decision 0017; 47 CFR 64.1200(a)(10)"
_EVIDENCE = "16 CFR 310.5"

_ROWS: Final = (
    _Row(_OUTSIDE, Event.OPTED_IN, (_S,), Change.OPTED_IN, _CTIA),
    _Row((_S,), Event.OPTED_IN, None, Change.OPTED_IN_AGAIN, _CTIA),
    _Row(_OUTSIDE, Event.ASKED, (_P,), Change.ASKED, _HANDBOOK),
    _Row((_U,), Event.IMPORTED, (_S,), Change.OPTED_IN, _EVIDENCE),
    _Row((_U,), Event.INVITED, (_P,), Change.ASKED, _CTIA),
    _Row((_P, _H), Event.CONFIRMED, (_S,), Change.OPTED_IN, _HANDBOOK),
    _Row((_P,), Event.DECLINED, _WITHOUT, Change.DECLINED, _HANDBOOK),
    _Row((_H,), Event.DECLINED, None, Change.DECLINED, _HANDBOOK),
    _Row((_P,), Event.EXPIRED, _WITHOUT, Change.EXPIRED, _HANDBOOK),
    _Row((_A,), Event.RESUMED, (_S,), Change.RESUMED, _OURS),
    _Row((_S,), Event.PAUSED, (_A,), Change.PAUSED, _OURS),
    _Row((_A,), Event.PAUSED, None, Change.PAUSED, _OURS),
    _Row((_A,), Event.PAUSE_ENDED, (_S,), Change.RESUMED, _OURS),
    _Row(_HERE, Event.PREFERRED, None, Change.PREFERRED, _OURS),
    _Row((_U, _P, _S, _A, _R), Event.DOUBTED, (_H,), Change.HELD, _HOLD),
    _Row((_H, *_GONE), Event.DOUBTED, None, None, _HOLD),
    _Row((_U, _P, _S, _A, _H, _R), Event.LEFT, (_O,), Change.OPTED_OUT, _FCC),
    _Row(_GONE, Event.LEFT, None, None, _ONCE),
    _Row((_U, _P, _S, _A, _H, _O, _R), Event.FORGOTTEN, (_F,), Change.ERASED, _GDPR),
    _Row((_F,), Event.FORGOTTEN, None, None, _ONCE),
    _Row((_U, _P, _S, _A, _H, _R), Event.REFUSED, (_O,), Change.OPTED_OUT, _CARRIER),
    _Row(_GONE, Event.REFUSED, None, None, _CARRIER),
    _Row((_P, _S, _A, _H), Event.UNREACHABLE, (_R,), Change.UNREACHABLE, _CARRIER),
    _Row((_U, _R, *_GONE), Event.UNREACHABLE, None, None, _CARRIER),
    _Row((_U, _P, _S, _A, _H, _R), Event.TAKEN_OFF, (_O,), Change.OPTED_OUT, _FCC),
    _Row(_GONE, Event.TAKEN_OFF, None, None, _FCC),
    _Row((_H,), Event.KEPT, (_U, _P, _S, _A, _O, _R, _F), Change.KEPT, _HOLD),
    _Row(_ALL, Event.OTHER, None, None, _CTIA),
)
TRANSITIONS: Final = tuple(
    Transition(before, row.event, row.after or (before,), row.change, row.source)
    for row in _ROWS
    for before in row.before
)

_AT = object()  # stands for the time of the event
_NOT_WAITING: dict[str, Any] = {"asked_at": None, "paused_until": None}
_NEITHER = _NOT_WAITING | {"held_at": None, "unreachable_at": None}
_NEW = _NEITHER | {"opted_out_at": None, "forgotten_at": None, "joined_at": _AT}
_OUT = _NEITHER | {"opted_out_at": _AT}
_UNNOTED: dict[str, Any] = {
    "attributes": {},
    "visits": {},
    "visited_at": None,
    "clicked_at": None,
    "redeemed_at": None,
}
_TIMES: Mapping[Event, Mapping[str, Any]] = {
    Event.OPTED_IN: _NEW,
    Event.IMPORTED: _NEW,
    Event.CONFIRMED: _NEW,
    Event.INVITED: {"asked_at": _AT},
    # Whoever has to be asked anew has no consent in force to be put back to.
    Event.ASKED: {"asked_at": _AT, "joined_at": None},
    Event.DECLINED: {"asked_at": None},
    Event.EXPIRED: {"asked_at": None},
    Event.RESUMED: {"paused_until": None},
    Event.PAUSE_ENDED: {"paused_until": None},
    Event.DOUBTED: {"held_at": _AT},
    Event.KEPT: {"held_at": None},
    Event.LEFT: _OUT,
    Event.REFUSED: _OUT,
    Event.TAKEN_OFF: _OUT,
    # Whoever opts in from it next may be somebody else, whom the shop's notes do not describe.
    Event.UNREACHABLE: _NOT_WAITING | _UNNOTED | {"held_at": None, "unreachable_at": _AT},
}


_ENDS = frozenset({Event.LEFT, Event.REFUSED, Event.TAKEN_OFF, Event.FORGOTTEN})


def transition(before: Status, event: Event) -> Transition:
    """The row for this event. Raises Impossible where there is none."""
    found = _table().get((before, event))
    if found is None:
        raise Impossible(f"{event.name} cannot happen to a number that is {before}")
    return found


def move(contact: Contact, event: Event, at: datetime) -> tuple[Contact, Change | None]:
    """The contact after the event at that time, and what the ledger gets; nothing else is changed.

    A row without a change leaves the contact as it is, but for the time of the newest opt-out:
    what was sent before that is overtaken by it. Raises Impossible.
    """
    row = transition(contact.status, event)
    if row.change is None:
        return _renewed(contact, event, at), None
    if event is Event.FORGOTTEN:
        return _forgotten(contact, at), row.change
    # A subscriber's further JOIN is no new beginning.
    is_new = row.after != (contact.status,) or event is not Event.OPTED_IN
    wanted = _TIMES.get(event, {}) if is_new else {}
    times: dict[str, Any] = {name: at if value is _AT else value for name, value in wanted.items()}
    if event in _ENDS and contact.opted_out_at:
        # A goodbye that comes late does not make an older one of the newest.
        times["opted_out_at"] = max(at, contact.opted_out_at)
    changed = replace(contact, **times)
    after = row.after[0] if len(row.after) == 1 else _where_it_stood(changed)
    if after not in row.after:
        raise Impossible(f"{event.name} cannot make a number {after}")
    return replace(changed, status=after), row.change


def _renewed(contact: Contact, event: Event, at: datetime) -> Contact:
    if event in _ENDS and contact.opted_out_at and contact.opted_out_at < at:
        return replace(contact, opted_out_at=at)
    if event is Event.DOUBTED and contact.held_at and contact.held_at < at:
        return replace(contact, held_at=at)
    return contact


def _where_it_stood(contact: Contact) -> Status:
    """By the times of what has not been undone, the strictest first."""
    kept = (
        (contact.forgotten_at, _F),
        (contact.opted_out_at, _O),
        (contact.unreachable_at, _R),
        (contact.held_at, _H),
        (contact.asked_at, _P),
        (contact.joined_at and contact.paused_until, _A),
        (contact.joined_at, _S),
    )
    return next((status for since, status in kept if since), _U)


def _forgotten(contact: Contact, at: datetime) -> Contact:
    """What is left of a person who is forgotten: that they opted out, and where the proof ends."""
    return Contact(
        phone=contact.phone,
        status=_F,
        revision=contact.revision,
        opted_out_at=max(contact.opted_out_at or at, at),
        forgotten_at=at,
        # The guard against machines that answer each other goes on counting.
        replies_since=contact.replies_since,
        replies=contact.replies,
        ledger_seq=contact.ledger_seq,
        ledger_head=contact.ledger_head,
    )


@cache
def _table() -> dict[tuple[Status, Event], Transition]:
    return {(row.before, row.event): row for row in TRANSITIONS}
