"""Runs, the plans of their slices, and their end."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.domain.recipient import recipients
from sayso.domain.run import (
    BATCH,
    BATCHES_DONE,
    Launch,
    Plan,
    Progress,
    RunState,
    Slice,
    run_ids,
)
from tests.support.bluebird import ANA, BEN, NOON
from tests.support.campaigns import a_run

PIECE = Slice("R1", "DOWNTOWN", 3)


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (RunState.WAITING, Launch.START),
        (RunState.SENDING, Launch.RESUME),
        (RunState.FINISHED, Launch.FINISHED),
        (RunState.CANCELLED, Launch.CANCELLED),
    ],
)
def test_a_launch_on_time_depends_on_the_state(state: RunState, found: Launch) -> None:
    assert a_run(state=state).launch(NOON) is found


@pytest.mark.parametrize(
    ("early", "found"),
    [(timedelta(seconds=5), Launch.START), (timedelta(seconds=6), Launch.TOO_EARLY)],
)
def test_clocks_may_differ_by_a_few_seconds_and_no_more(early: timedelta, found: Launch) -> None:
    assert a_run(state=RunState.WAITING).launch(NOON - early) is found


def test_runs_of_one_scheduling_share_their_occasion() -> None:
    ids = run_ids("01K", 3)

    assert ids == ("01K-1", "01K-2", "01K-3")
    assert {a_run(one).occasion for one in ids} == {"01K"}
    assert run_ids("01K", 1) == ("01K",)
    assert a_run("01K").occasion == "01K"


@given(st.lists(st.lists(st.integers(0, 10**9), max_size=130), min_size=1, max_size=6))
def test_a_plan_counts_and_names_every_batch_once(pages: list[list[int]]) -> None:
    plan, ids, phones = Plan(PIECE), [], 0
    for number, page in enumerate(pages, 1):
        position = "" if number == len(pages) else str(number)
        plan = plan.with_page(recipients(f"+{one}" for one in page), position)
        ids += [batch.id for batch in plan.queued]
        assert [one for batch in plan.queued for one in batch.phones] == [f"+{n}" for n in page]
        assert all(0 < len(batch.phones) <= BATCH for batch in plan.queued)
        phones += len(page)

    assert (plan.targeted, plan.batches, plan.revision) == (phones, len(ids), len(pages))
    assert len(set(ids)) == len(ids)
    assert plan.is_complete


def test_batches_of_different_slices_have_different_names() -> None:
    slices = [Slice("R1", place, shard) for place in ("DOWNTOWN", "") for shard in (0, 1)]

    ids = [Plan(piece).with_page(recipients([ANA]), "").queued[0].id for piece in slices]

    assert len(set(ids)) == 4


def progress(*plans: Plan, done: int) -> Progress:
    return Progress(a_run(), plans, {BATCHES_DONE: done})


def test_a_run_ends_when_every_slice_is_planned_and_every_batch_done() -> None:
    complete = Plan(PIECE).with_page(recipients([ANA, BEN]), "")
    empty = Plan(replace(PIECE, shard=4)).with_page([], "")
    unfinished = Plan(replace(PIECE, shard=4)).with_page(recipients([ANA]), ANA)

    assert progress(complete, empty, done=1).has_ended(2)
    assert not progress(complete, empty, done=0).has_ended(2)
    assert not progress(complete, empty, done=1).has_ended(3)
    assert not progress(complete, unfinished, done=2).has_ended(2)
    assert not progress(done=0).has_ended(1)
