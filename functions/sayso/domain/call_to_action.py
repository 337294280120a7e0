"""The call to action of a web page or a sign: what people have to read before they say yes.

Source of the parts: CTIA Messaging Principles (May 2023) and Short Code Monitoring Handbook v1.9:
the program and what it sends, the number, who sends, how often, fees, how to opt out, how to get
help, terms and privacy; for marketing by automated means also that consent is no condition of a
purchase (47 CFR 64.1200(f)(9)(i)(B)).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sayso.domain import replies
from sayso.domain.catalog import Program
from sayso.domain.invitation import Invitation

DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence or two; `links` are (label, https address), shown after it."""

    text: str
    links: tuple[tuple[str, str], ...] = ()

    @property
    def words(self) -> str:
        return " ".join([self.text, *(f"{label}: {url}" for label, url in self.links)])


@dataclass(frozen=True, slots=True)
class CallToAction:
    """The words, in one language. `consent` is what the person agrees to by a tick or a text."""

    language: str
    heading: str
    lines: tuple[Line, ...]
    consent: str

    @property
    def words(self) -> str:
        """All of it, as it is kept in the ledger: a line a paragraph, the consent last."""
        return "\n".join([self.heading, *(line.words for line in self.lines), self.consent])

    @property
    def version(self) -> str:
        """Names these very words: the first 16 digits of their SHA-256."""
        return sha256(self.words.encode()).hexdigest()[:16]


_WORDINGS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "heading": "{name}: offers by text message",
        "store": "for {store}",
        "any_store": "for the store that you choose",
        "who": "{name} sends recurring marketing texts with offers and news {at}, from {number}.",
        "often": "How often: {frequency}.",
        "fees": "Message and data rates may apply.",
        "condition": "Consent is not a condition of any purchase.",
        "out": "Reply STOP to any text to end them. Reply HELP for help, or contact {help}.",
        "links": "What you agree to:",
        "terms": "Terms",
        "privacy": "Privacy",
        "no_links": "For terms and privacy policy contact {help}.",
        "consent": (
            "I agree to receive recurring automated marketing texts from {name} at this number. "
            "Consent is not a condition of purchase."
        ),
        "texting": "By texting {words} to {number} you agree to receive recurring automated "
        "marketing texts from {name}.",
    },
    "es": {
        "heading": "{name}: ofertas por mensaje de texto",
        "store": "de {store}",
        "any_store": "de la tienda que usted elija",
        "who": "{name} envía mensajes publicitarios periódicos con ofertas y novedades {at}, "
        "desde el {number}.",
        "often": "Frecuencia: {frequency}.",
        "fees": "Pueden aplicarse tarifas de mensajes y datos.",
        "condition": "Dar su consentimiento no es condición para comprar nada.",
        "out": "Responda ALTO o STOP a cualquier mensaje para terminar. Responda AYUDA o HELP para "
        "recibir ayuda, o comuníquese con {help}.",
        "links": "Lo que usted acepta:",
        "terms": "Términos",
        "privacy": "Privacidad",
        "no_links": "Para los términos y la política de privacidad comuníquese con {help}.",
        "consent": (
            "Acepto recibir en este número mensajes de texto publicitarios, automatizados y "
            "periódicos, de {name}. El consentimiento no es condición de compra."
        ),
        "texting": "Al enviar {words} al {number} usted acepta recibir mensajes de texto "
        "publicitarios, automatizados y periódicos, de {name}.",
    },
    "fr": {
        "heading": "{name} : des offres par texto",
        "store": "de {store}",
        "any_store": "du magasin que vous choisissez",
        "who": "{name} envoie régulièrement des textos publicitaires avec les offres et les "
        "nouvelles {at}, depuis le {number}.",
        "often": "Fréquence : {frequency}.",
        "fees": "Des frais de messagerie et de données peuvent s’appliquer.",
        "condition": "Votre consentement n’est la condition d’aucun achat.",
        "out": "Répondez ARRET ou STOP à n’importe quel texto pour ne plus en recevoir. Répondez "
        "AIDE ou HELP pour obtenir de l’aide, ou écrivez à {help}.",
        "links": "Ce que vous acceptez :",
        "terms": "Conditions",
        "privacy": "Confidentialité",
        "no_links": "Pour les conditions et la politique de confidentialité, contactez {help}.",
        "consent": (
            "J’accepte de recevoir à ce numéro des textos publicitaires automatisés et "
            "réguliers de {name}. Le consentement n’est pas une condition d’achat."
        ),
        "texting": "En envoyant {words} au {number}, vous acceptez de recevoir des textos "
        "publicitaires automatisés et réguliers de {name}.",
    },
}
LANGUAGES = tuple(_WORDINGS)


def on_the_web(
    program: Program, invited: Invitation, number: str, language: str = DEFAULT
) -> CallToAction:
    """The call to action of the opt-in page; `number` is what texts come from, as people know it.

    The shop's own name and contact stand as it wrote them, in every language.
    """
    return _call(program, invited, number, language, "consent")


def on_a_sign(
    program: Program, invited: Invitation, number: str, language: str = DEFAULT
) -> CallToAction:
    """The call to action of a sign: here the consent is the text that people send."""
    return _call(program, invited, number, language, "texting")


def _call(
    program: Program, invited: Invitation, number: str, language: str, consent: str
) -> CallToAction:
    wording = _WORDINGS[language]
    place = wording["store"] if invited.location else wording["any_store"]
    values = {
        "name": program.name,
        "number": number,
        "help": program.help_contact,
        "frequency": replies.frequency(program, language).rstrip(". "),
        "words": invited.words,
        "at": place.format(store=invited.location.name if invited.location else ""),
    }
    said = {key: text.format(**values) for key, text in wording.items() if "{store}" not in text}
    lines = [Line(said[key]) for key in ("who", "often", "fees", "condition", "out")]
    return CallToAction(
        language, said["heading"], (*lines, _policies(program, said)), said[consent]
    )


def _policies(program: Program, said: Mapping[str, str]) -> Line:
    named = ((said["terms"], program.terms_url), (said["privacy"], program.privacy_url))
    links = tuple((label, url) for label, url in named if url)
    return Line(said["links"], links) if links else Line(said["no_links"])
