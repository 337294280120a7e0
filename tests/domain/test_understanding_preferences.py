"""Preference words among other words, mistyped, and in everyday sentences."""

from datetime import time, timedelta

import pytest

from sayso.domain.preference_words import Hours, hours_of, pause_of
from sayso.domain.understanding import intent_of, understand
from sayso.domain.vocabulary import Intent
from tests.support.bluebird import SHOP, UPTOWN

ASKED = {
    *(Intent.NO, Intent.PAUSE, Intent.LESS, Intent.MORE),
    *(Intent.WHEN, Intent.MOVE, Intent.ME, Intent.FORGET),
}


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("pause please", Intent.PAUSE),
        ("hey pause, thanks!", Intent.PAUSE),
        ("pls pause 10 days thanks", Intent.PAUSE),
        ("pause my texts", Intent.PAUSE),
        ("pause the texts for 2 weeks", Intent.PAUSE),
        ("Pause it for a week", Intent.PAUSE),
        ("PAUSE 🙏", Intent.PAUSE),
        ("pausa los mensajes", Intent.PAUSE),
        ("puase", Intent.PAUSE),
        ("pasue", Intent.PAUSE),
        ("less texts please", Intent.LESS),
        ("fewer messages", Intent.LESS),
        ("text me less please", Intent.LESS),
        ("menos mensajes por favor", Intent.LESS),
        ("moins de messages", Intent.LESS),
        ("more texts please", Intent.MORE),
        ("más ofertas", Intent.MORE),
        ("WHEN mornings please", Intent.WHEN),
        ("please move to uptown", Intent.MOVE),
        ("forget me please", Intent.FORGET),
        ("Forget me now!", Intent.FORGET),
        ("foget me", Intent.FORGET),
        ("forgetme", Intent.FORGET),
        ("Nope!", Intent.NO),
    ],
)
def test_preference_words_count_among_polite_words_and_a_slip_away(
    said: str, intent: Intent
) -> None:
    assert understand(said, SHOP).intent is intent


@pytest.mark.parametrize(
    "said",
    [
        *("me too", "me and my wife", "not me", "more salsa please", "less is more"),
        *("more or less", "when do you open", "when is the sale", "cause", "paused"),
        *("pause the music", "move my appointment to 4", "move on", "forget it"),
        *("forget the fries", "don't forget me", "a forget me not bouquet", "no problem"),
        *("no way!!", "cuando abren", "cambiar mi orden", "menos sal", "moved"),
    ],
)
def test_everyday_sentences_with_such_a_word_ask_for_no_preference(said: str) -> None:
    assert intent_of(said) not in ASKED


@pytest.mark.parametrize("said", ["more info please", "mas informacion", "my info"])
def test_who_wants_more_information_wants_help(said: str) -> None:
    assert intent_of(said) is Intent.HELP


@pytest.mark.parametrize(
    "said", ["forget my number", "erase my info", "delete my data", "olviden mi número"]
)
def test_to_be_forgotten_in_other_words_is_an_opt_out(said: str) -> None:
    assert intent_of(said) is Intent.STOP


@pytest.mark.parametrize("said", ["no more texts", "no more", "no texts"])
def test_none_at_all_is_not_fewer(said: str) -> None:
    assert intent_of(said) is Intent.STOP


def test_what_is_polite_before_the_word_hides_no_argument() -> None:
    assert pause_of("pls pause my texts for 10 days") == timedelta(days=10)
    assert hours_of("please WHEN 9-17") == Hours(time(9), time(17))
    assert understand("please move to Uptown", SHOP).location == UPTOWN
