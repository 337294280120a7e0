"""How a text says the way out, in each language.

Sources: CTIA Messaging Principles (May 2023) and Short Code Monitoring Handbook v1.9 (opt-out
instructions in recurring messages); 47 CFR 64.1200(a)(10) (the words); CASL s. 6(2)(c) (in every
message, Canada). The strictest reading: every text says it. As of 2026-11.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from sayso.domain.text import fold
from sayso.domain.vocabulary import WORDS, Intent


class Line(NamedTuple):
    """The words around the opt-out word, folded: `reply STOP`, or `STOP to end`."""

    verbs: str
    to: str
    ends: str


LINES: Mapping[str, Line] = {
    "en": Line(
        "reply|respond|text|txt|send|answer|msg",
        "to|2|for",
        "end|stop|opt out|optout|unsubscribe|unsub|cancel|quit|leave",
    ),
    "es": Line(
        "responda|responde|respondan|envie|envia|envien|escriba|escribe|mande|manda|conteste|texto",
        "para|p",
        "terminar|cancelar|salir|parar|no recibir|darse de baja|baja|dejar|desuscribirse|fin",
    ),
    "fr": Line(
        "repondez|reponds|repondre|envoyez|envoie|ecrivez|textez|texto",
        "pour",
        "arreter|terminer|vous desabonner|desabonner|ne plus|annuler|cesser|finir|quitter",
    ),
}


def says_the_way_out(text: str, language: str) -> bool:
    """Whether the text says in that language how to opt out.

    Where the language is none of the table's, the word STOP will do.
    """
    folded = fold(text)
    pattern = _pattern(language) if language in LINES else r"\bstop\b"
    return bool(re.search(pattern, folded))


def says_it_in_another_language(text: str, language: str) -> bool:
    """Whether it is said, but so that readers of this language may not understand it."""
    return any(says_the_way_out(text, other) for other in LINES if other != language)


@cache
def _pattern(language: str) -> str:
    line = LINES[language]
    words = sorted((one.words for one in WORDS if one.intent is Intent.STOP), key=len)
    word = "|".join(reversed(words))
    return (
        rf"\b(?:{line.verbs})(?: \w+)? (?:{word})\b"
        rf"|\b(?:{word}) (?:(?:{line.to}) )?(?:{line.ends})\b"
    )
