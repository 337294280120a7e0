"""What is texted from the counter: USE and a code, UNDO. And OFFERS, for anybody. Pure.

"Use" and "redeem" are everyday words: of a customer's text they count only before a code of ours,
with nothing else beside it. Staff may also enter a word that all share, or the till's own code.
"""

import re
from dataclasses import dataclass

from sayso.domain.codes import bare, parsed
from sayso.domain.vocabulary import Intent
from sayso.domain.wording.lexicon import POLITE

RULE = "at the counter"
_INTENTS = {"use": Intent.USE, "redeem": Intent.USE, "undo": Intent.UNDO}
_AMOUNT = re.compile(r"\$?(\d{1,6})(?:[.,](\d{1,2}))?")
_CODE = re.compile(r"[A-Za-z0-9\-_.]{1,40}")
# A code comes in pieces of any size, and a word that staff enter in two at most: more is talk.
_PIECES, _PIECES_OF_A_WORD = 4, 2
_CENT = 10_000
# What people end a word with that is no part of it.
_MARKS = ".:,!"
# How people say whose code brought them, in a JOIN: "join from K7P4-XQ9M", "join downtown from …".
_FROM = re.compile(r"(?:^|(?P<store>.*) )(?:from|de parte de|de|par) (?P<code>(?:\w+ ?){1,4})$")


@dataclass(frozen=True, slots=True)
class Entry:
    """What was entered: a code as it was typed, "" for none, and a sale in millionths."""

    intent: Intent
    typed: str = ""
    amount: int | None = None


def entered(body: str) -> Entry | None:
    """A USE with one of our codes, and perhaps an amount; None for whatever else is said."""
    entry = _entry(body)
    return entry if entry and entry.intent is Intent.USE and parsed(entry.typed) else None


def entered_by_staff(body: str) -> Entry | None:
    """A USE with a code of any kind, or an UNDO, alone or with one."""
    entry = _entry(body)
    if entry is None or (entry.intent is Intent.USE and not entry.typed):
        return None
    return entry


def amount_of(text: str) -> int | None:
    """`23.50`, `$23.5`, `23,50` or `23` in millionths of a dollar; None for what is no amount."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return None
    cents = (found[2] or "").ljust(2, "0")
    return (int(found[1]) * 100 + int(cents)) * _CENT


def sent_by(said: str) -> tuple[str, str] | None:
    """The code in the folded words after a JOIN, and the words before it; None without one."""
    found = _FROM.fullmatch(said)
    code = parsed(found["code"]) if found else None
    return (code, found["store"] or "") if found and code else None


def _entry(body: str) -> Entry | None:
    verb, *words = body.split() or [""]
    intent = _INTENTS.get(verb.strip(_MARKS).lower())
    said = [word for one in words if (word := one.strip(_MARKS)).lower() not in POLITE]
    if intent is None or len(said) > _PIECES + 1:
        return None
    words, amount = _without_amount(said)
    typed = bare(" ".join(words))
    is_talk = not parsed(typed) and len(words) > _PIECES_OF_A_WORD
    if is_talk or (typed and not _CODE.fullmatch(typed)):
        return None
    return Entry(intent, typed, amount)


def _without_amount(words: list[str]) -> tuple[list[str], int | None]:
    """What is a code as a whole has no amount; else the last word may be one."""
    if parsed("".join(words)) or len(words) < 2:
        return words, None
    amount = amount_of(words[-1])
    return (words, None) if amount is None else (words[:-1], amount)
