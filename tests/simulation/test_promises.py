"""What the observer makes of codes: it knows what was read and what staff were told, no more."""

import re

import pytest

from sayso.domain.speech.reminders import REMINDERS
from simulation.carrier import code_in
from simulation.index import Codes, Index
from simulation.moments import DAY, HOUR
from simulation.promises import Promises

ANA, BEN = 1, 2
NOON = 1_793_000_000_000
CODE, ANOTHER = "K7P4XQ9M", "B0000001"


@pytest.fixture
def seen() -> list[str]:
    return []


@pytest.fixture
def promises(seen: list[str]) -> Promises:
    """Campaign C1 brings codes that are good for a day; Ana has read hers."""
    made = Promises(10, lambda kind, _: seen.append(kind))
    made.promised("C1", NOON + DAY)
    made.promised("C3", NOON + DAY)
    made.read(ANA, "C1", CODE, NOON)
    return made


def test_a_code_that_is_read_again_and_used_once_is_as_it_should_be(
    promises: Promises, seen: list[str]
) -> None:
    promises.read(ANA, "C1", CODE, NOON + HOUR)
    promises.used(CODE, "U1", NOON + 2 * HOUR)
    promises.used(CODE, "U1", NOON + 2 * HOUR)
    promises.taken_back(CODE)
    promises.used(CODE, "U2", NOON + 3 * HOUR)
    promises.read(BEN, "C2", "", NOON)

    assert seen == []
    assert promises.shown == {"C1": 1}


def test_one_person_has_no_second_code(promises: Promises, seen: list[str]) -> None:
    promises.read(ANA, "C1", ANOTHER, NOON)
    assert seen == ["two codes for one person"]


def test_two_people_have_not_one_code(promises: Promises, seen: list[str]) -> None:
    promises.read(BEN, "C1", CODE, NOON)
    assert seen == ["a code for two people"]


def test_nor_does_one_come_from_two_campaigns(promises: Promises, seen: list[str]) -> None:
    promises.read(ANA, "C3", CODE, NOON)
    assert seen == ["a code for two people"]


@pytest.mark.parametrize(("campaign", "code"), [("C1", ""), ("C2", ANOTHER)])
def test_codes_come_where_they_were_promised(
    promises: Promises, seen: list[str], campaign: str, code: str
) -> None:
    promises.read(BEN, campaign, code, NOON)
    assert seen == ["a text without its code"]


def test_nobody_is_reminded_of_what_they_redeemed(promises: Promises, seen: list[str]) -> None:
    promises.used(CODE, "U1", NOON + HOUR)
    promises.read(ANA, "C1", CODE, NOON + HOUR + 1)
    assert seen == [], "they came while it was on its way"
    promises.read(ANA, "C1", CODE, NOON + 2 * HOUR)
    assert seen == ["reminded of what was redeemed"]


def test_a_code_is_redeemed_once_and_in_time(promises: Promises, seen: list[str]) -> None:
    promises.used(CODE, "U1", NOON + HOUR)
    promises.used(CODE, "U2", NOON + 2 * DAY)
    promises.used(ANOTHER, "U3", NOON)
    assert seen == ["redeemed twice", "redeemed after its end", "redeemed though nobody has it"]


@pytest.mark.parametrize("language", REMINDERS)
def test_a_code_is_found_in_whichever_language_somebody_is_reminded(language: str) -> None:
    body = REMINDERS[language].replace("{{ code }}", "K7P4-XQ9M")
    read = re.sub(r"{%.*%}|{{.*?}}", "", body)
    assert code_in(read) == CODE


def test_ten_thousand_codes_are_found_again_and_no_others() -> None:
    index, column = Index(), Codes()
    codes = [f"C{number:07}" for number in range(10_000)] + ["LONGERTHANEIGHT", "SPRING"]
    column.reserve(len(codes))
    for place, code in enumerate(codes):
        index.add(code, place)
        column[place] = code

    assert [index.get(code) for code in codes] == [*range(len(codes))]
    assert [column[place] for place in range(len(codes))] == codes
    assert [index.get(code) for code in ("C9999999", "LONGERTHANNINES", "")] == [None] * 3
