"""The proof of consent as one page that can be printed, filed, and checked by anybody."""

from collections.abc import Iterable, Sequence

from sayso.domain import proof as told
from sayso.domain.ledger import Entry, Erased, record
from sayso.domain.retention import keep_until, rule_for
from sayso.handlers.admin_api.proof_said import OF_THE_WEB, from_the_web, said
from sayso.handlers.admin_api.proof_style import POLICY_IN_PAGE, STYLE
from sayso.handlers.admin_api.proof_words import HOW_TO_CHECK, NOTES, RECORDS
from sayso.handlers.html import Html, exact, tag, unaltered
from sayso.services.subscribers import Consent, Proof

_NONE = "None"
# Rows that take the whole width; the others stand in pairs.
_WIDE = frozenset(
    {"Local time", "Message id", "Read by rule", "Kept for", "Digest before", "Digest"} | OF_THE_WEB
)
_WHILE_HERE = "Until the subscription has ended, and then for the years named below"
_NOT_INTACT = "Until what was found has been looked into, and then for the years named below"


def proof_page(proof: Proof) -> Html:
    """The document as HTML; whatever a customer or a marketer wrote is only ever text in it."""
    consent = proof.consent
    title = f"Record of consent: {consent.phone}"
    head = tag(
        "head",
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html('<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{POLICY_IN_PAGE}">'),
        tag("title", title),
        tag("style", Html(STYLE)),
    )
    sections = (_verdict(consent), _facts(proof), _entries(proof), _appendix(proof))
    body = tag("body", _heading(proof), tag("main", *sections))
    return Html(f'<!doctype html>\n<html lang="en">{head}{body}</html>\n')


def _heading(proof: Proof) -> Html:
    return tag(
        "header",
        tag("h1", "Record of consent"),
        tag(
            "p",
            "Text message program of ",
            tag("strong", _program(proof)),
            " and the telephone number ",
            tag("strong", proof.consent.phone),
        ),
    )


def _program(proof: Proof) -> str:
    """The name that the newest entry holds, else today's."""
    names = [entry.evidence.program for entry in proof.consent.entries if entry.evidence.program]
    program = proof.catalog.program
    return names[-1] if names else program.name if program else "a program without a name"


def _verdict(consent: Consent) -> Html:
    count = _counted(consent)
    if not consent.faults:
        verdict = tag("strong", "The record is intact.")
        right = "each digest of the others is right" if consent.erased else "each digest is right"
        why = f"{count} read; {right}, and each entry names the one before it."
        return tag("section", verdict, tag("p", why), kind="verdict good")
    verdict = tag("strong", "The record is not intact. Do not rely on it.")
    found = tag("ul", *(tag("li", fault) for fault in consent.faults))
    return tag("section", verdict, tag("p", f"{count} read. Found:"), found, kind="verdict bad")


def _facts(proof: Proof) -> Html:
    consent = proof.consent
    rows = [
        ("Telephone number", consent.phone),
        ("Standing", told.standing(consent.contact)),
        ("Entries", _counted(consent)),
        ("Last digest", _digest(consent.lines[-1].digest if consent.lines else _NONE)),
        ("To be kept", _kept(consent)),
        ("Made", told.in_utc(proof.made_at)),
        ("Made by", f"User {proof.made_by}" if proof.made_by else "A user without an id"),
    ]
    return tag("section", tag("h2", "Summary"), _table(rows))


def _kept(consent: Consent) -> str:
    """A ledger that is not whole does not tell when the last of it may go."""
    if consent.faults:
        return _NOT_INTACT
    until = keep_until(consent.entries, consent.contact)
    return f"At least until {told.in_utc(until)}" if until else _WHILE_HERE


def _entries(proof: Proof) -> Html:
    lines = proof.consent.lines
    articles = [
        _entry(line, proof, [one for one in lines[:at] if isinstance(one, Entry)])
        if isinstance(line, Entry)
        else _erased(line)
        for at, line in enumerate(lines)
    ]
    nothing = tag("p", "This number has given no consent and has opted out of nothing.")
    return tag("section", tag("h2", "Entries, oldest first"), *(articles or [nothing]))


def _entry(entry: Entry, proof: Proof, earlier: Sequence[Entry]) -> Html:
    evidence = entry.evidence
    rule = rule_for(entry.change)
    rows = [
        ("Local time", told.at_the_location(evidence, proof.catalog)),
        ("Program", evidence.program or _NONE),
        ("Location", told.place(evidence.location, proof.catalog)),
        ("Keyword", evidence.keyword or _NONE),
        ("Channel", evidence.channel or _NONE),
        ("Medium", told.medium(evidence)),
        ("Number texted", evidence.number or _NONE),
        ("Message id", evidence.message_id or _NONE),
        *from_the_web(evidence),
        ("Read by rule", evidence.rule),
        ("Kept for", f"{rule.years} years from {rule.since} ({rule.source})"),
        ("Digest before", _digest(entry.previous or "None: this is the first entry")),
        ("Digest", _digest(entry.digest)),
    ]
    return tag(
        "article",
        tag(
            "div",
            tag("h3", f"{entry.seq}. {told.TITLES[entry.change]}"),
            tag("p", told.in_utc(evidence.at), kind="when"),
            kind="head",
        ),
        tag("p", told.meaning(entry.change, evidence)),
        *said(entry, earlier),
        _table(rows),
        # What a page showed fills half a sheet: kept together it would leave the other half empty.
        kind="long" if evidence.page else "entry",
    )


def _erased(place: Erased) -> Html:
    rows = [
        ("Digest before", _digest(place.previous or "None: this is the first entry")),
        ("Digest", _digest(place.digest)),
    ]
    title = tag("h3", f"{place.seq}. {told.ERASED_TITLE}")
    return tag("article", tag("div", title, kind="head"), tag("p", told.ERASED), _table(rows))


def _appendix(proof: Proof) -> Html:
    entries = proof.consent.entries
    records = [
        part
        for entry in entries
        for part in (
            tag("h3", f"Record of entry {entry.seq}, digest ", _digest(entry.digest)),
            tag("pre", unaltered(record(entry))),
        )
    ]
    return tag(
        "section",
        tag("h2", "How anybody can check this record"),
        tag("ol", *(tag("li", step) for step in HOW_TO_CHECK)),
        tag("p", RECORDS),
        *records,
        tag("h2", "Notes"),
        tag("ul", *(tag("li", note) for note in NOTES)),
        kind="appendix",
    )


def _digest(digest: str) -> Html:
    return tag("span", digest, kind="digest")


def _table(rows: Iterable[tuple[str, str]]) -> Html:
    """Pairs of name and value; a value that is no markup is shown word for word."""
    return tag("dl", *(_row(name, value) for name, value in rows))


def _row(name: str, value: str) -> Html:
    shown = value if isinstance(value, Html) else exact(value)
    return tag("div", tag("dt", name), tag("dd", shown), kind="wide" if name in _WIDE else "cell")


def _counted(consent: Consent) -> str:
    count, erased = len(consent.lines), len(consent.erased)
    entries = "1 entry" if count == 1 else f"{count} entries"
    return f"{entries} ({erased} of them erased)" if erased else entries
