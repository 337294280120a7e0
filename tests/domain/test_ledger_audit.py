"""What an audit finds that the entries alone do not show: a lost end, a stranger's ledger."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Audit, Change, Entry, Line, Unreadable, digest, record
from tests.domain.test_ledger import evidence, grown, ledgers
from tests.support.bluebird import ANA, BEN


def record_of(entries: list[Entry], status: Status = Status.UNKNOWN) -> Contact:
    """Ana's own record as it stands after these entries."""
    newest = entries[-1] if entries else None
    head = newest.digest if newest else ""
    return Contact(ANA, status, ledger_seq=newest.seq if newest else 0, ledger_head=head)


def faults_of(
    lines: list[Line], before: Contact | None, after: Contact | None = None, phone: str = ANA
) -> list[str]:
    audit = Audit(phone)
    for line in lines:
        audit.read(line)
    audit.end(before, after or before)
    return audit.faults


@given(ledgers())
def test_a_ledger_and_its_record_agree(entries: list[Entry]) -> None:
    assert faults_of([*entries], record_of(entries)) == []


@given(ledgers(min_size=1), st.data())
def test_any_cut_off_tail_is_found(entries: list[Entry], data: st.DataObject) -> None:
    kept = data.draw(st.integers(0, len(entries) - 1))
    assert faults_of([*entries[:kept]], record_of(entries)) == [
        f"the entries after number {kept} are missing: there were {len(entries)}"
    ]


@given(ledgers(min_size=1), st.data())
def test_any_entry_taken_out_is_found_the_last_included(
    entries: list[Entry], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    assert faults_of([*entries[:at], *entries[at + 1 :]], record_of(entries))


@given(ledgers(min_size=1))
def test_a_newest_entry_that_was_written_anew_is_found(entries: list[Entry]) -> None:
    last = entries[-1]
    forged = replace(last, evidence=replace(last.evidence, words="yes, all of it"))
    forged = replace(forged, digest=digest(forged))
    assume(forged.digest != last.digest)
    assert faults_of([*entries[:-1], forged], record_of(entries)) == [
        f"entry {last.seq} is not the one that was written last"
    ]


@given(ledgers(min_size=1))
def test_a_ledger_without_a_record_is_found(entries: list[Entry]) -> None:
    assert faults_of([*entries], None) == [
        "the number's own record is missing: nothing tells where this ends"
    ]


@given(ledgers(min_size=1))
def test_another_numbers_ledger_with_its_head_is_found(entries: list[Entry]) -> None:
    stolen = replace(record_of(entries), phone=BEN)
    found = faults_of([*entries], stolen, phone=BEN)
    assert found[0] == "entry 1 belongs to another number's ledger"
    assert len(found) == len(entries)


@given(ledgers(min_size=1), st.data())
def test_what_cannot_be_read_is_named_by_its_key(entries: list[Entry], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    lines: list[Line] = [*entries]
    lines[at] = Unreadable("LEDGER#x")
    found = faults_of(lines, record_of(entries))
    assert "what is stored as LEDGER#x cannot be read as an entry" in found


@given(ledgers(min_size=1))
def test_entries_that_come_between_two_looks_are_no_fault(entries: list[Entry]) -> None:
    earlier, later = record_of(entries[:-1]), record_of(entries)
    assert faults_of([*entries[:-1]], earlier, later) == []
    assert faults_of([*entries], earlier, later) == []


def test_a_number_that_texts_first_while_it_is_looked_up_is_no_fault() -> None:
    entries = grown([], Change.OPTED_IN, "JOIN")
    assert faults_of([], None, record_of(entries)) == []


@pytest.mark.parametrize("change", [Change.ASKED, Change.OPTED_OUT])
def test_a_record_made_subscribed_against_its_ledger_is_found(change: Change) -> None:
    entries = grown(grown([], Change.OPTED_IN, "JOIN"), change, "hm")
    assert faults_of([*entries], record_of(entries, Status.SUBSCRIBED)) == [
        "the number is recorded as subscribed, and its newest entry is no opt-in"
    ]


def test_a_record_made_subscribed_without_a_ledger_is_found() -> None:
    assert faults_of([], record_of([], Status.SUBSCRIBED))


def test_the_record_that_is_hashed_is_the_documented_one() -> None:
    (entry,) = grown([], Change.OPTED_IN, "¡Sí!\n\u2028", datetime(2026, 11, 23, 18, tzinfo=UTC))
    assert entry.evidence == evidence("¡Sí!\n\u2028")
    assert record(entry) == (
        '{"at":"2026-11-23T18:00:00.000+00:00","change":"opted_in","channel":"","keyword":"JOIN",'
        '"location":"DOWNTOWN","medium":"sms","message_id":"in-1","number":"80808",'
        '"phone":"+13125550101","previous":"","program":"Bluebird Coffee","rule":"keyword JOIN",'
        '"seq":1,"shown":"Bluebird Coffee: you\'re in!","words":"¡Sí!\\n\u2028"}'
    )
    assert digest(entry) == entry.digest
