"""What has had its time: a question for a week, a pause for as long as it was asked for."""

from dataclasses import replace
from datetime import timedelta

from sayso.domain import replies
from sayso.domain.contact import Status
from sayso.domain.exchange import Mirror
from sayso.domain.ledger import Change
from tests.support.bluebird import (
    DOUBLE_OPT_IN_SHOP,
    NOON,
    PROGRAM,
)
from tests.support.states import (
    EXPIRED,
    HELD,
    PAUSED,
    PENDING,
    SUBSCRIBED,
    after,
)


def test_an_answer_after_a_week_answers_nothing_and_the_question_is_closed_in_the_ledger() -> None:
    decision = after(EXPIRED, "YES", DOUBLE_OPT_IN_SHOP)
    assert decision.lapsed is not None
    assert decision.lapsed.change is Change.EXPIRED
    assert decision.contact.ledger_head == decision.lapsed.digest
    assert decision.reply == replies.not_understood(DOUBLE_OPT_IN_SHOP, PROGRAM)


def test_a_yes_in_the_last_second_still_counts() -> None:
    asked = replace(PENDING, asked_at=NOON - timedelta(days=7) + timedelta(seconds=1))
    assert after(asked, "YES").contact.status is Status.SUBSCRIBED


def test_a_yes_from_before_the_question_answers_nothing() -> None:
    asked = replace(PENDING, asked_at=NOON + timedelta(seconds=1))
    assert after(asked, "YES").contact.status is Status.PENDING


def test_whoever_opted_out_and_was_asked_in_vain_is_listed_with_the_carrier_again() -> None:
    asked = replace(EXPIRED, opted_out_at=NOON - timedelta(days=30))
    decision = after(asked, "good morning")
    assert decision.contact.status is Status.OPTED_OUT
    assert (decision.reply, decision.mirror) == ("", Mirror.ADD)
    declined = after(replace(asked, asked_at=NOON - timedelta(days=1)), "NO")
    assert (declined.contact.status, declined.mirror) == (Status.OPTED_OUT, Mirror.ADD)


def test_a_lapse_and_what_follows_it_are_proven_in_this_order() -> None:
    decision = after(EXPIRED, "JOIN", DOUBLE_OPT_IN_SHOP)
    assert [entry.change for entry in decision.entries] == [Change.EXPIRED, Change.ASKED]
    assert [entry.seq for entry in decision.entries] == [1, 2]
    assert decision.entries[1].previous == decision.entries[0].digest


def test_a_pause_that_is_over_is_over() -> None:
    over = replace(PAUSED, paused_until=NOON)
    decision = after(over, "good morning")
    assert decision.contact.status is Status.SUBSCRIBED
    assert decision.lapsed is not None
    assert decision.lapsed.change is Change.RESUMED


def test_a_pause_lasts_as_long_as_it_was_asked_for() -> None:
    assert after(SUBSCRIBED, "PAUSE 2 weeks").contact.paused_until == NOON + timedelta(days=14)
    assert "14 days" in after(SUBSCRIBED, "PAUSE 2 weeks").reply
    assert after(SUBSCRIBED, "PAUSE").contact.paused_until == NOON + timedelta(days=30)


def test_a_held_number_too_may_answer_for_a_week_only() -> None:
    asked = replace(HELD, joined_at=None, asked_at=NOON - timedelta(days=6), held_at=NOON)
    later = NOON + timedelta(days=1)
    assert after(asked, "YES", at=later - timedelta(seconds=1)).contact.status is Status.SUBSCRIBED
    for body in ("YES", "NO"):
        decision = after(asked, body, at=later)
        assert (decision.contact.status, decision.entry) == (Status.HELD, None)
