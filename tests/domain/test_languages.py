"""Which language a customer's words are in, and that answers follow it."""

from dataclasses import replace

import pytest

from sayso.domain import replies
from sayso.domain.contact import Contact, Status
from sayso.domain.conversation import decide
from sayso.domain.speech.languages import spoken
from sayso.domain.understanding import understand
from sayso.domain.vocabulary import WORDS, Intent, Word
from tests.support.bluebird import ANA, DOWNTOWN, NOON, PROGRAM, SHOP, a_text
from tests.support.cases import table

STRANGER = Contact.stranger(ANA)
SUBSCRIBED = Contact(ANA, Status.SUBSCRIBED, 1, "DOWNTOWN", joined_at=NOON, language="en")


def reply_to(contact: Contact, body: str) -> tuple[Contact, str]:
    decision = decide(contact, a_text(body), understand(body, SHOP), SHOP)
    return decision.contact, decision.reply


@pytest.mark.parametrize(
    ("body", "language"),
    [
        ("ALTO", "es"),
        ("Ayuda por favor", "es"),
        ("UNIRSE DOWNTOWN", "es"),
        ("no quiero más mensajes", "es"),
        ("Hola, ¿a qué hora abren?", ""),
        ("hola gracias", "es"),
        ("ARRÊT", "fr"),
        ("aide svp", "fr"),
        ("je ne veux plus de messages", "fr"),
        ("please stop texting me, thanks", "en"),
        ("unsubscribe", "en"),
        ("STOP", ""),
        ("HELP", ""),
        ("JOIN DOWNTOWN", ""),
        ("JOIN Los Gatos", ""),
        ("YES", ""),
        ("no", ""),
        ("", ""),
        ("🙂", ""),
    ],
)
def test_a_language_is_told_from_clear_words_only(body: str, language: str) -> None:
    assert spoken(body) == language


@pytest.mark.parametrize("word", [word for word in WORDS if "Spanish" in word.source])
def test_no_spanish_word_is_taken_for_another_language(word: Word) -> None:
    assert spoken(word.words) in ("es", "")


@pytest.mark.parametrize("word", [word for word in WORDS if "French" in word.source])
def test_no_french_word_is_taken_for_another_language(word: Word) -> None:
    assert spoken(word.words) in ("fr", "")


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_of_real_replies_few_are_taken_for_another_of_the_three(language: str) -> None:
    rows = [row["text"] for row in table("replies") if row["lang"] == language]
    wrong = [text for text in rows if spoken(text) not in ("", language)]
    assert len(wrong) <= len(rows) // 50, wrong


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("AYUDA", replies.help_text(PROGRAM, "es")),
        ("AIDE", replies.help_text(PROGRAM, "fr")),
        ("HELP", replies.help_text(PROGRAM, "en")),
        ("ALTO", replies.opted_out(PROGRAM, "es")),
        ("ARRET", replies.opted_out(PROGRAM, "fr")),
        ("no quiero más mensajes", replies.opted_out(PROGRAM, "es")),
        ("UNIRSE DOWNTOWN", replies.already_in(PROGRAM, DOWNTOWN, "", "es")),
    ],
)
def test_the_answer_is_in_the_language_of_the_words(body: str, expected: str) -> None:
    assert reply_to(SUBSCRIBED, body)[1] == expected


def test_the_last_clear_language_is_remembered() -> None:
    asked, _ = reply_to(STRANGER, "AYUDA")
    joined, reply = reply_to(asked, "JOIN DOWNTOWN")
    assert reply == replies.opted_in(PROGRAM, DOWNTOWN, "", "es")
    assert joined.language == "es"
    assert reply_to(joined, "unsubscribe")[1] == replies.opted_out(PROGRAM, "en")


def test_a_join_that_shows_no_language_is_in_the_programs() -> None:
    spanish = replace(SHOP, program=replace(PROGRAM, language="es"))
    decision = decide(STRANGER, a_text("JOIN"), understand("JOIN", spanish), spanish)
    assert decision.contact.language == "es"
    assert "ALTO" in decision.reply
    assert understand("JOIN", spanish).intent is Intent.JOIN
