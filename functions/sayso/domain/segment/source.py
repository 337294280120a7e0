"""A segment's text as it is read, token by token."""

from collections.abc import Iterable

from sayso.domain.segment.bounds import BadSegment, quoted, suggestion
from sayso.domain.segment.tokens import Token, tokens_of

_COMBINING = frozenset({"and", "or", "not"})
_MARKS = frozenset("(),=")
_WHENS = frozenset({"within", "over", "before", "since", "after", "is"})


class Source:
    """What has not been read yet. Raises BadSegment where it is something else than expected."""

    def __init__(self, text: str) -> None:
        self._tokens = tokens_of(text)
        self._end = Token("", len(text) + 1)
        self._next = 0

    @property
    def is_at_end(self) -> bool:
        return self._next == len(self._tokens)

    @property
    def word(self) -> str:
        """The next token as a word of the language; "" for a value and at the end."""
        return self._ahead(0).word

    @property
    def shown(self) -> str:
        return "the end" if self.is_at_end else quoted(self._ahead(0).text)

    @property
    def is_note(self) -> bool:
        """Whether what follows compares a note of the shop's by its bare name."""
        if self._ahead(0).is_quoted or self.word in _MARKS:
            return False
        is_compared = self._ahead(1).word == "=" and not self.is_at_end
        return is_compared or self.says_is_known

    @property
    def says_is_known(self) -> bool:
        return self._ahead(1).word == "is" and self._ahead(2).word in ("known", "unknown")

    @property
    def names_after_visited(self) -> bool:
        """Whether a value follows the next word, and not when that happened."""
        token = self._ahead(1)
        return token is not self._end and token.word not in (*_WHENS, *_COMBINING, *_MARKS)

    def take(self, *words: str) -> str:
        """The next word if it is one of these, which is read then; else ""."""
        word = self.word
        if word not in words or self.is_at_end:
            return ""
        self._next += 1
        return word

    def expect(self, word: str, otherwise: str) -> None:
        if not self.take(word):
            raise self.fault(otherwise)

    def text(self, what: str) -> str:
        """The next token, a word or a quoted value; `what` says what is wanted."""
        token = self._ahead(0)
        is_value = token.is_quoted or not (token.word in _MARKS or token.word in _COMBINING)
        if self.is_at_end or not is_value:
            raise self.fault(f"{what} is missing before {self.shown}")
        self._next += 1
        return token.text

    def list(self, what: str) -> list[str]:
        """One or more values with commas between them."""
        found = [self.text(what)]
        while self.take(","):
            found.append(self.text(what))
        return found

    @property
    def place(self) -> int:
        """Where the next token stands, counted from 1."""
        return self._ahead(0).at

    def fault(self, detail: str, place: int | None = None) -> BadSegment:
        """What to raise about the next token, or about the one at this place."""
        return BadSegment(f"at character {place or self.place}: {detail}")

    def unknown(self, what: str, known: Iterable[str]) -> BadSegment:
        """What to raise where the next token is none of those that are known."""
        names = list(known)
        guess = suggestion(self._ahead(0).text, names) or f"; there are {', '.join(names)}"
        return self.fault(f"there is no {what} {self.shown}{guess}")

    def _ahead(self, count: int) -> Token:
        place = self._next + count
        return self._tokens[place] if place < len(self._tokens) else self._end
