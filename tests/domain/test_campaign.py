"""A campaign's life and its text."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.campaign import (
    TRANSITIONS,
    InvalidText,
    State,
    Step,
    StepRefused,
    checked_body,
    checked_name,
)
from tests.support.bluebird import NOON
from tests.support.campaigns import BODY, a_campaign

LATER = NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    ("before", "step", "after"),
    [
        (State.DRAFT, Step.SCHEDULE, State.SCHEDULED),
        (State.SCHEDULED, Step.LAUNCH, State.SENDING),
        (State.SENDING, Step.LAUNCH, State.SENDING),
        (State.SENDING, Step.FINISH, State.FINISHED),
        (State.SCHEDULED, Step.CANCEL, State.CANCELLED),
        (State.SENDING, Step.CANCEL, State.CANCELLED),
    ],
)
def test_a_campaign_goes_its_way(before: State, step: Step, after: State) -> None:
    moved = a_campaign(state=before).after(step, LATER)

    assert (moved.state, moved.updated_at, moved.revision) == (after, LATER, 2)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", Step)
def test_what_is_not_in_the_table_is_refused_with_what_would_do(state: State, step: Step) -> None:
    campaign = a_campaign(state=state)
    if (state, step) in TRANSITIONS:
        campaign.check(step)
        return

    with pytest.raises(StepRefused) as refused:
        campaign.after(step, LATER)

    allowed = [one for one in State if (one, step) in TRANSITIONS]
    assert all(one in str(refused.value) for one in (state, *allowed))


@pytest.mark.parametrize("state", [State.FINISHED, State.CANCELLED])
def test_an_end_is_an_end(state: State) -> None:
    assert not any(
        target for (start, _), target in TRANSITIONS.items() if start is state and target
    )


def test_a_campaign_finishes_with_the_last_of_its_runs() -> None:
    sending = a_campaign(state=State.SENDING, runs=("R1-1", "R1-2"))

    first = sending.without_a_run(LATER)
    second = first.without_a_run(LATER)

    assert (first.state, first.open_runs) == (State.SENDING, 1)
    assert (second.state, second.open_runs) == (State.FINISHED, 0)
    assert (first.revision, second.revision) == (2, 3)


def test_a_name_loses_the_blanks_around_it() -> None:
    assert checked_name("  Cinnamon week ") == "Cinnamon week"


@pytest.mark.parametrize("name", ["", "   ", "n" * 81, "two\x00", "half \ud83e"])
def test_a_name_must_be_one(name: str) -> None:
    with pytest.raises(InvalidText) as invalid:
        checked_name(name)

    assert invalid.value.field == "name"


def test_a_body_is_measured() -> None:
    assert checked_body(BODY).parts == 1


@pytest.mark.parametrize("body", ["x" * 1530, "€" * 765, "ł" * 630, "🥐" * 315, "a\nb"])
def test_the_longest_text_that_the_carrier_takes_is_fine(body: str) -> None:
    checked_body(body)


@pytest.mark.parametrize("body", ["x" * 1531, "€" * 766, "ł" * 631, "🥐" * 316])
def test_a_longer_one_is_refused(body: str) -> None:
    with pytest.raises(InvalidText, match="Shorten"):
        checked_body(body)


def test_a_text_that_one_character_made_too_long_names_it() -> None:
    with pytest.raises(InvalidText, match="Without – it"):
        checked_body("x" * 800 + "–")


def test_single_braces_are_ordinary_characters() -> None:
    checked_body("Rolls {2 for 1}")


@pytest.mark.parametrize("body", ["", " \n ", "a\x00b", "a\x1bb", "\x85a", "\ud83e alone"])
def test_a_text_without_words_or_that_no_phone_shows_is_refused(body: str) -> None:
    with pytest.raises(InvalidText):
        checked_body(body)


@given(st.text())
def test_whatever_is_accepted_can_be_stored_and_sent(body: str) -> None:
    try:
        parts = checked_body(body)
    except InvalidText:
        return
    assert 1 <= parts.parts <= 10
    assert body.encode()
