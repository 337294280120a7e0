"""When we say nothing: the daily fallback, and the guard against machines."""

from datetime import datetime, timedelta

import pytest

from sayso.domain import replies
from sayso.domain.contact import Contact, Status
from sayso.domain.conversation import (
    REPLIES_AN_HOUR,
    REPLIES_AN_HOUR_TO_OPT_OUTS,
    Decision,
    decide,
)
from sayso.domain.ledger import Change
from sayso.domain.understanding import intent_of, understand
from tests.support.bluebird import ANA, DOUBLE_OPT_IN_SHOP, NOON, PROGRAM, SHOP, a_text

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def after(contact: Contact, body: str, at: datetime) -> Decision:
    return decide(contact, a_text(body, at=at), understand(body, SHOP), SHOP)


def worn_out() -> Contact:
    """A number that has had as many answers within the hour as anyone may have."""
    contact = Contact.stranger(ANA)
    for count in range(REPLIES_AN_HOUR):
        decision = after(contact, "HELP", NOON + count * SECOND)
        assert decision.reply
        contact = decision.contact
    return contact


def test_the_fallback_comes_once_a_day() -> None:
    first = after(Contact.stranger(ANA), "good morning", NOON)
    again = after(first.contact, "anyone there?", NOON + timedelta(hours=23, minutes=59))
    next_day = after(again.contact, "hello??", NOON + timedelta(hours=24))
    assert [bool(one.reply) for one in (first, again, next_day)] == [True, False, True]


def test_a_text_without_a_meaning_is_still_answered_with_the_words_that_have_one() -> None:
    assert after(Contact.stranger(ANA), "🙂", NOON).reply == replies.not_understood(SHOP, PROGRAM)


def test_the_guard_falls_silent_after_so_many_answers_within_an_hour() -> None:
    contact = worn_out()
    assert after(contact, "HELP", NOON + timedelta(minutes=59)).reply == ""
    assert after(contact, "HELP", NOON + HOUR).reply == replies.help_text(PROGRAM)


def test_a_stop_is_still_confirmed_when_other_texts_are_not() -> None:
    decision = after(worn_out(), "STOP", NOON + timedelta(minutes=30))
    assert decision.reply == replies.opted_out(PROGRAM)
    assert decision.contact.status is Status.OPTED_OUT


@pytest.mark.parametrize("shop", [SHOP, DOUBLE_OPT_IN_SHOP], ids=["single", "double"])
def test_nobody_enters_in_silence(shop: object) -> None:
    at = NOON + timedelta(minutes=30)
    decision = decide(worn_out(), a_text("JOIN", at=at), understand("JOIN", SHOP), shop)  # type: ignore[arg-type]
    assert (decision.contact.status, decision.entry) == (Status.UNKNOWN, None)


def test_joining_and_leaving_without_end_is_answered_so_often_and_no_more() -> None:
    contact, answers = Contact.stranger(ANA), 0
    for count in range(200):
        decision = after(contact, ("JOIN", "STOP")[count % 2], NOON + count * SECOND)
        contact, answers = decision.contact, answers + bool(decision.reply)
    assert answers <= REPLIES_AN_HOUR_TO_OPT_OUTS
    assert contact.status is Status.OPTED_OUT


def test_an_opt_out_is_recorded_however_many_came_before_it() -> None:
    contact = Contact(ANA, Status.SUBSCRIBED, 1, replies_since=NOON, replies=999)
    decision = after(contact, "STOP", NOON + SECOND)
    assert decision.contact.status is Status.OPTED_OUT
    assert decision.reply == ""
    assert decision.entry is not None
    assert decision.entry.change is Change.OPTED_OUT
    assert decision.entry.evidence.shown == ""


@pytest.mark.parametrize("first_words", ["good morning", "JOIN", "HELP", "HOURS"])
def test_two_machines_that_answer_each_other_fall_silent(first_words: str) -> None:
    """The other machine repeats what it is told, each second, while it is told anything."""
    contact, said, turns = Contact.stranger(ANA), first_words, 0
    while said and turns < 1000:
        decision = after(contact, said, NOON + turns * SECOND)
        contact, said, turns = decision.contact, decision.reply, turns + 1
    assert turns <= REPLIES_AN_HOUR + 2


def test_a_machine_that_asks_for_help_forever_gets_so_much_an_hour() -> None:
    contact, answers = Contact.stranger(ANA), 0
    for minute in range(24 * 60):
        decision = after(contact, "HELP", NOON + timedelta(minutes=minute))
        contact, answers = decision.contact, answers + bool(decision.reply)
    assert answers <= 24 * REPLIES_AN_HOUR


def test_none_of_our_own_replies_opts_anyone_in() -> None:
    """Should another machine send one back."""
    ours = [
        replies.opted_in(PROGRAM, None, replies.which_store(SHOP.locations, unknown=True)),
        replies.opt_in_question(PROGRAM, None),
        replies.opted_out(PROGRAM),
        replies.help_text(PROGRAM),
        replies.not_understood(SHOP, PROGRAM),
    ]
    assert {intent_of(reply).value for reply in ours} <= {"none", "stop"}
