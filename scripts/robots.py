"""Write functions/sayso/domain/robots_table.py: how programs that open links name themselves.

The source is the `crawler-user-agents` package, whose data takes half a megabyte and, as one
expression, half a millisecond a request. Nearly all of its patterns are plain text: those are
looked for as such. Run it again when the package has moved: a test fails until then.
"""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path

import crawleruseragents  # type: ignore[import-untyped]

PACKAGE = "crawler-user-agents"
TARGET = Path(__file__).resolve().parents[1] / "functions" / "sayso" / "domain" / "robots_table.py"
# Patterns of the package that are people: the browsers inside Meta's apps ("in-app browser"), and
# the build of Android 15 that millions of phones have.
PEOPLE = frozenset({"MetaIAB Facebook", r"AP3A\.240617\.008"})
_SPECIAL = re.compile(r"(?<!\\)[.^$*+?()\[\]{}|]|\\[A-Za-z0-9]")
_HEADER = '''"""How programs that open links name themselves; written by scripts/robots.py.

Source: {package} {version} (MIT). One name a line; PATTERNS are regular expressions.
"""
'''


def table() -> str:
    """The module's text."""
    every = [row["pattern"] for row in crawleruseragents.CRAWLER_USER_AGENTS_DATA]
    patterns = sorted(re.sub(r" $", r"\\x20", one) for one in set(every) - PEOPLE)
    plain = {one: re.sub(r"\\(.)", r"\1", one) for one in patterns if not _SPECIAL.search(one)}
    return "\n".join(
        [
            _HEADER.format(package=PACKAGE, version=version(PACKAGE)),
            _constant("NAMES", _needed(set(plain.values()))),
            _constant("PATTERNS", [one for one in patterns if one not in plain]),
        ]
    )


def _needed(names: set[str]) -> list[str]:
    """The names without those that hold another one, and so are found by it."""
    return sorted(one for one in names if not any(other in one for other in names if other != one))


def _constant(name: str, rows: list[str]) -> str:
    body = "\n".join(rows)
    return f'{name} = r"""\n{body}\n"""\n'


def main() -> None:
    TARGET.write_text(table())


if __name__ == "__main__":
    main()
