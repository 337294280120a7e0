"""What a text means: reserved words first, then opt-outs in people's own words, then keywords."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import dropwhile
from typing import TYPE_CHECKING

from sayso.domain.catalog import Catalog, Keyword, KeywordAction, Location
from sayso.domain.preference_words import is_command, place_in
from sayso.domain.text import fold, within_edits
from sayso.domain.vocabulary import (
    AT_THE_COUNTER,
    EVERYDAY,
    MISTYPED,
    OFFERS,
    WORDS,
    Intent,
    Word,
)
from sayso.domain.wording.lexicon import FACES, POLITE
from sayso.domain.wording.quoting import own_words
from sayso.domain.wording.spelling import CLAUSE_END, plain, tokens_of
from sayso.domain.wording.verdict import NOTHING, judge

if TYPE_CHECKING:
    from sayso.domain.nearest import Nearby

_WORDS = {word.words: word for word in WORDS}
_NO_SHOP = Catalog(program=None)
_JOINS = frozenset(word.words for word in WORDS if word.intent is Intent.JOIN)
_MOVES = frozenset(word.words for word in WORDS if word.intent is Intent.MOVE)
_CHOICES = (Intent.PAUSE, Intent.LESS, Intent.MORE, Intent.WHEN, Intent.MOVE)
_SETS = frozenset(word.words for word in WORDS if word.intent in _CHOICES)
# What a preference is about, said or not: "less texts please", "pausa los mensajes".
_OUR_TEXTS = POLITE | frozenset(
    "text texts message messages msgs msg txts sms my your these alerts deals offers promos"
    " coupons mensajes textos ofertas promociones mis sus tus de offres mes vos".split()
)
_BRIEF = 4
_AROUND = POLITE | FACES | {"you"}
_LONGEST_WHOLE, _LONGEST_CORE = 14, 4
_SHORTEST = 4
# What comes before a friend's code in a JOIN.
_FROM = frozenset({"from", "de", "par"})
_DRAWN_OUT = re.compile(r"(.)\1+")
_DRAWN = {_DRAWN_OUT.sub(r"\1", word.words): word for word in WORDS}
_ZIP, _ZIP_AND_FOUR = 5, 9
_LEET = str.maketrans("0134578", "oieastb")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text was understood to ask for, and the rule that says so.

    `unplaced` holds the words after a JOIN that name no location of the shop, `near` what the ZIP
    code in a JOIN or MOVE means: if a store, it is the `location`. `is_inferred` where no reserved
    word or keyword says it, but the person's own wording. `code` is the one of a coupon as it was
    entered, or in a JOIN that of the friend who sent them; `amount` is a sale in millionths of a
    dollar.
    """

    intent: Intent
    rule: str
    keyword: Keyword | None = None
    location: Location | None = None
    unplaced: str = ""
    is_inferred: bool = False
    code: str = ""
    amount: int | None = None
    near: "Nearby | None" = None

    @property
    def is_sure(self) -> bool:
        """False where a newer catalog might explain what this one does not."""
        return self.intent is not Intent.NONE and not self.unplaced


def understand(body: str, catalog: Catalog, *, is_staff: bool = False) -> Reading:
    """The reading of a customer's text. Opt-outs win over everything that a marketer defines.

    Where it comes from staff, it may be a code of any kind, or take one back.
    """
    own, left_out = own_words(body)
    said = plain(own)
    tokens = tokens_of(said)
    words = [token for token in tokens if token != CLAUSE_END]
    if not words:
        return Reading(Intent.NONE, left_out or "no words")
    reserved = _reserved(words, own, catalog)
    known = reserved or _at_the_counter(words, own, catalog, is_staff=is_staff)
    if known:
        return known
    keyword = catalog.keyword(words[0])
    is_join = words[0] in _JOINS
    # The sign's own words, as most people text them, leave nothing to weigh.
    is_advertised = is_join and catalog.is_spelled("".join(words[1:]))
    verdict = NOTHING if is_advertised else judge(said, tokens)
    is_doubtful = verdict.intent is Intent.UNSURE and not _is_brief(keyword, is_join, words)
    if verdict.intent is Intent.STOP or is_doubtful:
        return Reading(verdict.intent, verdict.rule, is_inferred=True)
    if keyword and keyword.action is not KeywordAction.JOIN:
        return Reading(Intent.KEYWORD, f"keyword {keyword.word}", keyword)
    if keyword or is_join:
        return _joining(fold(own).partition(" ")[2], keyword, catalog)
    return Reading(verdict.intent, verdict.rule, is_inferred=True)


def _at_the_counter(
    words: list[str], own: str, catalog: Catalog, *, is_staff: bool
) -> Reading | None:
    """What is no everyday sentence: a code of ours, or what staff enter."""
    if " ".join(words) in OFFERS and not catalog.keyword(words[0]):
        return Reading(Intent.OFFERS, "OFFERS")
    if words[0] not in AT_THE_COUNTER:
        return None
    from sayso.domain.counter_words import (  # noqa: PLC0415 (hardly any text needs it)
        RULE,
        entered,
        entered_by_staff,
    )

    entry = entered(own)
    if entry is None and is_staff and not _may_end(words, own):
        entry = entered_by_staff(own)
    return Reading(entry.intent, RULE, code=entry.typed, amount=entry.amount) if entry else None


def _may_end(words: list[str], own: str) -> bool:
    """Whether staff may mean an opt-out: of a till's own code the model can make anything."""
    said = plain(own)
    is_reserved_word = any(word in _WORDS for word in words[1:])
    return is_reserved_word or judge(said, tokens_of(said)).intent is Intent.STOP


def intent_of(body: str) -> Intent:
    """The intent of a text at a shop that has defined nothing."""
    return understand(body, _NO_SHOP).intent


def is_reserved(word: str) -> str | None:
    """Why a marketer may not define this word, or None if they may. JOIN may be defined."""
    found = _WORDS.get(fold(word))
    if found is None or found.intent is Intent.JOIN:
        return None
    return f"{word.upper()} always means {found.intent.value} ({found.source})"


def _joining(rest: str, keyword: Keyword | None, catalog: Catalog) -> Reading:
    said = " ".join(word for word in rest.split() if word not in POLITE)
    said, friend = _sent_by(said)
    rest = said if friend else rest
    if code := _zip_in(rest):
        reading = Reading(Intent.JOIN, _rule(keyword), keyword, code=friend)
        return _near(code, rest, reading, catalog)
    # A store's own name may hold such a word (Thanks Deli), so the whole is looked at first.
    location = catalog.named_in(rest) or catalog.named_in(said) if said else None
    unplaced = "" if location else said
    if location is None and not unplaced and keyword and keyword.location:
        location = catalog.location(keyword.location)
    return Reading(Intent.JOIN, _rule(keyword), keyword, location, unplaced, code=friend)


def _sent_by(said: str) -> tuple[str, str]:
    """The words after a JOIN without the friend's code in them, and that code, if there is one."""
    if _FROM.isdisjoint(said.split()):
        return said, ""
    from sayso.domain.counter_words import sent_by  # noqa: PLC0415 (hardly any JOIN needs it)

    code, others = sent_by(said) or ("", said)
    return others, code


def _rule(keyword: Keyword | None) -> str:
    return f"keyword {keyword.word if keyword else 'JOIN'}"


def _zip_in(said: str) -> str:
    """The one ZIP code, with or without its four further digits, in folded words; else ""."""
    if said.isalpha():
        return ""
    codes = {
        word[:_ZIP]
        for word in said.split()
        if len(word) in (_ZIP, _ZIP_AND_FOUR) and word.isascii() and word.isdigit()
    }
    return codes.pop() if len(codes) == 1 else ""


def _near(code: str, said: str, reading: Reading, catalog: Catalog) -> Reading:
    """The reading of a JOIN or MOVE with a ZIP code in it; a store that it names goes before.

    A store may be called by those very digits, but never by others like them.
    """
    # Most people never send one: only who does pays for the map.
    from sayso.domain.nearest import near  # noqa: PLC0415

    found = near(code, catalog.locations)
    others = " ".join(word for word in said.split() if not word.startswith(code))
    named = catalog.spelled_in(said) or (catalog.named_in(others) if others else None)
    store = named or found.store
    return replace(
        reading,
        rule=f"{reading.rule}, ZIP code: {'store named' if named else found.found}",
        location=store,
        unplaced="" if store else said,
        near=found,
    )


def _reserved(words: list[str], own: str, catalog: Catalog) -> Reading | None:
    """The reading of a text that is a reserved word, or one with its argument; not of a JOIN."""
    word = _whole(words)
    if word and word.intent is not Intent.JOIN:
        return _by_word(word)
    if _SETS.isdisjoint(words[:_BRIEF]):
        return None
    words = [*dropwhile(POLITE.__contains__, words)]
    named = " ".join(word for word in words if word not in _OUR_TEXTS)
    if named in _SETS:
        return _by_word(_WORDS[named])
    if is_command(words):
        return _by_word(_WORDS[words[0]])
    if words[0] in _MOVES and 1 < len(words) <= _BRIEF:
        return _moving(_by_word(_WORDS[words[0]]), place_in(own), catalog)
    return None


def _moving(move: Reading, place: str, catalog: Catalog) -> Reading | None:
    """The reading of a short MOVE, if it names a store or a ZIP code."""
    if code := _zip_in(place):
        return _near(code, place, move, catalog)
    store = catalog.named_in(place)
    return replace(move, location=store) if store else None


def _is_brief(keyword: Keyword | None, is_join: bool, words: list[str]) -> bool:
    """Whether a text is an advertised word with little more than the name of a store."""
    return (is_join or keyword is not None) and len(words) <= _BRIEF


def _whole(words: list[str]) -> Word | None:
    """The reserved word that the text is: polite words aside, repeated, spelled, or mistyped."""
    if len(words) > _LONGEST_WHOLE:
        return None
    core = [word for word in words if word not in _AROUND] or words
    if len(set(core)) > _LONGEST_CORE and len(words[0]) > 1:
        return None
    forms = [words, core, ["".join(words)], core[:1] if len(set(core)) == 1 else []]
    found = next((_WORDS[said] for form in forms if (said := " ".join(form)) in _WORDS), None)
    if found is None and len(core) == 2 and core[1] == "me":
        return _mistyped("".join(core))
    return found or (_mistyped(core[0]) if len(core) == 1 else None)


@lru_cache(maxsize=1024)
def _mistyped(word: str) -> Word | None:
    """The short reserved word that stands alone a slip away from what was typed."""
    once = _DRAWN.get(_DRAWN_OUT.sub(r"\1", word)) or _WORDS.get(word.translate(_LEET))
    if once or len(word) < _SHORTEST or word in EVERYDAY or not word.isalpha():
        return once
    near = [_WORDS[meant] for meant in MISTYPED if within_edits(word, meant, 1)]
    return near[0] if near and len({one.intent for one in near}) == 1 else None


def _by_word(word: Word) -> Reading:
    return Reading(word.intent, f"{word.words.upper()}: {word.source}")
