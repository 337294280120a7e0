"""What a text means. First cut: reserved words, the shop's keywords and common opt-out phrases.

The full consent engine replaces `intent_of`; everything else asks only for a Reading.
"""

import re
from dataclasses import dataclass

from sayso.domain.catalog import Catalog, Keyword, KeywordAction, Location
from sayso.domain.text import fold
from sayso.domain.vocabulary import (
    NOT_OPT_OUT_PHRASES,
    OPT_OUT_PHRASES,
    POLITE,
    TAPBACKS,
    WORDS,
    Intent,
    Word,
)

_WORDS = {word.words: word for word in WORDS}
_LONGEST = max(len(words.split()) for words in _WORDS)
_OPT_OUTS = [(re.compile(phrase.pattern), phrase) for phrase in OPT_OUT_PHRASES]
_NOT_OPT_OUTS = [(re.compile(phrase.pattern), phrase) for phrase in NOT_OPT_OUT_PHRASES]
_QUOTES = ("\u201c", '"', "\u00ab", "\u201e", "\u201d")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text was understood to ask for, and the rule that says so.

    `unplaced` holds the words after a JOIN that name no location of the shop.
    """

    intent: Intent
    rule: str
    keyword: Keyword | None = None
    location: Location | None = None
    unplaced: str = ""

    @property
    def is_sure(self) -> bool:
        """False where a newer catalog might explain what this one does not."""
        return self.intent is not Intent.NONE and not self.unplaced


def understand(body: str, catalog: Catalog) -> Reading:
    """The reading of a customer's text. Opt-outs win over everything that a marketer defines."""
    folded = fold(body)
    reserved = _reserved(body, folded)
    if reserved and reserved.intent is not Intent.JOIN:
        return reserved
    first, _, rest = folded.partition(" ")
    keyword = catalog.keyword(first)
    if keyword and keyword.action is not KeywordAction.JOIN:
        return Reading(Intent.KEYWORD, f"keyword {keyword.word}", keyword)
    if keyword or reserved:
        return _joining(rest, keyword, catalog)
    return Reading(Intent.NONE, "no rule")


def intent_of(body: str) -> Intent:
    """The intent of a text at a shop that has defined nothing."""
    return understand(body, Catalog(program=None)).intent


def is_reserved(word: str) -> str | None:
    """Why a marketer may not define this word, or None if they may. JOIN may be defined."""
    found = _WORDS.get(fold(word))
    if found is None or found.intent is Intent.JOIN:
        return None
    return f"{word.upper()} always means {found.intent.value} ({found.source})"


def _joining(rest: str, keyword: Keyword | None, catalog: Catalog) -> Reading:
    said = " ".join(word for word in rest.split() if word not in POLITE)
    # A store's own name may hold such a word (Thanks Deli), so the whole is looked at first.
    location = catalog.named_in(rest) or catalog.named_in(said) if said else None
    unplaced = "" if location else said
    if location is None and not unplaced and keyword and keyword.location:
        location = catalog.location(keyword.location)
    rule = f"keyword {keyword.word if keyword else 'JOIN'}"
    return Reading(Intent.JOIN, rule, keyword, location, unplaced)


def _reserved(body: str, folded: str) -> Reading | None:
    """The reading by the words that mean the same on every short code, if one of them applies."""
    if _is_tapback(body, folded):
        return Reading(Intent.NONE, "a reaction that quotes our own text")
    words = folded.split()
    word = _whole(words) or _leading(words)
    opt_out = None if _is_about_something_else(folded) else _opt_out(word, folded)
    if opt_out or word is None or word.intent is Intent.STOP:
        return opt_out
    return _by_word(word)


def _whole(words: list[str]) -> Word | None:
    """The reserved word that the text is: polite words aside, repeated, or spelled S T O P."""
    core = [word for word in words if word not in POLITE] or words
    forms = [words, core, ["".join(words)], core[:1] if len(set(core)) == 1 else []]
    return next((_WORDS[said] for form in forms if (said := " ".join(form)) in _WORDS), None)


def _leading(words: list[str]) -> Word | None:
    """The reserved word that the text begins with, if it is one that counts there."""
    for length in range(_LONGEST, 0, -1):
        word = _WORDS.get(" ".join(words[:length]))
        if word and word.strong:
            return word
    return None


def _by_word(word: Word) -> Reading:
    return Reading(word.intent, f"{word.words.upper()}: {word.source}")


def _opt_out(word: Word | None, folded: str) -> Reading | None:
    """An opt-out by word or phrase; "HELP, stop texting me" is one too, whatever comes first."""
    if word and word.intent is Intent.STOP:
        return _by_word(word)
    for pattern, phrase in _OPT_OUTS:
        if pattern.search(folded):
            return Reading(Intent.STOP, phrase.source)
    return None


def _is_about_something_else(folded: str) -> bool:
    return any(pattern.search(folded) for pattern, _ in _NOT_OPT_OUTS)


def _is_tapback(body: str, folded: str) -> bool:
    return any(mark in body for mark in _QUOTES) and folded.startswith(TAPBACKS)
