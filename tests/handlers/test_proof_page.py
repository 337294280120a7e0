"""The proof of consent as a page: exact, checkable by anybody, and never more than text."""

import hashlib
import re
from dataclasses import fields, replace
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.catalog import Catalog
from sayso.domain.contact import Contact, Status
from sayso.domain.conversation import decide
from sayso.domain.ledger import Change, Entry, Evidence, append, faults
from sayso.domain.understanding import intent_of, understand
from sayso.domain.vocabulary import Intent
from sayso.domain.web_opt_in import ask
from sayso.handlers.admin_api.proof_page import proof_page
from sayso.handlers.admin_api.proof_style import POLICY, STYLE
from sayso.handlers.html import Html, escaped, exact, tag
from sayso.handlers.http import prefers_html
from sayso.services.subscribers import Consent, Proof
from tests.handlers.test_admin_subscribers import text_in
from tests.support.bluebird import ANA, BEN, DOWNTOWN, NOON, NUMBER, PROGRAM, SHOP, a_text
from tests.support.console import ACTOR, Console
from tests.support.table import TABLE
from tests.support.web_forms import a_form

# What DynamoDB can hold: no half of a surrogate pair.
ATTACKS = (
    *("<script>alert(1)</script>", "</pre></main>", '"><img src=x onerror=alert(1)>', "&lt;b&gt;"),
    *("<!--", "]]>", "</style>", "&#0;&amp", "\x00\x1b\x7f\x85", "\u202eexe.\u2066", "'\"`{{"),
)
said = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(ATTACKS)
TEXTS = [one.name for one in fields(Evidence) if one.name not in ("at", "phone")]


class Read(HTMLParser):
    """A page as a browser reads it: its tags, and the text within those of each kind."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = dict(attrs).get("class") or tag
        if kind not in ("code", "raw"):
            self.tags.append((tag, tuple(attrs)))
        if tag != "meta":
            self._open.append(kind)
            self.texts.setdefault(kind, []).append("")

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        shown = chr(int(data.removeprefix("U+"), base=16)) if "code" in self._open[-1:] else data
        for kind in self._open:
            self.texts[kind][-1] += shown


def proof_of(*said: dict[str, str], **more: str) -> Proof:
    """A ledger in which each entry says these things, made by `by` at a shop called `name`."""
    plain = dict.fromkeys(TEXTS, "x")
    entries: list[Entry] = []
    for seq, words in enumerate(said):
        evidence = Evidence(phone=ANA, at=NOON + timedelta(days=seq), **(plain | words))
        head = entries[-1].digest if entries else ""
        change = tuple(Change)[seq % len(Change)]
        entries.append(append(seq=seq, head=head, change=change, evidence=evidence))
    contact = Contact(ANA, Status.SUBSCRIBED)
    shop = Catalog(PROGRAM, (replace(DOWNTOWN, code="x", name=more.get("name", "x")),))
    consent = Consent(ANA, entries, faults(entries), contact)
    return Proof(consent, shop, NOON, more.get("by", "x"))


def plain(written: str) -> str:
    """Nothing where there was nothing, a yes where there was a yes, else an x."""
    return "yes" if intent_of(written) is Intent.YES else written and "x"


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(TEXTS, said)), max_size=3), said, said)
def test_whatever_anyone_wrote_is_text_and_never_markup(
    written: list[dict[str, str]], name: str, by: str
) -> None:
    hostile = Read(proof_page(proof_of(*written, name=name, by=by)))
    harmless = proof_of(
        *({key: plain(value) for key, value in one.items()} for one in written), by=by and "x"
    )
    assert hostile.tags == Read(proof_page(harmless)).tags


@given(st.lists(st.fixed_dictionaries(dict.fromkeys(TEXTS, said)), max_size=3))
def test_anybody_can_compute_the_digests_from_the_page(written: list[dict[str, str]]) -> None:
    proof = proof_of(*written)
    records = Read(proof_page(proof)).texts.get("pre", [])
    assert [hashlib.sha256(one.encode()).hexdigest() for one in records] == [
        entry.digest for entry in proof.consent.entries
    ]


@given(said.filter(bool), said.filter(bool))
def test_both_sides_words_are_shown_exactly(words: str, shown: str) -> None:
    page = Read(proof_page(proof_of({"words": words, "shown": shown})))
    assert (page.texts["received"], page.texts["shown"]) == ([words], [shown])


@given(said)
def test_no_character_that_hides_or_turns_others_about_is_left(text: str) -> None:
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", exact(text)
    )


@given(said)
def test_only_markup_stays_markup(text: str) -> None:
    assert escaped(Html("<b>")) == "<b>"
    assert Read(tag("p", text, kind=text)).tags == [("p", (("class", text),))]


def test_every_part_of_the_evidence_is_on_the_page() -> None:
    written = {name: f"the {name} as it was" for name in TEXTS if name != "medium"}
    page = proof_page(proof_of(written | {"medium": "carrier pigeon"}))
    before_the_records = page.partition('class="appendix"')[0]
    for text in (*written.values(), "carrier pigeon", ANA, "23 November 2026, 18:00:00.000 UTC"):
        assert text in before_the_records


def test_faults_stand_at_the_top() -> None:
    proof = proof_of({})
    broken = replace(proof, consent=replace(proof.consent, faults=["entry 1 was changed"]))
    page = proof_page(broken)
    assert "The record is not intact" in page
    assert "The record is intact" not in page
    assert page.index("entry 1 was changed") < page.index("Summary")


def test_the_page_says_from_when_the_proof_may_go() -> None:
    proof = proof_of({})
    left = replace(proof.consent, contact=Contact(ANA, Status.OPTED_OUT))
    until = "At least until 23 November 2031"
    assert until in proof_page(replace(proof, consent=left))
    assert until not in proof_page(proof)
    assert until not in proof_page(replace(proof, consent=replace(left, faults=["edited"])))


def test_a_number_without_entries_has_a_page_that_says_so() -> None:
    assert "has given no consent" in proof_page(proof_of())


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = proof_page(proof_of({}))
    assert not re.search(r"<script|<link|<img|<iframe|\son\w+=|\sstyle=|src=|https?:|url\(", page)
    assert STYLE in page
    assert "'unsafe" not in POLICY
    assert POLICY.startswith("default-src 'none'; style-src 'sha256-")


@pytest.fixture
def joined(shop: Console) -> Console:
    """Ana joined downtown and has left."""
    text_in(shop, a_text("COFFEE"), a_text("no more texts <pls>", at=NOON + timedelta(hours=1)))
    return shop


def test_the_page_is_served_to_be_filed_and_says_who_made_it(joined: Console) -> None:
    answer = joined.get(f"/admin/subscribers/{ANA}/consent?format=html")
    assert answer.status == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["cache-control"] == "no-store"
    for text in (
        f"User {ACTOR}",
        "no more texts &lt;pls&gt;",
        "window sign",
        "The record is intact",
    ):
        assert text in answer.text
    assert "Opted out, since 23 November 2026, 19:00:00.000 UTC" in answer.text


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "html"),
    [
        (BROWSER, True),
        ("text/html", True),
        ("Text/HTML; charset=utf-8", True),
        ("application/json;q=0.5, text/html", True),
        ("text/html;q=0.5, application/json", False),
        ("text/html, application/json", False),
        ("text/html;q=0", False),
        ("text/html;q=much", False),
        ("*/*", False),
        ("application/*", False),
        ("", False),
        (";;,q=1,", False),
    ],
)
def test_the_accept_header_is_read_as_http_has_it(accept: str, html: bool) -> None:
    assert prefers_html(accept) is html


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        ("", "", "application/json"),
        ("", "*/*", "application/json"),
        ("", BROWSER, "text/html; charset=utf-8"),
        ("?format=json", BROWSER, "application/json"),
        ("?format=html", "application/json", "text/html; charset=utf-8"),
    ],
)
def test_the_reader_chooses_the_form(
    joined: Console, query: str, accept: str, media_type: str
) -> None:
    answer = joined.get(f"/admin/subscribers/{ANA}/consent{query}", accept=accept)
    assert (answer.status, answer.headers["content-type"]) == (200, media_type)


def test_another_form_is_refused(joined: Console) -> None:
    answer = joined.get(f"/admin/subscribers/{ANA}/consent?format=pdf")
    assert (answer.status, answer.json["errors"][0]["path"]) == (422, "format")


def test_errors_are_problems_even_to_a_browser(joined: Console) -> None:
    answer = joined.get(f"/admin/subscribers/{BEN}/consent", accept=BROWSER)
    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")


def test_staff_may_not_read_it(joined: Console) -> None:
    staff = joined.acting_as("staff")
    assert staff.get(f"/admin/subscribers/{ANA}/consent?format=html").status == 403


def test_the_json_form_has_the_hashed_records_too(joined: Console) -> None:
    items = joined.get(f"/admin/subscribers/{ANA}/consent").json["items"]
    for item in items:
        assert hashlib.sha256(item["record"].encode()).hexdigest() == item["digest"]
    assert len(items) == 2


def test_an_entry_that_was_edited_into_nonsense_is_told_and_breaks_no_page(
    joined: Console,
) -> None:
    joined.dynamodb.update_item(
        TableName=TABLE,
        Key={"pk": {"S": f"S#{ANA}"}, "sk": {"S": "LEDGER#00000001"}},
        UpdateExpression="SET #change = :nonsense",
        ExpressionAttributeNames={"#change": "change"},
        ExpressionAttributeValues={":nonsense": {"S": "delighted"}},
    )
    consent = joined.get(f"/admin/subscribers/{ANA}/consent").json
    page = joined.get(f"/admin/subscribers/{ANA}/consent?format=html")
    assert consent["verified"] is False
    fault = "what is stored as LEDGER#00000001 cannot be read as an entry"
    assert consent["faults"][0] == fault
    assert fault in page.text


def test_a_ledger_that_lost_its_record_is_still_shown(joined: Console) -> None:
    key = {"pk": {"S": f"S#{ANA}"}, "sk": {"S": "SUBSCRIBER"}}
    joined.dynamodb.delete_item(TableName=TABLE, Key=key)
    page = joined.get(f"/admin/subscribers/{ANA}/consent?format=html")
    assert page.status == 200
    assert "own record is missing" in page.text
    assert NUMBER in page.text


def test_a_web_opt_in_is_shown_with_its_page_its_words_and_where_it_came_from() -> None:
    form = a_form()
    asked = ask(Contact.stranger(ANA), form, PROGRAM)
    joined = decide(asked.contact, a_text("YES"), understand("YES", SHOP), SHOP)
    entries = [one for one in (asked.entry, joined.entry) if one]
    consent = Consent(ANA, entries, faults(entries), joined.contact)
    page = Read(proof_page(Proof(consent, SHOP, NOON, ACTOR)))
    told = dict(zip(page.texts["dt"], page.texts["dd"], strict=True))
    for name, value in {
        "Page": form.page,
        "Version of the words": form.shown.version,
        "IP address": form.ip,
        "Browser": form.user_agent,
    }.items():
        assert told[name] == value
    assert page.texts["shown"][0] == form.shown.words
    assert page.texts["received"] == [form.words, "YES"]
    # Once where it was asked, once where it is answered.
    assert page.texts["question"] == [asked.reply, asked.reply]
    assert any("In answer to the question of entry 1" in one for one in page.texts["figcaption"])


def test_a_text_is_shown_without_rows_that_only_a_web_page_has(joined: Console) -> None:
    page = Read(joined.get(f"/admin/subscribers/{ANA}/consent?format=html").text)
    assert not {"Page", "Version of the words", "IP address", "Browser"} & set(page.texts["dt"])
    items = joined.get(f"/admin/subscribers/{ANA}/consent").json["items"]
    assert {item["ip"] for item in items} == {None}
