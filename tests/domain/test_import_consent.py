"""An import enters strangers, and overrides nobody."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sayso.domain.contact import Contact, Status
from sayso.domain.imports.consent import (
    AlreadyIn,
    Entered,
    Standing,
    duplicate_of,
    enter,
    judge,
    message_id,
)
from sayso.domain.imports.rows import Reason, Rejected
from sayso.domain.ledger import Audit, Change
from tests.support.bluebird import ANA, NOON, PROGRAM
from tests.support.sheets import AGREED_TO, OPTED_IN_AT, good_row

IMPORT = "01KAMZ3S8E5XQW0V7Y9T2B4C6D"
STRANGER = Contact.stranger(ANA)


def test_a_stranger_is_subscribed_by_the_evidence_of_the_row() -> None:
    entering = enter(STRANGER, good_row(location="downtown"), IMPORT, PROGRAM, NOON)

    contact, entry = entering.after, entering.entry
    assert (contact.status, contact.revision) == (Status.SUBSCRIBED, 1)
    assert (contact.location, contact.language) == ("DOWNTOWN", "en")
    assert contact.joined_at == OPTED_IN_AT
    assert entry.change is Change.OPTED_IN
    evidence = entry.evidence
    assert (evidence.at, evidence.medium) == (NOON, "import")
    assert evidence.message_id == f"{IMPORT}/2"
    assert evidence.shown == AGREED_TO
    assert "opted_in_at: 2024-05-01T12:00:00-05:00" in evidence.words
    assert evidence.program == "Bluebird Coffee"


def test_the_ledger_that_an_import_begins_verifies() -> None:
    entering = enter(STRANGER, good_row(), IMPORT, PROGRAM, NOON)

    audit = Audit(ANA)
    audit.read(entering.entry)
    audit.end(entering.after, entering.after)

    assert audit.faults == []


def test_what_is_known_of_a_stranger_stays_where_the_row_says_nothing() -> None:
    helped = replace(STRANGER, revision=3, language="es", last_heard_at=NOON - timedelta(days=9))

    contact = enter(helped, good_row(), IMPORT, PROGRAM, NOON).after

    assert (contact.revision, contact.language) == (4, "es")
    assert contact.last_heard_at == helped.last_heard_at


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (Status.OPTED_OUT, Reason.OPTED_OUT),
        (Status.HELD, Reason.HELD),
        (Status.PENDING, Reason.PENDING),
    ],
)
def test_what_a_person_said_goes_before_the_file(status: Status, reason: Reason) -> None:
    known = replace(STRANGER, status=status, revision=2, ledger_seq=1, ledger_head="x")

    verdict = judge(Standing(known, "in-1"), good_row(), IMPORT)

    assert isinstance(verdict, Rejected)
    assert verdict.reason is reason


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.SUBSCRIBED])
@pytest.mark.parametrize("first_message", ["", "in-1", "01KAMZ3S8E5XQW0V7Y9T2B4C6E/2"])
def test_no_number_with_a_ledger_is_ever_entered(status: Status, first_message: str) -> None:
    known = replace(STRANGER, status=status, revision=2, ledger_seq=1, ledger_head="x")

    assert isinstance(judge(Standing(known, first_message), good_row(), IMPORT), Rejected)


def test_a_ledger_whose_record_is_missing_is_left_alone() -> None:
    verdict = judge(Standing(STRANGER, "in-1"), good_row(), IMPORT)

    assert isinstance(verdict, Rejected)
    assert verdict.reason is Reason.ON_RECORD


def test_a_subscriber_is_skipped() -> None:
    known = replace(STRANGER, status=Status.SUBSCRIBED, revision=1, ledger_seq=1)

    assert judge(Standing(known, "in-1"), good_row(), IMPORT) == AlreadyIn()


def test_who_only_ever_asked_for_help_may_be_entered() -> None:
    assert judge(Standing(replace(STRANGER, revision=2)), good_row(), IMPORT) is None


@pytest.mark.parametrize("status", [Status.SUBSCRIBED, Status.OPTED_OUT, Status.HELD])
def test_a_row_that_was_entered_before_a_crash_is_counted_as_entered(status: Status) -> None:
    """Even if the person has left since: it was this row that entered them."""
    known = replace(STRANGER, status=status, revision=2, ledger_seq=1)

    assert judge(Standing(known, message_id(IMPORT, 2)), good_row(), IMPORT) == Entered()


def test_another_row_of_the_same_import_is_a_duplicate() -> None:
    known = replace(STRANGER, status=Status.SUBSCRIBED, revision=1, ledger_seq=1)

    assert judge(Standing(known, message_id(IMPORT, 7)), good_row(), IMPORT) == duplicate_of(7)
    assert duplicate_of(7).detail == "the same number as row 7, which counts"
