"""What every Conversations does: the one on the table and the fake of the use case's tests."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time, timedelta

import pytest

from sayso.domain.contact import Contact, Status
from sayso.domain.conversation import Decision, decide
from sayso.domain.erasure import erased
from sayso.domain.exchange import Exchange, InboundText, Mirror, ReplyState
from sayso.domain.ledger import Change, faults
from sayso.domain.preference import NO_PREFERENCE, Preference
from sayso.domain.referrals import Referral
from sayso.domain.understanding import understand
from sayso.services.ports.conversations import AlreadyHandled, Outdated
from tests.support.bluebird import ANA, BEN, NOON, SHOP, a_text
from tests.support.shelves import SHELVES, Shelf, opened

SECOND = timedelta(seconds=1)


@pytest.fixture(params=SHELVES)
def shelf(request: pytest.FixtureRequest) -> Iterator[Shelf]:
    with opened(request.param, SHOP) as found:
        yield found


def decided(shelf: Shelf, text: InboundText) -> tuple[Contact, Decision, Exchange]:
    before = shelf.contact(text.phone)
    reading = understand(text.body, SHOP)
    decision = decide(before, text, reading, SHOP)
    exchange = Exchange(
        text=text,
        intent=reading.intent,
        rule=reading.rule,
        reply=decision.reply,
        reply_state=ReplyState.INTENDED if decision.reply else ReplyState.NONE,
        mirror=decision.mirror,
        touched_at=NOON,
    )
    return before, decision, exchange


def committed(shelf: Shelf, text: InboundText) -> Exchange:
    before, decision, exchange = decided(shelf, text)
    shelf.conversations.commit(before, decision, exchange)
    return exchange


def test_a_number_that_nobody_knows_is_opened_as_a_stranger(shelf: Shelf) -> None:
    opening = shelf.conversations.open(ANA, NOON)
    assert opening.contact == Contact.stranger(ANA)
    assert (opening.catalog.program, opening.catalog.revision) == (SHOP.program, SHOP.revision)
    assert set(opening.catalog.locations) == set(SHOP.locations)


def test_contact_entry_and_exchange_are_kept_exactly_as_committed(shelf: Shelf) -> None:
    text = a_text("Coffee, “please” ☕", answered_by_carrier=False)
    _, decision, exchange = decided(shelf, text)
    shelf.conversations.commit(Contact.stranger(ANA), decision, exchange)
    assert shelf.contact(ANA) == decision.contact
    assert shelf.ledger(ANA) == [decision.entry]
    assert shelf.exchange(text) == exchange


def test_the_ledger_of_a_long_life_verifies_as_it_is_read_back(shelf: Shelf) -> None:
    for count, body in enumerate(["JOIN", "coffee", "STOP", "START", "JOIN DENVER", "stop ☕"]):
        committed(shelf, a_text(body, at=NOON + count * timedelta(milliseconds=1)))
    entries = shelf.ledger(ANA)
    assert len(entries) == 6
    assert faults(entries) == []
    contact = shelf.contact(ANA)
    assert (contact.ledger_seq, contact.ledger_head) == (6, entries[-1].digest)


def test_a_text_without_consequences_leaves_no_ledger_entry(shelf: Shelf) -> None:
    exchange = committed(shelf, a_text("HELP"))
    assert shelf.ledger(ANA) == []
    assert shelf.exchange(exchange.text) == exchange
    assert shelf.contact(ANA).status is Status.UNKNOWN


def test_an_empty_body_is_kept(shelf: Shelf) -> None:
    exchange = committed(shelf, a_text(""))
    assert shelf.exchange(exchange.text) == exchange


@pytest.mark.parametrize(
    "wish",
    [
        Preference(most=2, within=timedelta(days=1)),
        Preference(opens=time(9), closes=time(12, 30)),
        Preference(3, timedelta(days=31), time(17)),
        Preference(closes=time(12)),
    ],
)
def test_what_somebody_asked_for_is_kept_until_they_take_it_back(
    shelf: Shelf, wish: Preference
) -> None:
    committed(shelf, a_text("JOIN"))
    for wanted in (wish, NO_PREFERENCE):
        before, decision, exchange = decided(shelf, a_text("about my offers"))
        changed = replace(decision, contact=replace(decision.contact, preference=wanted))
        shelf.conversations.commit(before, changed, exchange)
        assert shelf.contact(ANA).preference == wanted


def test_values_that_a_text_clears_are_gone(shelf: Shelf) -> None:
    committed(shelf, a_text("STOP"))
    assert shelf.contact(ANA).opted_out_at == NOON
    committed(shelf, a_text("JOIN"))
    assert shelf.contact(ANA).opted_out_at is None


def test_a_second_delivery_brings_the_exchange_and_writes_nothing(shelf: Shelf) -> None:
    exchange = committed(shelf, a_text("JOIN DOWNTOWN"))
    contact, ledger = shelf.contact(ANA), shelf.ledger(ANA)
    again = decided(shelf, exchange.text)
    with pytest.raises(AlreadyHandled) as duplicate:
        shelf.conversations.commit(*again)
    assert duplicate.value.exchange == exchange
    assert (shelf.contact(ANA), shelf.ledger(ANA)) == (contact, ledger)


def test_a_second_delivery_is_told_apart_even_when_the_contact_has_changed_too(
    shelf: Shelf,
) -> None:
    text = a_text("JOIN DOWNTOWN")
    stale = decided(shelf, text)
    committed(shelf, text)
    committed(shelf, a_text("STOP"))
    with pytest.raises(AlreadyHandled):
        shelf.conversations.commit(*stale)
    assert shelf.contact(ANA).status is Status.OPTED_OUT


@pytest.mark.parametrize("known", [False, True], ids=["stranger", "known"])
def test_a_change_on_an_outdated_contact_brings_the_current_one_and_writes_nothing(
    shelf: Shelf, known: bool
) -> None:
    if known:
        committed(shelf, a_text("HELP"))
    late = a_text("JOIN")
    stale = decided(shelf, late)
    committed(shelf, a_text("STOP"))
    contact, ledger = shelf.contact(ANA), shelf.ledger(ANA)
    with pytest.raises(Outdated) as outdated:
        shelf.conversations.commit(*stale)
    assert outdated.value.contact == contact
    assert (shelf.contact(ANA), shelf.ledger(ANA)) == (contact, ledger)
    assert shelf.exchange(late) is None


def test_the_same_message_id_from_another_number_is_another_text(shelf: Shelf) -> None:
    committed(shelf, a_text("JOIN", message_id="in-same"))
    committed(shelf, a_text("JOIN", message_id="in-same", phone=BEN))
    assert shelf.contact(BEN).status is Status.SUBSCRIBED


def test_an_inbound_text_never_puts_an_older_campaign_back(shelf: Shelf) -> None:
    committed(shelf, a_text("JOIN"))
    stale = decided(shelf, a_text("HELP"))
    shelf.was_texted(ANA, "run-2", NOON + SECOND)
    shelf.conversations.commit(*stale)
    contact = shelf.contact(ANA)
    assert (contact.last_run, contact.last_run_at) == ("run-2", NOON + SECOND)


def test_an_opt_out_is_counted_for_the_run_that_it_follows(shelf: Shelf) -> None:
    for phone in (ANA, BEN):
        committed(shelf, a_text("JOIN", phone=phone))
        shelf.was_texted(phone, "run-2", NOON)
        committed(shelf, a_text("STOP", phone=phone, at=NOON + SECOND))
    assert shelf.credits_of("run-2") == {"opted_out": 2}


def test_a_reply_is_counted_once_for_the_run_and_for_the_persons_groups_in_it(
    shelf: Shelf,
) -> None:
    for phone, variant in ((ANA, "v=A"), (BEN, "v=B")):
        committed(shelf, a_text("JOIN", phone=phone))
        shelf.was_texted(phone, "run-2", NOON + SECOND, "l=DOWNTOWN", variant)
        committed(shelf, a_text("yum", phone=phone, at=NOON + 2 * SECOND))
        committed(shelf, a_text("yum!", phone=phone, at=NOON + 3 * SECOND))
    assert shelf.credits_of("run-2") == {
        "replied": 2,
        "l=DOWNTOWN|replied": 2,
        "v=A|replied": 1,
        "v=B|replied": 1,
    }


def test_how_a_reply_went_is_recorded(shelf: Shelf) -> None:
    exchange = committed(shelf, a_text("STOP"))
    sent = replace(
        exchange,
        reply_state=ReplyState.SENT,
        reply_message_id="out-1",
        mirror=Mirror.NONE,
        touched_at=NOON + SECOND,
    )
    shelf.conversations.record(sent)
    assert shelf.exchange(exchange.text) == sent


def test_a_guess_never_replaces_what_is_certain_but_what_else_was_done_is_kept(
    shelf: Shelf,
) -> None:
    exchange = committed(shelf, a_text("STOP"))
    sent = replace(exchange, reply_state=ReplyState.SENT, reply_message_id="out-1")
    shelf.conversations.record(sent)
    guess = replace(exchange, reply_state=ReplyState.UNKNOWN, mirror=Mirror.NONE)
    shelf.conversations.record(guess)
    assert shelf.exchange(exchange.text) == replace(sent, mirror=Mirror.NONE)


def test_a_guess_is_recorded_while_nothing_is_certain_and_may_be_added_to(shelf: Shelf) -> None:
    exchange = committed(shelf, a_text("STOP"))
    guess = replace(exchange, reply_state=ReplyState.UNKNOWN)
    shelf.conversations.record(guess)
    assert shelf.exchange(exchange.text) == guess
    more = replace(guess, mirror=Mirror.NONE, reply_reason="ThrottlingException")
    shelf.conversations.record(more)
    assert shelf.exchange(exchange.text) == more


def test_a_postponed_reply_is_taken_for_another_try_once(shelf: Shelf) -> None:
    exchange = committed(shelf, a_text("JOIN"))
    postponed = replace(exchange, reply_state=ReplyState.POSTPONED)
    shelf.conversations.record(postponed)
    tries = [shelf.conversations.begin_again(postponed, NOON + SECOND) for _ in range(3)]
    assert tries == [True, False, False]
    taken = replace(postponed, reply_state=ReplyState.INTENDED, touched_at=NOON + SECOND)
    assert shelf.exchange(exchange.text) == taken


@pytest.mark.parametrize("state", [state for state in ReplyState if state != "postponed"])
def test_a_reply_that_does_not_wait_is_not_taken_for_another_try(
    shelf: Shelf, state: ReplyState
) -> None:
    exchange = committed(shelf, a_text("JOIN"))
    shelf.conversations.record(replace(exchange, reply_state=state))
    assert not shelf.conversations.begin_again(exchange, NOON)


def test_of_five_commits_of_one_text_at_once_one_is_made(shelf: Shelf) -> None:
    text = a_text("JOIN DOWNTOWN")
    same = decided(shelf, text)

    def commit(_: int) -> bool:
        try:
            shelf.conversations.commit(*same)
        except AlreadyHandled:
            return False
        return True

    with ThreadPoolExecutor(5) as pool:
        assert sorted(pool.map(commit, range(5))) == [False] * 4 + [True]
    assert len(shelf.ledger(ANA)) == 1


def test_an_erasure_leaves_the_proof_of_the_opt_out_and_no_other_words(shelf: Shelf) -> None:
    told = [
        committed(shelf, a_text(body, at=NOON + count * SECOND)).text
        for count, body in enumerate(["JOIN DOWNTOWN", "good morning", "STOP", "FORGET ME"])
    ]
    before = shelf.ledger(ANA)
    later = committed(shelf, a_text("HELP", at=NOON + 9 * SECOND)).text
    for _ in range(2):
        shelf.conversations.erase(ANA, NOON + timedelta(minutes=1))
        assert [entry.change for entry in shelf.ledger(ANA)] == [Change.OPTED_OUT, Change.ERASED]
        assert shelf.erased(ANA) == [erased(before[0])]
        exchanges = [shelf.exchange(text) for text in (*told, later)]
        bodies = [exchange.text.body for exchange in exchanges if exchange]
        assert bodies == ["", "", "", "FORGET ME", "HELP"]
        assert [bool(exchange.reply) for exchange in exchanges if exchange][:3] == [False] * 3
    assert shelf.contact(ANA).status is Status.FORGOTTEN


def test_nothing_is_erased_of_whoever_did_not_ask_for_it(shelf: Shelf) -> None:
    text = committed(shelf, a_text("JOIN")).text
    committed(shelf, a_text("STOP", at=NOON + SECOND))
    shelf.conversations.erase(ANA, NOON + timedelta(minutes=1))
    assert len(shelf.ledger(ANA)) == 2
    exchange = shelf.exchange(text)
    assert exchange is not None
    assert exchange.text.body == "JOIN"


def test_what_lapsed_goes_into_the_ledger_before_what_follows(shelf: Shelf) -> None:
    before = Contact(BEN, Status.PENDING, asked_at=NOON)
    text = a_text("JOIN", at=NOON + timedelta(days=8), phone=BEN)
    decision = decide(before, text, understand("JOIN", SHOP), SHOP)
    exchange = Exchange(text=text, intent=understand("JOIN", SHOP).intent, rule="")
    shelf.conversations.commit(Contact.stranger(BEN), decision, exchange)
    assert [entry.change for entry in shelf.ledger(BEN)] == [Change.EXPIRED, Change.OPTED_IN]
    assert faults(shelf.ledger(BEN)) == []


def test_that_a_text_still_erases_is_kept_until_it_is_done(shelf: Shelf) -> None:
    before, decision, exchange = decided(shelf, a_text("FORGET ME"))
    exchange = replace(exchange, erases=True)
    shelf.conversations.commit(before, decision, exchange)
    assert shelf.exchange(exchange.text) == exchange
    assert not exchange.is_finished
    done = replace(exchange, erases=False, reply_state=ReplyState.SENT, mirror=Mirror.NONE)
    shelf.conversations.record(done)
    assert shelf.exchange(exchange.text) == done
    assert done.is_finished


def test_a_friend_is_credited_in_the_write_that_makes_a_subscriber(shelf: Shelf) -> None:
    text = a_text("JOIN DOWNTOWN", phone=BEN)
    before, decision, exchange = decided(shelf, text)
    referral = Referral("run-1", ANA, {"referred": 1, "l=DOWNTOWN|referred": 1})
    credited = replace(decision, referral=referral)

    shelf.conversations.commit(before, credited, exchange)
    with pytest.raises(AlreadyHandled):
        shelf.conversations.commit(before, credited, exchange)

    assert shelf.credits_of("run-1") == {"referred": 1, "l=DOWNTOWN|referred": 1}
