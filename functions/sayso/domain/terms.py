"""On what terms a marketing text may go to somebody: the hours and limits that hold for them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sayso.domain.caps import own_limits, program_limits
from sayso.domain.catalog import Caps, Catalog
from sayso.domain.contact import Status
from sayso.domain.preference import NO_PREFERENCE, Preference
from sayso.domain.sending_hours import TextLimit
from sayso.domain.window import decide_window, limits_for

# A text handed over so shortly before its window closes might well arrive after it.
LAST_CALL = timedelta(minutes=5)
# Whom the offer would reach more than a day late is left out: "today" would be a lie by then.
LONGEST_WAIT = timedelta(hours=24)
# An offer is for today: one that cannot be brought to a phone within four hours is not wanted.
TIME_TO_LIVE = timedelta(hours=4)


# Who does not want marketing, for now or for good, and who cannot get it; of the others the report
# only says that they are no subscribers.
_TOLD_APART = frozenset({"opted_out", "held", "paused", "unreachable"})


class Timing(StrEnum):
    """What to do with a text at a moment."""

    SEND = "send"
    WAIT = "wait"
    LEAVE_OUT = "leave_out"
    EXPIRED = "expired"  # the offer ends before the text could be there


@dataclass(frozen=True, slots=True)
class Moment:
    """What to do, and `until` when: the end of the wait, or the end of the text's life."""

    timing: Timing
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Basis:
    """What is judged by, of all that is on record about somebody; location "" is nobody's."""

    location: str = ""
    preference: Preference = NO_PREFERENCE


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for people on one basis; `timezone` and `state` are those of its location."""

    basis: Basis = field(default_factory=Basis)
    timezone: str = ""
    state: str = ""
    caps: Caps = field(default_factory=Caps)

    def at(self, phone: str, now: datetime, due_at: datetime) -> Moment:
        """Whether to send at `now` what was due at `due_at`."""
        asked = self.basis.preference
        window = decide_window(phone, now, self.timezone, self.state, asked)
        if window.allowed and window.closes and window.closes - now < LAST_CALL:
            window = decide_window(phone, window.closes, self.timezone, self.state, asked)
        if window.next is None or window.closes is None:
            return Moment(Timing.LEAVE_OUT)
        if window.next == now:
            return Moment(Timing.SEND, min(window.closes, now + TIME_TO_LIVE))
        if window.next - due_at > LONGEST_WAIT:
            return Moment(Timing.LEAVE_OUT)
        return Moment(Timing.WAIT, window.next)

    def limits(self, phone: str) -> tuple[TextLimit, ...]:
        """How often they may be texted: by their own wish, the program and their states' laws."""
        return (
            *own_limits(self.basis.preference),
            *program_limits(self.caps),
            *limits_for(phone, self.timezone, self.state),
        )


def within_offer(moment: Moment, ends: datetime | None, now: datetime) -> Moment:
    """The moment for an offer that holds until `ends`, None for one without an end.

    Its last minutes count as over, as those of a window do; a text lives no longer than the offer.
    """
    if ends is None or moment.until is None:
        return moment
    starts = now if moment.timing is Timing.SEND else moment.until
    if ends - starts < LAST_CALL:
        return Moment(Timing.EXPIRED)
    return Moment(Timing.SEND, min(moment.until, ends)) if starts == now else moment


def why_not(status: str) -> str:
    """The reason by which a report counts somebody of this status; "" for a subscriber."""
    if status == Status.SUBSCRIBED:
        return ""
    return status if status in _TOLD_APART else "not_subscribed"


def terms_on(catalog: Catalog, basis: Basis) -> Terms:
    """The terms on a basis; at a location that the shop has given up, what the numbers say."""
    known, program = catalog.location(basis.location), catalog.program
    return Terms(
        basis,
        known.timezone if known else "",
        known.state if known else "",
        program.caps if program else Caps(),
    )
