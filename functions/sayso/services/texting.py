"""A recipient's turn in a batch: claim the slot, hand the text over, say what came of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from threading import Event

from sayso.domain.experiment import assigned
from sayso.domain.recipient import Recipient
from sayso.domain.reported import reported_channel
from sayso.domain.run import Run
from sayso.domain.slot import Result, Slot, SlotState
from sayso.domain.terms import Basis, Moment, Terms, Timing, within_offer
from sayso.services.composing import Composer, Unwritable
from sayso.services.issuing import coupon_with
from sayso.services.ports.carrier import Carrier, Certainty, OutboundText, Purpose, SendFailed
from sayso.services.ports.issuing import CodeTaken
from sayso.services.ports.slots import (
    Barred,
    Conditions,
    Misjudged,
    Refusal,
    SlotStore,
    Taken,
    Wanted,
)
from sayso.services.turns import Attempt, Draft, Ready, Then, Turned

# Those whom no window lets in soon enough are skipped with this reason.
OUTSIDE_WINDOW = "outside_window"
# And those whom the text would reach when its offer has ended.
OFFER_EXPIRED = "offer_expired"
# What AWS End User Messaging takes at least (SendTextMessage.TimeToLive).
_SHORTEST_LIFE_S = 5
_STATE_AFTER = {
    Certainty.REFUSED: SlotState.FAILED,
    Certainty.POSTPONED: SlotState.POSTPONED,
    Certainty.UNKNOWN: SlotState.UNKNOWN,
}


# Takes a number and what hands its text over, and has somebody do it at once.
Hand = Callable[[str, Callable[[], Attempt]], object]


@dataclass(frozen=True, slots=True)
class Texting:
    """The turns of one batch.

    `basis` is what is on record about most of the batch's recipients: their location, and that they
    asked for nothing. `terms_on` gives the terms on any basis. Of the `recipients`, by number,
    those who came by one of the `channels` are counted by it.
    Once the carrier says that it takes no more, `is_busy` keeps the remaining texts from being
    handed over; once the run `has_stopped`, paused or cancelled, nobody more is claimed.
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
    has_stopped: Callable[[], bool] = lambda: False
    is_busy: Event = field(default_factory=Event)
    recipients: Mapping[str, Recipient] = field(default_factory=dict[str, Recipient])
    channels: frozenset[str] = frozenset()

    def draft(self, recipient: Recipient) -> Draft | Attempt:
        """What they are to read, if it looks as if they may be texted now."""
        terms = self.terms_on(self.basis)
        moment = self._moment(terms, recipient.phone, self.clock())
        if moment.timing is not Timing.SEND:
            return self._unsent(recipient.phone, moment)
        return self._drafted(recipient, terms)

    def text(self, drafts: Sequence[Draft], hand: Hand) -> Turned:
        """Claim a handful of slots together, and have each text handed over right after."""
        now = self.clock()
        turned = Turned()
        ready: dict[str, Ready] = {}
        for draft in drafts:
            phone = draft.recipient.phone
            moment = self._moment(draft.terms, phone, now)
            if moment.timing is not Timing.SEND or moment.until is None:
                turned.attempts[phone] = self._unsent(phone, moment)
            else:
                ready[phone] = Ready(draft, self._wanted(draft, now), moment.until)
        refused = self._claimed([*ready.values()], now)
        for phone, one in ready.items():
            refusal = refused.get(phone)
            if refusal is None:
                hand(phone, partial(self._hand_over, one))
                turned.parts += one.draft.composed.parts
            elif isinstance(refusal, Misjudged):
                turned.again.append(replace(one.draft, terms=self.terms_on(refusal.basis)))
            elif isinstance(refusal, CodeTaken):
                self._with_another_code(one.draft, turned)
            else:
                turned.attempts[phone] = self._not_claimed(refusal, now)
        return turned

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

    def _drafted(self, recipient: Recipient, terms: Terms, attempt: int = 0) -> Draft | Attempt:
        try:
            composed = self.composer.compose(self.run, recipient, attempt)
        except Unwritable as unwritable:
            return self._leave_out(recipient.phone, unwritable.reason)
        return Draft(recipient, composed, terms, attempt)

    def _with_another_code(self, draft: Draft, turned: Turned) -> None:
        again = self._drafted(draft.recipient, draft.terms, draft.attempt + 1)
        if isinstance(again, Draft):
            turned.again.append(again)
        else:
            turned.attempts[draft.recipient.phone] = again

    def _claimed(self, ready: Sequence[Ready], now: datetime) -> Mapping[str, Refusal]:
        """Who could not be claimed, and why; all others are."""
        wanted = [
            Wanted(
                one.slot,
                self._conditions(one.draft),
                coupon_with(one.slot, one.draft.composed.coupon),
            )
            for one in ready
        ]
        return self.slots.claim_all(self.run, wanted, now) if wanted else {}

    def _moment(self, terms: Terms, phone: str, now: datetime) -> Moment:
        moment = terms.at(phone, now, self.run.meant_for)
        return within_offer(moment, self.run.valid_until, now)

    def _unsent(self, phone: str, moment: Moment) -> Attempt:
        """What becomes of somebody whose window is closed, or for whom the offer has ended."""
        if moment.timing is Timing.WAIT:
            return Attempt(Then.LATER, opens=moment.until)
        is_over = moment.timing is Timing.EXPIRED
        return self._leave_out(phone, OFFER_EXPIRED if is_over else OUTSIDE_WINDOW)

    def _conditions(self, draft: Draft) -> Conditions:
        since = draft.recipient.since
        return Conditions(
            limits=draft.terms.limits(draft.recipient.phone),
            basis=draft.terms.basis,
            not_heard_since=since if self.run.exit_on_reply else None,
            not_joined_since=since,
        )

    def _not_claimed(self, refusal: Barred | Taken, now: datetime) -> Attempt:
        if isinstance(refusal, Taken):
            return self.found(refusal.slot, now)
        return Attempt(Then.NOTHING, refusal.slot, Result(SlotState.SKIPPED, refusal.reason))

    def _wanted(self, draft: Draft, now: datetime) -> Slot:
        recipient, composed = draft.recipient, draft.composed
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
            code=composed.coupon.code if composed.coupon else "",
        )

    def _leave_out(self, phone: str, reason: str) -> Attempt:
        """Skip someone, unless their slot says that a text may be on its way already."""
        slot = self.slots.read(self.run.id, [phone]).get(phone)
        if slot and (slot.batch != self.batch_id or slot.state is not SlotState.POSTPONED):
            return self.found(slot, self.clock())
        return Attempt(Then.NOTHING, slot, Result(SlotState.SKIPPED, reason))

    def _hand_over(self, ready: Ready) -> Attempt:
        """Send the text, which is not to arrive after its window has closed."""
        slot = ready.slot
        if self.is_busy.is_set():
            return self._surely_unsent(slot, Result(SlotState.POSTPONED, "carrier_busy"))
        life_s = int((ready.until - self.clock()).total_seconds())
        text = OutboundText(
            to=slot.phone,
            body=ready.draft.composed.body,
            purpose=Purpose.MARKETING,
            context={"run": self.run.id, "campaign": self.run.campaign_id},
            time_to_live_s=max(_SHORTEST_LIFE_S, life_s),
        )
        try:
            receipt = self.carrier.send(text)
        except SendFailed as failure:
            result = Result(_STATE_AFTER[failure.certainty], failure.reason)
            if failure.certainty is Certainty.UNKNOWN:
                return Attempt(Then.NOTHING, slot, result)
            if failure.certainty is Certainty.POSTPONED:
                self.is_busy.set()
            return self._surely_unsent(slot, result)
        return Attempt(Then.NOTHING, slot, Result(SlotState.SENT, message_id=receipt.message_id))

    def _surely_unsent(self, slot: Slot, result: Result) -> Attempt:
        self.slots.give_back(slot)
        then = Then.LATER if result.state is SlotState.POSTPONED else Then.NOTHING
        return Attempt(then, slot, result)

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
        return assigned(self.run.series or self.run.occasion, phone, self.run.versions)


def _is_meant(attempt: Attempt, current: Slot) -> bool:
    """Whether the attempt speaks of this claim: nobody decides on what another is sending."""
    if attempt.slot is None:
        return current.state is not SlotState.CLAIMED
    return current.claim == attempt.slot.claim
