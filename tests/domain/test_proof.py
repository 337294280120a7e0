"""A ledger in plain words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sayso.domain import proof
from sayso.domain.catalog import Catalog
from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Change, Entry
from sayso.domain.web_opt_in import ask
from tests.domain.test_ledger import evidence, grown
from tests.support.bluebird import ANA, NOON, PROGRAM, SHOP
from tests.support.web_forms import a_form


@pytest.mark.parametrize("change", Change)
def test_every_change_has_a_title_and_a_meaning(change: Change) -> None:
    assert proof.TITLES[change]
    said = proof.meaning(change, evidence("JOIN"))
    assert said.startswith(f"The number {ANA} sent the words below to 80808 by text message (SMS).")


def test_being_asked_is_told_as_no_consent() -> None:
    assert "Consent was not given" in proof.meaning(Change.ASKED, evidence("JOIN"))


def test_an_import_is_told_as_the_word_of_a_file() -> None:
    imported = replace(evidence("source: drawer 4"), medium="import", message_id="01KA/7")

    said = proof.meaning(Change.OPTED_IN, imported)

    assert said.startswith("The words below stood in row 7 of a file that an owner")
    assert "(import 01KA)" in said
    assert proof.captions(imported)[0] == "The row of the file, exactly"
    assert proof.captions(evidence("JOIN"))[0] == "Words received, exactly"


def test_a_time_is_told_to_the_millisecond() -> None:
    at = datetime(2026, 3, 8, 7, 5, 9, 42_000, tzinfo=UTC)
    assert proof.in_utc(at) == "8 March 2026, 07:05:09.042 UTC"


@pytest.mark.parametrize(
    ("at", "location", "told"),
    [
        (NOON, "DOWNTOWN", "23 November 2026, 12:00:00 CST (America/Chicago)"),
        (NOON - timedelta(days=120), "DENVER", "26 July 2026, 12:00:00 MDT (America/Denver)"),
        (NOON, "", "23 November 2026, 13:00:00 EST (America/New_York)"),
        (NOON, "MOON", "Not known: the location is no longer set up"),
    ],
)
def test_local_time_is_that_of_the_location(at: datetime, location: str, told: str) -> None:
    said = replace(evidence("JOIN", at), location=location)
    assert proof.at_the_location(said, SHOP) == told


def test_without_a_program_no_local_time_is_made_up() -> None:
    said = replace(evidence("STOP"), location="")
    assert proof.at_the_location(said, Catalog(program=None)).startswith("Not known")


@pytest.mark.parametrize("status", Status)
def test_every_status_is_told(status: Status) -> None:
    assert proof.standing(Contact(ANA, status))


def test_a_standing_says_since_when() -> None:
    contact = Contact(ANA, Status.OPTED_OUT, joined_at=NOON, opted_out_at=NOON + timedelta(1))
    assert proof.standing(contact) == "Opted out, since 24 November 2026, 18:00:00.000 UTC"


def test_a_missing_record_is_told_as_that() -> None:
    assert proof.standing(None).startswith("Not known")


@pytest.mark.parametrize(
    ("code", "told"),
    [("UPTOWN", "UPTOWN (Bluebird Uptown)"), ("MOON", "MOON"), ("", "None named")],
)
def test_a_location_is_told_by_code_and_name(code: str, told: str) -> None:
    assert proof.place(code, SHOP) == told


def asked_on_the_web() -> Entry:
    entry = ask(Contact.stranger(ANA), a_form(), PROGRAM).entry
    assert entry is not None
    return entry


def test_a_web_form_is_told_as_what_anybody_may_have_filled_in() -> None:
    said = proof.meaning(Change.ASKED, asked_on_the_web().evidence)
    assert said.startswith(f"Somebody entered the number {ANA} on the program's web page.")
    assert said.endswith("Consent was not given by this entry.")
    assert proof.medium(asked_on_the_web().evidence) == "web page"


def test_a_yes_is_told_with_the_question_that_it_answers() -> None:
    asked = asked_on_the_web()
    (yes,) = grown([], Change.OPTED_IN, "Yes!")
    assert proof.question_before(yes, [asked]) is asked
    assert proof.question(asked.evidence) == asked.evidence.question


def test_a_question_by_text_is_what_was_shown_in_answer() -> None:
    (asked,) = grown([], Change.ASKED, "JOIN")
    assert proof.question(asked.evidence) == asked.evidence.shown


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        ("JOIN", [Change.ASKED]),
        ("YES", []),
        ("YES", [Change.ASKED, Change.OPTED_OUT]),
        ("YES", [Change.ASKED, Change.OPTED_IN]),
    ],
)
def test_what_answers_no_open_question_is_told_with_none(words: str, changes: list[Change]) -> None:
    entries: list[Entry] = []
    for change in changes:
        entries = grown(entries, change, "JOIN")
    (*earlier, joined) = grown(entries, Change.OPTED_IN, words)
    assert proof.question_before(joined, earlier) is None


def test_a_hold_in_between_leaves_the_question_open() -> None:
    entries = grown(grown([], Change.ASKED, "JOIN"), Change.HELD, "hm")
    (*earlier, joined) = grown(entries, Change.OPTED_IN, "YES")
    assert proof.question_before(joined, earlier) == entries[0]
