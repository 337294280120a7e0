"""What the linter finds in what a text says of its offer: its days, its code and its end."""

from dataclasses import replace
from datetime import date

import pytest

from sayso.domain.linting.findings import Days, Draft, Offered
from sayso.domain.linting.lint import findings_in
from tests.support.linting import BODY, ROLLS, found

# A Monday; the offer's last days are that week's.
MONDAY, TUESDAY, THURSDAY, FRIDAY = (date(2026, 11, day) for day in (23, 24, 26, 27))


@pytest.mark.parametrize(
    ("language", "words", "days"),
    [
        ("en", "today only!", Days(MONDAY, last=FRIDAY)),
        ("en", "Ends tonight.", Days(MONDAY, last=TUESDAY)),
        ("en", "until tomorrow", Days(MONDAY, last=FRIDAY)),
        ("en", "Last chance", Days(MONDAY, last=FRIDAY)),
        ("en", "ends Friday", Days(MONDAY, last=THURSDAY)),
        ("en", "through Thurs", Days(MONDAY, last=FRIDAY)),
        ("en", "ends Friday", Days(date(2026, 11, 16), last=FRIDAY)),  # a Friday later
        ("en", "half price today", Days(MONDAY, first=TUESDAY)),
        ("es", "¡Solo hoy!", Days(MONDAY, last=FRIDAY)),
        ("es", "hasta mañana", Days(MONDAY, last=FRIDAY)),
        ("es", "termina el viernes", Days(MONDAY, last=THURSDAY)),
        ("es", "Última oportunidad", Days(MONDAY, last=FRIDAY)),
        ("fr", "Aujourd'hui seulement", Days(MONDAY, last=FRIDAY)),
        ("fr", "jusqu'à vendredi", Days(MONDAY, last=THURSDAY)),
    ],
)
def test_urgency_that_the_offers_days_contradict_is_an_error(
    language: str, words: str, days: Days
) -> None:
    assert "false_urgency" in found(f"{words} {ROLLS}", language, days)


@pytest.mark.parametrize(
    ("language", "words", "days"),
    [
        ("en", "today only!", Days(MONDAY, last=MONDAY)),
        ("en", "ends tomorrow", Days(MONDAY, last=TUESDAY)),
        ("en", "last chance", Days(MONDAY, last=THURSDAY)),
        ("en", "ends Friday", Days(MONDAY, last=FRIDAY)),
        ("en", "half price today", Days(MONDAY, first=MONDAY, last=FRIDAY)),
        ("en", "half price today", Days(MONDAY)),
        ("es", "solo hoy", Days(MONDAY, last=MONDAY)),
        ("es", "termina el viernes", Days(MONDAY, last=FRIDAY)),
        ("en", "Monday is for rolls, Friday for tea", Days(MONDAY, last=THURSDAY)),
    ],
)
def test_urgency_that_is_true_is_fine(language: str, words: str, days: Days) -> None:
    codes = found(f"{words} {ROLLS}", language, days).keys()
    assert not {"false_urgency", "urgency_without_end"} & codes


@pytest.mark.parametrize("words", ["today only", "last chance", "ends Friday", "until tomorrow"])
def test_urgency_without_an_end_is_a_warning(words: str) -> None:
    codes = found(f"{words}! {ROLLS}", "en", Days(MONDAY))
    assert "urgency_without_end" in codes
    assert "false_urgency" not in codes


def test_a_claim_must_be_true_of_every_firing() -> None:
    days = (Days(MONDAY, last=MONDAY), Days(TUESDAY, last=MONDAY))

    assert len(found(f"today only: {ROLLS}", "en", *days)["false_urgency"]) == 1


UNTIL = "Friday, November 27"
COFFEE = Offered(("K7P4-XQ9M", "https://offers.bluebird.example/o/K7P4XQ9M"), UNTIL)
OF_OFFERS = {"no_code", "offer_without_end", "end_not_said"}


def found_of(words: str, offered: Offered | None, language: str = "en") -> set[str]:
    draft = Draft(f"Bluebird Coffee: {words}", language, "Bluebird Coffee", offered=offered)
    return OF_OFFERS & {one.code for one in findings_in(BODY, [draft])}


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("show K7P4-XQ9M until Friday, November 27", "en"),
        (f"see {COFFEE.ways[1]}, ends Friday", "en"),
        ("show K7P4-XQ9M today", "en"),
        ("muestre K7P4-XQ9M, válido hasta el viernes", "es"),
        ("montrez K7P4-XQ9M jusqu'à vendredi", "fr"),
        ("zeigen: K7P4-XQ9M Friday, November 27", "de"),
    ],
)
def test_a_text_that_says_code_and_end_is_sound(words: str, language: str) -> None:
    assert found_of(words, COFFEE, language) == set()


def test_a_text_that_leaves_out_code_or_end_is_warned_of() -> None:
    assert found_of("coffee for you, until Friday", COFFEE) == {"no_code"}
    assert found_of("show K7P4-XQ9M", COFFEE) == {"end_not_said"}
    assert found_of("hello", replace(COFFEE, ends="")) == {"no_code", "offer_without_end"}
    assert found_of("hello", None) == set()
