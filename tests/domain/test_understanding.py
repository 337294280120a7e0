"""What texts mean. The labelled tables are in tests/cases; the floors are today's, never lower."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.catalog import Catalog
from sayso.domain.text import fold
from sayso.domain.understanding import intent_of, is_reserved, understand
from sayso.domain.vocabulary import MISTYPED, WORDS, Intent, Word
from sayso.domain.wording.phrases import DOUBTS, OPT_OUTS, OTHERWISE, SCRIPTS, SCRIPTS_UNSURE
from tests.support.bluebird import BREW, COFFEE, DENVER, DOWNTOWN, EMPTY_SHOP, HOURS, SHOP
from tests.support.cases import table

REPLIES = table("replies")
BARE_STOPS = table("stop-surface-forms")
TAPBACK_VERBS = ("Liked", "Loved", "Laughed at", "Emphasized", "Disliked", "Questioned")


def share(intent: Intent, **columns: str) -> float:
    """How many of the labelled replies with these columns are understood as `intent`."""
    texts = [row["text"] for row in REPLIES if columns.items() <= row.items()]
    assert texts, columns
    return sum(intent_of(text) is intent for text in texts) / len(texts)


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.words)
def test_each_reserved_word_means_what_its_source_says(word: Word) -> None:
    assert understand(f"{word.words.upper()}!", SHOP).intent is word.intent


@pytest.mark.parametrize("word", [one.words for one in WORDS])
def test_a_reserved_word_is_written_as_it_is_compared(word: str) -> None:
    assert fold(word) == word


@pytest.mark.parametrize("row", [*WORDS, *OPT_OUTS, *DOUBTS, *OTHERWISE, *SCRIPTS, *SCRIPTS_UNSURE])
def test_each_rule_names_its_source(row: tuple[str, ...]) -> None:
    assert row[-1]


@pytest.mark.parametrize(
    ("lang", "hardness", "floor"),
    [("en", "easy", 0.87), ("en", "medium", 0.37), ("en", "hard", 0.28), ("es", "easy", 0.75)],
)
def test_the_share_of_opt_outs_understood_does_not_fall(
    lang: str, hardness: str, floor: float
) -> None:
    assert share(Intent.STOP, lang=lang, label="stop", hardness=hardness) >= floor


def test_every_easy_and_medium_bare_stop_is_understood_however_it_is_dressed() -> None:
    missed = [
        row["text"]
        for row in BARE_STOPS
        if row["hardness"] != "hard" and intent_of(row["text"]) is not Intent.STOP
    ]
    assert missed == []


@pytest.mark.parametrize("hardness", ["easy", "medium"])
def test_no_everyday_reply_opts_anyone_out(hardness: str) -> None:
    assert share(Intent.STOP, label="none", hardness=hardness) == 0


def test_the_share_of_tricky_replies_taken_for_opt_outs_does_not_rise() -> None:
    assert share(Intent.STOP, label="none", hardness="hard") <= 0.08


@pytest.mark.parametrize("label", ["help", "start"])
def test_nobody_who_asks_for_help_or_to_start_is_opted_out(label: str) -> None:
    assert share(Intent.STOP, label=label) == 0


def test_no_opt_out_opts_anyone_in() -> None:
    taken = {intent_of(row["text"]) for row in [*REPLIES, *BARE_STOPS] if row["label"] == "stop"}
    assert not taken & {Intent.JOIN, Intent.START, Intent.YES}


@pytest.mark.parametrize("verb", TAPBACK_VERBS)
@pytest.mark.parametrize("quotes", ["“{}”", '"{}"', "«{}»"])
def test_a_reaction_that_quotes_our_own_stop_line_is_no_opt_out(verb: str, quotes: str) -> None:
    ours = "Bluebird Coffee: you're in! Reply HELP for help, STOP to end."
    assert intent_of(f"{verb} {quotes.format(ours)}") is Intent.NONE
    assert intent_of(f"{verb} {quotes.format('No more messages will be sent.')}") is Intent.NONE


@pytest.mark.parametrize(
    "said",
    [
        "STOP",
        "stop please",
        "Stop. Stop. STOP!",
        "S T O P",
        "s.t.o.p",
        "No! Stop!",
        "no stop texting me",
        "stop and delete my number",
        "Stop at once",
        "stop for now",
        "HELP stop texting me",
        "help me unsubscribe from this",
        "JOIN? No, unsubscribe me",
        "HOURS? leave me alone",
        "COFFEE was bad, take me off your list",
        "no quiero más mensajes",
        "arrêtez de m'écrire",
    ],
)
def test_an_opt_out_wins_over_everything_else_in_the_text(said: str) -> None:
    assert understand(said, SHOP).intent is Intent.STOP


@pytest.mark.parametrize(
    "said",
    [
        "Can I stop by at 5?",
        "we stop in every morning",
        "I'll stop for coffee later",
        "could I stop and grab a bag of beans",
        "never stop the deals!",
        "please don't remove me",
        "cancel my table for two",
        "the end of the week?",
        "is there a stop sign outside",
    ],
)
def test_everyday_english_with_such_a_word_in_it_is_no_opt_out(said: str) -> None:
    assert understand(said, SHOP).intent is Intent.NONE


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("HELP", Intent.HELP),
        ("help me please", Intent.HELP),
        ("info", Intent.HELP),
        ("info please", Intent.HELP),
        ("START", Intent.START),
        ("Unstop", Intent.START),
        ("YES", Intent.YES),
        ("Yes please!", Intent.YES),
        ("y", Intent.YES),
        ("Sí", Intent.YES),
        ("yes but only on sundays", Intent.NONE),
        ("start over", Intent.NONE),
        ("good morning", Intent.NONE),
        ("", Intent.NONE),
        ("🙂", Intent.NONE),
    ],
)
def test_mandatory_words_count_alone_and_with_a_polite_tail(said: str, intent: Intent) -> None:
    assert understand(said, SHOP).intent is intent


@pytest.mark.parametrize(
    "said",
    ["JOIN DOWNTOWN", "join: down-town!", "Join the Loop", "join please downtown", "JOIN DOWNTWON"],
)
def test_join_with_a_store_is_tagged_with_it(said: str) -> None:
    reading = understand(said, SHOP)
    assert (reading.intent, reading.location) == (Intent.JOIN, DOWNTOWN)
    assert reading.is_sure


@pytest.mark.parametrize("said", ["JOIN", "join please", "Join!"])
def test_join_alone_names_no_store(said: str) -> None:
    reading = understand(said, SHOP)
    assert (reading.intent, reading.location, reading.unplaced) == (Intent.JOIN, None, "")


@pytest.mark.parametrize("shop", [SHOP, EMPTY_SHOP], ids=["known shop", "empty shop"])
def test_join_with_an_unknown_store_asks_for_a_newer_catalog(shop: Catalog) -> None:
    reading = understand("JOIN Evanston", shop)
    assert (reading.intent, reading.location) == (Intent.JOIN, None)
    assert not reading.is_sure


def test_an_advertised_keyword_brings_its_own_store() -> None:
    reading = understand("coffee!", SHOP)
    assert (reading.intent, reading.keyword, reading.location) == (Intent.JOIN, COFFEE, DOWNTOWN)


def test_a_store_in_the_text_wins_over_the_keywords_own() -> None:
    assert understand("COFFEE denver", SHOP).location == DENVER


def test_a_keyword_without_a_store_takes_the_one_in_the_text() -> None:
    reading = understand("Brew, Denver", SHOP)
    assert (reading.keyword, reading.location) == (BREW, DENVER)


def test_words_that_name_no_store_do_not_bring_in_the_keywords_own() -> None:
    reading = understand("COFFEE Evanston", SHOP)
    assert (reading.location, reading.unplaced) == (None, "evanston")


def test_a_reply_keyword_counts_as_the_first_word() -> None:
    reading = understand("Hours today?", SHOP)
    assert (reading.intent, reading.keyword) == (Intent.KEYWORD, HOURS)
    assert understand("what are your hours", SHOP).intent is Intent.NONE


@pytest.mark.parametrize("word", ["STOP", "stop", "Arrêt", "help", "YES", "start", "opt-out"])
def test_a_reserved_word_is_refused_to_marketers_with_the_reason(word: str) -> None:
    reason = is_reserved(word)
    assert reason is not None
    assert reason.startswith(f"{word.upper()} always means ")


@pytest.mark.parametrize("word", ["JOIN", "COFFEE", "STOPWATCH"])
def test_other_words_and_join_itself_are_the_marketers(word: str) -> None:
    assert is_reserved(word) is None


@given(st.text())
def test_any_text_at_all_has_a_reading_with_a_rule(text: str) -> None:
    reading = understand(text, SHOP)
    assert reading.rule
    assert reading.location is None or reading.intent is Intent.JOIN


CASES = st.sampled_from([str.upper, str.lower, str.title, str.swapcase])
TAILS = st.sampled_from(["", " please", " pls", " now", " thanks", ", thank you", " por favor"])
MARKS = st.sampled_from(["", ".", "!", "!!!", "...", " 🙏"])


@given(
    st.sampled_from([one.words for one in WORDS if one.intent is Intent.STOP]), CASES, TAILS, MARKS
)
def test_a_word_that_is_an_opt_out_per_se_always_stops(
    word: str, case: Callable[[str], str], tail: str, mark: str
) -> None:
    assert intent_of(f"{case(word)}{tail}{mark}") is Intent.STOP


@pytest.mark.parametrize("word", MISTYPED)
def test_a_mistyped_word_means_what_the_word_does(word: str) -> None:
    assert intent_of(word[:-1] + word[-1] * 3) is intent_of(word)


@pytest.mark.parametrize("said", ["wrong number bud", "my next call is to the FCC", "Not Kyle."])
def test_what_may_be_an_opt_out_is_for_a_person_to_decide(said: str) -> None:
    assert understand(said, SHOP).intent is Intent.UNSURE


@pytest.mark.parametrize(
    "said",
    ["No thanks, stop", "nah stop", "no mas please stop", "not interested, remove me", "lol stop",
     "I asked you to stop", "put me on your do not call list", "enough! Stop or I sue"],
)  # fmt: skip
def test_who_says_no_and_then_stop_wants_it_to_stop(said: str) -> None:
    assert understand(said, SHOP).intent in (Intent.STOP, Intent.UNSURE)


@pytest.mark.parametrize("said", ["don't stop", "please don't stop the texts", "no, don't stop"])
def test_who_denies_the_stop_wants_it_to_go_on(said: str) -> None:
    assert understand(said, SHOP).intent is Intent.NONE


@pytest.mark.parametrize("said", ["stop annoying ur sister lol", "stop bothering ur brother"])
def test_a_phrase_that_all_other_words_deny_is_for_a_person_to_read(said: str) -> None:
    assert understand(said, SHOP).intent is not Intent.STOP


def test_who_cancels_a_sign_up_does_not_sign_up() -> None:
    assert understand("cancel my sign up", SHOP).intent in (Intent.STOP, Intent.UNSURE)
