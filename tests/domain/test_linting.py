"""What the linter finds in texts, and what it leaves alone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.linting.findings import Days, Draft, Finding, Level
from sayso.domain.linting.links import SHORTENERS, links_in
from sayso.domain.linting.lint import by_weight, findings_in
from sayso.domain.linting.opt_out_lines import LINES
from sayso.domain.linting.rules import RULES
from sayso.domain.linting.shaft import HARMLESS, TOPICS, mentions_in
from sayso.domain.text import fold
from sayso.domain.written import Written
from tests.support.linting import BODY, ROLLS, found

# Kept beside the repository where it is: CC BY 4.0 texts between people, none to a shop.
ORDINARY = Path(__file__).resolve().parents[3] / "shared" / "data" / "ordinary-texts.txt"


def shop_says(words: str) -> str:
    return f"Bluebird Coffee: {words} Reply STOP to end."


def test_a_sound_text_has_no_finding() -> None:
    assert found(ROLLS) == {}


@pytest.mark.parametrize("text", ["Rolls! Reply STOP to end.", "Bluebird: hi. Reply STOP to end."])
def test_a_text_that_does_not_say_who_writes_is_an_error(text: str) -> None:
    assert found(text).keys() == {"no_program_name"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Bluebird Coffee", "BLUEBIRD COFFEE: rolls for you"),
        ("Joe's & Co.", "joes co: hi"),
        ("Café Ré", "Cafe re says hi"),
    ],
)
def test_a_name_is_known_in_any_spelling(name: str, text: str) -> None:
    draft = Draft(f"{text}. Reply STOP to end.", "en", name)
    assert [one.code for one in findings_in(BODY, [draft])] == []


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Reply STOP to end."),
        ("en", "Text STOP to opt-out"),
        ("en", "STOP to end"),
        ("en", "Txt STOP 2 end"),
        ("en", "STOP=end"),
        ("en", "To leave, reply QUIT."),
        ("en", 'Reply "stop" to unsubscribe'),
        ("es", "Responda ALTO para terminar."),
        ("es", "Envíe PARAR para cancelar"),
        ("es", "Responda STOP para terminar"),
        ("es", "BAJA para salir"),
        ("fr", "Répondez ARRET pour arrêter."),
        ("fr", "STOP pour terminer"),
        ("pt", "Responda STOP para sair"),
    ],
)
def test_the_way_out_may_be_said_in_many_ways(language: str, line: str) -> None:
    codes = found(f"Bluebird Coffee: hi! {line}", language)
    assert not {"no_opt_out_line", "opt_out_in_another_language"} & codes.keys()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "two rolls for one."),
        ("en", "stop by today for two rolls."),
        ("en", "we never stop baking. Reply to win!"),
        ("es", "dos roles por uno."),
        ("fr", "deux petits pains."),
        ("pt", "dois pelo preço de um."),
    ],
)
def test_a_text_without_the_way_out_is_an_error(language: str, text: str) -> None:
    assert "no_opt_out_line" in found(f"Bluebird Coffee: {text}", language)


@pytest.mark.parametrize(
    ("language", "line"),
    [("es", "Reply STOP to end."), ("en", "Responda ALTO para terminar."), ("fr", "STOP to end")],
)
def test_a_way_out_in_another_language_is_a_warning(language: str, line: str) -> None:
    assert found(f"Bluebird Coffee: hi. {line}", language).keys() == {"opt_out_in_another_language"}


def test_costly_characters_are_named_with_what_would_do() -> None:
    (message,) = found(shop_says("two rolls \u2013 it\u2019s on us, " + "x" * 60))[
        "costly_characters"
    ]

    assert message.startswith("\u2013 \u2019 leaves 70")
    assert "2 parts instead of 1" in message
    assert "- for \u2013, ' for \u2019" in message


def test_an_emoji_is_costly_and_nothing_else_would_do() -> None:
    (message,) = found(shop_says("rolls \U0001f950"))["costly_characters"]

    assert "70 characters a part" in message
    assert "Plain" not in message


def test_a_long_text_is_a_hint() -> None:
    assert "3 parts" in found(shop_says("rolls " * 60))["many_parts"][0]


@pytest.mark.parametrize("host", SHORTENERS)
def test_public_shorteners_are_errors(host: str) -> None:
    for text in (f"see https://{host}/abc", f"see {host.upper()}/x", f"see www.{host}"):
        (message,) = found(shop_says(text))["link_shortener"]
        assert host in message


@pytest.mark.parametrize(
    "text",
    [
        "see https://bluebird.example/rolls",
        "see https://orbit.lyon.example",
        "mail hello@bit.ly.example",
        "a habit.lying around",
        "from 7 a.m.to 3",
    ],
)
def test_the_shops_own_addresses_are_fine(text: str) -> None:
    assert "link_shortener" not in found(shop_says(text))


def test_two_links_are_a_hint() -> None:
    links = "https://bluebird.example/a or www.bluebird.example"

    assert "2 links" in found(shop_says(links))["many_links"][0]
    assert links_in("Open 7.30, see bluebird.example/menu, ok?") == ["bluebird.example/menu"]


@pytest.mark.parametrize(
    ("language", "words", "topic"),
    [
        ("en", "half-price VODKA tonight", "alcohol"),
        ("en", "Free cigars", "tobacco"),
        ("en", "e-cigs are here", "tobacco"),
        ("en", "CBD gummies", "cannabis"),
        ("en", "gun show, AR-15", "firearms"),
        ("en", "white power", "hate"),
        ("en", "strip club opening", "sex"),
        ("es", "cerveza gratis", "alcohol"),
        ("es", "armas de fuego", "firearms"),
        ("es", "free beer", "alcohol"),
        ("fr", "cigarettes à moitié prix", "tobacco"),
    ],
)
def test_what_carriers_restrict_is_an_error(language: str, words: str, topic: str) -> None:
    assert any(topic in message for message in found(shop_says(words), language)["shaft"])


@pytest.mark.parametrize("words", ["rum punch", "glue your gun back", "a nude palette", "hemp bag"])
def test_a_word_with_a_harmless_sense_is_a_warning(words: str) -> None:
    codes = found(shop_says(words))
    assert "maybe_shaft" in codes
    assert "shaft" not in codes


@pytest.mark.parametrize(
    "words",
    [
        *HARMLESS,
        "winery tour",  # no word of the table, though one is in it
        "beerenberg jam",
        "scrumptious ginger",
        "Sussex",
        "vin santo",  # a word of another language's table
    ],
)
def test_ordinary_food_and_names_are_left_alone(words: str) -> None:
    assert not {"shaft", "maybe_shaft"} & found(shop_says(words)).keys()


def test_texts_between_people_are_hardly_ever_taken_for_promotion() -> None:
    if not ORDINARY.exists():
        pytest.skip("the texts between people may not be shipped, and do not stand beside here")
    texts = ORDINARY.read_text().splitlines()
    errors, warnings = (
        [one for one in texts if any(said.level is level for said in mentions_in(one, "en"))]
        for level in (Level.ERROR, Level.WARNING)
    )
    assert len(texts) > 4000
    # As of 2026-11: 19, each of which does speak of beer, wine and their like, and 53.
    assert len(errors) <= 0.005 * len(texts)
    assert len(warnings) <= 0.015 * len(texts)


def test_shouting_is_a_hint() -> None:
    assert "capitals" in found("BLUEBIRD COFFEE: TWO CINNAMON ROLLS FOR ONE. Reply STOP to end.")
    assert "capitals" not in found(
        "BLUEBIRD COFFEE: two cinnamon rolls for one. Reply STOP to end."
    )


def test_each_thing_is_said_once_and_says_where() -> None:
    spanish = Written("B", "es", "variants.0.translations.es", "Hola")

    findings = list(findings_in(spanish, [Draft("Hola", "es", "Bluebird Coffee")] * 3))

    assert {(one.variant, one.language, one.field) for one in findings} == {
        ("B", "es", "variants.0.translations.es")
    }
    assert len(findings) == 2


def test_errors_come_first() -> None:
    levels = [Level.HINT, Level.ERROR, Level.WARNING, Level.ERROR]
    findings = [Finding(level, str(n), "") for n, level in enumerate(levels)]

    assert [one.code for one in by_weight(findings)] == ["1", "3", "2", "0"]


def rows() -> Iterator[str]:
    yield from (rule.source for rule in RULES)
    yield from (topic.source for topic in TOPICS)
    yield from SHORTENERS.values()


def test_every_row_names_its_source() -> None:
    assert all(rows())
    assert len({rule.code for rule in RULES}) == len(RULES)


def test_the_tables_are_written_as_texts_are_compared() -> None:
    for topic in TOPICS:
        for word in f"{topic.sure} {topic.maybe}".replace("+", " ").split():
            assert fold(word) == word
    for line in LINES.values():
        for words in (line.verbs, line.to, line.ends):
            assert all(fold(word) == word for word in words.split("|"))


@given(st.text(max_size=300), st.sampled_from(["en", "es", "fr", "pt", ""]))
def test_whatever_the_text_the_linter_answers(text: str, language: str) -> None:
    monday, friday = date(2026, 11, 23), date(2026, 11, 27)
    days = (Days(monday), Days(monday, monday, friday))
    findings = findings_in(BODY, [Draft(text, language, "Bluebird Coffee", days)])
    assert all(one.code and one.message for one in findings)
