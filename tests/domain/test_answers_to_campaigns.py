"""Which campaign a text counts for: as its answer, or as the opt-out that it brought on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.bluebird import (
    NOON,
)
from tests.support.states import (
    SUBSCRIBED,
    after,
)


def test_a_stop_soon_after_a_campaigns_text_is_counted_as_its_doing() -> None:
    texted = replace(SUBSCRIBED, last_run="run-1", last_run_at=NOON - timedelta(hours=72))
    assert after(texted, "STOP").left_run == "run-1"
    long_ago = replace(texted, last_run_at=NOON - timedelta(hours=73))
    assert after(long_ago, "STOP").left_run == ""


def test_the_first_text_within_a_week_of_a_campaigns_text_is_its_answer() -> None:
    texted = replace(SUBSCRIBED, last_run="run-1", last_run_at=NOON - timedelta(days=7))
    earlier = replace(texted, last_heard_at=NOON - timedelta(days=8))
    assert after(earlier, "yum").answered_run == "run-1"
    assert after(replace(texted, last_heard_at=None), "yum").answered_run == "run-1"
    second = replace(texted, last_heard_at=NOON - timedelta(days=6))
    assert after(second, "yum").answered_run == ""
    long_ago = replace(earlier, last_run_at=NOON - timedelta(days=7, seconds=1))
    assert after(long_ago, "yum").answered_run == ""
    not_yet = replace(earlier, last_run_at=NOON + timedelta(seconds=1))
    assert after(not_yet, "yum").answered_run == ""


def test_an_answer_within_the_second_counts_once_though_it_seems_to_come_first() -> None:
    texted = replace(SUBSCRIBED, last_run="run-1", last_run_at=NOON + timedelta(milliseconds=900))
    assert after(replace(texted, last_heard_at=None), "yum").answered_run == "run-1"
    assert after(replace(texted, last_heard_at=NOON), "and more").answered_run == ""


@pytest.mark.parametrize("body", ["STOP", "FORGET ME"])
def test_a_goodbye_is_no_answer_to_a_campaign(body: str) -> None:
    texted = replace(SUBSCRIBED, last_run="run-1", last_run_at=NOON, last_heard_at=None)
    decision = after(texted, body)
    assert (decision.answered_run, decision.left_run) == ("", "run-1")
