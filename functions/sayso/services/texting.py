"""One recipient's turn in a batch: claim the slot, hand the text over, say what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from threading import Event

from sayso.domain.experiment import HELD_OUT, assigned
from sayso.domain.recipient import Recipient
from sayso.domain.reported import reported_channel
from sayso.domain.run import Run
from sayso.domain.slot import Result, Slot, SlotState
from sayso.domain.terms import Basis, Terms, Timing
from sayso.services.composing import Composed, Composer, Unwritable
from sayso.services.ports.carrier import Carrier, Certainty, OutboundText, Purpose, SendFailed
from sayso.services.ports.slots import Barred, Conditions, Misjudged, SlotStore, Taken

# Those whom no window lets in soon enough are skipped with this reason.
OUTSIDE_WINDOW = "outside_window"
# What AWS End User Messaging takes at least (SendTextMessage.TimeToLive).
_SHORTEST_LIFE_S = 5
_STATE_AFTER = {
    Certainty.REFUSED: SlotState.FAILED,
    Certainty.POSTPONED: SlotState.POSTPONED,
    Certainty.UNKNOWN: SlotState.UNKNOWN,
}


class Then(StrEnum):
    """What a recipient still needs."""

    NOTHING = "nothing"
    LATER = "later"  # the carrier takes no more for now, or the person's window is closed
    AGAIN = "again"  # no time left, or somebody else may be at it: deliver the message again


@dataclass(frozen=True, slots=True)
class Attempt:
    """A turn's end: the slot as last seen (None: unseen), and what it comes to, if anything.

    `opens` is when the window opens that a recipient waits for; None where none is waited for.
    """

    then: Then
    slot: Slot | None = None
    result: Result | None = None
    opens: datetime | None = None


@dataclass(frozen=True, slots=True)
class Texting:
    """The turns of one batch; safe to take from several threads at once.

    `basis` is what is on record about most of the batch's recipients: their location, and that they
    asked for nothing. `terms_on` gives the terms on any basis. Of the `recipients`, by number, those
    who came by one of the `channels` are counted by it.
    Once the carrier says that it takes no more, `is_busy` keeps the remaining turns from asking.
    """

    slots: SlotStore
    carrier: Carrier
    run: Run
    batch_id: str
    basis: Basis
    terms_on: Callable[[Basis], Terms]
    composer: Composer
    new_id: Callable[[], str]
    clock: Callable[[], datetime]
    is_time_short: Callable[[], bool]
    is_busy: Event = field(default_factory=Event)
    recipients: Mapping[str, Recipient] = field(default_factory=dict[str, Recipient])
    channels: frozenset[str] = frozenset()

    def text(self, recipient: Recipient) -> Attempt:
        """Claim and send, the one right after the other."""
        if self.is_busy.is_set():
            return Attempt(Then.LATER)
        if self.is_time_short():
            return Attempt(Then.AGAIN)
        return self._text_on(self.terms_on(self.basis), recipient)

    def outcome(
        self, phone: str, attempt: Attempt, now: datetime, current: Slot | None
    ) -> Slot | None:
        """What the attempt makes of the slot that stands there now; None for nothing."""
        result = attempt.result
        if result is None:
            return None
        if current is None:
            return self._skipped(phone, result, now)
        if current.batch != self.batch_id or not _is_meant(attempt, current):
            return None
        return current.moved(result, now)

    def found(self, slot: Slot, now: datetime) -> Attempt:
        """What there is to do about a slot that stands already; it is never texted from here."""
        if slot.batch != self.batch_id:
            return Attempt(Then.NOTHING, slot)
        if slot.is_in_flight(now):
            return Attempt(Then.AGAIN, slot)
        if slot.is_abandoned(now):
            return Attempt(Then.NOTHING, slot, Result(SlotState.UNKNOWN, "interrupted"))
        return Attempt(Then.NOTHING, slot)

    def _text_on(self, terms: Terms, recipient: Recipient) -> Attempt:
        now = self.clock()
        moment = terms.at(recipient.phone, now, self.run.due_at)
        if moment.timing is Timing.WAIT:
            return Attempt(Then.LATER, opens=moment.until)
        if moment.timing is Timing.LEAVE_OUT or moment.until is None:
            return self._leave_out(recipient.phone, now, OUTSIDE_WINDOW)
        if self._variant(recipient.phone) == HELD_OUT:
            return self._leave_out(recipient.phone, now, HELD_OUT)
        try:
            composed = self.composer.compose(self.run, recipient)
        except Unwritable as unwritable:
            return self._leave_out(recipient.phone, now, unwritable.reason)
        slot = self._wanted(recipient, composed, now)
        conditions = Conditions(terms.limits(recipient.phone), terms.basis)
        try:
            self.slots.claim(self.run, slot, now, conditions)
        except Misjudged as misjudged:
            return self._text_on(self.terms_on(misjudged.basis), recipient)
        except (Barred, Taken) as refusal:
            return self._not_claimed(refusal, now)
        return self._hand_over(slot, composed.body, moment.until)

    def _not_claimed(self, refusal: Barred | Taken, now: datetime) -> Attempt:
        if isinstance(refusal, Taken):
            return self.found(refusal.slot, now)
        return Attempt(Then.NOTHING, refusal.slot, Result(SlotState.SKIPPED, refusal.reason))

    def _wanted(self, recipient: Recipient, composed: Composed, now: datetime) -> Slot:
        return Slot(
            run_id=self.run.id,
            phone=recipient.phone,
            state=SlotState.CLAIMED,
            batch=self.batch_id,
            claim=self.new_id(),
            touched_at=now,
            channel=reported_channel(recipient.channel, self.channels),
            language=composed.language,
            variant=self._variant(recipient.phone),
            parts=composed.parts,
        )

    def _leave_out(self, phone: str, now: datetime, reason: str) -> Attempt:
        """Skip someone, unless their slot says that a text may be on its way already."""
        slot = self.slots.read(self.run.id, [phone]).get(phone)
        if slot and (slot.batch != self.batch_id or slot.state is not SlotState.POSTPONED):
            return self.found(slot, now)
        return Attempt(Then.NOTHING, slot, Result(SlotState.SKIPPED, reason))

    def _hand_over(self, slot: Slot, body: str, until: datetime) -> Attempt:
        """Send the text, which is not to arrive after `until`."""
        life_s = int((until - self.clock()).total_seconds())
        text = OutboundText(
            to=slot.phone,
            body=body,
            purpose=Purpose.MARKETING,
            context={"run": self.run.id, "campaign": self.run.campaign_id},
            time_to_live_s=max(_SHORTEST_LIFE_S, life_s),
        )
        try:
            receipt = self.carrier.send(text)
        except SendFailed as failure:
            if failure.certainty is not Certainty.UNKNOWN:
                self.slots.give_back(slot)
            result = Result(_STATE_AFTER[failure.certainty], failure.reason)
            if failure.certainty is not Certainty.POSTPONED:
                return Attempt(Then.NOTHING, slot, result)
            self.is_busy.set()
            return Attempt(Then.LATER, slot, result)
        return Attempt(Then.NOTHING, slot, Result(SlotState.SENT, message_id=receipt.message_id))

    def _skipped(self, phone: str, result: Result, now: datetime) -> Slot | None:
        """The slot of somebody who gets nothing: they count for their groups all the same."""
        if result.state is not SlotState.SKIPPED:
            return None
        recipient = self.recipients.get(phone) or Recipient(phone)
        return Slot(
            run_id=self.run.id,
            phone=phone,
            state=result.state,
            batch=self.batch_id,
            touched_at=now,
            reason=result.reason,
            channel=reported_channel(recipient.channel, self.channels),
            language=recipient.language,
            variant=self._variant(phone),
        )

    def _variant(self, phone: str) -> str:
        return assigned(self.run.occasion, phone, self.run.versions)


def _is_meant(attempt: Attempt, current: Slot) -> bool:
    """Whether the attempt speaks of this claim: nobody decides on what another is sending."""
    if attempt.slot is None:
        return current.state is not SlotState.CLAIMED
    return current.claim == attempt.slot.claim
