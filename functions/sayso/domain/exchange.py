"""One inbound text and what is done about it: recorded before it is done, and how it went after."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sayso.domain.vocabulary import Intent


@dataclass(frozen=True, slots=True)
class InboundText:
    """A customer's text as it came through one of the doors. `received_at` is aware UTC.

    `answered_by_carrier` is set where the carrier has already confirmed an opt-out, or given
    help, itself: a second answer would be one too many.
    """

    phone: str
    number: str
    body: str
    message_id: str
    received_at: datetime
    door: str
    answered_by_carrier: bool = False


class ReplyState(StrEnum):
    """How far the answer to a text has come."""

    NONE = "none"  # nothing is to be said
    INTENDED = "intended"  # stored; the carrier may or may not have it yet
    POSTPONED = "postponed"  # the carrier did not take it now and may take it later
    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"  # may have been sent: its delivery event tells


class Mirror(StrEnum):
    """What the carrier's own opt-out list has to be told."""

    NONE = "none"
    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Exchange:
    """An inbound text, what it was understood to mean, and the state of what follows from it.

    `erases` while what the number's ledger says is to be erased may still be there.
    """

    text: InboundText
    intent: Intent
    rule: str
    reply: str = ""
    reply_state: ReplyState = ReplyState.NONE
    reply_message_id: str = ""
    reply_reason: str = ""
    mirror: Mirror = Mirror.NONE
    erases: bool = False
    touched_at: datetime | None = None

    @property
    def is_finished(self) -> bool:
        """Whether a redelivery of this text has nothing left to do."""
        done = self.reply_state not in (ReplyState.INTENDED, ReplyState.POSTPONED)
        return done and self.mirror is Mirror.NONE and not self.erases

    def is_abandoned(self, now: datetime) -> bool:
        """Whether whoever intended the reply is surely gone without recording how it went."""
        touched = self.touched_at or self.text.received_at
        return self.reply_state is ReplyState.INTENDED and now - touched > ATTEMPT


# Longer than an inbound function may run, shorter than Lambda waits before it tries again (60 s).
ATTEMPT = timedelta(seconds=45)
