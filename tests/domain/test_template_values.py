"""What templates may name, and what people read there."""

from datetime import UTC, datetime, timedelta

import pytest

from sayso.domain.parts import count_parts
from sayso.domain.template_values import (
    attributes_in,
    sample_of,
    shared_values,
    spoken_end,
    unknown_in,
    values_for,
)
from tests.support.bluebird import DENVER, PROGRAM


@pytest.mark.parametrize(
    ("until", "zone", "language", "spoken"),
    [
        ("2026-12-05T05:59:00", "America/Chicago", "en", "Friday, December 4"),  # 23:59
        ("2026-12-05T06:00:00", "America/Chicago", "en", "Friday, December 4"),  # midnight
        ("2026-12-05T06:00:00", "America/Denver", "en", "Friday, December 4, 11 pm"),
        ("2026-12-04T23:30:00", "America/Chicago", "en", "Friday, December 4, 5:30 pm"),
        ("2026-12-04T18:00:00", "America/Chicago", "en", "Friday, December 4, 12 pm"),
        ("2026-12-04T06:30:00", "America/Chicago", "en", "Friday, December 4, 12:30 am"),
        ("2026-12-05T06:00:00", "America/Chicago", "es", "el viernes 4 de diciembre"),
        ("2026-12-04T15:00:00", "America/Chicago", "fr", "vendredi 4 décembre, 9 h"),
        ("2026-12-04T15:05:00", "America/Chicago", "fr", "vendredi 4 décembre, 9 h 05"),
        ("2026-12-05T06:00:00", "America/Chicago", "pt", "Friday, December 4"),
        ("2026-03-08T08:00:00", "America/Chicago", "en", "Sunday, March 8, 3 am"),  # no 2 am
    ],
)
def test_an_end_is_told_as_people_there_say_it(
    until: str, zone: str, language: str, spoken: str
) -> None:
    assert spoken_end(datetime.fromisoformat(until).replace(tzinfo=UTC), zone, language) == spoken


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_no_day_and_no_month_makes_a_text_dearer(language: str) -> None:
    for day in range(365):
        moment = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
        assert not count_parts(spoken_end(moment, "America/New_York", language)).costly


def test_everybody_at_a_location_reads_its_name() -> None:
    until = datetime(2026, 12, 5, 7, tzinfo=UTC)  # midnight in Denver

    assert shared_values(PROGRAM, DENVER, until, "en") == {
        "program": {"name": "Bluebird Coffee"},
        "location": {"name": "Bluebird Denver", "code": "DENVER"},
        "valid_until": "Friday, December 4",
    }


def test_what_is_not_known_is_left_out() -> None:
    assert shared_values(PROGRAM, None, None, "en") == {"program": {"name": "Bluebird Coffee"}}


def test_an_empty_attribute_counts_as_missing_and_blanks_close_up() -> None:
    own = {"first_name": " Ana\n  Maria ", "city": " ", "nick": ""}

    assert values_for({}, own) == {"first_name": "Ana Maria"}


def test_no_attribute_stands_for_what_everybody_reads() -> None:
    shared = shared_values(PROGRAM, DENVER, None, "en")

    assert values_for(shared, {"program": "Evil Coffee", "location": "x"}) == shared


def test_a_name_with_a_dot_must_be_known_and_any_other_is_an_attribute() -> None:
    names = ["program.name", "location.name", "location.zip", "location", "valid_until", "nick"]

    assert unknown_in(names) == ["location", "location.zip"]
    assert attributes_in(["nick", "location.code", "valid_until"]) == {"nick"}


def test_a_made_up_person_has_all_that_a_template_asks_for() -> None:
    assert sample_of(["first_name", "favorite_roll", "program.name"]) == {
        "first_name": "Ana",
        "favorite_roll": "favorite roll",
    }
