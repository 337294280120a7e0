"""What is said at the counter, in each language: loaded only when a code is texted.

The word that tells comes first: it is read in a glance. Only characters of GSM-7, and all in one
part: `sayso.domain.counter_said` leaves out the offer where a text would be longer. A list of all
offers may take more (`sayso.domain.wallet_said`).
"""

from collections.abc import Mapping
from typing import NamedTuple


class CounterPhrases(NamedTuple):
    """In braces: `code`, `offer`, `when`, `where` (with its preposition), `stores`, `amount`."""

    redeemed: str
    used: str
    expired: str
    not_yet: str
    wrong_location: str
    unknown: str
    locked: str
    withdrawn: str
    taken_back: str
    undone: str
    nothing: str
    too_late: str
    not_yours: str
    show: str
    offers: str
    no_offers: str
    at: str
    or_: str
    moment: str


ENGLISH = CounterPhrases(
    redeemed="VALID, redeemed now{where}: {offer}{code}{amount}. Wrong one? UNDO within 10 min.",
    used="USED already: {code} on {when}{where}.",
    expired="EXPIRED: {code} was good until {when}.",
    not_yet="NOT YET: {code} is good from {when}.",
    wrong_location="WRONG STORE: {code} is good at {stores} only. Not redeemed.",
    unknown="UNKNOWN: there is no code {code}. Check it and text USE again.",
    locked="LOCKED: too many wrong codes. Try again in an hour or so. Nothing was redeemed.",
    withdrawn="WITHDRAWN: {code} does not count any more.",
    taken_back="TAKEN BACK: {code} was redeemed by this text, and taken back since.",
    undone="UNDONE: {code} can be used again.",
    nothing="NOTHING to undo: this phone has redeemed nothing lately.",
    too_late="TOO LATE: {code} was redeemed on {when}. Undo works for 10 minutes.",
    not_yours="NOT UNDONE: somebody else redeemed {code}. They can undo it themselves.",
    show="{name}: to use {code}, show it at the counter. The staff will enter it.",
    offers="{name}: your offers: {offers}.",
    no_offers="{name}: you have no offers open right now.",
    at=" at {store}",
    or_=" or ",
    moment="{month} {day}, {time12}",
)
SPANISH = CounterPhrases(
    redeemed=(
        "VALIDO, canjeado ahora{where}: {offer}{code}{amount}. Si es un error: UNDO en 10 min."
    ),
    used="YA USADO: {code}, el {when}{where}.",
    expired="VENCIDO: {code} era valido hasta el {when}.",
    not_yet="TODAVIA NO: {code} vale desde el {when}.",
    wrong_location="OTRA TIENDA: {code} vale solo en {stores}. No se ha canjeado.",
    unknown="NO EXISTE: no hay ningun codigo {code}. Revise y envie USE otra vez.",
    locked="BLOQUEADO: demasiados codigos falsos. Pruebe en una hora. No se ha canjeado nada.",
    withdrawn="ANULADO: {code} ya no vale.",
    taken_back="ANULADO: {code} se canjeo con este mensaje y se anulo después.",
    undone="DESHECHO: {code} se puede usar otra vez.",
    nothing="NADA que deshacer: este teléfono no ha canjeado nada hace poco.",
    too_late="DEMASIADO TARDE: {code} se canjeo el {when}. Solo se deshace en 10 minutos.",
    not_yours="NO: otra persona canjeo {code} y puede deshacerlo.",
    show="{name}: para usar {code}, muestrelo en caja. El personal lo registra.",
    offers="{name}: sus ofertas: {offers}.",
    no_offers="{name}: ahora no tiene ofertas abiertas.",
    at=" en {store}",
    or_=" o ",
    moment="{day}/{month_number}, {time24}",
)
FRENCH = CounterPhrases(
    redeemed="VALABLE, validé à l'instant{where} : {offer}{code}{amount}. Erreur ? UNDO (10 min).",
    used="DEJA UTILISE : {code}, le {when}{where}.",
    expired="EXPIRE : {code} valait jusqu'au {when}.",
    not_yet="PAS ENCORE : {code} vaut à partir du {when}.",
    wrong_location="AUTRE MAGASIN : {code} ne vaut que pour {stores}. Non validé.",
    unknown="INCONNU : il n'y a pas de code {code}. Vérifiez et renvoyez USE.",
    locked="BLOQUE : trop de codes faux. Réessayez dans une heure. Rien n'a été validé.",
    withdrawn="RETIRE : {code} n'est plus valable.",
    taken_back="ANNULE : {code} a été validé par ce message, puis annulé.",
    undone="ANNULE : {code} peut de nouveau servir.",
    nothing="RIEN à annuler : ce téléphone n'a rien validé récemment.",
    too_late="TROP TARD : {code} a été validé le {when}. On annule dans les 10 minutes.",
    not_yours="NON ANNULE : une autre personne a validé {code} et peut l'annuler.",
    show="{name}: pour utiliser {code}, montrez-le en caisse. Le personnel le saisit.",
    offers="{name} : vos offres : {offers}.",
    no_offers="{name} : vous n'avez pas d'offre en ce moment.",
    at=" à {store}",
    or_=" ou ",
    moment="{day}/{month_number}, {time24}",
)
PHRASES: Mapping[str, CounterPhrases] = {"en": ENGLISH, "es": SPANISH, "fr": FRENCH}
