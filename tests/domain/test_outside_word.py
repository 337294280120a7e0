"""What the carrier, a person of the program, and time alone change."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.domain import proof
from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Change, Entry, digest
from sayso.domain.outside_word import (
    ANSWER_WITHIN,
    NotHeld,
    Said,
    became_unreachable,
    erased,
    kept,
    lapse,
    opted_out_by_carrier,
    placed,
    taken_off,
)
from sayso.domain.transitions import Impossible
from tests.support.bluebird import ANA, NOON

DAY = timedelta(days=1)
JOINED = Contact(ANA, Status.SUBSCRIBED, 1, "DOWNTOWN", joined_at=NOON - 9 * DAY)
PENDING = Contact(ANA, Status.PENDING, 1, asked_at=NOON - DAY)
PAUSED = replace(JOINED, status=Status.PAUSED, paused_until=NOON + DAY)
HELD = replace(JOINED, status=Status.HELD, held_at=NOON - DAY)
OUT = Contact(ANA, Status.OPTED_OUT, 1, opted_out_at=NOON - DAY)
DEAD = replace(JOINED, status=Status.UNREACHABLE, unreachable_at=NOON - DAY)
STRANGER = Contact.stranger(ANA)
SPAM = Said(NOON, "TEXT_SPAM", message_id="out-7", number="80808", program="Bluebird Coffee")
Rule = Callable[[Contact, Said], tuple[Contact, Entry | None]]


def proven(entry: Entry | None) -> Entry:
    assert entry is not None
    assert digest(entry) == entry.digest
    return entry


@pytest.mark.parametrize("before", [STRANGER, PENDING, JOINED, PAUSED, HELD, DEAD])
def test_whom_the_carrier_refuses_as_opted_out_is_opted_out(before: Contact) -> None:
    after, entry = opted_out_by_carrier(before, SPAM)
    assert (after.status, after.opted_out_at) == (Status.OPTED_OUT, NOON)
    evidence = proven(entry).evidence
    assert (evidence.medium, evidence.words) == ("carrier", "TEXT_SPAM")
    assert (evidence.message_id, evidence.number) == ("out-7", "80808")
    assert (after.ledger_seq, after.ledger_head) == (1, proven(entry).digest)


@pytest.mark.parametrize("before", [PENDING, JOINED, PAUSED, HELD])
def test_a_dead_number_is_unreachable(before: Contact) -> None:
    after, entry = became_unreachable(before, Said(NOON, "TEXT_INVALID"))
    assert (after.status, after.unreachable_at) == (Status.UNREACHABLE, NOON)
    assert proven(entry).change is Change.UNREACHABLE


@pytest.mark.parametrize("rule", [opted_out_by_carrier, became_unreachable])
@pytest.mark.parametrize("before", [OUT, replace(OUT, status=Status.FORGOTTEN)])
def test_the_carrier_tells_nothing_new_of_whoever_has_opted_out(
    rule: Rule, before: Contact
) -> None:
    after, entry = rule(before, SPAM)
    assert entry is None
    assert replace(after, opted_out_at=before.opted_out_at) == before


def test_of_a_second_opt_out_the_time_is_kept() -> None:
    assert opted_out_by_carrier(OUT, SPAM)[0].opted_out_at == NOON
    assert opted_out_by_carrier(OUT, replace(SPAM, at=NOON - 9 * DAY)) == (OUT, None)


@pytest.mark.parametrize("rule", [opted_out_by_carrier, became_unreachable])
@pytest.mark.parametrize("before", [JOINED, PENDING])
def test_a_late_word_does_not_undo_a_newer_opt_in(rule: Rule, before: Contact) -> None:
    late = replace(SPAM, at=(before.joined_at or before.asked_at or NOON) - timedelta(seconds=1))
    assert rule(before, late) == (before, None)


def test_a_question_without_an_answer_expires_after_a_week() -> None:
    assert PENDING.asked_at is not None
    last = PENDING.asked_at + ANSWER_WITHIN
    assert lapse(PENDING, last - timedelta(seconds=1)) == (PENDING, None)
    after, entry = lapse(PENDING, last)
    assert (after.status, after.asked_at) == (Status.UNKNOWN, None)
    assert proven(entry).change is Change.EXPIRED


@pytest.mark.parametrize(
    ("times", "status"),
    [
        ({"opted_out_at": NOON - 9 * DAY}, Status.OPTED_OUT),
        ({"opted_out_at": NOON - 9 * DAY, "forgotten_at": NOON - 9 * DAY}, Status.FORGOTTEN),
        ({"held_at": NOON - 9 * DAY}, Status.HELD),
        ({"unreachable_at": NOON - 9 * DAY}, Status.UNREACHABLE),
    ],
)
def test_whoever_was_asked_again_in_vain_stands_where_they_stood(
    times: dict[str, object], status: Status
) -> None:
    asked = replace(PENDING, **times)  # type: ignore[arg-type]
    assert lapse(asked, NOON + 30 * DAY)[0].status is status


def test_a_pause_ends_by_itself() -> None:
    assert lapse(PAUSED, NOON) == (PAUSED, None)
    after, entry = lapse(PAUSED, NOON + DAY)
    assert (after.status, after.paused_until) == (Status.SUBSCRIBED, None)
    assert proven(entry).change is Change.RESUMED
    assert proven(entry).evidence.medium == "time"


@pytest.mark.parametrize("before", [STRANGER, JOINED, HELD, OUT, DEAD])
def test_time_alone_changes_nothing_else(before: Contact) -> None:
    assert lapse(before, NOON + 999 * DAY) == (before, None)


@pytest.mark.parametrize("before", [STRANGER, PENDING, JOINED, PAUSED, HELD, DEAD])
def test_a_person_can_opt_anybody_out_and_says_why(before: Contact) -> None:
    after, entry = taken_off(before, Said(NOON, "called the shop", by="user-1"))
    assert after.status is Status.OPTED_OUT
    evidence = proven(entry).evidence
    assert (evidence.medium, evidence.words) == ("admin", "called the shop")
    assert evidence.rule == "decided by user user-1"


@pytest.mark.parametrize(
    ("held", "status"),
    [
        (HELD, Status.SUBSCRIBED),
        (replace(HELD, paused_until=NOON + DAY), Status.PAUSED),
        (replace(STRANGER, status=Status.HELD, held_at=NOON), Status.UNKNOWN),
        (replace(PENDING, status=Status.HELD, held_at=NOON), Status.PENDING),
        (replace(DEAD, status=Status.HELD, held_at=NOON), Status.UNREACHABLE),
        (replace(OUT, status=Status.HELD, held_at=NOON, joined_at=NOON), Status.OPTED_OUT),
    ],
)
def test_who_is_kept_stands_where_they_stood(held: Contact, status: Status) -> None:
    after, entry = kept(held, Said(NOON + DAY, "was about an order", by="user-1"))
    assert (after.status, after.held_at) == (status, None)
    assert proven(entry).change is Change.KEPT


@pytest.mark.parametrize("before", [STRANGER, PENDING, JOINED, PAUSED, OUT, DEAD])
def test_only_the_held_can_be_kept(before: Contact) -> None:
    with pytest.raises(NotHeld):
        kept(before, Said(NOON, "why not", by="user-1"))


@pytest.mark.parametrize("before", [STRANGER, PENDING, JOINED, PAUSED, HELD, OUT, DEAD])
def test_an_owner_erases_anybody(before: Contact) -> None:
    after, entry = erased(before, Said(NOON, "asked by letter", by="user-1"))
    assert after.status is Status.FORGOTTEN
    assert after.location == proven(entry).evidence.location == ""
    assert erased(after, Said(NOON, "again", by="user-1")) == (after, None)


@pytest.mark.parametrize("before", [replace(JOINED, location=""), replace(PAUSED, location="")])
def test_a_subscriber_gets_the_store_where_they_redeem_and_nothing_else(before: Contact) -> None:
    after, entry = placed(before, "UPTOWN", Said(NOON, message_id="in-7"))
    evidence = proven(entry).evidence

    assert replace(after, ledger_seq=0, ledger_head="") == replace(before, location="UPTOWN")
    assert (evidence.medium, evidence.location, evidence.message_id) == (
        *("counter", "UPTOWN"),
        "in-7",
    )
    assert "sent the words" not in proof.meaning(proven(entry).change, evidence)
    assert "redeemed in a store" in proof.meaning(proven(entry).change, evidence)


@pytest.mark.parametrize("before", [STRANGER, PENDING, HELD, OUT, DEAD])
def test_nobody_else_is_given_a_store(before: Contact) -> None:
    with pytest.raises(Impossible):
        placed(before, "UPTOWN", Said(NOON))
