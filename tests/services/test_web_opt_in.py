"""A form of the opt-in page comes in: who is asked, who is left in peace, and how often."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.contact import Contact, Status
from sayso.domain.exchange import ReplyState
from sayso.domain.ledger import Change, faults
from sayso.services.inbound import Inbound
from sayso.services.ports.carrier import Certainty, Purpose
from sayso.services.ports.conversations import Conversations
from sayso.services.ports.web_opt_ins import WebOptIns
from sayso.services.web_opt_in import Outcome, WebOptIn
from tests.fakes.carrier import FakeCarrier
from tests.fakes.conversations import FakeConversations
from tests.fakes.opt_out_list import FakeOptOutList
from tests.fakes.web_opt_ins import FakeSeals, FakeWebOptIns
from tests.support.bluebird import ANA, BEN, NOON, PROGRAM, SHOP, a_text
from tests.support.web_desks import DESKS, Desk, opened_desk
from tests.support.web_forms import a_form

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LOOK_ALIKE = {Outcome.ASKED, Outcome.SILENT, Outcome.REPEATED}


@dataclass
class Page:
    """The use case with all that it touches."""

    conversations: FakeConversations
    carrier: FakeCarrier
    use_case: WebOptIn

    def submit(
        self, phone: str = ANA, ip: str = "", form: str = "", after: timedelta = 0 * DAY
    ) -> Outcome:
        """Send a form in, from an address of its own unless one is given."""
        at, elsewhere = NOON + after, f"203.0.113.{len(self.conversations.exchanges)}"
        sent = a_form(phone, at=at, ip=ip or elsewhere, form=form)
        return self.use_case.submit(sent, PROGRAM, at)

    def text(self, body: str, phone: str = ANA) -> None:
        inbound = Inbound(self.conversations, self.carrier, FakeOptOutList())
        inbound.handle(a_text(body, phone=phone), NOON)

    def status(self, phone: str = ANA) -> Status:
        return (self.conversations.contacts.get(phone) or Contact.stranger(phone)).status


def opened(per_hour: int = 300) -> Page:
    conversations = FakeConversations(SHOP)
    carrier = FakeCarrier()
    store = FakeWebOptIns(conversations)
    return Page(
        conversations, carrier, WebOptIn(store, conversations, carrier, FakeSeals(), per_hour)
    )


@pytest.fixture
def page() -> Page:
    return opened()


def test_a_number_that_nobody_knows_is_asked_by_text(page: Page) -> None:
    assert page.submit() is Outcome.ASKED
    (text,) = page.carrier.texts
    assert (text.to, text.purpose) == (ANA, Purpose.ANSWER)
    assert "reply YES" in text.body
    assert page.status() is Status.PENDING


def test_the_question_that_was_sent_is_the_one_in_the_proof(page: Page) -> None:
    page.submit()
    (entry,) = page.conversations.ledgers[ANA]
    assert entry.change is Change.ASKED
    assert entry.evidence.question == page.carrier.texts[0].body


def test_a_yes_from_the_phone_and_nothing_else_subscribes(page: Page) -> None:
    page.submit()
    page.text("ok cool")
    assert page.status() is Status.PENDING
    page.text("YES")
    assert page.status() is Status.SUBSCRIBED
    assert faults(page.conversations.ledgers[ANA]) == []


@pytest.mark.parametrize("said", ["JOIN", "STOP", "please no more of this nonsense"])
def test_a_number_that_has_spoken_for_itself_gets_no_text_and_no_change(
    page: Page, said: str
) -> None:
    page.text(said)
    standing, texts = page.conversations.contacts[ANA], list(page.carrier.texts)
    assert page.submit() is Outcome.SILENT
    assert page.carrier.texts == texts
    assert page.conversations.contacts[ANA] == standing


def test_while_a_question_is_open_no_other_is_asked(page: Page) -> None:
    page.submit()
    for days in range(5):
        assert page.submit(after=days * DAY) in LOOK_ALIKE
    assert len(page.carrier.texts) == 1


def test_pressing_the_button_twice_asks_once(page: Page) -> None:
    assert page.submit(form="form-a") is Outcome.ASKED
    assert page.submit(form="form-a") is Outcome.REPEATED
    assert len(page.carrier.texts) == 1
    assert len(page.conversations.ledgers[ANA]) == 1


def test_a_form_cannot_be_used_again_for_another_number(page: Page) -> None:
    page.submit(form="form-a")
    assert page.submit(BEN, form="form-a") is Outcome.SPENT
    assert page.carrier.bodies_to(BEN) == []


def test_a_sixth_form_within_an_hour_from_one_address_is_refused(page: Page) -> None:
    outcomes = [page.submit(f"+1312555{number}", ip="203.0.113.7") for number in range(1000, 1006)]
    assert outcomes == [Outcome.ASKED] * 5 + [Outcome.LIMITED]
    assert page.submit("+13125551010", ip="203.0.113.8") is Outcome.ASKED
    assert page.submit("+13125551011", ip="203.0.113.7", after=HOUR) is Outcome.ASKED


def test_an_address_is_counted_whatever_the_numbers_are(page: Page) -> None:
    """Else whoever watches when the limit comes would learn which numbers are known."""
    page.text("STOP")
    outcomes = [page.submit(ANA, ip="203.0.113.7") for _ in range(6)]
    assert outcomes == [Outcome.SILENT] * 5 + [Outcome.LIMITED]


def test_a_number_is_asked_once_a_day_and_three_times_a_month_at_most(page: Page) -> None:
    asked = []
    for hours in range(0, 30 * 24 - 1, 8):
        # However often its question runs out, unanswered.
        page.conversations.contacts.pop(ANA, None)
        page.conversations.ledgers.pop(ANA, None)
        if page.submit(ip=f"198.51.100.{hours % 250}", after=hours * HOUR) is Outcome.ASKED:
            asked.append(hours)
    assert asked == [0, 24, 48]


def test_a_number_that_was_asked_today_is_answered_like_any_other(page: Page) -> None:
    page.submit()
    page.conversations.contacts.clear()
    assert page.submit() in LOOK_ALIKE


def test_all_forms_together_send_no_more_questions_than_the_shop_allows() -> None:
    page = opened(per_hour=3)
    outcomes = [page.submit(f"+1312555{number}") for number in range(1000, 1005)]
    assert outcomes == [Outcome.ASKED] * 3 + [Outcome.LIMITED] * 2
    assert page.submit("+13125552000", after=HOUR) is Outcome.ASKED


@pytest.mark.parametrize(
    ("certainty", "state"),
    [(Certainty.REFUSED, ReplyState.REFUSED), (Certainty.UNKNOWN, ReplyState.UNKNOWN)],
)
def test_a_text_that_the_carrier_refuses_or_may_have_is_never_sent_again(
    page: Page, certainty: Certainty, state: ReplyState
) -> None:
    page.carrier.failing = [certainty]
    assert page.submit(form="form-a") in LOOK_ALIKE
    sent = len(page.carrier.texts)
    assert page.submit(form="form-a") is Outcome.REPEATED
    assert len(page.carrier.texts) == sent
    assert page.conversations.exchanges[ANA, "web-form-a"].reply_state is state


def test_a_text_that_the_carrier_takes_later_is_sent_by_pressing_again(page: Page) -> None:
    page.carrier.failing = [Certainty.POSTPONED]
    assert page.submit(form="form-a") is Outcome.LATER
    assert page.submit(form="form-a") is Outcome.ASKED
    assert page.submit(form="form-a") is Outcome.REPEATED
    assert len(page.carrier.bodies_to(ANA)) == 1
    assert page.conversations.exchanges[ANA, "web-form-a"].reply_state is ReplyState.SENT


@pytest.fixture(params=DESKS)
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    with opened_desk(request.param) as found:
        yield found


def test_of_fifty_forms_at_once_for_one_number_one_asks(desk: Desk) -> None:
    carrier = FakeCarrier()
    conversations: Conversations = desk.shelf.conversations
    store: WebOptIns = desk.store
    use_case = WebOptIn(store, conversations, carrier, FakeSeals(), 300)

    def submit(number: int) -> Outcome:
        return use_case.submit(a_form(ip=f"198.51.100.{number}"), PROGRAM, NOON)

    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(submit, range(50)))
    assert len(carrier.bodies_to(ANA)) == 1
    assert outcomes.count(Outcome.ASKED) == 1
    assert set(outcomes) <= LOOK_ALIKE | {Outcome.LATER}
    assert len(desk.shelf.ledger(ANA)) == 1


def test_of_fifty_times_the_same_form_at_once_one_asks(desk: Desk) -> None:
    carrier = FakeCarrier()
    use_case = WebOptIn(desk.store, desk.shelf.conversations, carrier, FakeSeals(), 300)
    form = a_form()
    with ThreadPoolExecutor(16) as pool:
        outcomes = list(pool.map(lambda _: use_case.submit(form, PROGRAM, NOON), range(50)))
    assert len(carrier.texts) == 1
    assert set(outcomes) == {Outcome.ASKED, Outcome.REPEATED}


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["form", "YES", "JOIN", "STOP", "no more", "hello"]),
        st.sampled_from([ANA, BEN]),
        st.integers(0, 40),
    ),
    max_size=25,
)


@given(STEPS)
def test_whatever_happens_nobody_who_said_stop_is_texted_by_a_form(
    steps: list[tuple[str, str, int]],
) -> None:
    page, hours = opened(), 0
    for step, phone, later in steps:
        hours += later
        before, sent = page.status(phone), len(page.carrier.texts)
        if step != "form":
            page.text(step, phone)
            continue
        standing = page.conversations.contacts.get(phone)
        asked_at = standing.asked_at if standing else None
        page.submit(phone, ip=f"2001:db8:0:{hours:x}::1", after=hours * HOUR)
        # A question that ran out may be put again; nothing else is ever asked twice.
        ran_out = asked_at is not None and NOON + hours * HOUR - asked_at >= 7 * DAY
        if before is not Status.UNKNOWN and not (before is Status.PENDING and ran_out):
            assert len(page.carrier.texts) == sent
            assert page.status(phone) is before
        assert page.status(phone) is not Status.SUBSCRIBED or before is Status.SUBSCRIBED
    for entries in page.conversations.ledgers.values():
        assert faults(entries) == []
