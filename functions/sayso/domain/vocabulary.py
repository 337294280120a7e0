"""The words that mean something on every short code, each with where it comes from.

As of 2026-11. A word is written folded (see `sayso.domain.text.fold`), as it is compared.
"""

from enum import StrEnum
from typing import NamedTuple


class Intent(StrEnum):
    """What a customer's text asks for."""

    STOP = "stop"
    HELP = "help"
    START = "start"
    JOIN = "join"
    YES = "yes"
    KEYWORD = "keyword"  # a word that the marketer has defined to answer something
    NONE = "none"


class Word(NamedTuple):
    """A reserved word or phrase; `strong` ones count as the first word of a longer text too."""

    words: str
    intent: Intent
    strong: bool
    source: str


_FCC = "47 CFR 64.1200(a)(10)"
_AWS = "AWS End User Messaging, required keywords"
_TWILIO = "Twilio default opt-out keywords"
_ES = "Spanish opt-out practice"
_FR = "Canadian carriers, French keywords"
_CTIA = "CTIA Messaging Principles 2023"
_CTIA_HANDBOOK = "CTIA Short Code Monitoring Handbook v1.9"

# `end`, `cancel`, `baja` and their like are everyday words: they count alone or with a polite
# tail, and not at the head of a sentence ("cancel my table for two").
WORDS: tuple[Word, ...] = (
    Word("stop", Intent.STOP, True, _FCC),
    Word("stopall", Intent.STOP, True, _TWILIO),
    Word("stop all", Intent.STOP, True, _TWILIO),
    Word("unsubscribe", Intent.STOP, True, _FCC),
    Word("opt out", Intent.STOP, True, _FCC),
    Word("optout", Intent.STOP, True, _AWS),
    Word("quit", Intent.STOP, False, _FCC),
    Word("end", Intent.STOP, False, _FCC),
    Word("cancel", Intent.STOP, False, _FCC),
    Word("revoke", Intent.STOP, True, _FCC),
    Word("remove", Intent.STOP, False, _AWS),
    Word("td", Intent.STOP, False, _AWS),
    Word("i revoke", Intent.STOP, True, _FCC),
    Word("parar", Intent.STOP, True, _ES),
    Word("pare", Intent.STOP, False, _ES),
    Word("paren", Intent.STOP, False, _ES),
    Word("alto", Intent.STOP, False, _ES),
    Word("baja", Intent.STOP, False, _ES),
    Word("dar de baja", Intent.STOP, True, _ES),
    Word("darme de baja", Intent.STOP, True, _ES),
    Word("no mas", Intent.STOP, False, _ES),
    Word("salir", Intent.STOP, False, _ES),
    Word("cancelar", Intent.STOP, False, _ES),
    Word("cancelar suscripcion", Intent.STOP, True, _ES),
    Word("desuscribir", Intent.STOP, True, _ES),
    Word("arret", Intent.STOP, True, _FR),
    Word("arreter", Intent.STOP, True, _FR),
    Word("arretez", Intent.STOP, False, _FR),
    Word("desabonner", Intent.STOP, True, _FR),
    Word("help", Intent.HELP, True, _CTIA_HANDBOOK),
    Word("info", Intent.HELP, False, _CTIA_HANDBOOK),
    Word("ayuda", Intent.HELP, True, _ES),
    Word("aide", Intent.HELP, True, _FR),
    Word("start", Intent.START, False, _AWS),
    Word("unstop", Intent.START, True, _AWS),
    Word("yes", Intent.YES, False, _CTIA_HANDBOOK),
    Word("y", Intent.YES, False, _CTIA_HANDBOOK),
    Word("si", Intent.YES, False, _ES),
    Word("oui", Intent.YES, False, _FR),
    Word("join", Intent.JOIN, True, _CTIA_HANDBOOK),
)

# Said around a request without changing it.
POLITE: frozenset[str] = frozenset(
    {
        *("please", "pls", "plz", "thanks", "thank", "you", "thx", "ty", "sorry", "sir"),
        *("now", "ok", "okay", "hi", "hello", "it", "this", "these"),
        *("gracias", "por", "favor", "merci", "svp"),
    }
)


class Phrase(NamedTuple):
    """A wording that a reasonable person reads as an opt-out, as a pattern over folded text."""

    pattern: str
    source: str


_REASONABLE = "47 CFR 64.1200(a)(10): any wording that a reasonable person would understand"

OPT_OUT_PHRASES: tuple[Phrase, ...] = (
    Phrase(r"\b(opt|opting) (me |us )?out\b", _CTIA),
    Phrase(r"\bunsubscribe (me|us|my number|from)\b", _CTIA),
    Phrase(
        r"\b(take|get|remove|delete) (me|us|my number|my phone|this number) (off|from|out of)\b",
        _REASONABLE,
    ),
    Phrase(r"^(please )?(remove|unsubscribe|delete) (me|my number|this number)\b", _REASONABLE),
    Phrase(
        r"\b(stop|quit|end|cancel) ((all|the|these|this|those|your|my|of|text|sms) )*"
        r"(texting|messaging|sending|contacting|spamming|bothering|messages?|texts?|msgs|alerts)\b",
        _REASONABLE,
    ),
    Phrase(r"^(no|nope|yes|yeah) (please )?stop\b", _REASONABLE),
    Phrase(r"\bno more (texts|messages|msgs|sms|text messages|offers)\b", _REASONABLE),
    Phrase(
        r"\b(dont|do not|never) (text|message|contact|msg|sms|write) (me|us|this number|here)\b",
        _REASONABLE,
    ),
    Phrase(
        r"\b(dont|do not|no longer|not) want (any |these |your |to (get|receive) )", _REASONABLE
    ),
    Phrase(r"\b(leave me alone|lose (my|this) number|wrong (number|person))\b", _REASONABLE),
    Phrase(r"\bno (quiero|deseo) (mas|recibir)\b", _ES),
    Phrase(r"\bno me (escriban|manden|envien|molesten)\b", _ES),
    Phrase(r"\b(dejen|deja|paren) de (escribir|mandar|enviar|molestar)", _ES),
    Phrase(r"\b(darme|denme|quiero la) (de )?baja\b", _ES),
    Phrase(r"\b(desabonnez|desinscrivez|retirez|enlevez|supprimez) moi\b", _FR),
    Phrase(r"\b(arretez|cessez) de (m|me|nous) ?", _FR),
    Phrase(r"\b(ne veux|veux) plus (de |recevoir )", _FR),
    Phrase(r"\bplus de (messages|textos|sms)\b", _FR),
)

# A stop that only begins a sentence about something else: "can I stop by at 5", "stop by today".
NOT_OPT_OUT_PHRASES: tuple[Phrase, ...] = (
    Phrase(
        r"\bstop(ping|ped)? (by|in|at(?! once)|over|off|into|on (my|the|your) way"
        r"|for (a|an|my|some|coffee|lunch|dinner|breakfast)|and (get|grab|pick|say|see|shop))\b",
        "ordinary English: to visit",
    ),
    Phrase(r"\bstop (sign|light|watch|motion|loss)\b", "ordinary English: a thing"),
    Phrase(
        r"\b((dont|do not|never|wont) (stop|unsubscribe|remove|opt out)|no (paren|dejen))\b",
        "the opposite of an opt-out",
    ),
)

# Reactions that phones send as texts: they quote our own words, STOP line included.
TAPBACKS: tuple[str, ...] = (
    "liked ",
    "loved ",
    "laughed at ",
    "emphasized ",
    "disliked ",
    "questioned ",
    "reacted ",
    "removed a ",
    "le gusto ",
    "me gusta ",
    "a aime ",
)
