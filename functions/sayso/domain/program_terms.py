"""What a program's settings have to say, because the law's texts are made of them.

Sources: CTIA Messaging Principles (May 2023) and Short Code Monitoring Handbook v1.9: every
confirmation names the program and how often texts come, every HELP reply a way to reach a person.
"""

import re

from sayso.domain.speech.languages import LANGUAGES
from sayso.domain.text import fold

_EMAIL_OR_SITE = re.compile(r"[^\s@]*@?[\w-]+(\.[\w-]+)*\.[a-z]{2,}\b", re.IGNORECASE)
# A local number without its area code.
_DIGITS_OF_A_PHONE = 7
_HOW_OFTEN = frozenset(
    "day days daily week weeks weekly month months monthly year yearly hour hourly once twice"
    " mo wk yr varies vary varying variable"
    " dia dias diario diaria semana semanas semanal mes meses mensual varia"
    " jour jours quotidien semaine semaines hebdomadaire mois mensuel varie".split()
)


def name_fault(name: str) -> str | None:
    """Why nobody would know by this name who writes, or None."""
    if any(character.isalnum() for character in name):
        return None
    return "has no letter or digit: every text has to say who sends it (CTIA)"


def contact_fault(contact: str) -> str | None:
    """Why nobody could reach a person by it, or None."""
    digits = sum(character.isdigit() for character in contact)
    if digits >= _DIGITS_OF_A_PHONE or _EMAIL_OR_SITE.search(contact):
        return None
    return (
        "names no phone number, email address or web address: the reply to HELP has to say how "
        "to reach a person (CTIA)"
    )


def frequency_fault(frequency: str) -> str | None:
    """Why it does not say how often texts come, or None."""
    if _HOW_OFTEN & set(fold(frequency).split()):
        return None
    return (
        "does not say how often texts come, as every confirmation has to (CTIA); one that does "
        'looks like "Up to 4 msgs/month" or "Msg frequency varies"'
    )


def translation_fault(language: str, own: str) -> str | None:
    """Why the program can't be translated into that language, or None."""
    if language == own:
        return "is the program's own language: its words are the settings themselves"
    if language not in LANGUAGES:
        return f"is none of {', '.join(LANGUAGES)}, which replies are given in"
    return None
