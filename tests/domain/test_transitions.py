"""The table of what can happen to a number, and that nothing else can."""

import ast
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Change
from sayso.domain.transitions import TRANSITIONS, Event, Impossible, Transition, move, transition
from scripts.states import PAGE, page
from tests.support.bluebird import ANA, NOON
from tests.support.repository import ROOT

OPT_INS = {Event.OPTED_IN, Event.IMPORTED, Event.CONFIRMED}
BACK_TO_CONSENT = {Event.RESUMED, Event.PAUSE_ENDED, Event.KEPT}
OPT_OUTS = {Event.LEFT, Event.REFUSED, Event.TAKEN_OFF, Event.FORGOTTEN}
HERE = {Status.SUBSCRIBED, Status.PAUSED}
DEAD = {Status.UNREACHABLE}
GONE = {Status.OPTED_OUT, Status.FORGOTTEN}


@given(st.sampled_from(Status), st.sampled_from(Event))
def test_each_event_has_one_row_or_none_in_each_state(status: Status, event: Event) -> None:
    rows = [row for row in TRANSITIONS if (row.before, row.event) == (status, event)]
    if rows:
        assert [transition(status, event)] == rows
    else:
        with pytest.raises(Impossible):
            move(Contact(ANA, status), event, NOON)


@pytest.mark.parametrize("row", TRANSITIONS)
def test_each_row_names_its_source(row: Transition) -> None:
    assert re.search(r"\d", row.source) or row.source.startswith("Sayso")


@pytest.mark.parametrize("row", TRANSITIONS)
def test_no_status_changes_without_an_entry_in_the_ledger(row: Transition) -> None:
    assert row.change is not None or row.after == (row.before,)


@pytest.mark.parametrize("row", TRANSITIONS)
def test_only_an_opt_in_leads_to_being_subscribed(row: Transition) -> None:
    if HERE & set(row.after) and row.before not in HERE:
        assert row.event in OPT_INS | {Event.KEPT}


@pytest.mark.parametrize("row", TRANSITIONS)
def test_whoever_has_gone_comes_back_by_an_opt_in_alone(row: Transition) -> None:
    if row.before in GONE and not set(row.after) <= GONE:
        assert row.event in {Event.OPTED_IN, Event.ASKED}


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("event", sorted(OPT_OUTS))
def test_an_opt_out_is_possible_everywhere(status: Status, event: Event) -> None:
    assert set(transition(status, event).after) <= GONE


@pytest.mark.parametrize("status", Status)
def test_any_other_text_changes_nothing_anywhere(status: Status) -> None:
    contact = Contact(ANA, status)
    assert move(contact, Event.OTHER, NOON) == (contact, None)


def test_the_drawing_in_the_docs_is_the_tables() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run scripts/states.py"


def test_every_status_and_every_event_is_drawn() -> None:
    drawn = page()
    assert all(f"`{status}`" in drawn for status in Status)
    assert all(f"| {event.name.lower()}: {event} |" in drawn for event in Event)


def test_nothing_but_the_table_makes_anybody_a_subscriber() -> None:
    """No other module of the product sets a status by name."""
    sources = (ROOT / "functions" / "sayso").rglob("*.py")
    setting = [
        path.name
        for path in sources
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("replace", "Contact")
        and any(keyword.arg == "status" for keyword in node.keywords)
    ]
    assert set(setting) == {"transitions.py"}


def lives() -> st.SearchStrategy[list[Event]]:
    return st.lists(st.sampled_from(Event), max_size=14)


def lived(events: list[Event]) -> tuple[list[Contact], list[Change]]:
    """Every standing of a life; what cannot happen is left out."""
    contacts, changes = [Contact.stranger(ANA)], []
    for hour, event in enumerate(events):
        at = NOON + timedelta(hours=hour)
        asked = replace(contacts[-1], paused_until=at + timedelta(days=30))
        before = asked if event is Event.PAUSED else contacts[-1]
        try:
            after, change = move(before, event, at)
        except Impossible:
            continue
        contacts.append(after)
        changes += [change] if change else []
    return contacts, changes


@given(lives())
def test_after_an_opt_out_nobody_is_subscribed_until_an_opt_in(events: list[Event]) -> None:
    contact = Contact.stranger(ANA)
    is_out = True
    for hour, event in enumerate(events):
        try:
            contact, _ = move(contact, event, NOON + timedelta(hours=hour))
        except Impossible:
            continue
        is_out = event in OPT_OUTS or (is_out and event not in OPT_INS)
        assert not (is_out and contact.status in HERE)


@given(lives())
def test_a_question_that_comes_to_nothing_leaves_a_number_as_gone_as_it_was(
    events: list[Event],
) -> None:
    before = lived(events)[0][-1]
    assume(before.status not in HERE | {Status.PENDING})
    asked, _ = move(before, Event.ASKED, NOON + timedelta(days=9))
    for event in (Event.EXPIRED, Event.DECLINED):
        after, _ = move(asked, event, NOON + timedelta(days=16))
        assert after.status is before.status or after.status in GONE | DEAD


@given(lives(), st.booleans())
def test_kept_makes_only_a_subscriber_a_subscriber_again(events: list[Event], asked: bool) -> None:
    before = lived(events)[0][-1]
    assume(before.status in {Status.UNKNOWN, Status.PENDING, Status.UNREACHABLE} | HERE)
    held, _ = move(before, Event.DOUBTED, NOON + timedelta(days=9))
    if asked:
        held, _ = move(held, Event.ASKED, NOON + timedelta(days=10))
        held, _ = move(held, Event.DOUBTED, NOON + timedelta(days=11))
    kept, _ = move(held, Event.KEPT, NOON + timedelta(days=12))
    if asked or before.status is Status.PENDING:
        assert kept.status not in HERE
        if kept.status is Status.PENDING:
            assert move(kept, Event.EXPIRED, NOON + timedelta(days=20))[0].status not in HERE
    else:
        assert kept.status is before.status or kept.status in GONE


def test_of_a_forgotten_person_nothing_stays_but_number_and_proof() -> None:
    known = Contact(
        phone=ANA,
        status=Status.SUBSCRIBED,
        revision=4,
        location="DOWNTOWN",
        channel="window sign",
        keyword="COFFEE",
        language="es",
        joined_at=NOON,
        last_heard_at=NOON,
        ledger_seq=3,
        ledger_head="abc",
        last_run="R1",
    )
    at = NOON + timedelta(days=1)
    forgotten, change = move(known, Event.FORGOTTEN, at)
    assert change is Change.ERASED
    assert forgotten == Contact(
        phone=ANA,
        status=Status.FORGOTTEN,
        revision=4,
        opted_out_at=at,
        forgotten_at=at,
        ledger_seq=3,
        ledger_head="abc",
    )


def test_a_goodbye_that_comes_late_does_not_let_in_what_a_newer_one_overtook() -> None:
    at = [NOON + timedelta(minutes=minute) for minute in range(4)]
    contact, _ = move(Contact(ANA, Status.SUBSCRIBED), Event.LEFT, at[2])
    contact, _ = move(contact, Event.ASKED, at[3])
    contact, _ = move(contact, Event.LEFT, at[1])
    assert (contact.status, contact.opted_out_at) == (Status.OPTED_OUT, at[2])
