"""Why the model says what it says: the heaviest of what it looked at, for people who ask."""

from collections.abc import Sequence
from dataclasses import replace

from sayso.domain.catalog import Catalog
from sayso.domain.understanding import Reading, understand
from sayso.domain.vocabulary import Intent
from sayso.domain.wording import likelihood
from sayso.domain.wording.bounds import BEGUN, HELPED, SURELY, Bounds, bounds
from sayso.domain.wording.likelihood import Feature, name_of
from sayso.domain.wording.quoting import own_words
from sayso.domain.wording.spelling import CLAUSE_END, plain, tokens_of
from sayso.domain.wording.topics import may_resume
from sayso.domain.wording.verdict import (
    ASIDE,
    MODEL,
    NO_RULE,
    against_it,
    concepts_of,
    looked_at,
)

_COLUMNS = {Intent.HELP: "help", Intent.START: "start"}
_NAMED = 4
_LENGTHS = {"#1": "one word", "#2": "two words", "#4": "3 or 4 words", "#more": "5 or more words"}


def explained(body: str, catalog: Catalog) -> Reading:
    """As `understand`; where the model decided, the rule says what weighed most, as it counted.

    `the model: may be an opt-out (NOT+SEND +1.9, MSG +0.8; sum 3.1 >= 2.6)`
    """
    reading = understand(body, catalog)
    if not reading.rule.startswith((MODEL, NO_RULE)):
        return reading
    said = plain(own_words(body)[0])
    return replace(reading, rule=f"{reading.rule} ({_evidence(said, tokens_of(said), reading)})")


def _evidence(said: str, tokens: Sequence[str], reading: Reading) -> str:
    words = [token for token in tokens if token != CLAUSE_END]
    row, meant = concepts_of(tokens)
    concepts = set(meant)
    least = bounds(words, concepts, against_it(concepts, row) is not None)
    column = _COLUMNS.get(reading.intent, "stop")
    total, found = _heaviest(looked_at(said, words, meant), column)
    needed = _needed(reading.intent, least, concepts)
    named = ", ".join(f"{_shown(one)} {weight:+.1f}" for one, weight in found[:_NAMED])
    return f"{named}; sum {total:.1f} {'>=' if total >= needed else '<'} {needed:.1f}"


def _heaviest(parts: list[set[Feature]], column: str) -> tuple[float, list[tuple[Feature, float]]]:
    """The sum that decided, of the whole text or of its end, and what it is made of."""
    sums = [getattr(likelihood.sums(part), column) for part in parts]
    if column == "stop":
        sums = [sums[0], *(one - ASIDE for one in sums[1:])]
    place = sums.index(max(sums)) if column == "stop" else 0
    found = likelihood.counted(parts[place], likelihood.Sums._fields.index(column))
    return sums[place], sorted(found.items(), key=lambda one: (-abs(one[1]), name_of(one[0])))


def _needed(intent: Intent, least: Bounds, concepts: set[str]) -> float:
    if intent is Intent.STOP:
        return least.stop
    if intent is Intent.HELP:
        return HELPED
    if intent is Intent.START:
        return BEGUN if may_resume(concepts) else SURELY
    return least.unsure


def _shown(feature: Feature) -> str:
    name = name_of(feature)
    return _LENGTHS.get(name, name)
