"""Whatever is done to a ledger after it was written shows."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sayso.domain.ledger import EVIDENCE_FIELDS, Change, Entry, Evidence, append, faults, record
from tests.support.bluebird import ANA, NOON, NUMBER

times = st.integers(0, 10**12).map(lambda ms: NOON + timedelta(milliseconds=ms))
words = st.text(max_size=20)


@st.composite
def ledgers(draw: st.DrawFn, min_size: int = 0) -> list[Entry]:
    entries: list[Entry] = []
    for _ in range(draw(st.integers(min_size, 6))):
        entries = grown(entries, draw(st.sampled_from(Change)), draw(words), draw(times))
    return entries


def grown(entries: list[Entry], change: Change, said: str, at: datetime = NOON) -> list[Entry]:
    seq, head = (entries[-1].seq, entries[-1].digest) if entries else (0, "")
    return [*entries, append(seq=seq, head=head, change=change, evidence=evidence(said, at))]


def evidence(said: str, at: datetime = NOON) -> Evidence:
    return Evidence(
        phone=ANA,
        at=at,
        medium="sms",
        message_id="in-1",
        number=NUMBER,
        words=said,
        shown="Bluebird Coffee: you're in!",
        program="Bluebird Coffee",
        keyword="JOIN",
        channel="",
        location="DOWNTOWN",
        rule="keyword JOIN",
    )


@given(ledgers())
def test_a_ledger_that_only_grew_verifies(entries: list[Entry]) -> None:
    assert faults(entries) == []


@given(ledgers(min_size=1), st.sampled_from(EVIDENCE_FIELDS), st.data())
def test_any_edited_evidence_is_found(
    entries: list[Entry], field: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    old = getattr(entries[at].evidence, field)
    new = data.draw(times if field == "at" else words)
    assume(new != old)
    changed: dict[str, Any] = {field: new}
    edited = replace(entries[at], evidence=replace(entries[at].evidence, **changed))
    assert faults([*entries[:at], edited, *entries[at + 1 :]])


@given(ledgers(min_size=1), st.data())
def test_any_edited_change_is_found(entries: list[Entry], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    change = data.draw(st.sampled_from([one for one in Change if one is not entries[at].change]))
    assert faults([*entries[:at], replace(entries[at], change=change), *entries[at + 1 :]])


@given(ledgers(min_size=2), st.data())
def test_an_edit_that_is_signed_anew_breaks_the_chain_behind_it(
    entries: list[Entry], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(entries) - 2))
    old = entries[at]
    forged = append(
        seq=old.seq - 1,
        head=old.previous,
        change=old.change,
        evidence=evidence("I said no such thing"),
    )
    assert f"entry {old.seq + 1} does not name entry {old.seq} as its predecessor" in faults(
        [*entries[:at], forged, *entries[at + 1 :]]
    )


@given(ledgers(min_size=2), st.data())
def test_any_removed_entry_but_the_last_is_found(entries: list[Entry], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entries) - 2))
    assert faults([*entries[:at], *entries[at + 1 :]])


@given(ledgers(min_size=2), st.data())
def test_any_other_order_is_found(entries: list[Entry], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(entries))
    assume(shuffled != entries)
    assert faults(shuffled)


@given(ledgers(min_size=1), st.data())
def test_an_entry_put_in_twice_is_found(entries: list[Entry], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    assert faults([*entries[: at + 1], *entries[at:]])


def test_the_same_instant_in_another_time_zone_is_no_edit() -> None:
    (entry,) = grown([], Change.OPTED_IN, "JOIN")
    chicago = timezone(timedelta(hours=-6))
    moved = replace(entry, evidence=replace(entry.evidence, at=NOON.astimezone(chicago)))
    assert faults([moved]) == []


@pytest.mark.parametrize("said", ["¡Sí! ☕", "a\x00b", "“STOP”", ""])
def test_the_exact_words_are_kept_and_proven(said: str) -> None:
    (entry,) = grown([], Change.OPTED_OUT, said)
    assert entry.evidence.words == said
    assert faults([entry]) == []


def test_an_entry_written_before_there_was_a_web_page_keeps_its_digest() -> None:
    """The digests are those that version 0.1.0 wrote for these very entries."""
    joined, left = grown(grown([], Change.OPTED_IN, "JOIN DOWNTOWN ☕"), Change.OPTED_OUT, "stop")
    assert joined.digest == "316779b255e7d92f13711e34fe8c527f84d8d770515e047488265f164fc7927b"
    assert left.digest == "bc1b9bee6e59f5cbcf772a501c0f49a46e228138a7e128008e6884ddbafb4c71"
    assert record(left) == (
        '{"at":"2026-11-23T18:00:00.000+00:00","change":"opted_out","channel":"","keyword":"JOIN",'
        '"location":"DOWNTOWN","medium":"sms","message_id":"in-1","number":"80808",'
        f'"phone":"{ANA}","previous":"{joined.digest}","program":"Bluebird Coffee",'
        '"rule":"keyword JOIN","seq":2,"shown":"Bluebird Coffee: you\'re in!","words":"stop"}'
    )


def test_where_a_web_form_was_sent_from_is_part_of_the_proof() -> None:
    asked = replace(evidence("(312) 555-0101"), page="/join/COFFEE", ip="203.0.113.7")
    entry = append(seq=0, head="", change=Change.ASKED, evidence=asked)
    assert '"ip":"203.0.113.7"' in record(entry)
    assert faults([replace(entry, evidence=replace(asked, ip=""))])
