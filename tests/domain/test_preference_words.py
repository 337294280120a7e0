"""What people write after PAUSE, WHEN and MOVE, in three languages."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.preference import Preference
from sayso.domain.preference_words import (
    ANY_HOUR,
    PAUSE_FOR,
    Hours,
    at_hours,
    hours_of,
    less,
    more,
    pause_of,
)
from sayso.domain.understanding import understand
from sayso.domain.vocabulary import Intent
from tests.support.bluebird import SHOP, UPTOWN

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("body", "intent"),
    [
        ("No", Intent.NO),
        ("no thanks", Intent.NO),
        ("Non merci", Intent.NO),
        ("non", Intent.NO),
        ("PAUSE", Intent.PAUSE),
        ("pause 2 weeks", Intent.PAUSE),
        ("Pause for a month please", Intent.PAUSE),
        ("PAUSA 3 días", Intent.PAUSE),
        ("LESS", Intent.LESS),
        ("Menos, por favor", Intent.LESS),
        ("moins", Intent.LESS),
        ("more", Intent.MORE),
        ("más", Intent.MORE),
        ("WHEN", Intent.WHEN),
        ("when 10-14", Intent.WHEN),
        ("WHEN mornings", Intent.WHEN),
        ("CUÁNDO 9-17", Intent.WHEN),
        ("quand 9h à 17h", Intent.WHEN),
        ("move uptown", Intent.MOVE),
        ("MOVE", Intent.MOVE),
        ("me", Intent.ME),
        ("mis datos", Intent.ME),
        ("mes données", Intent.ME),
        ("FORGET ME", Intent.FORGET),
        ("olvídame", Intent.FORGET),
        ("oubliez-moi", Intent.FORGET),
        ("UNIRSE", Intent.JOIN),
        ("unirse uptown", Intent.JOIN),
        ("REJOINDRE UPTOWN", Intent.JOIN),
    ],
)
def test_preference_words_are_understood(body: str, intent: Intent) -> None:
    assert understand(body, SHOP).intent is intent


@pytest.mark.parametrize(
    "body",
    [
        "me too",
        "more info please",
        "more coffee",
        "less salt",
        "when do you open",
        "when is the sale over",
        "pause the music",
        "pause for effect",
        "move my order to 5",
        "move it",
        "forget me not bouquet",
    ],
)
def test_everyday_sentences_are_no_preference(body: str) -> None:
    asked = {
        *(Intent.NO, Intent.PAUSE, Intent.LESS, Intent.MORE),
        *(Intent.WHEN, Intent.MOVE, Intent.ME, Intent.FORGET),
    }
    assert understand(body, SHOP).intent not in asked


def test_a_move_names_the_store() -> None:
    assert understand("move to Uptown", SHOP).location == UPTOWN


@pytest.mark.parametrize(
    ("body", "length"),
    [
        ("PAUSE", PAUSE_FOR),
        ("pause 2 weeks", 14 * DAY),
        ("pause for 10 days", 10 * DAY),
        ("PAUSE 3d", 3 * DAY),
        ("Pausa una semana", 7 * DAY),
        ("pause deux semaines", 14 * DAY),
        ("pause a month please", PAUSE_FOR),
        ("pause 900 weeks", PAUSE_FOR),
    ],
)
def test_a_pause_has_a_length(body: str, length: timedelta) -> None:
    assert pause_of(body) == length


@pytest.mark.parametrize(
    ("body", "hours"),
    [
        ("WHEN 10-14", Hours(time(10), time(14))),
        ("when 10am-2pm", Hours(time(10), time(14))),
        ("when 10 to 2", Hours(time(10), time(14))),
        ("when 9:30 - 17:00", Hours(time(9, 30), time(17))),
        ("when 1-5", Hours(time(13), time(17))),
        ("when 6-9", Hours(time(18), time(21))),
        ("when 12-4", Hours(time(12), time(16))),
        ("when 8-12", Hours(time(8), time(12))),
        ("when 12am-9am", Hours(time(0), time(9))),
        ("when 18-24", Hours(time(18), None)),
        ("when mornings", Hours(time(8), time(12))),
        ("when mornings and afternoons", Hours(time(8), time(17))),
        ("cuando tardes", Hours(time(12), time(17))),
        ("quand soir", Hours(time(17), time(21))),
        ("when anytime", ANY_HOUR),
        ("when", None),
        ("when 17", None),
        ("when 20-10", None),
        ("when 25-99", None),
        ("when mornings and evenings", None),
    ],
)
def test_when_names_hours(body: str, hours: Hours | None) -> None:
    assert hours_of(body) == hours


@given(st.text(max_size=40))
def test_whatever_follows_a_when_makes_hours_that_open_or_none(words: str) -> None:
    hours = hours_of(f"when {words}")
    if hours is not None:
        assert at_hours(Preference(), hours).opens == hours.opens


@given(st.text(max_size=40))
def test_no_pause_is_longer_than_a_year(words: str) -> None:
    length = pause_of(f"pause {words}")
    assert timedelta() < length <= 366 * DAY


def test_less_and_less_again_and_back() -> None:
    once = less(Preference())
    twice = less(once)
    assert (once.most, once.within) == (1, 7 * DAY)
    assert (twice.most, twice.within) == (1, 30 * DAY)
    assert less(twice) == twice
    assert more(twice) == Preference()


def test_pace_and_hours_do_not_disturb_each_other() -> None:
    mornings = at_hours(less(Preference()), Hours(time(8), time(12)))
    assert (mornings.most, mornings.opens) == (1, time(8))
    assert more(mornings) == Preference(opens=time(8), closes=time(12))
    assert less(mornings).closes == time(12)
