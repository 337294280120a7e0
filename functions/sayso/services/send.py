"""A batch of a run: text each of its recipients once, if they still want it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache, partial
from math import ceil, floor

from sayso.domain.catalog import Catalog, Program
from sayso.domain.pace import LONGEST_WAIT
from sayso.domain.reported import reported_channels
from sayso.domain.run import Run, RunState, location_of
from sayso.domain.slot import Result, SlotState, Tally
from sayso.domain.terms import Basis, terms_on
from sayso.services.carriers_word import CarriersWord
from sayso.services.closing import Closing
from sayso.services.composing import Composers
from sayso.services.crew import Crew
from sayso.services.dispatch import Attempts, Dispatch
from sayso.services.pacing import Metronome, Pacing
from sayso.services.parking import SHORT_WAIT, CarPark
from sayso.services.ports.campaigns import CampaignStore, CatalogReader
from sayso.services.ports.carrier import OPTED_OUT_AT_CARRIER, Carrier
from sayso.services.ports.queues import BatchQueue, BatchTask
from sayso.services.ports.slots import SlotStore
from sayso.services.settling import Ending, settle, strangers_in
from sayso.services.spending import Spending
from sayso.services.texting import Texting
from sayso.services.turns import Attempt, Then
from sayso.services.watching import RunWatch

# A carrier that takes nothing is asked again after 1 s, 2 s, 4 s …: for more than an hour in all.
FIRST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=15)
FRUITLESS_AT_MOST = 14
# Why those are skipped whom the carrier would not take for so long.
_CARRIER_BUSY = Result(SlotState.SKIPPED, "carrier_busy")
# A run that has spent what it may is paused: its batches come back this soon to find it so.
_HELD_BACK = timedelta(seconds=30)


class Unfinished(Exception):
    """Recipients are left, and what was done is recorded: deliver the message again."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a batch's message; `tally` is what it added to the run's counters.

    `is_over` is False when recipients are left: the carrier is busy, it is night there, or the run
    is paused.
    """

    is_over: bool
    tally: Tally


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends batches, by a crew of threads that lasts. `new_id` gives the ids of claims."""

    store: CampaignStore
    catalog: CatalogReader
    slots: SlotStore
    carrier: Carrier
    batches: BatchQueue
    closing: Closing
    carriers_word: CarriersWord
    composer: Composers
    metronome: Metronome
    spending: Spending
    car_park: CarPark
    new_id: Callable[[], str]
    clock: Callable[[], datetime]
    crew: Crew = field(default_factory=Crew)

    def send(self, task: BatchTask, is_time_short: Callable[[], bool]) -> Sent:
        """Text the batch's recipients; those for whom carrier or number are busy are queued again.

        Those whose window is closed, and all who are left of a paused run, are laid by under the
        run, which stays open.
        All outcomes are written together at the end. A recipient whose outcome a crash kept from
        being written is found claimed by the next delivery, and never texted again. Raises
        Unfinished, or LookupError for a run that does not exist.
        """
        if task.turn and task.turn - self.clock() > LONGEST_WAIT:
            return self._too_early(task, task.turn)
        run = self.store.run(task.run_id)
        if run is None:
            raise LookupError(f"no run {task.run_id}")
        if run.state is RunState.PAUSED:
            self.car_park.while_paused(task, self.clock())
            return Sent(is_over=False, tally=Tally())
        watch = RunWatch(self.store, run, self.clock, self.clock())
        catalog = self.catalog.load()
        texting = self._texting(task, catalog, watch)
        if run.state is not RunState.SENDING:
            return self._wind_up(texting, task)
        attempts, errors = self._attempt_all(texting, task, catalog.program, is_time_short)
        is_over = not errors and all(one.then is Then.NOTHING for one in attempts.values())
        tally = self._record(
            texting, attempts, Ending(task.batch_id, task.strangers), is_over=is_over
        )
        self._heed_refusals(attempts)
        if errors:
            raise errors[0]
        if any(one.then is Then.AGAIN for one in attempts.values()):
            raise Unfinished(task.batch_id)
        if is_over:
            self.closing.close_if_done(run.id, self.clock())
        else:
            self._postpone(task, attempts, watch.run)
        return Sent(is_over, tally)

    def _wind_up(self, texting: Texting, task: BatchTask) -> Sent:
        """Text nobody: the run is cancelled. Only what a crash left claimed is still recorded."""
        standing = self.slots.read(task.run_id, task.phones)
        attempts = {phone: texting.found(slot, self.clock()) for phone, slot in standing.items()}
        tally = self._record(texting, attempts, Ending(task.batch_id), is_over=False)
        if any(one.then is Then.AGAIN for one in attempts.values()):
            raise Unfinished(task.batch_id)
        return Sent(is_over=True, tally=tally)

    def _texting(self, task: BatchTask, catalog: Catalog, watch: RunWatch) -> Texting:
        location = location_of(task.batch_id)
        return Texting(
            slots=self.slots,
            carrier=self.carrier,
            run=watch.run,
            batch_id=task.batch_id,
            basis=Basis(location),
            terms_on=cache(partial(terms_on, catalog)),
            composer=self.composer.for_batch(watch.run, catalog, location),
            new_id=self.new_id,
            clock=self.clock,
            has_stopped=watch.has_stopped,
            recipients={one.phone: one for one in task.recipients},
            channels=reported_channels(catalog),
        )

    def _attempt_all(
        self,
        texting: Texting,
        task: BatchTask,
        program: Program | None,
        is_time_short: Callable[[], bool],
    ) -> tuple[Attempts, list[BaseException]]:
        """Everyone's attempt, and the errors of those whose turn broke off."""
        pacing = Pacing(self.metronome, has_waited=task.turn is not None)
        dispatch = Dispatch(texting, self.crew, is_time_short)
        drafts = dispatch.drafts(task.recipients)
        parts = [one.composed.parts for one in drafts]
        paid = self.spending.reserve(texting.run, program, parts, self.clock())
        dispatch.put_off(drafts[paid.texts :], until=self.clock() + _HELD_BACK)
        dispatch.send(drafts[: paid.texts], pacing)
        self.spending.settle(paid, dispatch.parts_spent)
        attempts = dispatch.attempts
        if texting.is_busy.is_set():
            pacing.hold(_pause(_fruitless(task, attempts)))
        if task.fruitless >= FRUITLESS_AT_MOST:
            attempts = {phone: _given_up(one) for phone, one in attempts.items()}
        return attempts, dispatch.errors

    def _record(
        self, texting: Texting, attempts: Attempts, ending: Ending, *, is_over: bool
    ) -> Tally:
        """Write what the attempts come to, and the batch's end where it is over."""
        now = self.clock()
        return settle(
            self.slots,
            texting.run.id,
            known={phone: one.slot for phone, one in attempts.items()},
            rules={
                phone: partial(texting.outcome, phone, one, now) for phone, one in attempts.items()
            },
            now=now,
            ending=ending if is_over else None,
        )

    def _heed_refusals(self, attempts: Attempts) -> None:
        """Whom the carrier refuses as opted out has opted out here too, before any further text.

        Those are found again by a redelivery, should this one break off in between.
        """
        for phone, one in attempts.items():
            reasons = [said.reason for said in (one.slot, one.result) if said]
            if one.slot and one.slot.touched_at and OPTED_OUT_AT_CARRIER in reasons:
                self.carriers_word.refuses(phone, OPTED_OUT_AT_CARRIER, one.slot.touched_at)

    def _too_early(self, task: BatchTask, turn: datetime) -> Sent:
        """No queue holds a message for longer than a quarter of an hour: it goes in once more."""
        self.batches.put([task], min(LONGEST_PAUSE, _rounded_down(turn - self.clock())))
        return Sent(is_over=False, tally=Tally())

    def _postpone(self, task: BatchTask, attempts: Attempts, run: Run) -> None:
        """Put those off who are still to be texted; ask the less often the busier it is."""
        later = {phone: one for phone, one in attempts.items() if one.then is not Then.NOTHING}
        fruitless, now = _fruitless(task, attempts), self.clock()
        # Rounded down: who is early for the number's time sleeps for the rest, and wastes none.
        turns = [_rounded_down(one.turn - now) for one in later.values() if one.turn]
        if any(_is_refused_for_now(one) for one in later.values()):
            turns.append(_pause(fruitless))
        strangers = strangers_in(
            {phone: one.slot for phone, one in attempts.items()}, task.batch_id
        )
        rest = replace(
            task,
            recipients=tuple(one for one in task.recipients if one.phone in later),
            fruitless=fruitless,
            strangers=task.strangers + len(strangers),
            turn=now + min(turns) if turns else None,
        )
        # In whole seconds, rounded up: nobody is asked again a moment before their window opens.
        openings = [_whole_seconds(one.opens) for one in later.values() if one.opens]
        if run.state is RunState.PAUSED:
            self.car_park.while_paused(replace(rest, turn=None), now)
        elif len(openings) == len(later) and min(openings) - now >= SHORT_WAIT:
            self.car_park.until(min(openings), rest, now)
        else:
            pauses = [_rounded_up(opens - now) for opens in openings]
            pause = max(timedelta(), min(pauses + turns, default=timedelta()))
            self.batches.put([rest], min(LONGEST_PAUSE, pause))


def _whole_seconds(at: datetime) -> datetime:
    """Not before `at`."""
    return at + timedelta(microseconds=-at.microsecond % 1_000_000)


def _fruitless(task: BatchTask, attempts: Attempts) -> int:
    """How often in a row the carrier has taken nothing; where it was not asked, as often as yet."""
    if any(one.result and one.result.state is SlotState.SENT for one in attempts.values()):
        return 0
    return task.fruitless + any(_is_refused_for_now(one) for one in attempts.values())


def _is_refused_for_now(attempt: Attempt) -> bool:
    """Whether they wait for the carrier, rather than for their window or the number's time."""
    return attempt.then is Then.LATER and not attempt.opens and not attempt.turn


def _pause(fruitless: int) -> timedelta:
    """How long the carrier is left alone: the longer the less it takes."""
    doublings = max(0, fruitless - 1)
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << doublings))


def _rounded_up(pause: timedelta) -> timedelta:
    return timedelta(seconds=ceil(pause.total_seconds()))


def _rounded_down(pause: timedelta) -> timedelta:
    return timedelta(seconds=floor(pause.total_seconds()))


def _given_up(attempt: Attempt) -> Attempt:
    if not _is_refused_for_now(attempt):
        return attempt
    return replace(attempt, then=Then.NOTHING, result=_CARRIER_BUSY)
