"""The words of one entry in the proof of consent, and where a web form came from."""

from collections.abc import Sequence

from sayso.domain import proof as told
from sayso.domain.ledger import Entry, Evidence
from sayso.handlers.html import Html, exact, tag

_PAGE, _VERSION, _IP, _BROWSER = "Page", "Version of the words", "IP address", "Browser"
OF_THE_WEB = frozenset({_PAGE, _VERSION, _BROWSER})


def said(entry: Entry, earlier: Sequence[Entry]) -> list[Html]:
    """What both sides said in an entry; of a YES also the question, from the `earlier` ones."""
    return [*_said(entry.evidence), *_answered(entry, earlier)]


def _said(evidence: Evidence) -> list[Html]:
    if not evidence.question:
        received, shown = told.captions(evidence)
        return [
            _quote(received, evidence.words, "received"),
            _quote(shown, evidence.shown, "shown"),
        ]
    return [
        _quote("Words shown on the page, exactly", evidence.shown, "shown"),
        _quote("Filled in and ticked there, exactly", evidence.words, "received"),
        _quote("Question then sent to the number, exactly", evidence.question, "question"),
    ]


def _answered(entry: Entry, earlier: Sequence[Entry]) -> list[Html]:
    """What a YES says yes to: the words around it alone would not tell."""
    asked = told.question_before(entry, earlier)
    if asked is None:
        return []
    caption = (
        f"In answer to the question of entry {asked.seq}, {told.in_utc(asked.evidence.at)}, exactly"
    )
    return [_quote(caption, told.question(asked.evidence), "question")]


def from_the_web(evidence: Evidence) -> list[tuple[str, str]]:
    """Where a form was, and was sent in from; nothing for a text."""
    rows = (
        (_PAGE, evidence.page),
        (_VERSION, evidence.version),
        (_IP, evidence.ip),
        (_BROWSER, evidence.user_agent),
    )
    return [(name, value) for name, value in rows if value]


def _quote(caption: str, words: str, kind: str) -> Html:
    said = tag("blockquote", exact(words), kind=kind) if words else tag("p", "None", kind=kind)
    return tag("figure", tag("figcaption", caption), said)
