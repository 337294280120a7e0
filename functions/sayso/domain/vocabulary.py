"""The words that mean something on every short code, each with where it comes from.

As of 2026-11. A word is written folded (see `sayso.domain.text.fold`), as it is compared.
"""

from enum import StrEnum
from typing import NamedTuple


class Intent(StrEnum):
    """What a customer's text asks for."""

    STOP = "stop"
    UNSURE = "unsure"  # may be an opt-out: a person decides, and marketing waits
    HELP = "help"
    START = "start"
    JOIN = "join"
    YES = "yes"
    NO = "no"  # answers the question that we asked; unasked it may be an opt-out
    PAUSE = "pause"
    LESS = "less"
    MORE = "more"
    WHEN = "when"
    MOVE = "move"
    ME = "me"
    FORGET = "forget"
    USE = "use"  # a coupon's code: staff redeem it, others are told where to show it
    UNDO = "undo"  # staff take back what they entered
    OFFERS = "offers"
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
_OTHER = "the word for it that customers of other languages use"
_CTIA_HANDBOOK = "CTIA Short Code Monitoring Handbook v1.9"
_OURS = "Sayso: preferences by text"
_OURS_ES = "Sayso: preferences by text, in Spanish"
_OURS_FR = "Sayso: preferences by text, in French"

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
    Word("stop texting", Intent.STOP, True, _FCC),
    Word("end texts", Intent.STOP, True, _FCC),
    Word("unsub", Intent.STOP, True, _CTIA),
    Word("no more", Intent.STOP, False, _CTIA),
    Word("nomore", Intent.STOP, False, _CTIA),
    Word("cease", Intent.STOP, True, _CTIA),
    Word("halt", Intent.STOP, False, _CTIA),
    Word("dnc", Intent.STOP, False, _CTIA),
    Word("opt me out", Intent.STOP, True, _CTIA),
    Word("fin", Intent.STOP, False, _ES),
    Word("terminar", Intent.STOP, False, _ES),
    Word("detener", Intent.STOP, False, _ES),
    Word("cancelar mensajes", Intent.STOP, True, _ES),
    Word("desuscribirme", Intent.STOP, True, _ES),
    Word("desabonnement", Intent.STOP, True, _FR),
    Word("desinscription", Intent.STOP, True, _FR),
    Word("annuler", Intent.STOP, False, _FR),
    Word("resilier", Intent.STOP, False, _FR),
    Word("cesser", Intent.STOP, False, _FR),
    Word("cessez", Intent.STOP, False, _FR),
    Word("sair", Intent.STOP, False, _OTHER),
    Word("remover", Intent.STOP, False, _OTHER),
    Word("abmelden", Intent.STOP, False, _OTHER),
    Word("abmeldung", Intent.STOP, False, _OTHER),
    Word("stopp", Intent.STOP, False, _OTHER),
    Word("kundigen", Intent.STOP, False, _OTHER),
    Word("cancellami", Intent.STOP, False, _OTHER),
    Word("ferma", Intent.STOP, False, _OTHER),
    Word("basta", Intent.STOP, False, _OTHER),
    Word("ngung", Intent.STOP, False, _OTHER),
    Word("huy", Intent.STOP, False, _OTHER),
    Word("tigil", Intent.STOP, False, _OTHER),
    Word("itigil", Intent.STOP, False, _OTHER),
    Word("sispann", Intent.STOP, False, _OTHER),
    Word("dezabone", Intent.STOP, False, _OTHER),
    Word("anile", Intent.STOP, False, _OTHER),
    Word("help", Intent.HELP, True, _CTIA_HANDBOOK),
    Word("info", Intent.HELP, False, _CTIA_HANDBOOK),
    Word("ayuda", Intent.HELP, True, _ES),
    Word("aide", Intent.HELP, True, _FR),
    Word("start", Intent.START, False, _AWS),
    Word("opt in", Intent.START, True, _CTIA),
    Word("optin", Intent.START, True, _CTIA),
    Word("resubscribe", Intent.START, True, _CTIA),
    Word("start all", Intent.START, True, _CTIA),
    Word("resume", Intent.START, False, _CTIA),
    Word("alta", Intent.START, False, _ES),
    Word("empezar", Intent.START, False, _ES),
    Word("unstop", Intent.START, True, _AWS),
    Word("yes", Intent.YES, False, _CTIA_HANDBOOK),
    Word("y", Intent.YES, False, _CTIA_HANDBOOK),
    Word("si", Intent.YES, False, _ES),
    Word("oui", Intent.YES, False, _FR),
    Word("no", Intent.NO, False, _CTIA_HANDBOOK),
    Word("n", Intent.NO, False, _CTIA_HANDBOOK),
    Word("nope", Intent.NO, False, _CTIA_HANDBOOK),
    Word("non", Intent.NO, False, _FR),
    Word("pause", Intent.PAUSE, False, _OURS),
    Word("pausa", Intent.PAUSE, False, _OURS_ES),
    Word("pausar", Intent.PAUSE, False, _OURS_ES),
    Word("less", Intent.LESS, False, _OURS),
    Word("menos", Intent.LESS, False, _OURS_ES),
    Word("moins", Intent.LESS, False, _OURS_FR),
    Word("fewer", Intent.LESS, False, _OURS),
    Word("text me less", Intent.LESS, False, _OURS),
    Word("text less", Intent.LESS, False, _OURS),
    Word("less often", Intent.LESS, False, _OURS),
    Word("not so many", Intent.LESS, False, _OURS),
    Word("more", Intent.MORE, False, _OURS),
    Word("mas", Intent.MORE, False, _OURS_ES),
    # Not "plus", which for itself may as well mean "no more".
    Word("davantage", Intent.MORE, False, _OURS_FR),
    Word("when", Intent.WHEN, False, _OURS),
    Word("cuando", Intent.WHEN, False, _OURS_ES),
    Word("quand", Intent.WHEN, False, _OURS_FR),
    Word("move", Intent.MOVE, False, _OURS),
    Word("cambiar", Intent.MOVE, False, _OURS_ES),
    Word("changer", Intent.MOVE, False, _OURS_FR),
    Word("me", Intent.ME, False, _OURS),
    Word("my data", Intent.ME, False, _OURS),
    Word("mis datos", Intent.ME, False, _OURS_ES),
    Word("mes donnees", Intent.ME, False, _OURS_FR),
    Word("forget me", Intent.FORGET, False, _OURS),
    Word("forgetme", Intent.FORGET, False, _OURS),
    Word("olvidame", Intent.FORGET, False, _OURS_ES),
    Word("olvidenme", Intent.FORGET, False, _OURS_ES),
    Word("oubliez moi", Intent.FORGET, False, _OURS_FR),
    Word("oublie moi", Intent.FORGET, False, _OURS_FR),
    Word("join", Intent.JOIN, True, _CTIA_HANDBOOK),
    Word("unirse", Intent.JOIN, True, _ES),
    Word("unirme", Intent.JOIN, True, _ES),
    Word("rejoindre", Intent.JOIN, True, _FR),
)

# What customers ask for their coupons with, where the shop has no keyword of that name.
OFFERS = frozenset({"offers", "my offers", "ofertas", "mis ofertas", "offres", "mes offres"})
# What a text from the counter begins with (see domain.counter_words).
AT_THE_COUNTER = frozenset({"use", "redeem", "undo"})
# Reserved words that are understood with one slip of the finger, where they stand alone.
MISTYPED: tuple[str, ...] = (
    *("stop", "stopall", "quit", "cancel", "revoke", "remove", "unsubscribe", "optout"),
    *("pause", "forgetme"),
    *("help", "start", "unstop", "parar", "cancelar", "desuscribir", "arret", "arretez"),
)
# Correct words, a slip away from those, that people send alone and mean. Source: English, Spanish
# and French dictionaries' words at that distance.
EVERYDAY: frozenset[str] = frozenset(
    "shop step atop stoop stomp slop stow stow strop stork stock quiet quite suit unit quilt quick"
    " quid quip quits held hell helm heap kelp yelp helps helped hello heel hemp star stark stare"
    " tart smart stairs stars starts stat stats state stand sport stay stag stab stub stud story"
    " stout store swap stoop spot post pots remote removed removes move mover revolt evoke parcel"
    " cancer cancels canal channel comparar pagar pasar parir parara para separar arrest carret"
    " cause causes paused pauses parse pausas passe cancelo arete hey help+ drop prop crop chop"
    " flop plop stoke stove stone stole stops".split()
)
