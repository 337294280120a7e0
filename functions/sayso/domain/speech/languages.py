"""Which language a customer's words are in, and how often texts come, said in each."""

import re
from collections.abc import Mapping
from functools import cache

from sayso.domain.speech.en import ENGLISH
from sayso.domain.speech.es import SPANISH
from sayso.domain.speech.fr import FRENCH
from sayso.domain.speech.phrases import Phrases
from sayso.domain.text import fold

LANGUAGES: Mapping[str, Phrases] = {"en": ENGLISH, "es": SPANISH, "fr": FRENCH}
DEFAULT = "en"

# Words of one of the three languages only, folded. What every American number understands (STOP,
# HELP, JOIN, START, YES) tells nothing of the person who texts it, nor do names of stores.
_TELLTALE: Mapping[str, str] = {
    "en": (
        "unsubscribe resubscribe less when forget my mine the you your please thanks thank want"
        " dont this with texting texts messages what how where is are hello open my it im"
    ),
    "es": (
        "alto ayuda baja alta parar pare paren salir cancelar desuscribir desuscribirme unirse"
        " unirme empezar si pausa pausar menos mas cuando mover cambiar olvidame olvidenme datos"
        " quiero quieren mensajes mensaje por favor gracias hola usted ustedes tienda horario cual"
        " donde como esta estan ofertas mandar manden mandenme envien escriban mi mis gusta"
        " terminar detener cancelen quitar quiten borren suscripcion numero dejen molesten"
    ),
    "fr": (
        "arret arreter arretez aide oui non rejoindre desabonner desabonnement desinscription"
        " desinscrire annuler resilier cesser cessez moins davantage quand changer oubliez donnees"
        " veux voulez plus messages vous svp merci bonjour salut magasin horaires ou est combien"
        " recevoir envoyez envoyer ecrire offres moi mon mes les des je ne pas stp liste retirez"
    ),
}
_LOOKED_AT = 40


def spoken(body: str) -> str:
    """The language that a text is clearly in (`en`, `es`, `fr`), or "".

    Clearly: at least half of a short text, or two words of a longer one, and no other language
    comes as close.
    """
    words = fold(body).split()[:_LOOKED_AT]
    counts = sorted(
        ((sum(word in known for word in words), language) for language, known in _known().items()),
        reverse=True,
    )
    (most, language), (next_most, _), *_ = counts
    enough = most >= 2 or (most == 1 and len(words) <= 2)
    return language if enough and most > next_most else ""


@cache
def _known() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in _TELLTALE.items()}


def phrases_in(language: str) -> Phrases:
    """The texts of that language; English for one that is not spoken here."""
    return LANGUAGES.get(language, ENGLISH)


def frequency_in(language: str, said: str) -> str:
    """How often texts come, as a sentence of `language`, from the words of another one.

    `up to 4 msgs/month` and its like are said again in other words. What is not surely understood
    becomes "message frequency varies", which is true of any program (CTIA Short Code Monitoring
    Handbook v1.9).
    """
    phrases = phrases_in(language)
    found = re.fullmatch(_COUNTED, fold(said))
    if not found:
        return phrases.frequency_varies
    form = phrases.frequency_at_most if found[1] else phrases.frequency_count
    return form.format(count=found[2], period=phrases.periods[_PERIODS[found[3]]])


_PERIODS: Mapping[str, int] = {
    **dict.fromkeys(("day", "dia", "jour"), 0),
    **dict.fromkeys(("week", "semana", "semaine"), 1),
    **dict.fromkeys(("month", "mes", "mois"), 2),
}
_COUNTED = (
    r"(up to |at most |no more than |max |hasta |como maximo |jusqua |au plus )?(\d{1,3}) "
    r"(?:marketing )?(?:msgs?|messages?|texts?|mensajes?|msjs?|sms|textos?) ?"
    rf"(?:per|a|each|every|por|al|a la|cada|par)? ?({'|'.join(_PERIODS)})"
)
