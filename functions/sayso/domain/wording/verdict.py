"""What a text in people's own words most likely asks for: phrases first, then the model's sums."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sayso.domain.vocabulary import Intent
from sayso.domain.wording import likelihood, topics
from sayso.domain.wording.bounds import (
    BEGUN,
    DOUBTFUL,
    HELPED,
    LOWEST,
    NEVER,
    SURELY,
    UNREACHED,
    Bounds,
    bounds,
    veto,
)
from sayso.domain.wording.phrases import (
    DOUBTS,
    FCC,
    OPT_OUTS,
    OTHERWISE,
    SCRIPTS,
    SCRIPTS_OTHERWISE,
    SCRIPTS_UNSURE,
    Phrase,
    by_anchor,
    matcher,
)
from sayso.domain.wording.spelling import CLAUSE_END as _BREAK
from sayso.domain.wording.spelling import concept_of

_OPT_OUTS, _OTHERWISE = by_anchor(OPT_OUTS), by_anchor(OTHERWISE)
_DOUBTS = by_anchor(DOUBTS)
_SCRIPTS, _SCRIPTS_UNSURE = by_anchor(SCRIPTS), by_anchor(SCRIPTS_UNSURE)
_CHINESE, _KOREAN = re.compile("[\u4e00-\u9fff]"), re.compile("[\uac00-\ud7a3]")
_UNDONE = re.compile(
    r" \^ (?:CANCEL|UNDO|ignore|disregard|reverse) (?:ME|THESE|STOP)? ?(?:STOP|OPT|UNSUB) "
)
_SAID = (Intent.STOP, Intent.UNSURE)
# A text of so few words has said all it has to say.
_LETTERS, _SHORT, _LONG = 2, 3, 35
# Of a story, so many words at its end are looked at by themselves, a little less trusted.
_STORY, _TAIL, ASIDE = 18, 12, 0.5
_MARKS = "^|"


class Verdict(NamedTuple):
    """An intent and the rule that led to it."""

    intent: Intent
    rule: str


MODEL, NO_RULE = "the model", "no rule"
NOTHING = Verdict(Intent.NONE, NO_RULE)


def judge(said: str, tokens: Sequence[str]) -> Verdict:
    """The verdict on a plain text, with its words and clause marks, that is no reserved word."""
    by_script = None if said.isascii() else _by_script(said)
    return by_script or _by_words(said, tokens)


def _by_words(said: str, tokens: Sequence[str]) -> Verdict:
    words = [token for token in tokens if token != _BREAK]
    row, meant = concepts_of(tokens)
    concepts = set(meant)
    is_little = len(words) <= _SHORT
    if len(said) <= _LETTERS or not (is_little or topics.may_be_ours(words, concepts)):
        return NOTHING
    resumes = topics.may_resume(concepts)
    against = against_it(concepts, row)
    phrase = None if against else _first(_OPT_OUTS, concepts, row)
    sums = _sums(said, words, meant)
    least = NEVER if "CANCEL" in concepts else BEGUN if resumes else SURELY
    if (resumes or not phrase) and (begins := _by_start(sums, row, least)):
        return begins
    if phrase:
        return _by_phrase(phrase, len(meant), sums.stop)
    is_low = sums.stop < LOWEST
    bound = UNREACHED if is_low else bounds(words, concepts, against is not None)
    verdict = _by_sums(sums, bound, against)
    if verdict.intent in _SAID or against or sums.stop < veto(words):
        return verdict
    return _by_doubt(row, meant) or verdict


def against_it(concepts: set[str], row: str) -> Phrase | None:
    """What holds against an opt-out, whatever else the text says."""
    return _first(_OTHERWISE, concepts, row)


def _by_start(sums: likelihood.Sums, row: str, least: float) -> Verdict | None:
    if _UNDONE.match(row):
        return Verdict(Intent.START, "takes back an opt-out: CTIA, an explicit opt-in")
    if sums.start > max(least, sums.stop):
        return Verdict(Intent.START, f"{MODEL}: asks to begin, or to begin again")
    return None


def _by_phrase(phrase: Phrase, length: int, stop: float) -> Verdict:
    """In a long text, what should not be done may be about something else."""
    if phrase.anchor == "NOT" and length > _LONG:
        return Verdict(Intent.UNSURE, f"{phrase.name}, in a long text: {phrase.source}")
    if stop < DOUBTFUL and phrase.source != FCC:
        return Verdict(Intent.UNSURE, f"{phrase.name}, but said otherwise: {phrase.source}")
    return Verdict(Intent.STOP, f"{phrase.name}: {phrase.source}")


def _by_doubt(row: str, meant: list[str]) -> Verdict | None:
    """A long story ends with what it is about: only its end is looked at."""
    end = row if len(meant) <= _LONG else f" {' '.join(meant[-_TAIL:])} $ "
    doubt = _first(_DOUBTS, set(meant), end)
    return Verdict(Intent.UNSURE, f"{doubt.name}: {doubt.source}") if doubt else None


def _sums(said: str, words: Sequence[str], meant: Sequence[str]) -> likelihood.Sums:
    whole, *ends = looked_at(said, words, meant)
    sums = likelihood.sums(whole)
    for end in ends:
        at_last = likelihood.sums(end)
        sums = sums._replace(stop=max(sums.stop, at_last.stop - ASIDE))
    return sums


def looked_at(
    said: str, words: Sequence[str], meant: Sequence[str]
) -> list[set[likelihood.Feature]]:
    """What the model looks at: the whole text, and of a story its end by itself too."""
    meant = [one for one in meant if one not in _MARKS]
    whole = likelihood.features(said, words, meant)
    if len(words) <= _STORY:
        return [whole]
    return [whole, likelihood.features(said, words[-_TAIL:], meant[-_TAIL:])]


def _by_script(said: str) -> Verdict | None:
    script = "zh" if _CHINESE.search(said) else "ko" if _KOREAN.search(said) else ""
    if not script or SCRIPTS_OTHERWISE.search(said):
        return None
    text = said.strip()
    if phrase := _first(_SCRIPTS, {script}, text):
        return Verdict(Intent.STOP, f"{phrase.name}: {phrase.source}")
    if phrase := _first(_SCRIPTS_UNSURE, {script}, text):
        return Verdict(Intent.UNSURE, f"{phrase.name}: {phrase.source}")
    return None


def _by_sums(sums: likelihood.Sums, least: Bounds, against: Phrase | None) -> Verdict:
    if sums.stop >= least.stop:
        return Verdict(Intent.STOP, f"{MODEL}: worded like opt-outs")
    if sums.stop >= least.unsure and sums.stop >= sums.help:
        return Verdict(Intent.UNSURE, f"{MODEL}: may be an opt-out")
    if sums.help > HELPED:
        return Verdict(Intent.HELP, f"{MODEL}: asks who we are or for help")
    return Verdict(Intent.NONE, f"{against.name}: {against.source}") if against else NOTHING


def concepts_of(tokens: Sequence[str]) -> tuple[str, list[str]]:
    """The row of concepts that the phrases look at, clauses marked, and the concepts alone."""
    row = ["^"]
    for concept in filter(None, map(concept_of, tokens)):
        if concept != _BREAK or row[-1] not in _MARKS:
            row.append(concept)
    if row[-1] == _BREAK:
        row.pop()
    return f" {' '.join(row)} $ ", row


def _first(table: dict[str, list[Phrase]], concepts: set[str], row: str) -> Phrase | None:
    if table.keys().isdisjoint(concepts):
        return None
    for anchor, rows in table.items():
        if anchor in concepts:
            for phrase in rows:
                if matcher(phrase.pattern).search(row):
                    return phrase
    return None
