"""When those are asked for again who could not be texted in a batch's delivery."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil, floor

from sayso.domain.slot import Result, SlotState
from sayso.services.ports.queues import BatchTask
from sayso.services.settling import strangers_in
from sayso.services.turns import Attempt, Then

# A carrier that takes nothing is asked again after 1 s, 2 s, 4 s …: for more than an hour in all.
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=15)
FRUITLESS_AT_MOST = 14
# Why those are skipped whom the carrier would not take for so long.
_CARRIER_BUSY = Result(SlotState.SKIPPED, "carrier_busy")

Attempts = Mapping[str, Attempt]


def left_of(task: BatchTask, attempts: Attempts, now: datetime) -> BatchTask:
    """The task of those who are still to be texted."""
    left = {phone for phone, one in attempts.items() if one.then is not Then.NOTHING}
    strangers = strangers_in({phone: one.slot for phone, one in attempts.items()}, task.batch_id)
    turns = list(_turns(task, attempts, now))
    return replace(
        task,
        recipients=tuple(one for one in task.recipients if one.phone in left),
        fruitless=fruitless(task, attempts),
        strangers=task.strangers + len(strangers),
        turn=min(turns) if turns else None,
    )


def opening(attempts: Attempts) -> datetime | None:
    """When the first window opens that somebody waits for, in whole seconds; None for nobody."""
    openings = [one.opens for one in attempts.values() if one.opens]
    if not openings:
        return None
    opens = min(openings)
    # Rounded up: nobody is asked again a moment before their window opens.
    return opens + timedelta(microseconds=-opens.microsecond % 1_000_000)


def only_windows_are_closed(attempts: Attempts) -> bool:
    """Whether all who are still to be texted wait for their window, and for nothing else."""
    return all(one.opens for one in attempts.values() if one.then is not Then.NOTHING)


def delay(task: BatchTask, opens: datetime | None, now: datetime) -> timedelta:
    """How long the queue is to keep what is left, which waits for its turn and for `opens`."""
    waits = [_rounded_up(opens - now)] if opens else []
    # Rounded down: who is early for the number's time sleeps for the rest, and wastes none.
    waits += [_rounded_down(task.turn - now)] if task.turn else []
    return min(LONGEST_PAUSE, max(timedelta(), min(waits, default=FIRST_PAUSE)))


def fruitless(task: BatchTask, attempts: Attempts) -> int:
    """How often in a row the carrier has taken nothing; where it was not asked, as often as yet."""
    if any(one.result and one.result.state is SlotState.SENT for one in attempts.values()):
        return 0
    return task.fruitless + any(_is_refused_for_now(one) for one in attempts.values())


def pause_after(tries: int) -> timedelta:
    """How long the carrier is left alone: the longer the less it takes."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << max(0, tries - 1)))


def given_up(attempt: Attempt) -> Attempt:
    """The attempt of somebody whom the carrier has not taken for too long; others' as they are."""
    if not _is_refused_for_now(attempt):
        return attempt
    return replace(attempt, then=Then.NOTHING, result=_CARRIER_BUSY)


def _turns(task: BatchTask, attempts: Attempts, now: datetime) -> Iterator[datetime]:
    """When number and carrier are to be asked again, for each who waits for either."""
    for one in attempts.values():
        if one.turn:
            yield one.turn
        elif _is_refused_for_now(one):
            yield now + pause_after(fruitless(task, attempts))


def _is_refused_for_now(attempt: Attempt) -> bool:
    """Whether they wait for the carrier, rather than for their window or the number's time."""
    return attempt.then is Then.LATER and not attempt.opens and not attempt.turn


def _rounded_up(pause: timedelta) -> timedelta:
    return timedelta(seconds=ceil(pause.total_seconds()))


def _rounded_down(pause: timedelta) -> timedelta:
    return timedelta(seconds=floor(pause.total_seconds()))
