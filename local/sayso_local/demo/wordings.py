"""How people really text: the shipped cases, and more where a fuller set stands beside them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.domain.understanding import intent_of
from sayso.domain.vocabulary import Intent
from sayso_local.errors import CommandError
from sayso_local.places import PROJECT

_SHIPPED = PROJECT / "tests" / "cases"
_BESIDE = PROJECT.parent / "shared" / "data"
_REPLIES, _SURFACE_FORMS, _ORDINARY = (
    "replies.tsv",
    "stop-surface-forms.tsv",
    "ordinary-texts.txt",
)


@dataclass(frozen=True)
class Wordings:
    """Texts by what a reasonable person would take them for.

    `goodbyes` are the opt-outs that today's rules understand, `chatter` is no opt-out; both keep
    the customers' own spelling.
    """

    goodbyes: tuple[str, ...]
    calls_for_help: tuple[str, ...]
    chatter: tuple[str, ...]


def read_wordings() -> Wordings:
    """The labelled replies, and ordinary texts between people where those are at hand."""
    rows = list(_rows(_REPLIES)) + list(_rows(_SURFACE_FORMS))
    return Wordings(
        goodbyes=_understood(rows, "stop", Intent.STOP),
        calls_for_help=_understood(rows, "help", Intent.HELP),
        chatter=_understood(rows, "none", Intent.NONE) + tuple(_ordinary()),
    )


def _understood(rows: list[dict[str, str]], label: str, intent: Intent) -> tuple[str, ...]:
    texts = dict.fromkeys(row["text"] for row in rows if row["label"] == label)
    return tuple(text for text in texts if intent_of(text) is intent)


def _rows(name: str) -> Iterator[dict[str, str]]:
    for folder in (_BESIDE, _SHIPPED):
        path = folder / name
        if path.exists():
            with path.open(encoding="utf-8", newline="") as file:
                yield from csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            return
    raise CommandError(f"The demo's texts are missing: {_SHIPPED / name}. Restore the checkout.")


def _ordinary() -> Iterator[str]:
    path = _BESIDE / _ORDINARY
    if path.exists():
        lines = path.read_text(encoding="utf-8").splitlines()
        yield from (line for line in lines if line and intent_of(line) is Intent.NONE)
