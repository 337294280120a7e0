"""What a sign invites to, and the link that writes the text for people."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from sayso.domain.catalog import Keyword
from sayso.domain.invitation import Invitation, invitation, texting_link
from sayso.domain.understanding import understand
from sayso.domain.vocabulary import Intent
from tests.support.bluebird import BREW, COFFEE, DOWNTOWN, NUMBER, SHOP, UPTOWN


@pytest.mark.parametrize(
    ("word", "store", "words"),
    [
        ("COFFEE", "", "COFFEE"),
        ("coffee", "", "COFFEE"),
        ("COFFEE", "UPTOWN", "COFFEE"),
        ("BREW", "", "BREW"),
        ("BREW", "uptown", "BREW UPTOWN"),
        ("JOIN", "", "JOIN"),
        ("join", "DOWNTOWN", "JOIN DOWNTOWN"),
        ("downtown", "", "JOIN DOWNTOWN"),
    ],
)
def test_a_word_invites_to_text(word: str, store: str, words: str) -> None:
    found = invitation(SHOP, word, store)
    assert found is not None
    assert found.words == words
    reading = understand(words, SHOP)
    assert reading.intent is Intent.JOIN
    assert (reading.location or DOWNTOWN) == (found.location or DOWNTOWN)


@pytest.mark.parametrize(
    ("word", "store"), [("HOURS", ""), ("NOBODY", ""), ("", ""), ("JOIN", "PARIS"), ("STOP", "")]
)
def test_a_word_that_joins_nothing_is_no_invitation(word: str, store: str) -> None:
    assert invitation(SHOP, word, store) is None


def test_a_store_that_was_chosen_counts_only_where_the_keyword_leaves_it_open() -> None:
    assert Invitation(BREW).at(UPTOWN) == Invitation(BREW, UPTOWN)
    assert Invitation(COFFEE, DOWNTOWN).at(UPTOWN) == Invitation(COFFEE, DOWNTOWN)
    assert Invitation(Keyword("JOIN")).at(None) == Invitation(Keyword("JOIN"))


@pytest.mark.parametrize("words", ["JOIN DOWNTOWN", "COFFEE", "JOIN A&B?#+ü"])
def test_the_link_writes_the_very_text(words: str) -> None:
    link = texting_link(NUMBER, words)
    assert " " not in link
    assert unquote(urlsplit(link).path) == NUMBER
    assert parse_qs(urlsplit(link.replace("+", "%2B")).query)["body"] == [words]


def test_the_link_is_of_the_form_that_both_kinds_of_phone_read() -> None:
    assert texting_link("80808", "JOIN DOWNTOWN") == "sms:80808?&body=JOIN%20DOWNTOWN"
    assert texting_link("+18005550100", "JOIN") == "sms:+18005550100?&body=JOIN"
