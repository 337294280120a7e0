"""The hidden field: whose form, since when, and for which words."""

import itertools
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.services.form_tokens import LATEST, FormTokens, Token, Verdict
from tests.fakes.web_opt_ins import FakeSeals
from tests.support.bluebird import NOON

PAGE = "/join/COFFEE?lang=en 0123456789abcdef"
STALE = Token(Verdict.STALE)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def tokens() -> FormTokens:
    ids = itertools.count(1)
    return FormTokens(FakeSeals(), lambda: f"form{next(ids)}")


def test_a_form_that_a_person_fills_in_is_good(tokens: FormTokens) -> None:
    token = tokens.make(PAGE, NOON)
    assert tokens.check(token, PAGE, NOON + MINUTE) == Token(Verdict.GOOD, "form1")


def test_a_form_that_a_browser_fills_in_at_once_is_good_too(tokens: FormTokens) -> None:
    assert tokens.check(tokens.make(PAGE, NOON), PAGE, NOON).verdict is Verdict.GOOD


def test_a_form_from_yesterday_is_stale(tokens: FormTokens) -> None:
    token = tokens.make(PAGE, NOON)
    assert tokens.check(token, PAGE, NOON + LATEST).verdict is Verdict.GOOD
    assert tokens.check(token, PAGE, NOON + LATEST + MINUTE) == STALE


def test_a_form_whose_words_have_changed_since_is_stale(tokens: FormTokens) -> None:
    token = tokens.make(PAGE, NOON)
    assert tokens.check(token, PAGE.replace("0", "1"), NOON + MINUTE) == STALE


def test_a_form_of_another_deployment_is_stale(tokens: FormTokens) -> None:
    token = FormTokens(FakeSeals("another"), lambda: "x").make(PAGE, NOON)
    assert tokens.check(token, PAGE, NOON + MINUTE) == STALE


@given(st.data())
def test_a_token_with_any_other_character_is_stale(data: st.DataObject) -> None:
    tokens = FormTokens(FakeSeals(), lambda: "form")
    token = tokens.make(PAGE, NOON)
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters().filter(lambda one: one != token[at]))
    assert tokens.check(token[:at] + other + token[at + 1 :], PAGE, NOON + MINUTE) == STALE


@pytest.mark.parametrize("odd", ["\ud800", "é"])
def test_half_a_character_is_stale_too(tokens: FormTokens, odd: str) -> None:
    token = tokens.make(PAGE, NOON)
    assert tokens.check(f"{odd}{token[1:]}", PAGE, NOON + MINUTE) == STALE
    assert tokens.check(f"{token[:-1]}{odd}", PAGE, NOON + MINUTE) == STALE


@given(st.text())
def test_what_was_never_a_token_is_stale(text: str) -> None:
    assert FormTokens(FakeSeals(), lambda: "form").check(text, PAGE, NOON) == STALE
