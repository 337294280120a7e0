"""What a text in people's own words most likely asks for: phrases first, then the model's sums."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sayso.domain.vocabulary import Intent
from sayso.domain.wording import likelihood
from sayso.domain.wording.phrases import (
    DOUBTS,
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
# What texts about texts are made of. Without one of these, or one of the pairs, a text is most
# likely about something else, whatever its other words add up to.
_TOPIC = frozenset(
    "STOP QUIT UNSUB REMOVE SEND TEXT MSG LIST LEGAL CONSENT REVOKE OPT CANCEL END ALONE LOSE"
    " BLOCK DEAD WRONG stopsign angryface anothername".split()
)
# The same for a concept together with one of some others.
_PAIRS: tuple[tuple[str, frozenset[str]], ...] = (
    ("NOT", frozenset("NUMBER PERSON ya sou soy sono suis ako bin".split())),
    ("OFF", frozenset("TAKE ME DONE".split())),
    ("NUMBER", frozenset({"NONE"})),
    ("WANT", frozenset({"THESE"})),
)
# With one of these, high sums are enough; without, they have to be higher still, and whatever may
# be meant for somebody else, or is a threat only, is for a person to look at.
_PLAIN = frozenset("STOP UNSUB REMOVE REVOKE OPT CANCEL END CONSENT LIST".split())
_INDIRECT = frozenset("WRONG DEAD KIN PERSON WHO anothername LEGAL".split())
_UNSAID = 0.8
# English has no need of these words only in a text of a word or two.
_ENGLISH = frozenset(
    "i you u ur the is it to and my your of for in on be im was will have with what when do are so"
    " this that at but if can get go up out we he she they how all am just now did or dont her him"
    " not me a were ive id ill off from only by as got has had been out over there here then than"
    " who why some any one more about into back well good see know think going come today".split()
)
_UNDONE = re.compile(
    r" \^ (?:CANCEL|UNDO|ignore|disregard|reverse) (?:ME|THESE|STOP)? ?(?:STOP|OPT|UNSUB) "
)
_RESUMES = frozenset("UNDO SIGN IN again MISTAKE turn OPT".split())
_SAID = (Intent.STOP, Intent.UNSURE)
# Short of all of these, and of the pairs, there is nothing to weigh.
_ANY_TOPIC = _TOPIC | frozenset("UNDO SIGN again MISTAKE turn HELP WHO DESK NUMBER PERSON".split())
_ANY_PAIRS = (
    *_PAIRS,
    ("TAKE", frozenset({"IN"})),
    ("NOT", frozenset({"MORE"})),
    ("WHAT", frozenset({"THESE", "YOU"})),
    ("know", frozenset({"YOU"})),
    ("THESE", frozenset({"real"})),
)
_CONTRARY = 3.0
# What a text of up to so many words may be an opt-out by, even without a topic of ours.
_BRIEF, _HINTS = 16, frozenset("NOT NONE THESE DONE OUT LEAVE EVER MORE OFF".split())
# A text of so few words has said all it has to say.
_LETTERS, _SHORT, _LONG = 2, 3, 35
# Of a story, so many words at its end are looked at by themselves, a little less trusted.
_STORY, _TAIL, _ASIDE = 18, 12, 0.5
_MARKS = "^|"
# What only may be meant is not, where the other words say so: the longer the text, the sooner.
_WORDY, _VETO, _FAINT = 12, 0.0, -1.3


class Least(NamedTuple):
    """The sums from which on texts of at most so many words are heeded; chosen by measuring.

    The longer a text, the more of it is about something else, and the more its sums are chance.
    """

    words: int
    stop: float
    unsure: float
    elsewhere: float  # unsure without a topic of ours


LEAST = (
    Least(3, 1.7, -0.2, 0.15),
    Least(6, 1.5, -0.3, 0.3),
    Least(10, 1.8, 0.0, 0.35),
    Least(20, 2.0, 0.0, 0.3),
    Least(1000, 99.0, 0.0, 0.5),
)
# Not English: fewer cases to learn from, so more to a person.
_FOREIGN = Least(1000, 1.8, -0.5, 0.3)
_OTHER, _SURELY = -0.2, 1.0


class Verdict(NamedTuple):
    """An intent and the rule that led to it."""

    intent: Intent
    rule: str


NOTHING = Verdict(Intent.NONE, "no rule")


def judge(said: str, tokens: Sequence[str]) -> Verdict:
    """The verdict on a plain text, with its words and clause marks, that is no reserved word."""
    if not said.isascii() and (verdict := _by_script(said)):
        return verdict
    words = [token for token in tokens if token != _BREAK]
    row, meant = _row(tokens)
    concepts = set(meant)
    is_little = len(words) <= _SHORT
    if len(said) <= _LETTERS or not (is_little or _may_be_ours(words, concepts)):
        return NOTHING
    resumes = not concepts.isdisjoint(_RESUMES) or {"WANT", "MORE"} <= concepts
    against = _first(_OTHERWISE, concepts, row)
    phrase = None if against else _first(_OPT_OUTS, concepts, row)
    if phrase and not resumes:
        return _by_phrase(phrase, len(meant))
    sums = _sums(said, words, [one for one in meant if one not in _MARKS])
    if sums.start > max(_OTHER if resumes else _SURELY, sums.stop) or _UNDONE.match(row):
        return Verdict(Intent.START, "asks to begin again: CTIA, an explicit opt-in")
    if phrase:
        return _by_phrase(phrase, len(meant))
    verdict = _by_sums(sums, concepts, against, words)
    if verdict.intent in _SAID or against or sums.stop < (_VETO if len(words) > _WORDY else _FAINT):
        return verdict
    return _by_doubt(row, meant) or verdict


def _by_phrase(phrase: Phrase, length: int) -> Verdict:
    """In a long text, what should not be done may be about something else."""
    if phrase.anchor == "NOT" and length > _LONG:
        return Verdict(Intent.UNSURE, f"{phrase.name}, in a long text: {phrase.source}")
    return Verdict(Intent.STOP, f"{phrase.name}: {phrase.source}")


def _by_doubt(row: str, meant: list[str]) -> Verdict | None:
    """A long story ends with what it is about: only its end is looked at."""
    end = row if len(meant) <= _LONG else f" {' '.join(meant[-_TAIL:])} $ "
    doubt = _first(_DOUBTS, set(meant), end)
    return Verdict(Intent.UNSURE, f"{doubt.name}: {doubt.source}") if doubt else None


def _may_be_ours(words: Sequence[str], concepts: set[str]) -> bool:
    """Whether there is anything to weigh; in languages with few cases, always."""
    return (
        (len(words) <= _BRIEF and not concepts.isdisjoint(_HINTS))
        or not concepts.isdisjoint(_ANY_TOPIC)
        or _have_one(concepts, _ANY_PAIRS)
        or _ENGLISH.isdisjoint(words)
    )


def _have_one(concepts: set[str], pairs: tuple[tuple[str, frozenset[str]], ...]) -> bool:
    for one, others in pairs:
        if one in concepts and not others.isdisjoint(concepts):
            return True
    return False


def _sums(said: str, words: Sequence[str], meant: Sequence[str]) -> likelihood.Sums:
    sums = likelihood.sums(likelihood.features(said, words, meant))
    if len(words) <= _STORY:
        return sums
    at_last = likelihood.sums(likelihood.features(said, words[-_TAIL:], meant[-_TAIL:]))
    return sums._replace(stop=max(sums.stop, at_last.stop - _ASIDE))


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


def _by_sums(
    sums: likelihood.Sums, concepts: set[str], against: Phrase | None, words: Sequence[str]
) -> Verdict:
    least = next(row for row in LEAST if len(words) <= row.words)
    is_english = len(words) == 1 or not _ENGLISH.isdisjoint(words)
    is_on_topic = not concepts.isdisjoint(_TOPIC) or _have_one(concepts, _PAIRS)
    stop = sums.stop - (_CONTRARY if against else 0)
    is_plain = not concepts.isdisjoint(_PLAIN)
    is_clear = is_plain or (is_on_topic and concepts.isdisjoint(_INDIRECT))
    if is_clear and stop >= least.stop + (0 if is_plain else _UNSAID):
        return Verdict(Intent.STOP, "the model: worded like opt-outs")
    enough = least if is_english else _FOREIGN
    if stop >= (enough.unsure if is_on_topic else enough.elsewhere) and sums.stop >= sums.help:
        return Verdict(Intent.UNSURE, "the model: may be an opt-out")
    if sums.help > _OTHER:
        return Verdict(Intent.HELP, "the model: asks who we are or for help")
    return Verdict(Intent.NONE, f"{against.name}: {against.source}" if against else "no rule")


def _row(tokens: Sequence[str]) -> tuple[str, list[str]]:
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
