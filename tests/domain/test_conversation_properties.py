"""Whatever a person texts, in whatever order and however often it arrives, consent holds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sayso.domain.catalog import OptIn
from sayso.domain.contact import Contact, Status
from sayso.domain.conversation import decide
from sayso.domain.exchange import InboundText
from sayso.domain.ledger import Audit, Change, Entry, faults
from sayso.domain.outside_word import (
    NotHeld,
    Outcome,
    Said,
    became_unreachable,
    erased,
    kept,
    lapse,
    opted_out_by_carrier,
    taken_off,
)
from sayso.domain.understanding import understand
from sayso.domain.vocabulary import Intent
from tests.support.bluebird import ANA, EMPTY_SHOP, NOON, PROGRAM, SHOP, a_text
from tests.support.cases import table

ASKS_IN = frozenset({Intent.JOIN, Intent.START})
bodies = st.one_of(
    st.sampled_from(["JOIN", "STOP", "YES"]),
    st.sampled_from(
        ["JOIN", "JOIN DENVER", "coffee", "STOP", "START", "YES", "HELP", "hours", "?"]
    ),
    st.sampled_from([row["text"] for row in table("replies")]),
    st.sampled_from(
        ["NO", "PAUSE", "pause 2 weeks", "LESS", "MORE", "WHEN 10-14", "MOVE DENVER", "ME"]
    ),
    st.sampled_from(["FORGET ME", "ALTO", "UNIRSE", "AYUDA", "ARRET", "OUI", "MENOS"]),
    st.text(max_size=30),
)
HERE = (Status.SUBSCRIBED, Status.PAUSED)
GONE = (Status.OPTED_OUT, Status.FORGOTTEN)
OPTS_OUT = (Intent.STOP, Intent.FORGET)


class Consent(RuleBasedStateMachine):
    """One number's life: texts, late and repeated deliveries, and a marketer who changes things."""

    def __init__(self) -> None:
        super().__init__()
        self.contact = Contact.stranger(ANA)
        self.opt_in, self.shop = OptIn.SINGLE, SHOP
        self.now = NOON
        self.ledger: list[Entry] = []
        self.replies: list[str] = []
        self.delivered: set[str] = set()
        self.on_the_way: list[InboundText] = []
        self.last_stop: datetime | None = None
        self.asked_at: datetime | None = None
        self.may_be_kept = False

    @rule(minutes=st.sampled_from([0, 1, 59, 60, 24 * 60, 8 * 24 * 60, 90 * 24 * 60]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @rule(opt_in=st.sampled_from(OptIn))
    def the_marketer_changes_how_people_opt_in(self, opt_in: OptIn) -> None:
        self.opt_in, self.shop = opt_in, replace(SHOP, program=replace(PROGRAM, opt_in=opt_in))

    @rule()
    def the_program_is_not_set_up(self) -> None:
        self.shop = EMPTY_SHOP

    @rule(body=bodies)
    def a_text_is_sent(self, body: str) -> None:
        self.now += timedelta(seconds=1)
        self.on_the_way.append(a_text(body, at=self.now))

    @precondition(lambda self: self.on_the_way)
    @rule(data=st.data())
    def a_text_arrives_in_any_order(self, data: st.DataObject) -> None:
        at = data.draw(st.integers(0, len(self.on_the_way) - 1))
        self._deliver(self.on_the_way.pop(at))

    @rule(body=bodies, times=st.integers(1, 12))
    def a_text_is_sent_and_arrives_at_once(self, body: str, times: int) -> None:
        for _ in range(times):
            self.now += timedelta(seconds=1)
            self._deliver(a_text(body, at=self.now))

    @rule(rule=st.sampled_from([opted_out_by_carrier, became_unreachable, taken_off, erased]))
    def somebody_else_ends_it(self, rule: Callable[[Contact, Said], Outcome]) -> None:
        self.now += timedelta(seconds=1)
        self._enter(rule(self.contact, Said(self.now, "because", by="user-1")))
        assert self.contact.status not in HERE
        if rule is not became_unreachable:
            assert self.contact.status in GONE
            self.last_stop = self.now

    @rule()
    def a_person_finds_held_words_harmless(self) -> None:
        before = self.contact
        try:
            outcome = kept(before, Said(self.now, "because", by="user-1"))
        except NotHeld:
            assert before.status is not Status.HELD
            return
        self._enter(outcome)
        assert self.may_be_kept or self.contact.status not in HERE

    @rule()
    def a_day_ends(self) -> None:
        before = self.contact
        self._enter(lapse(before, self.now))
        assert before.status in HERE or self.contact.status not in HERE

    def _enter(self, outcome: Outcome) -> None:
        """What stands after something else than a text."""
        after, entry = outcome
        self.contact = replace(after, revision=after.revision + 1)
        self.ledger += [entry] if entry else []

    def _deliver(self, text: InboundText) -> None:
        before = self.contact
        reading = understand(text.body, self.shop)
        decision = decide(before, text, reading, self.shop)
        self.contact = decision.contact
        self._check_opt_in(before, text, reading.intent)
        self._check_opt_out(before, text, reading.intent, decision.reply)
        self._remember(before, text)
        self.ledger += decision.entries
        if decision.entry:
            assert decision.entry.evidence.shown == decision.reply
        assert self.contact.revision == before.revision + 1

    def _remember(self, before: Contact, text: InboundText) -> None:
        """What the next texts may rely on, told from the statuses alone."""
        after = self.contact.status
        if after is Status.PENDING and self.contact.asked_at == text.received_at:
            self.asked_at = text.received_at
        if after is Status.HELD and before.status is not Status.HELD:
            self.may_be_kept = before.status in HERE
        elif after is not Status.HELD:
            self.may_be_kept = False

    def _check_opt_in(self, before: Contact, text: InboundText, intent: Intent) -> None:
        was = lapse(before, text.received_at)[0].status
        if self.contact.status is was:
            return
        if self.contact.status in HERE and was not in HERE:
            asked = self.asked_at
            week = timedelta(days=7)
            is_answer = asked is not None and asked <= text.received_at < asked + week
            said_yes = intent is Intent.YES and is_answer
            assert said_yes or (intent in ASKS_IN and self.opt_in is OptIn.SINGLE)
        if self.contact.status in (*HERE, Status.PENDING):
            assert self.contact.replies > 0, "nobody enters without being told so"
            assert self.last_stop is None or text.received_at >= self.last_stop

    def _check_opt_out(
        self, before: Contact, text: InboundText, intent: Intent, reply: str
    ) -> None:
        if intent in OPTS_OUT:
            assert self.contact.status in GONE
            again = before.status is Status.FORGOTTEN or before.status is Status.OPTED_OUT
            is_new = intent is Intent.FORGET and before.status is Status.OPTED_OUT
            assert not (reply and again) or is_new, "one confirmation an opt-out"
            self.last_stop = max(self.last_stop or text.received_at, text.received_at)
        elif before.status in GONE and intent not in ASKS_IN:
            assert self.contact.status is before.status
            assert not reply or intent in (Intent.HELP, Intent.ME), "left in peace"

    @invariant()
    def the_ledger_verifies_and_the_contact_names_its_end(self) -> None:
        assert faults(self.ledger) == []
        end = (self.ledger[-1].seq, self.ledger[-1].digest) if self.ledger else (0, "")
        assert (self.contact.ledger_seq, self.contact.ledger_head) == end

    @invariant()
    def an_audit_agrees_with_the_record(self) -> None:
        audit = Audit(ANA)
        for entry in self.ledger:
            audit.read(entry)
        audit.end(self.contact, self.contact)
        assert audit.faults == []
        assert audit.trail.has_consent or self.contact.status not in HERE

    @invariant()
    def the_ledgers_last_word_is_the_status(self) -> None:
        told = {
            Change.ASKED: Status.PENDING,
            Change.OPTED_IN: Status.SUBSCRIBED,
            Change.OPTED_IN_AGAIN: Status.SUBSCRIBED,
            Change.RESUMED: Status.SUBSCRIBED,
            Change.OPTED_OUT: Status.OPTED_OUT,
            Change.HELD: Status.HELD,
            Change.PAUSED: Status.PAUSED,
            Change.UNREACHABLE: Status.UNREACHABLE,
            Change.ERASED: Status.FORGOTTEN,
        }
        last = self.ledger[-1].change if self.ledger else None
        if last is None:
            assert self.contact.status is Status.UNKNOWN
        elif last in told:
            assert self.contact.status is told[last]
        elif last is Change.PREFERRED:
            assert self.contact.status in HERE
        elif last in (Change.EXPIRED, Change.DECLINED):
            assert self.contact.status not in (*HERE, Status.PENDING)


TestConsent = Consent.TestCase
TestConsent.settings = settings(max_examples=150, stateful_step_count=30)
