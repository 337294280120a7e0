"""Claims that an offer is about to end, beside the days on which it holds.

A deadline that is none misleads: FTC Act s. 5 (15 U.S.C. 45); FTC Guides Against Deceptive Pricing,
16 CFR 233.5 (limited offers). As of 2026-11. Phrases are folded, as they are compared.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from sayso.domain.linting.findings import Days
from sayso.domain.text import fold


class Claim(StrEnum):
    """What a phrase says of the offer."""

    LAST_DAY = "its last day is the day it is sent on"
    NEXT_DAY = "its last day is the day after"
    SOON = "it ends within three days"
    HOLDS = "it holds on the day it is sent on"


class Phrase(NamedTuple):
    """A pattern of folded words, what it claims, and in which language."""

    pattern: str
    claim: Claim
    language: str


PHRASES: tuple[Phrase, ...] = (
    Phrase(
        "today only|only today|just today|(?:ends|ending|expires|until|over) (?:today|tonight)"
        "|tonight only|last day|final day|one day only",
        Claim.LAST_DAY,
        "en",
    ),
    Phrase("(?:ends|ending|expires|until|till|through) tomorrow", Claim.NEXT_DAY, "en"),
    Phrase(
        "last chance|final call|final hours|last hours|ends soon|ending soon|almost over|hurry",
        Claim.SOON,
        "en",
    ),
    Phrase("today|tonight", Claim.HOLDS, "en"),
    Phrase(
        "solo hoy|solo por hoy|hoy solamente|solamente hoy|(?:termina|acaba|vence|hasta) hoy"
        "|ultimo dia",
        Claim.LAST_DAY,
        "es",
    ),
    Phrase("(?:termina|acaba|vence|hasta) manana", Claim.NEXT_DAY, "es"),
    Phrase("ultima oportunidad|ultimas horas|apurese|dese prisa", Claim.SOON, "es"),
    Phrase("hoy|esta noche", Claim.HOLDS, "es"),
    Phrase(
        "aujourdhui seulement|seulement aujourdhui|(?:termine|finit|expire) aujourdhui"
        "|dernier jour|ce soir seulement",
        Claim.LAST_DAY,
        "fr",
    ),
    Phrase("(?:termine|finit|expire|jusqua) demain", Claim.NEXT_DAY, "fr"),
    Phrase("derniere chance|dernieres heures|depechez vous", Claim.SOON, "fr"),
    Phrase("aujourdhui|ce soir", Claim.HOLDS, "fr"),
)
# "Ends Friday": words before a weekday that make it the last one.
_UNTIL: Mapping[str, str] = {
    "en": "ends|ending|expires|until|till|thru|through|good through|valid until",
    "es": "termina|acaba|vence|hasta",
    "fr": "termine|finit|expire|jusqua|jusquau",
}
_WEEKDAYS: Mapping[str, tuple[str, ...]] = {
    "en": tuple(
        "mon(?:day)? tue(?:s|sday)? wed(?:nesday)? thu(?:rs|rsday)? fri(?:day)? sat(?:urday)?"
        " sun(?:day)?".split()
    ),
    "es": tuple("lunes martes miercoles jueves viernes sabado domingo".split()),
    "fr": tuple("lundi mardi mercredi jeudi vendredi samedi dimanche".split()),
}
_BETWEEN: Mapping[str, str] = {
    "en": "(?:on |this )?",
    "es": "(?:el |este )?",
    "fr": "(?:ce |a )?",
}
_SOON = timedelta(days=3)


class Doubt(NamedTuple):
    """A phrase that does not fit the days; `is_wrong` where it cannot be true, not just unknown."""

    phrase: str
    message: str
    is_wrong: bool


def doubts_in(text: str, language: str, days: Days, last_day: str = "") -> Iterator[Doubt]:
    """Each claim that the offer's days contradict, or that they say nothing about.

    `last_day` is the offer's end with its date, which is true however far off that day is.
    """
    said = fold(text)
    taken: list[tuple[int, int]] = []
    for phrase in PHRASES:
        if phrase.language != language:
            continue
        for match in re.finditer(rf"\b(?:{phrase.pattern})\b", said):
            if any(start <= match.start() < end for start, end in taken):
                continue  # "today" in "ends today" has been judged
            taken.append(match.span())
            yield from _judged(match[0], phrase.claim, days)
    # A date that is the offer's own leaves no weekday to be taken for the next one of that name.
    dated = rf"\b(?:{_UNTIL.get(language, '')}) {_BETWEEN.get(language, '')}{fold(last_day)}\b"
    yield from _weekdays(re.sub(dated, "", said) if last_day else said, language, days)


def _judged(said: str, claim: Claim, days: Days) -> Iterator[Doubt]:
    if claim is Claim.HOLDS:
        if days.first and days.first > days.sent:
            yield Doubt(said, f'"{said}" is said before the offer holds ({days.first})', True)
        return
    if days.last is None:
        yield Doubt(said, f'"{said}" is said, and the campaign has no valid_until', False)
        return
    is_true = {
        Claim.LAST_DAY: days.last == days.sent,
        Claim.NEXT_DAY: days.last == days.sent + timedelta(days=1),
        Claim.SOON: days.last - days.sent <= _SOON,
    }[claim]
    if not is_true:
        yield Doubt(said, _contradiction(said, days.sent, days.last), True)


def _weekdays(said: str, language: str, days: Days) -> Iterator[Doubt]:
    for number, weekday in enumerate(_WEEKDAYS.get(language, ())):
        pattern = rf"\b(?:{_UNTIL[language]}) {_BETWEEN[language]}(?:{weekday})\b"
        for match in re.finditer(pattern, said):
            if days.last is None:
                yield Doubt(
                    match[0], f'"{match[0]}" is said, and the campaign has no valid_until', False
                )
            elif days.last.weekday() != number or days.last - days.sent >= timedelta(days=7):
                yield Doubt(match[0], _contradiction(match[0], days.sent, days.last), True)


def _contradiction(said: str, sent: date, last: date) -> str:
    return f'"{said}" is said on {sent:%a %Y-%m-%d}, and the offer holds until {last:%a %Y-%m-%d}'
