"""Whatever a person texts, in whatever order and however often it arrives, consent holds."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from sayso.domain.catalog import OptIn
from sayso.domain.contact import Contact, Status
from sayso.domain.conversation import decide
from sayso.domain.exchange import InboundText
from sayso.domain.ledger import Change, Entry, faults
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
    st.text(max_size=30),
)


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

    @rule(minutes=st.sampled_from([0, 1, 59, 60, 24 * 60, 90 * 24 * 60]))
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

    def _deliver(self, text: InboundText) -> None:
        before = self.contact
        reading = understand(text.body, self.shop)
        decision = decide(before, text, reading, self.shop)
        self.contact = decision.contact
        self._check_opt_in(before, text, reading.intent)
        self._check_opt_out(before, text, reading.intent, decision.reply)
        if decision.entry:
            self.ledger.append(decision.entry)
            assert decision.entry.evidence.shown == decision.reply
        assert self.contact.revision == before.revision + 1

    def _check_opt_in(self, before: Contact, text: InboundText, intent: Intent) -> None:
        if self.contact.status is before.status:
            return
        if self.contact.status is Status.SUBSCRIBED:
            said_yes = intent is Intent.YES and before.status is Status.PENDING
            said_yes = said_yes or (intent is Intent.YES and before.asked_at is not None)
            assert said_yes or (intent in ASKS_IN and self.opt_in is OptIn.SINGLE)
        if self.contact.status in (Status.SUBSCRIBED, Status.PENDING):
            assert self.contact.replies > 0, "nobody enters without being told so"
            assert self.last_stop is None or text.received_at >= self.last_stop

    def _check_opt_out(
        self, before: Contact, text: InboundText, intent: Intent, reply: str
    ) -> None:
        if intent is Intent.STOP:
            assert self.contact.status is Status.OPTED_OUT
            assert not (reply and before.status is Status.OPTED_OUT), "one confirmation an opt-out"
            self.last_stop = max(self.last_stop or text.received_at, text.received_at)
        elif before.status is Status.OPTED_OUT and intent not in ASKS_IN:
            assert self.contact.status is Status.OPTED_OUT
            assert not reply or intent is Intent.HELP, "whoever opted out is left in peace"

    @invariant()
    def the_ledger_verifies_and_the_contact_names_its_end(self) -> None:
        assert faults(self.ledger) == []
        end = (self.ledger[-1].seq, self.ledger[-1].digest) if self.ledger else (0, "")
        assert (self.contact.ledger_seq, self.contact.ledger_head) == end

    @invariant()
    def the_ledgers_last_word_is_the_status(self) -> None:
        told = {
            Change.ASKED: Status.PENDING,
            Change.OPTED_IN: Status.SUBSCRIBED,
            Change.OPTED_IN_AGAIN: Status.SUBSCRIBED,
            Change.OPTED_OUT: Status.OPTED_OUT,
            Change.HELD: Status.HELD,
        }
        expected = told[self.ledger[-1].change] if self.ledger else Status.UNKNOWN
        assert self.contact.status is expected


TestConsent = Consent.TestCase
TestConsent.settings = settings(max_examples=150, stateful_step_count=30)
