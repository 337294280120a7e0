"""What an erasure leaves of a ledger, and that an audit tells it from an attacker's."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.contact import Contact, Status
from sayso.domain.erasure import erasable, erased
from sayso.domain.ledger import Audit, Change, Entry, Erased, Line, append
from sayso.domain.retention import keep_until
from tests.domain.test_ledger import evidence
from tests.support.bluebird import ANA, BEN, NOON

CHANGES = st.sampled_from(Change)


def ledger(*changes: Change) -> list[Entry]:
    entries: list[Entry] = []
    for hour, change in enumerate(changes):
        said = evidence(f"words {hour}", NOON + timedelta(hours=hour))
        head = entries[-1].digest if entries else ""
        entries.append(append(seq=len(entries), head=head, change=change, evidence=said))
    return entries


def after_erasure(entries: list[Entry]) -> list[Line]:
    gone = erasable(entries)
    return [erased(entry) if entry in gone else entry for entry in entries]


def faults_of(lines: list[Line], entries: list[Entry], status: Status) -> list[str]:
    newest = entries[-1]
    contact = Contact(ANA, status, ledger_seq=newest.seq, ledger_head=newest.digest)
    audit = Audit(ANA)
    for line in lines:
        audit.read(line)
    audit.end(contact, contact)
    return audit.faults


@pytest.mark.parametrize(
    ("changes", "gone"),
    [
        ([Change.OPTED_IN], []),
        ([Change.ERASED], []),
        ([Change.OPTED_IN, Change.PREFERRED, Change.ERASED], [1, 2]),
        ([Change.OPTED_IN, Change.OPTED_OUT, Change.ERASED], [1]),
        ([Change.OPTED_OUT, Change.ASKED, Change.EXPIRED, Change.ERASED], [2, 3]),
        ([Change.OPTED_OUT, Change.OPTED_IN, Change.ERASED], [1, 2]),
        ([Change.OPTED_IN, Change.ERASED, Change.OPTED_IN], [1]),
        ([Change.OPTED_IN, Change.ERASED, Change.OPTED_IN, Change.ERASED], [1, 2, 3]),
        ([Change.OPTED_IN, Change.ERASED, Change.ASKED, Change.ERASED], [1, 3]),
    ],
)
def test_an_erasure_takes_all_before_it_but_an_opt_out_in_force(
    changes: list[Change], gone: list[int]
) -> None:
    assert [entry.seq for entry in erasable(ledger(*changes))] == gone


@given(st.lists(CHANGES, max_size=8))
def test_a_lawful_erasure_verifies_and_is_found_done(changes: list[Change]) -> None:
    entries = ledger(*changes, Change.ERASED)
    lines = after_erasure(entries)
    assert faults_of(lines, entries, Status.FORGOTTEN) == []
    assert erasable(lines) == []
    assert lines[-1] == entries[-1]


@given(st.lists(CHANGES, min_size=1, max_size=8), st.data())
def test_an_erasure_that_nobody_asked_for_is_found(
    changes: list[Change], data: st.DataObject
) -> None:
    entries = ledger(*changes)
    at = data.draw(st.integers(0, len(entries) - 1))
    lines: list[Line] = [*entries[:at], erased(entries[at]), *entries[at + 1 :]]
    asked_later = any(entry.change is Change.ERASED for entry in entries[at + 1 :])
    found = faults_of(lines, entries, Status.UNKNOWN)
    complaint = f"entry {at + 1} is erased, and no later entry says that it was to be"
    assert (complaint in found) is not asked_later


@given(st.lists(CHANGES, min_size=1, max_size=6), st.data())
def test_what_is_left_of_an_entry_cannot_be_altered_moved_or_taken_out(
    changes: list[Change], data: st.DataObject
) -> None:
    entries = ledger(Change.OPTED_IN, *changes, Change.ERASED)
    lines = after_erasure(entries)
    places = [at for at, line in enumerate(lines) if isinstance(line, Erased)]
    at = data.draw(st.sampled_from(places))
    place = lines[at]
    assert isinstance(place, Erased)
    for other in (
        [*lines[:at], *lines[at + 1 :]],
        [*lines[:at], replace(place, digest="0" * 64), *lines[at + 1 :]],
        [*lines[:at], replace(place, previous="0" * 64), *lines[at + 1 :]],
        [*lines[:at], replace(place, seq=place.seq + 1), *lines[at + 1 :]],
    ):
        assert faults_of(other, entries, Status.FORGOTTEN)


def test_a_forged_request_for_an_erasure_is_found() -> None:
    """Written over the newest entry, or brought from another number's ledger."""
    entries = ledger(Change.OPTED_IN, Change.OPTED_OUT)
    forged = replace(entries[1], change=Change.ERASED)
    assert faults_of([erased(entries[0]), forged], entries, Status.OPTED_OUT)
    other = append(
        seq=1,
        head=entries[0].digest,
        change=Change.ERASED,
        evidence=replace(evidence("FORGET ME"), phone=BEN),
    )
    assert faults_of([erased(entries[0]), other], [entries[0], other], Status.FORGOTTEN)


def test_an_erased_entry_gives_no_consent() -> None:
    entries = ledger(Change.OPTED_IN, Change.ERASED, Change.PREFERRED)
    assert faults_of(after_erasure(entries), entries, Status.SUBSCRIBED)


def test_what_is_left_is_kept_for_ten_years_from_the_request() -> None:
    entries = ledger(Change.OPTED_IN, Change.ERASED)
    until = keep_until(entries[1:], Contact(ANA, Status.FORGOTTEN))
    assert until == entries[1].evidence.at.replace(year=2036)
