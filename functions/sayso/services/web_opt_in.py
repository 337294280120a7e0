"""Somebody sends in the opt-in page: check it, store the proof, ask the phone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sayso.domain import limits
from sayso.domain.catalog import Program
from sayso.domain.conversation import Decision
from sayso.domain.exchange import Exchange, InboundText, ReplyState
from sayso.domain.limits import Limit, Use, Window
from sayso.domain.vocabulary import Intent
from sayso.domain.web_opt_in import MEDIUM, RULE, Submission, ask, may_be_asked
from sayso.services.ports.carrier import Carrier, Certainty, OutboundText, Purpose, SendFailed
from sayso.services.ports.conversations import Conversations
from sayso.services.ports.web_opt_ins import Meanwhile, Seals, WebOptIns

# A contact and its windows change under a form only when the same person's forms race each other.
_LOOKS = 6
_STATE_AFTER = {
    Certainty.REFUSED: ReplyState.REFUSED,
    Certainty.POSTPONED: ReplyState.POSTPONED,
    Certainty.UNKNOWN: ReplyState.UNKNOWN,
}


class Outcome(StrEnum):
    """What became of a form. The first three look alike from outside: none tells of a number."""

    ASKED = "asked"
    SILENT = "silent"  # this number gets no text from a web form
    REPEATED = "repeated"  # the form had been sent in before
    SPENT = "spent"  # the form had been sent in before, for another number
    LIMITED = "limited"
    LATER = "later"  # stored, but the carrier takes no text right now: send the form in again


@dataclass(frozen=True, slots=True)
class WebOptIn:
    """The use case behind the page. `per_hour` bounds the questions of all forms together."""

    store: WebOptIns
    conversations: Conversations
    carrier: Carrier
    seals: Seals
    per_hour: int

    def submit(self, submission: Submission, program: Program, now: datetime) -> Outcome:
        """Store what was sent in, and ask the number if it may be asked.

        Sent in again, the same form asks nothing twice. Whether the number was asked, or has long
        been subscribed, or has opted out, makes no difference to what the person is told.
        """
        named = self._named(submission)
        for _ in range(_LOOKS):
            known = self.store.look(submission.id, submission.phone, list(named))
            if known.is_spent:
                return self._resume(known.exchange, now) if known.exchange else Outcome.SPENT
            spending = _Spending(named, known.windows, now)
            if not spending.admits(_COUNTED_ALWAYS | {limits.Subject.PROGRAM}):
                return Outcome.LIMITED
            asks = may_be_asked(known.contact, now) and spending.admits(_COUNTED_WHEN_ASKING)
            decision = ask(known.contact, submission, program) if asks else Decision(known.contact)
            exchange = _exchange(submission, decision, now)
            counted = set(limits.Subject) if asks else _COUNTED_ALWAYS
            try:
                self.store.commit(submission.id, known, decision, exchange, spending.uses(counted))
            except Meanwhile:
                continue
            return self._send(exchange)
        return Outcome.LATER

    def _named(self, submission: Submission) -> dict[str, Limit]:
        """Each limit by the name of its window, which tells neither address nor number."""
        whose = {
            limits.Subject.ADDRESS: limits.household(submission.ip),
            limits.Subject.NUMBER: submission.phone,
            limits.Subject.PROGRAM: "",
        }
        every = (*limits.ADDRESS, *limits.NUMBER, limits.program_limit(self.per_hour))
        return {
            f"{limit.name}/{self.seals.seal(f'{limit.subject} {whose[limit.subject]}')}": limit
            for limit in every
        }

    def _resume(self, exchange: Exchange, now: datetime) -> Outcome:
        """A form that was sent in before: only what was surely not sent is sent now."""
        if not self.conversations.begin_again(exchange, now):
            return Outcome.REPEATED
        return self._send(replace(exchange, reply_state=ReplyState.INTENDED, touched_at=now))

    def _send(self, exchange: Exchange) -> Outcome:
        if exchange.reply_state is not ReplyState.INTENDED:
            return Outcome.SILENT
        text = OutboundText(
            to=exchange.text.phone,
            body=exchange.reply,
            purpose=Purpose.ANSWER,
            context={"exchange": exchange.text.message_id},
        )
        try:
            receipt = self.carrier.send(text)
        except SendFailed as failure:
            state = _STATE_AFTER[failure.certainty]
            done = replace(exchange, reply_state=state, reply_reason=failure.reason)
        else:
            done = replace(
                exchange, reply_state=ReplyState.SENT, reply_message_id=receipt.message_id
            )
        self.conversations.record(done)
        return Outcome.LATER if done.reply_state is ReplyState.POSTPONED else Outcome.ASKED


_COUNTED_ALWAYS = {limits.Subject.ADDRESS}
_COUNTED_WHEN_ASKING = {limits.Subject.NUMBER, limits.Subject.PROGRAM}


@dataclass(frozen=True, slots=True)
class _Spending:
    """The limits by the names of their windows, and those windows as they stand."""

    named: Mapping[str, Limit]
    windows: Mapping[str, Window]
    now: datetime

    def admits(self, subjects: set[limits.Subject]) -> bool:
        """Whether one more use is within every limit of these subjects."""
        return all(
            limits.admits(limit, self.windows.get(name), self.now)
            for name, limit in self.named.items()
            if limit.subject in subjects
        )

    def uses(self, subjects: set[limits.Subject]) -> dict[str, Use]:
        """One more use of each limit of these subjects, by the names of their windows."""
        return {
            name: limits.use(limit, self.windows.get(name), self.now)
            for name, limit in self.named.items()
            if limit.subject in subjects
        }


def _exchange(submission: Submission, decision: Decision, now: datetime) -> Exchange:
    return Exchange(
        text=InboundText(
            phone=submission.phone,
            number=submission.number,
            body=submission.words,
            message_id=submission.message_id,
            received_at=submission.at,
            door=MEDIUM,
        ),
        intent=Intent.JOIN,
        rule=RULE,
        reply=decision.reply,
        reply_state=ReplyState.INTENDED if decision.reply else ReplyState.NONE,
        touched_at=now,
    )
