"""Whatever the carrier says, and whenever: after a word that ends consent only an opt-in helps.

The real use cases on fakes, watched by a bookkeeper who knows only who said what, and when: texts,
campaigns, delivery events, the carrier's own list and the daily round go on in any order.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sayso.domain.contact import Status
from sayso.domain.exchange import InboundText
from sayso.services.inbound import TryAgain
from sayso.services.outside_word import OutsideWord
from sayso.services.ports.carrier import Certainty, OutboundText, Purpose, SendFailed
from sayso.services.ports.opt_out_register import Listed
from sayso.services.refusals import TurnedDown
from sayso.services.upkeep import Upkeep
from tests.fakes.contacts import FakeContacts
from tests.fakes.opt_out_register import FakeOptOutRegister
from tests.fakes.upkeep import FakeRoll, FakeRounds
from tests.support.bluebird import ANA, BEN, CHLOE, a_text
from tests.support.consent_world import ConsentWorld

PEOPLE = [ANA, BEN, CHLOE]
people = st.sampled_from(PEOPLE)
TICK = timedelta(seconds=1)
WITH_US = (Status.PENDING, Status.SUBSCRIBED, Status.PAUSED)
ENDS = ("TEXT_SPAM", "TEXT_INVALID")
TELLS_NOTHING = ("TEXT_CARRIER_BLOCKED", "TEXT_TTL_EXPIRED", "TEXT_DELIVERED", "TEXT_UNKNOWN")


@dataclass
class Person:
    """When the newest explicit opt-in, and the newest word that ends it, were said."""

    joined: datetime | None = None
    ended: datetime | None = None

    @property
    def may_be_texted(self) -> bool:
        return self.joined is not None and (self.ended is None or self.ended < self.joined)


class CarriersWordMachine(RuleBasedStateMachine):
    """People and their carrier, and a shop that hears of both late."""

    def __init__(self) -> None:
        super().__init__()
        self.world = ConsentWorld()
        self.people = {phone: Person() for phone in PEOPLE}
        self.texts: list[InboundText] = []
        self.sent: list[tuple[str, str, datetime]] = []
        self.rounds = 0
        self.world.network.mood = self._watch
        register = FakeOptOutRegister(self.world.network.opt_outs, page_size=2)
        contacts = FakeContacts(self.world.slots.contacts, self.world.ledgers)
        self.register = register
        self.upkeep = Upkeep(
            rounds=FakeRounds(),
            roll=FakeRoll(self.world.slots.contacts, page_size=2),
            contacts=contacts,
            register=register,
            opt_out_list=self.world.network.opt_outs,
            outside=OutsideWord(contacts, self.world.network.opt_outs),
            carriers_word=self.world.carriers_word,
            clock=lambda: self.world.now,
        )

    @initialize()
    def everybody_joins(self) -> None:
        for phone in PEOPLE:
            self.someone_joins(phone)

    @rule(phone=people)
    def someone_joins(self, phone: str) -> None:
        self._text(phone, "JOIN DOWNTOWN")
        self.people[phone].joined = self.world.now

    @rule(phone=people)
    def someone_leaves(self, phone: str) -> None:
        self._text(phone, "STOP")
        self.people[phone].ended = self.world.now

    @rule(phone=people, body=st.sampled_from(["HELP", "hours", "YES", "thanks!"]))
    def someone_says_something_else(self, phone: str, body: str) -> None:
        self._text(phone, body)

    @precondition(lambda self: self.texts)
    @rule(data=st.data())
    def a_text_is_delivered_again(self, data: st.DataObject) -> None:
        text = data.draw(st.sampled_from(self.texts))
        with suppress(TryAgain):
            self.world.receive(text)

    @rule(phone=people)
    def someone_tells_the_carrier_to_stop(self, phone: str) -> None:
        """We are not told; but nothing that is sent from now on arrives."""
        self.world.later(TICK)
        if phone not in self.world.network.opt_outs.phones:
            self.world.network.opt_outs.phones.add(phone)
            told = Listed(phone, self.world.now, by_customer=True)
            self.register.told = {**self.register.told, phone: told}
            self.people[phone].ended = self.world.now

    @rule(phone=people)
    def a_number_is_lost_from_the_list(self, phone: str) -> None:
        """Of an opt-out that was at the carrier alone nobody could know any more."""
        if self.world.contact(phone).status is Status.OPTED_OUT:
            self.world.network.opt_outs.phones.discard(phone)

    @rule()
    def a_campaign_is_sent(self) -> None:
        self.world.later(TICK)
        before = len(self.world.network.texts)
        try:
            campaign = self.world.scheduled()
        except TurnedDown:
            return  # there is nobody whom it could go to
        self.world.launch(campaign.runs[0])
        self.world.plan_all()
        # Each batch once: what then waits for the morning, or for the carrier, waits for the next.
        waiting, self.world.batches.messages[:] = list(self.world.batches.messages), []
        for task in waiting:
            self.world.send(task)
        for text in self.world.network.texts[before:]:
            if text.purpose is Purpose.MARKETING:
                self.sent.append((text.to, text.context["run"], self.world.now))
        self._index()

    @precondition(lambda self: self.sent)
    @rule(data=st.data(), kind=st.sampled_from([*ENDS, *TELLS_NOTHING]), late=st.booleans())
    def an_event_of_an_offer_comes_in(self, data: st.DataObject, kind: str, late: bool) -> None:
        """Right now, or long after it happened; the same one may come again."""
        phone, run_id, sent_at = data.draw(st.sampled_from(self.sent))
        if not late:
            self.world.later(TICK)
        at = sent_at if late else self.world.now
        event = self.world.event(phone, kind, run_id, at)
        assert not self.world.receipts.receive({"e": event}, self.world.now).failed
        person = self.people[phone]
        if kind in ENDS:
            person.ended = max(person.ended or at, at)
        self._index()

    @rule()
    def the_day_s_round_is_made(self) -> None:
        self.world.later(timedelta(days=1))
        self.rounds += 1
        with suppress(SendFailed):
            self.upkeep.go_on(f"round {self.rounds:04d}", lambda: False)
        self._index()

    @rule(failures=st.lists(st.sampled_from(Certainty), max_size=2))
    def the_list_has_a_bad_moment(self, failures: list[Certainty]) -> None:
        self.world.network.opt_outs.failing = failures

    @invariant()
    def nobody_is_subscribed_who_never_joined(self) -> None:
        for phone, person in self.people.items():
            if self.world.contact(phone).status is Status.SUBSCRIBED:
                assert person.joined is not None

    @invariant()
    def every_ledger_verifies(self) -> None:
        assert [self.world.faults(phone) for phone in PEOPLE] == [[], [], []]

    def teardown(self) -> None:
        """After a quiet round the list has whoever left, and nobody whom it would keep texts from.

        Who is held or out of reach gets none, and may be left there until they opt in anew.
        """
        self.world.network.opt_outs.failing = []
        for _ in range(2):
            self.the_day_s_round_is_made()
        listed = self.world.network.opt_outs.phones
        for phone, person in self.people.items():
            status = self.world.contact(phone).status
            assert status is not Status.OPTED_OUT or phone in listed
            assert status not in WITH_US or phone not in listed
            assert person.may_be_texted or status is not Status.SUBSCRIBED

    def _text(self, phone: str, body: str) -> None:
        self.world.later(TICK)
        text = a_text(body, phone=phone, at=self.world.now)
        self.texts.append(text)
        with suppress(TryAgain):
            self.world.receive(text)

    def _index(self) -> None:
        self.world.audience.contacts = list(self.world.slots.contacts.values())

    def _watch(self, text: OutboundText) -> Certainty | None:
        """The carrier's end: what it takes, arrives."""
        is_listed = text.to in self.world.network.opt_outs.phones
        if text.purpose is Purpose.MARKETING and not is_listed:
            person = self.people[text.to]
            assert self.world.contact(text.to).status is Status.SUBSCRIBED
            assert person.may_be_texted, "marketing after a word that ended consent"
        return None


TestCarriersWordMachine = CarriersWordMachine.TestCase
TestCarriersWordMachine.settings = settings(max_examples=150, stateful_step_count=40)
