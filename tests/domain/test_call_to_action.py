"""What people read before they say yes has every part that CTIA asks for, in every language."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.call_to_action import LANGUAGES, CallToAction, on_a_sign, on_the_web
from sayso.domain.catalog import Program
from sayso.domain.invitation import Invitation
from sayso.domain.replies import frequency
from tests.support.bluebird import BREW, COFFEE, DOWNTOWN, NUMBER, PROGRAM

TERMS, PRIVACY = "https://bluebird.example/terms", "https://bluebird.example/privacy"
LINKED = replace(PROGRAM, terms_url=TERMS, privacy_url=PRIVACY)
MUST_BE_SAID = {
    "en": (
        *("recurring marketing texts", "Message and data rates may apply", "Reply STOP"),
        *("Reply HELP", "not a condition of any purchase", "I agree"),
    ),
    "es": (
        *("publicitarios", "Pueden aplicarse tarifas de mensajes y datos", "STOP", "ALTO", "AYUDA"),
        *("no es condición de compra", "Acepto"),
    ),
    "fr": (
        *("publicitaires", "Des frais de messagerie et de données", "STOP", "ARRET", "AIDE"),
        *("n’est pas une condition d’achat", "J’accepte"),
    ),
}
every_language = pytest.mark.parametrize("language", LANGUAGES)
names = st.text(st.characters(categories=("L", "N", "P", "S"), max_codepoint=0x24F), min_size=1)
Call = Callable[[Program, Invitation, str, str], CallToAction]


@every_language
def test_every_part_is_said_on_the_web(language: str) -> None:
    words = on_the_web(LINKED, Invitation(COFFEE, DOWNTOWN), NUMBER, language).words
    for part in (*MUST_BE_SAID[language], "Bluebird Coffee", NUMBER, TERMS, PRIVACY):
        assert part in words
    assert frequency(LINKED, language).rstrip(".") in words
    assert "hello@bluebird.example" in words
    assert "Bluebird Downtown" in words


@every_language
@given(name=names, contact=names, often=names)
def test_the_shops_own_words_stand_in_it_whatever_they_are(
    language: str, name: str, contact: str, often: str
) -> None:
    program = Program(name, contact, often)
    words = on_the_web(program, Invitation(BREW), NUMBER, language).words
    for setting in (name, contact, frequency(program, language).rstrip(". ")):
        assert setting in words


@every_language
def test_a_sign_says_what_the_text_agrees_to(language: str) -> None:
    call = on_a_sign(LINKED, Invitation(COFFEE, DOWNTOWN), NUMBER, language)
    for part in ("COFFEE", NUMBER, "Bluebird Coffee"):
        assert part in call.consent


@pytest.mark.parametrize("call", [on_the_web, on_a_sign])
def test_without_links_the_shop_is_named_as_who_has_the_terms(call: Call) -> None:
    words = call(PROGRAM, Invitation(BREW), NUMBER, "en").words
    assert "For terms and privacy policy contact hello@bluebird.example" in words


def test_a_version_names_exactly_these_words() -> None:
    invited = Invitation(COFFEE, DOWNTOWN)
    one = on_the_web(LINKED, invited, NUMBER)
    assert one.version == on_the_web(LINKED, invited, NUMBER).version
    others = [
        on_the_web(replace(LINKED, frequency="daily"), invited, NUMBER),
        on_the_web(LINKED, Invitation(BREW), NUMBER),
        on_the_web(LINKED, invited, "90909"),
        on_the_web(LINKED, invited, NUMBER, "es"),
        on_the_web(replace(LINKED, privacy_url=""), invited, NUMBER),
    ]
    assert len({one.version, *(other.version for other in others)}) == 6
