"""The words of a segment's text form, each with the place where it stands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.domain.segment.bounds import TEXT_AT_MOST, BadSegment

# Quotes as editors curl them are quotes too.
_TOKEN = re.compile(
    r"""(?P<blank>\s+) | "(?P<straight>(?:[^"\\]|\\.)*)" | “(?P<curly>[^”]*)” """
    r"""| (?P<mark>[(),=]) | (?P<word>[^\s"“”(),=]+)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, mark or quoted value; `at` is its place, counted from 1."""

    text: str
    at: int
    is_quoted: bool = False

    @property
    def word(self) -> str:
        """As a word of the language, whatever its case; "" for a quoted value."""
        return "" if self.is_quoted else self.text.lower()


def tokens_of(text: str) -> list[Token]:
    """The text's tokens. Raises BadSegment for one too long, or with a quote left open."""
    if len(text) > TEXT_AT_MOST:
        raise BadSegment(f"it has {len(text)} characters; at most {TEXT_AT_MOST} are read")
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise BadSegment(f'at character {place + 1}: a quote is left open; close it with "')
        kind, value = found.lastgroup or "", found.group(found.lastgroup or 0)
        if kind == "straight":
            value = _ESCAPED.sub(r"\1", value)
        if kind != "blank":
            yield Token(value, place + 1, is_quoted=kind in ("straight", "curly"))
        place = found.end()
