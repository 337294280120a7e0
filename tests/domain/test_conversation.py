"""What follows from a text, in every state that a number can be in."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.domain import replies
from sayso.domain.contact import Contact, Status
from sayso.domain.exchange import Mirror
from sayso.domain.ledger import Change
from tests.support.bluebird import (
    DENVER,
    DOUBLE_OPT_IN_SHOP,
    DOWNTOWN,
    EMPTY_SHOP,
    HOURS,
    NOON,
    NUMBER,
    PROGRAM,
    SHOP,
)
from tests.support.states import (
    DEAD,
    EVERYONE,
    EXPIRED,
    FORGOTTEN,
    HELD,
    OPTED_OUT,
    PAUSED,
    PENDING,
    STRANGER,
    SUBSCRIBED,
    after,
    change_of,
)

TABLE = [
    # before, words, status after, ledger, answered, carrier's list
    (STRANGER, "JOIN DOWNTOWN", Status.SUBSCRIBED, Change.OPTED_IN, True, Mirror.NONE),
    (STRANGER, "START", Status.SUBSCRIBED, Change.OPTED_IN, True, Mirror.NONE),
    (STRANGER, "STOP", Status.OPTED_OUT, Change.OPTED_OUT, True, Mirror.ADD),
    (STRANGER, "HELP", Status.UNKNOWN, None, True, Mirror.NONE),
    (STRANGER, "YES", Status.UNKNOWN, None, True, Mirror.NONE),
    (STRANGER, "HOURS", Status.UNKNOWN, None, True, Mirror.NONE),
    (STRANGER, "good morning", Status.UNKNOWN, None, True, Mirror.NONE),
    (PENDING, "JOIN", Status.SUBSCRIBED, Change.OPTED_IN, True, Mirror.NONE),
    (PENDING, "START", Status.SUBSCRIBED, Change.OPTED_IN, True, Mirror.NONE),
    (PENDING, "YES", Status.SUBSCRIBED, Change.OPTED_IN, True, Mirror.NONE),
    (PENDING, "STOP", Status.OPTED_OUT, Change.OPTED_OUT, True, Mirror.ADD),
    (PENDING, "HELP", Status.PENDING, None, True, Mirror.NONE),
    (PENDING, "HOURS", Status.PENDING, None, True, Mirror.NONE),
    (PENDING, "good morning", Status.PENDING, None, True, Mirror.NONE),
    (SUBSCRIBED, "JOIN", Status.SUBSCRIBED, Change.OPTED_IN_AGAIN, True, Mirror.NONE),
    (SUBSCRIBED, "START", Status.SUBSCRIBED, Change.OPTED_IN_AGAIN, True, Mirror.NONE),
    (SUBSCRIBED, "STOP", Status.OPTED_OUT, Change.OPTED_OUT, True, Mirror.ADD),
    (SUBSCRIBED, "HELP", Status.SUBSCRIBED, None, True, Mirror.NONE),
    (SUBSCRIBED, "YES", Status.SUBSCRIBED, None, True, Mirror.NONE),
    (SUBSCRIBED, "HOURS", Status.SUBSCRIBED, None, True, Mirror.NONE),
    (SUBSCRIBED, "good morning", Status.SUBSCRIBED, None, True, Mirror.NONE),
    (OPTED_OUT, "JOIN", Status.SUBSCRIBED, Change.OPTED_IN, True, Mirror.REMOVE),
    (OPTED_OUT, "START", Status.SUBSCRIBED, Change.OPTED_IN, True, Mirror.REMOVE),
    (OPTED_OUT, "STOP", Status.OPTED_OUT, None, False, Mirror.NONE),
    (OPTED_OUT, "HELP", Status.OPTED_OUT, None, True, Mirror.NONE),
    (OPTED_OUT, "YES", Status.OPTED_OUT, None, False, Mirror.NONE),
    (OPTED_OUT, "HOURS", Status.OPTED_OUT, None, False, Mirror.NONE),
    (OPTED_OUT, "good morning", Status.OPTED_OUT, None, False, Mirror.NONE),
    (STRANGER, "NO", Status.UNKNOWN, None, True, Mirror.NONE),
    (PENDING, "NO", Status.UNKNOWN, Change.DECLINED, True, Mirror.NONE),
    (SUBSCRIBED, "NO", Status.HELD, Change.HELD, True, Mirror.NONE),
    (SUBSCRIBED, "no thank you!", Status.HELD, Change.HELD, True, Mirror.NONE),
    (PENDING, "No gracias", Status.UNKNOWN, Change.DECLINED, True, Mirror.NONE),
    (OPTED_OUT, "NO", Status.OPTED_OUT, None, False, Mirror.NONE),
    (SUBSCRIBED, "PAUSE", Status.PAUSED, Change.PAUSED, True, Mirror.NONE),
    (PAUSED, "PAUSE 2 weeks", Status.PAUSED, Change.PAUSED, True, Mirror.NONE),
    (PAUSED, "JOIN", Status.SUBSCRIBED, Change.RESUMED, True, Mirror.NONE),
    (PAUSED, "RESUME", Status.SUBSCRIBED, Change.RESUMED, True, Mirror.NONE),
    (PAUSED, "good morning", Status.PAUSED, None, True, Mirror.NONE),
    (PAUSED, "STOP", Status.OPTED_OUT, Change.OPTED_OUT, True, Mirror.ADD),
    (SUBSCRIBED, "LESS", Status.SUBSCRIBED, Change.PREFERRED, True, Mirror.NONE),
    (SUBSCRIBED, "MORE", Status.SUBSCRIBED, None, True, Mirror.NONE),
    (PAUSED, "WHEN 10-14", Status.PAUSED, Change.PREFERRED, True, Mirror.NONE),
    (SUBSCRIBED, "WHEN", Status.SUBSCRIBED, None, True, Mirror.NONE),
    (SUBSCRIBED, "MOVE DENVER", Status.SUBSCRIBED, Change.PREFERRED, True, Mirror.NONE),
    (SUBSCRIBED, "MOVE DOWNTOWN", Status.SUBSCRIBED, None, True, Mirror.NONE),
    (SUBSCRIBED, "MOVE", Status.SUBSCRIBED, None, True, Mirror.NONE),
    *((everyone, "ME", everyone.status, None, True, Mirror.NONE) for everyone in EVERYONE),
    (FORGOTTEN, "ME", Status.FORGOTTEN, None, True, Mirror.NONE),
    *(
        (nobody, word, nobody.status, None, nobody not in (OPTED_OUT, FORGOTTEN), Mirror.NONE)
        for nobody in (STRANGER, PENDING, HELD, OPTED_OUT, DEAD, FORGOTTEN)
        for word in ("PAUSE", "LESS", "MORE", "WHEN 10-14", "MOVE DENVER")
    ),
    *(
        (somebody, "FORGET ME", Status.FORGOTTEN, Change.ERASED, True, Mirror.ADD)
        for somebody in (STRANGER, PENDING, SUBSCRIBED, PAUSED, HELD, DEAD)
    ),
    (OPTED_OUT, "FORGET ME", Status.FORGOTTEN, Change.ERASED, True, Mirror.NONE),
    (FORGOTTEN, "FORGET ME", Status.FORGOTTEN, None, False, Mirror.NONE),
    (FORGOTTEN, "STOP", Status.FORGOTTEN, None, False, Mirror.NONE),
    (FORGOTTEN, "HELP", Status.FORGOTTEN, None, True, Mirror.NONE),
    (FORGOTTEN, "good morning", Status.FORGOTTEN, None, False, Mirror.NONE),
    (FORGOTTEN, "JOIN", Status.SUBSCRIBED, Change.OPTED_IN, True, Mirror.REMOVE),
    (DEAD, "JOIN", Status.SUBSCRIBED, Change.OPTED_IN, True, Mirror.NONE),
    (DEAD, "YES", Status.UNREACHABLE, None, True, Mirror.NONE),
    (DEAD, "good morning", Status.UNREACHABLE, None, True, Mirror.NONE),
    (DEAD, "STOP", Status.OPTED_OUT, Change.OPTED_OUT, True, Mirror.ADD),
    (EXPIRED, "YES", Status.UNKNOWN, None, True, Mirror.NONE),
    (EXPIRED, "NO", Status.UNKNOWN, None, True, Mirror.NONE),
    (EXPIRED, "JOIN", Status.SUBSCRIBED, Change.OPTED_IN, True, Mirror.NONE),
]


@pytest.mark.parametrize(
    ("before", "body", "status", "change", "answered", "mirror"),
    TABLE,
    ids=[f"{row[0].status}: {row[1]}" for row in TABLE],
)
def test_each_state_and_each_intent_lead_where_the_table_says(
    before: Contact,
    body: str,
    status: Status,
    change: Change | None,
    answered: bool,
    mirror: Mirror,
) -> None:
    decision = after(before, body)
    assert decision.contact.status is status
    assert change_of(decision) is change
    assert bool(decision.reply) is answered
    assert decision.mirror is mirror


@pytest.mark.parametrize(
    ("before", "body", "status", "change", "mirror"),
    [
        (STRANGER, "JOIN DOWNTOWN", Status.PENDING, Change.ASKED, Mirror.NONE),
        (STRANGER, "YES", Status.UNKNOWN, None, Mirror.NONE),
        (PENDING, "JOIN", Status.PENDING, Change.ASKED, Mirror.NONE),
        (PENDING, "YES", Status.SUBSCRIBED, Change.OPTED_IN, Mirror.NONE),
        (SUBSCRIBED, "JOIN", Status.SUBSCRIBED, Change.OPTED_IN_AGAIN, Mirror.NONE),
        (OPTED_OUT, "JOIN", Status.PENDING, Change.ASKED, Mirror.REMOVE),
        (OPTED_OUT, "YES", Status.OPTED_OUT, None, Mirror.NONE),
    ],
)
def test_with_double_opt_in_nobody_enters_without_a_yes_to_our_question(
    before: Contact, body: str, status: Status, change: Change | None, mirror: Mirror
) -> None:
    decision = after(before, body, DOUBLE_OPT_IN_SHOP)
    assert (decision.contact.status, change_of(decision)) == (status, change)
    assert decision.mirror is mirror


@pytest.mark.parametrize("before", EVERYONE, ids=lambda contact: contact.status)
def test_a_stop_is_honoured_even_where_no_program_is_set_up(before: Contact) -> None:
    assert after(before, "STOP", EMPTY_SHOP).contact.status is Status.OPTED_OUT


@pytest.mark.parametrize("body", ["JOIN", "HELP", "START", "YES", "good morning"])
def test_without_a_program_nobody_joins_and_everyone_is_told_so_once(body: str) -> None:
    decision = after(STRANGER, body, EMPTY_SHOP)
    assert decision.contact.status is Status.UNKNOWN
    assert decision.reply == replies.not_open_yet()
    assert after(decision.contact, body, EMPTY_SHOP).reply == ""


def test_help_is_answered_with_the_help_text_whoever_asks() -> None:
    assert {after(contact, "HELP").reply for contact in EVERYONE} == {replies.help_text(PROGRAM)}


def test_a_second_stop_changes_nothing_and_is_not_answered() -> None:
    first = after(SUBSCRIBED, "STOP")
    second = after(first.contact, "STOP", at=NOON + timedelta(minutes=1))
    assert first.reply == replies.opted_out(PROGRAM)
    assert second.contact.status is Status.OPTED_OUT
    assert (second.reply, second.entry, second.mirror) == ("", None, Mirror.NONE)


def test_a_stop_that_the_carrier_has_answered_is_recorded_in_silence() -> None:
    decision = after(SUBSCRIBED, "STOP", answered_by_carrier=True)
    assert (decision.contact.status, decision.reply) == (Status.OPTED_OUT, "")
    assert change_of(decision) is Change.OPTED_OUT


def test_help_that_the_carrier_has_given_is_not_given_twice() -> None:
    assert after(SUBSCRIBED, "HELP", answered_by_carrier=True).reply == ""


def test_an_opt_in_that_was_sent_before_the_stop_does_not_undo_it() -> None:
    late = OPTED_OUT.opted_out_at or NOON
    for body in ("JOIN", "START", "YES"):
        for shop in (SHOP, DOUBLE_OPT_IN_SHOP):
            decision = after(OPTED_OUT, body, shop, at=late - timedelta(seconds=1))
            assert decision.contact.status is Status.OPTED_OUT
            assert (decision.reply, decision.entry) == ("", None)


def test_an_opt_in_that_was_sent_between_two_stops_does_not_undo_them() -> None:
    first = after(SUBSCRIBED, "STOP")
    second = after(first.contact, "STOP", at=NOON + timedelta(seconds=20))
    between = after(second.contact, "JOIN", at=NOON + timedelta(seconds=10))
    assert between.contact.status is Status.OPTED_OUT


def test_the_proof_holds_both_sides_words_and_where_they_were_said() -> None:
    decision = after(STRANGER, "Coffee, please!", message_id="in-77")
    assert decision.entry is not None
    evidence = decision.entry.evidence
    assert (evidence.words, evidence.shown) == ("Coffee, please!", decision.reply)
    assert (evidence.message_id, evidence.number, evidence.medium) == ("in-77", NUMBER, "sms")
    assert (evidence.keyword, evidence.channel) == ("COFFEE", "window sign")
    assert (evidence.location, evidence.program) == ("DOWNTOWN", PROGRAM.name)
    assert (decision.contact.keyword, decision.contact.channel) == ("COFFEE", "window sign")


def test_each_entry_follows_the_one_before_it() -> None:
    joined = after(STRANGER, "JOIN")
    left = after(joined.contact, "STOP")
    assert joined.entry is not None
    assert left.entry is not None
    assert (joined.entry.seq, left.entry.seq) == (1, 2)
    assert left.entry.previous == joined.entry.digest == joined.contact.ledger_head


def test_a_subscriber_who_names_another_store_moves_there() -> None:
    decision = after(SUBSCRIBED, "JOIN DENVER")
    assert decision.contact.location == "DENVER"
    assert decision.reply == replies.moved(PROGRAM, DENVER)


def test_a_join_without_a_store_keeps_the_one_already_known() -> None:
    decision = after(SUBSCRIBED, "JOIN")
    assert decision.contact.location == "DOWNTOWN"
    assert decision.reply == replies.already_in(PROGRAM, DOWNTOWN, "")


def test_a_new_subscriber_without_a_store_is_asked_for_it() -> None:
    decision = after(STRANGER, "JOIN")
    assert decision.reply.endswith(replies.which_store(SHOP.locations, unknown=False))


def test_whoever_names_a_store_that_is_not_ours_joins_and_is_asked_again() -> None:
    decision = after(STRANGER, "JOIN Evanston")
    assert decision.contact.status is Status.SUBSCRIBED
    assert decision.reply.endswith(replies.which_store(SHOP.locations, unknown=True))


def test_a_store_that_has_been_closed_is_asked_for_anew() -> None:
    decision = after(replace(SUBSCRIBED, location="GONE"), "JOIN")
    assert PROGRAM.name in decision.reply
    assert decision.contact.status is Status.SUBSCRIBED


def test_a_marketers_answer_is_given_in_the_shops_name() -> None:
    assert after(STRANGER, "hours?").reply == f"{PROGRAM.name}: {HOURS.reply}"


@pytest.mark.parametrize("contact", EVERYONE, ids=lambda contact: contact.status)
@pytest.mark.parametrize("body", ["JOIN", "STOP", "HELP", "YES", "good morning"])
def test_every_text_makes_a_new_revision(contact: Contact, body: str) -> None:
    changed = after(contact, body).contact
    assert changed.revision == contact.revision + 1
    assert changed.last_heard_at == NOON


def test_wishes_are_kept_and_told() -> None:
    weekly = after(SUBSCRIBED, "LESS")
    hours = after(weekly.contact, "WHEN 10-14")
    told = after(hours.contact, "WHEN")
    assert "at most 1 offer a week" in weekly.reply
    assert "from 10:00 to 14:00" in hours.reply
    assert "from 10:00 to 14:00, at most 1 offer a week" in told.reply
    assert told.contact.preference == hours.contact.preference
    assert "at most 1 offer a month" in after(hours.contact, "LESS").reply
    assert after(hours.contact, "MORE").contact.preference.most is None


def test_me_says_what_is_held_and_how_to_have_it_erased() -> None:
    reply = after(replace(SUBSCRIBED, language="es"), "MIS DATOS").reply
    assert "Bluebird Downtown" in reply
    assert "OLVIDAME" in reply
    assert "FORGET ME" in after(STRANGER, "ME").reply


def test_whoever_is_forgotten_leaves_no_tag_and_no_wish_behind() -> None:
    known = replace(SUBSCRIBED, channel="window sign", keyword="COFFEE", language="fr")
    decision = after(known, "FORGET ME")
    assert decision.entry is not None
    evidence = decision.entry.evidence
    assert (evidence.location, evidence.channel, evidence.keyword) == ("", "", "")
    assert (evidence.words, evidence.shown) == ("FORGET ME", decision.reply)
    assert decision.contact.location == decision.contact.language == ""
    assert decision.contact.opted_out_at == NOON


def test_a_forget_me_is_honoured_where_no_program_is_set_up() -> None:
    decision = after(SUBSCRIBED, "FORGET ME", EMPTY_SHOP)
    assert decision.contact.status is Status.FORGOTTEN
    assert decision.reply == replies.forgotten(None)


def test_an_opt_in_that_was_sent_before_the_erasure_does_not_undo_it() -> None:
    late = (FORGOTTEN.forgotten_at or NOON) - timedelta(seconds=1)
    for body in ("JOIN", "START", "YES"):
        assert after(FORGOTTEN, body, at=late).contact.status is Status.FORGOTTEN


@pytest.mark.parametrize("before", [STRANGER, SUBSCRIBED, PAUSED, OPTED_OUT, DEAD, FORGOTTEN])
def test_a_yes_or_no_of_whoever_is_not_asked_answers_nothing(before: Contact) -> None:
    """Even where a record still tells of a question."""
    odd = replace(before, asked_at=NOON - timedelta(days=1))
    assert after(odd, "YES").contact.status is before.status
    # Of somebody whom nothing was asked it may be meant for good.
    is_with_us = before.status in (Status.SUBSCRIBED, Status.PAUSED)
    assert after(odd, "NO").contact.status is (Status.HELD if is_with_us else before.status)
