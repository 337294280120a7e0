"""What stands after a preference word: PAUSE 2 WEEKS, WHEN 10-14, MOVE UPTOWN. Pure.

In English, Spanish and French. Only these forms make a command of a longer text: an everyday
sentence that begins with such a word ("when do you open") asks for something else.
"""

import re
from datetime import time, timedelta
from itertools import dropwhile, pairwise
from typing import NamedTuple

from sayso.domain.preference import Preference
from sayso.domain.text import fold
from sayso.domain.vocabulary import WORDS, Intent
from sayso.domain.wording.lexicon import POLITE

PAUSE_FOR = timedelta(days=30)
_LONGEST_PAUSE = timedelta(days=366)


class Hours(NamedTuple):
    """Hours of the day on the recipient's clock; None for the day's start or end."""

    opens: time | None = None
    closes: time | None = None


MORNING, AFTERNOON, EVENING = (
    Hours(time(8), time(12)),
    Hours(time(12), time(17)),
    Hours(time(17), time(21)),
)
ANY_HOUR = Hours()

_COMMANDS = {word.words: word.intent for word in WORDS}
_NUMBERS = {
    **dict.fromkeys(("a", "an", "one", "un", "una", "une"), 1),
    **dict.fromkeys(("two", "dos", "deux"), 2),
    **dict.fromkeys(("three", "tres", "trois"), 3),
    **dict.fromkeys(("four", "cuatro", "quatre"), 4),
}
_DAYS_IN = {
    **dict.fromkeys(("d", "day", "days", "dia", "dias", "jour", "jours"), 1),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks", "semana", "semanas"), 7),
    **dict.fromkeys(("semaine", "semaines"), 7),
    **dict.fromkeys(("month", "months", "mes", "meses", "mois"), 30),
}
_POLITE = POLITE - _DAYS_IN.keys() - _NUMBERS.keys()
_FOR = frozenset(
    "for por durante pour pendant my the your it them these texts messages msgs alerts offers"
    " deals mensajes textos ofertas offres".split()
)
_PART_OF_DAY = {
    **dict.fromkeys(("morning", "mornings", "manana", "mananas", "matin", "matins"), MORNING),
    **dict.fromkeys(("afternoon", "afternoons", "tarde", "tardes"), AFTERNOON),
    "midi": AFTERNOON,
    **dict.fromkeys(("evening", "evenings", "noche", "noches", "soir", "soirs"), EVENING),
}
_ANYTIME = frozenset({"anytime", "always", "siempre", "toujours"})
_AROUND_HOURS = frozenset(
    "from between to and till until in the only de a y entre hasta por la las solo et le les"
    " au apres am pm h".split()
)
# Texts, not patterns: they are compiled when somebody first names hours.
_CLOCK = r"\b(\d{1,2})(?:(?:[:.h])(\d{2}))?\s*h?\s*(am|pm|a\.m\.|p\.m\.)?(?![\d:])"
_HOUR_WORD = r"\d{1,4}(?:am|pm|h|h\d\d)?"
# Who names hours as small as these, and neither am nor pm, means the afternoon's.
_AFTERNOON_UNTIL = 7


def is_command(words: list[str]) -> bool:
    """Whether folded words are PAUSE with a length, or WHEN with hours, and nothing else."""
    intent, rest = _COMMANDS.get(words[0]), _plain(words[1:])
    if not rest:
        return False
    if intent is Intent.PAUSE:
        return _length(rest) is not None
    return intent is Intent.WHEN and all(map(_is_about_hours, rest)) and any(map(_says, rest))


def pause_of(body: str) -> timedelta:
    """For how long a PAUSE holds: 30 days where it names no length that one can hold to."""
    return _length(_plain(_after_word(body))) or PAUSE_FOR


def hours_of(body: str) -> Hours | None:
    """The hours that a WHEN names; None where it names none, or none that one can hold to."""
    words = _after_word(body)
    if any(word in _ANYTIME for word in words):
        return ANY_HOUR
    parts = sorted({_PART_OF_DAY[word] for word in words if word in _PART_OF_DAY})
    if parts:
        gaps = any(one.closes != next_.opens for one, next_ in pairwise(parts))
        return None if gaps else Hours(parts[0].opens, parts[-1].closes)
    return _between(re.findall(_CLOCK, body, re.IGNORECASE))


def less(before: Preference) -> Preference:
    """One step fewer texts: at most one a week, then one a month."""
    is_weekly = before.most == 1 and before.within >= timedelta(weeks=1)
    within = timedelta(days=30) if is_weekly else timedelta(weeks=1)
    return Preference(1, within, before.opens, before.closes)


def more(before: Preference) -> Preference:
    """Back to the program's own pace; the hours stay."""
    return Preference(opens=before.opens, closes=before.closes)


def at_hours(before: Preference, hours: Hours) -> Preference:
    """The same pace at these hours."""
    return Preference(before.most, before.within, hours.opens, hours.closes)


def place_in(body: str) -> str:
    """What follows a MOVE, folded."""
    return " ".join(_after_word(body))


def _after_word(body: str) -> list[str]:
    """What follows the preference word, and what is polite before it."""
    return [*dropwhile(POLITE.__contains__, fold(body).split())][1:]


def _plain(words: list[str]) -> list[str]:
    return [word for word in words if word not in _POLITE]


def _length(words: list[str]) -> timedelta | None:
    """`2 weeks`, `for a month`, `10d`; None for anything else, and for more than a year."""
    said = " ".join(word for word in words if word not in _FOR)
    found = re.fullmatch(r"(\d{1,3}|[a-z]+) ?([a-z]+)", said)
    if not found:
        return None
    count = int(found[1]) if found[1].isdigit() else _NUMBERS.get(found[1], 0)
    length = timedelta(days=count * _DAYS_IN.get(found[2], 0))
    return length if timedelta() < length <= _LONGEST_PAUSE else None


def _is_about_hours(word: str) -> bool:
    return _says(word) or word in _AROUND_HOURS


def _says(word: str) -> bool:
    return bool(re.fullmatch(_HOUR_WORD, word)) or word in _PART_OF_DAY or word in _ANYTIME


def _between(times: list[tuple[str, str, str]]) -> Hours | None:
    """The two times of day that were named, whatever the way of writing them."""
    if len(times) != 2 or any(int(hour) > 24 or int(minute or 0) > 59 for hour, minute, _ in times):
        return None
    (opening, _, half), (closing, _, other_half) = times
    opens, closes = (_minutes(one) for one in times)
    if not half and int(opening) < _AFTERNOON_UNTIL and int(closing) <= 12:
        opens += 12 * 60
    if not other_half and closes <= opens and max(int(opening), int(closing)) <= 12:
        closes += 12 * 60
    if not opens < closes <= 24 * 60:
        return None
    return Hours(_time(opens), None if closes == 24 * 60 else _time(closes))


def _minutes(said: tuple[str, str, str]) -> int:
    hour, minute, half = int(said[0]), int(said[1] or 0), said[2][:1].lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour * 60 + minute


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
