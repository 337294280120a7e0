"""Words that may be an opt-out hold all marketing until the customer or a person decides."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.domain.contact import Contact, Status
from sayso.domain.conversation import Decision, decide
from sayso.domain.ledger import Change
from sayso.domain.understanding import Reading, understand
from sayso.domain.vocabulary import Intent
from tests.support.bluebird import ANA, EMPTY_SHOP, NOON, SHOP, a_text

UNSURE = Reading(Intent.UNSURE, "may be one")
SUBSCRIBER = Contact(ANA, Status.SUBSCRIBED, 1, location="DOWNTOWN", joined_at=NOON)
HELD = replace(SUBSCRIBER, status=Status.HELD, held_at=NOON)
LATER = NOON + timedelta(minutes=5)


def says(contact: Contact, body: str) -> Decision:
    return decide(contact, a_text(body, at=LATER), understand(body, SHOP), SHOP)


@pytest.mark.parametrize("status", [Status.UNKNOWN, Status.PENDING, Status.SUBSCRIBED])
def test_a_doubtful_text_holds_whoever_sends_it_and_proves_it(status: Status) -> None:
    contact = replace(SUBSCRIBER, status=status)
    decision = decide(contact, a_text("wrong number bud", at=NOON), UNSURE, SHOP)
    assert (decision.contact.status, decision.contact.held_at) == (Status.HELD, NOON)
    assert decision.entry is not None
    assert decision.entry.change is Change.HELD
    assert decision.entry.evidence.words == "wrong number bud"


def test_a_held_customer_is_told_once_without_a_question_about_the_offers() -> None:
    first = decide(SUBSCRIBER, a_text("wrong number bud", at=NOON), UNSURE, SHOP)
    assert "no more offers will be sent" in first.reply
    assert "Reply STOP to end all messages" in first.reply
    again = decide(first.contact, a_text("wrong number!!", at=LATER), UNSURE, SHOP)
    assert (again.reply, again.entry, again.contact.status) == ("", None, Status.HELD)


def test_a_doubtful_text_never_brings_back_who_has_opted_out() -> None:
    out = replace(SUBSCRIBER, status=Status.OPTED_OUT, opted_out_at=NOON)
    decision = decide(out, a_text("wrong number bud", at=LATER), UNSURE, SHOP)
    assert (decision.contact.status, decision.reply) == (Status.OPTED_OUT, "")


def test_a_doubtful_text_holds_where_no_program_is_set_up_yet() -> None:
    decision = decide(SUBSCRIBER, a_text("wrong number bud", at=NOON), UNSURE, EMPTY_SHOP)
    assert decision.contact.status is Status.HELD


@pytest.mark.parametrize("body", ["JOIN", "START", "COFFEE"])
def test_only_an_explicit_opt_in_lifts_a_hold(body: str) -> None:
    decision = says(HELD, body)
    assert (decision.contact.status, decision.contact.held_at) == (Status.SUBSCRIBED, None)


@pytest.mark.parametrize("body", ["sign me up again", "I want the texts again"])
@pytest.mark.parametrize("status", [Status.HELD, Status.OPTED_OUT])
def test_what_merely_sounds_like_an_opt_in_is_asked_for_first(body: str, status: Status) -> None:
    asked = says(replace(HELD, status=status), body)
    assert asked.contact.status is Status.PENDING
    assert "reply YES" in asked.reply
    assert asked.entry
    assert asked.entry.change is Change.ASKED


@pytest.mark.parametrize("body", ["thanks", "YES", "what time do you close", "HELP", "hello"])
def test_nothing_else_lifts_a_hold(body: str) -> None:
    assert says(HELD, body).contact.status is Status.HELD


def test_yes_lifts_a_hold_if_it_answers_our_question() -> None:
    asked = replace(HELD, asked_at=NOON - timedelta(minutes=1))
    assert says(asked, "YES").contact.status is Status.SUBSCRIBED


def test_an_opt_in_that_a_hold_has_overtaken_does_not_count() -> None:
    early = a_text("JOIN", at=NOON - timedelta(seconds=5))
    assert decide(HELD, early, understand("JOIN", SHOP), SHOP).contact.status is Status.HELD


def test_a_held_customer_can_still_opt_out() -> None:
    assert says(HELD, "STOP").contact.status is Status.OPTED_OUT
