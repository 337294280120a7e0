"""The texts that the pure functions are timed on: those that the repository ships."""

import csv
from collections.abc import Sequence

from benchmarks.children import ROOT

_CASES = ROOT / "tests" / "cases"
_COLUMN = "text"
# Where no cases are shipped: what customers and shops say, in about the usual proportions.
_SOME = (
    "JOIN DOWNTOWN",
    "join: down-town!",
    "Coffee",
    "HELP",
    "stop",
    "STOP please",
    "please take me off your list",
    "what time do you close on sundays?",
    "Liked “Bluebird Coffee: 2 for 1 lattes today! Reply STOP to end”",
    "no quiero más mensajes",
    "can I stop by at 5 to pick up my order? thx",
    "Bluebird Coffee: you’re in at Bluebird Downtown! Up to 4 msgs/month. ☕",
)


def shipped_texts() -> Sequence[str]:
    """The column `text` of every table in tests/cases, or a dozen texts where there is none."""
    found = [text for path in sorted(_CASES.glob("*.tsv")) for text in _column(path.read_text())]
    return found or _SOME


def _column(table: str) -> list[str]:
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [row[_COLUMN] for row in rows if row.get(_COLUMN)]
