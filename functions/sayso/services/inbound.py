"""A customer's text arrives: understand it, store what follows, then act on it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sayso.domain.catalog import Catalog
from sayso.domain.changes import Change
from sayso.domain.contact import LEFT, Contact
from sayso.domain.conversation import Decision, decide
from sayso.domain.exchange import Exchange, InboundText, Mirror, ReplyState
from sayso.domain.referrals import is_brought
from sayso.domain.understanding import Reading, understand
from sayso.domain.vocabulary import Intent
from sayso.services.ports.carrier import (
    Carrier,
    Certainty,
    OptOutList,
    OutboundText,
    Purpose,
    SendFailed,
)
from sayso.services.ports.conversations import AlreadyHandled, Conversations, Outdated
from sayso.services.ports.counter_texts import CounterBusy, CounterTexts
from sayso.services.refused_answers import Answering

_FOR_THE_COUNTER = frozenset({Intent.USE, Intent.UNDO, Intent.OFFERS})
# A contact changes under a text only when the same person's texts race each other.
_LOOKS = 6
_STATE_AFTER = {
    Certainty.REFUSED: ReplyState.REFUSED,
    Certainty.POSTPONED: ReplyState.POSTPONED,
    Certainty.UNKNOWN: ReplyState.UNKNOWN,
}


class Outcome(StrEnum):
    """What became of one delivery of an inbound text."""

    ANSWERED = "answered"
    SILENT = "silent"  # stored; nothing is to be said
    UNANSWERED = "unanswered"  # stored; the carrier refused the reply or may not have it
    DUPLICATE = "duplicate"
    UNDER_WAY = "under_way"  # another delivery of it is being answered at this moment


class TryAgain(Exception):
    """The text is stored, but its answer could not be given now: deliver it again."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What a handler may log: no number, no words."""

    outcome: Outcome
    intent: Intent
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Inbound:
    """The use case behind every door. `counter` is made when a first text is about coupons."""

    conversations: Conversations
    carrier: Carrier
    opt_out_list: OptOutList
    counter: Callable[[], CounterTexts] | None = None

    def handle(self, text: InboundText, now: datetime) -> Handled:
        """Store the text with all that follows from it, then answer it.

        Delivered again, the same text changes nothing and is answered at most once. Raises
        TryAgain when a redelivery could still give an answer that the carrier did not take.
        """
        try:
            exchange = self._store(text, now)
        except AlreadyHandled as earlier:
            return self._resume(earlier.exchange, now)
        return self._act(exchange, now)

    def _store(self, text: InboundText, now: datetime) -> Exchange:
        opening = self.conversations.open(text.phone, now)
        catalog, contact = opening.catalog, opening.contact
        reading = _read(text, catalog)
        if not reading.is_sure:
            newest = self.conversations.newest_catalog(now)
            if newest.revision != catalog.revision:
                catalog, reading = newest, _read(text, newest)
        said = ""
        if self.counter and (reading.code or reading.intent in _FOR_THE_COUNTER):
            contact = self.conversations.read([text.phone]).get(text.phone) or contact
            reading, said = self._asked(self.counter(), text, reading, contact, catalog)
        for _ in range(_LOOKS):
            decision = self._referred(contact, decide(contact, text, reading, catalog, said))
            exchange = _exchange(text, reading, decision, now)
            try:
                self.conversations.commit(contact, decision, exchange)
            except Outdated as changed:
                contact = changed.contact
            else:
                return exchange
        raise TryAgain("the contact kept changing")

    def _asked(
        self,
        counter: CounterTexts,
        text: InboundText,
        reading: Reading,
        contact: Contact,
        catalog: Catalog,
    ) -> tuple[Reading, str]:
        """What the counter says, before anything is stored: this text redeems once, however often.

        Of a JOIN by a friend's code, whether it is one.
        """
        if reading.intent not in _FOR_THE_COUNTER:
            return replace(reading, code=counter.friends(reading.code, text.phone)), ""
        try:
            return reading, counter.answer(text, reading, contact, catalog)
        except CounterBusy as busy:
            raise TryAgain(str(busy)) from None

    def _referred(self, before: Contact, decision: Decision) -> Decision:
        """Credit the friend who brought a new subscriber, in the very write that makes them one."""
        if self.counter is None or not is_brought(before, decision.contact):
            return decision
        return replace(decision, referral=self.counter().referral(decision.contact.referrer))

    def _resume(self, exchange: Exchange, now: datetime) -> Handled:
        """A text that was stored before: only what was surely not done is done now."""
        if exchange.is_abandoned(now):
            exchange = replace(exchange, reply_state=ReplyState.UNKNOWN, touched_at=now)
            self.conversations.record(exchange)
        if exchange.is_finished:
            return Handled(Outcome.DUPLICATE, exchange.intent, exchange.rule)
        if exchange.reply_state is ReplyState.INTENDED:
            return Handled(Outcome.UNDER_WAY, exchange.intent, exchange.rule)
        if exchange.reply_state is ReplyState.POSTPONED:
            if not self.conversations.begin_again(exchange, now):
                return Handled(Outcome.UNDER_WAY, exchange.intent, exchange.rule)
            exchange = replace(exchange, reply_state=ReplyState.INTENDED, touched_at=now)
        return self._act(exchange, now)

    def _act(self, exchange: Exchange, now: datetime) -> Handled:
        """Answer, keep the carrier's own opt-out list in step, and erase what was asked to be.

        The carrier refuses numbers on its list: a STOP is answered before the number goes on it,
        and a new opt-in after it has come off.
        """
        before = exchange
        for step in (self._unlist, self._answer, self._list):
            exchange = step(exchange)
        if exchange != before:
            self.conversations.record(exchange)
        if exchange.erases:
            self.conversations.erase(exchange.text.phone, now)
            exchange = replace(exchange, erases=False)
            self.conversations.record(exchange)
        if not exchange.is_finished:
            raise TryAgain(exchange.reply_reason)
        return Handled(_OUTCOMES[exchange.reply_state], exchange.intent, exchange.rule)

    def _unlist(self, exchange: Exchange) -> Exchange:
        if exchange.mirror is not Mirror.REMOVE:
            return exchange
        if self._has_left(exchange.text.phone):
            return replace(exchange, mirror=Mirror.NONE)
        try:
            self.opt_out_list.remove(exchange.text.phone)
        except SendFailed as failure:
            if failure.certainty is not Certainty.REFUSED:
                return replace(
                    exchange, reply_state=_held_back(exchange), reply_reason=failure.reason
                )
        return replace(exchange, mirror=Mirror.NONE)

    def _answer(self, exchange: Exchange) -> Exchange:
        if exchange.reply_state is not ReplyState.INTENDED:
            return exchange
        text = OutboundText(
            to=exchange.text.phone,
            body=exchange.reply,
            purpose=Purpose.ANSWER,
            context={"exchange": exchange.text.message_id},
        )
        try:
            receipt = Answering(self.conversations, self.carrier, self.opt_out_list).answer(
                exchange, text
            )
        except SendFailed as failure:
            state = _STATE_AFTER[failure.certainty]
            return replace(exchange, reply_state=state, reply_reason=failure.reason)
        return replace(exchange, reply_state=ReplyState.SENT, reply_message_id=receipt.message_id)

    def _list(self, exchange: Exchange) -> Exchange:
        if exchange.mirror is not Mirror.ADD or exchange.reply_state is ReplyState.POSTPONED:
            return exchange
        if not self._has_left(exchange.text.phone):
            return replace(exchange, mirror=Mirror.NONE)
        try:
            self.opt_out_list.add(exchange.text.phone)
        except SendFailed as failure:
            if failure.certainty is not Certainty.REFUSED:
                return replace(exchange, reply_reason=failure.reason)
        return replace(exchange, mirror=Mirror.NONE)

    def _has_left(self, phone: str) -> bool:
        """Where the number stands by now: later texts may have come before this redelivery."""
        contact = self.conversations.read([phone]).get(phone)
        return contact is not None and contact.status in LEFT


def _held_back(exchange: Exchange) -> ReplyState:
    """Only a reply that was surely not sent may wait for another try."""
    intended = exchange.reply_state is ReplyState.INTENDED
    return ReplyState.POSTPONED if intended else exchange.reply_state


_OUTCOMES = {
    ReplyState.NONE: Outcome.SILENT,
    ReplyState.SENT: Outcome.ANSWERED,
    ReplyState.REFUSED: Outcome.UNANSWERED,
    ReplyState.UNKNOWN: Outcome.UNANSWERED,
}


def _read(text: InboundText, catalog: Catalog) -> Reading:
    is_staff = catalog.staff_member(text.phone) is not None
    return understand(text.body, catalog, is_staff=is_staff)


def _exchange(text: InboundText, reading: Reading, decision: Decision, now: datetime) -> Exchange:
    return Exchange(
        text=text,
        intent=reading.intent,
        rule=reading.rule,
        reply=decision.reply,
        reply_state=ReplyState.INTENDED if decision.reply else ReplyState.NONE,
        mirror=decision.mirror,
        erases=bool(decision.entry and decision.entry.change is Change.ERASED),
        touched_at=now,
    )
