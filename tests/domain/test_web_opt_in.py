"""A web form asks, once, whom nobody knows; it never subscribes anyone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.domain.contact import Contact, Status
from sayso.domain.conversation import decide
from sayso.domain.ledger import Change, faults
from sayso.domain.outside_word import ANSWER_WITHIN
from sayso.domain.understanding import understand
from sayso.domain.web_opt_in import ask, filled_in, may_be_asked
from tests.support.bluebird import ANA, NOON, PROGRAM, SHOP, a_text
from tests.support.web_forms import BROWSER, HOME, a_form

STRANGER = Contact.stranger(ANA)


def test_only_a_number_of_which_nothing_is_known_may_be_asked() -> None:
    standing = {status: replace(STRANGER, status=status) for status in Status}
    allowed = [status for status, one in standing.items() if may_be_asked(one, NOON)]
    assert allowed == [Status.UNKNOWN]


def test_a_question_that_ran_out_may_be_put_again_and_the_ledger_says_both() -> None:
    first = ask(STRANGER, a_form(), PROGRAM)
    later = NOON + ANSWER_WITHIN
    assert not may_be_asked(first.contact, later - timedelta(seconds=1))
    assert may_be_asked(first.contact, later)
    again = ask(first.contact, a_form(at=later), PROGRAM)
    changes = [one.change for one in again.entries]
    assert changes == [Change.EXPIRED, Change.ASKED]
    assert first.entry is not None
    assert faults([first.entry, *again.entries]) == []
    assert again.contact.ledger_head == again.entries[-1].digest
    assert again.contact.asked_at == later


def test_whoever_had_opted_out_before_a_question_ran_out_is_not_asked_again() -> None:
    asked = replace(STRANGER, status=Status.PENDING, asked_at=NOON, opted_out_at=NOON)
    assert not may_be_asked(asked, NOON + ANSWER_WITHIN)


@pytest.mark.parametrize("opt_in", ["single", "double"])
def test_the_number_is_asked_and_not_subscribed_whatever_the_programs_setting(opt_in: str) -> None:
    program = replace(PROGRAM, opt_in=opt_in)  # type: ignore[arg-type]
    decision = ask(STRANGER, a_form(), program)
    assert decision.contact.status is Status.PENDING
    assert "reply YES" in decision.reply
    assert decision.contact.joined_at is None


def test_the_proof_holds_what_was_shown_entered_and_asked_and_from_where() -> None:
    form = a_form()
    decision = ask(STRANGER, form, PROGRAM)
    assert decision.entry is not None
    proof = decision.entry.evidence
    assert decision.entry.change is Change.ASKED
    assert (proof.medium, proof.ip, proof.user_agent) == ("web", HOME, BROWSER)
    assert (proof.page, proof.version) == ("/join/COFFEE?lang=en", form.shown.version)
    assert proof.shown == form.shown.words
    assert proof.question == decision.reply
    assert proof.words.splitlines() == ["(312) 555-0101", f"[x] {form.shown.consent}"]
    assert (proof.keyword, proof.channel, proof.location) == ("COFFEE", "window sign", "DOWNTOWN")
    assert proof.number == "80808"


def test_a_yes_from_the_phone_then_opts_in_and_the_ledger_is_one_chain() -> None:
    asked = ask(STRANGER, a_form(), PROGRAM)
    joined = decide(asked.contact, a_text("YES"), understand("YES", SHOP), SHOP)
    assert joined.contact.status is Status.SUBSCRIBED
    assert joined.contact.location == "DOWNTOWN"
    assert asked.entry is not None
    assert joined.entry is not None
    assert joined.entry.previous == asked.entry.digest
    assert faults([asked.entry, joined.entry]) == []


def test_a_quick_yes_counts_though_the_carrier_tells_its_time_to_the_second() -> None:
    asked = ask(STRANGER, a_form(at=NOON + timedelta(milliseconds=600)), PROGRAM)
    joined = decide(asked.contact, a_text("YES", at=NOON), understand("YES", SHOP), SHOP)
    assert joined.contact.status is Status.SUBSCRIBED


def test_what_was_filled_in_is_kept_line_by_line() -> None:
    assert filled_in("312", "Uptown", "I agree") == "312\nUptown\n[x] I agree"
    assert filled_in("312", "", "I agree") == "312\n[x] I agree"
