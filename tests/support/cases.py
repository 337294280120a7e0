"""Cases that are kept as tables, one a line, in `tests/cases`."""

import csv
from pathlib import Path

CASES = Path(__file__).resolve().parents[1] / "cases"


def table(name: str) -> list[dict[str, str]]:
    """The rows of `tests/cases/<name>.tsv`, by column; quotes in a text are the customer's own."""
    with (CASES / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
