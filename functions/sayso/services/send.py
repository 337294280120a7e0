"""A batch of a run: text each of its recipients once, if they still want it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache, partial

from sayso.domain.catalog import Catalog, Program
from sayso.domain.pace import LONGEST_WAIT
from sayso.domain.reported import reported_channels
from sayso.domain.run import Batch, Run, RunState, location_of
from sayso.domain.slot import Tally
from sayso.domain.terms import Basis, terms_on
from sayso.services.carriers_word import CarriersWord
from sayso.services.closing import Closing
from sayso.services.composing import Composers
from sayso.services.crew import Crew
from sayso.services.dispatch import Attempts, Dispatch
from sayso.services.leftovers import Leftovers
from sayso.services.pacing import Metronome, Pacing
from sayso.services.parking import SHORT_WAIT, CarPark
from sayso.services.ports.campaigns import CampaignStore, CatalogReader
from sayso.services.ports.carrier import OPTED_OUT_AT_CARRIER, Carrier
from sayso.services.ports.queues import BatchQueue, BatchTask
from sayso.services.ports.slots import SlotStore
from sayso.services.putting_off import (
    FRUITLESS_AT_MOST,
    delay,
    fruitless,
    given_up,
    left_of,
    only_windows_are_closed,
    opening,
    pause_after,
)
from sayso.services.settling import Ending, settle
from sayso.services.spending import Spending
from sayso.services.texting import Texting
from sayso.services.turns import Attempt, Then
from sayso.services.watching import RunWatch

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
    """Sends batches, by a crew of threads that lasts. `new_id` gives the ids of claims.

    Without `leftovers` it sends no codes of the till system.
    """

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
    leftovers: Leftovers | None = None

    def send(self, task: BatchTask, is_time_short: Callable[[], bool]) -> Sent:
        """Text the batch's recipients; those for whom carrier or number are busy are queued again.

        Those whose window is closed, and all who are left of a paused run, are laid by under the
        run, which stays open.
        All outcomes are written together at the end. A recipient whose outcome a crash kept from
        being written is found claimed by the next delivery, and never texted again. Raises
        Unfinished, or LookupError for a run that does not exist.
        """
        if task.turn and task.turn - self.clock() > LONGEST_WAIT:
            return self._too_early(task)
        run = self.store.run(task.run_id)
        if run is None:
            raise LookupError(f"no run {task.run_id}")
        if run.state is RunState.PAUSED:
            self.car_park.while_paused(task, self.clock())
            return Sent(is_over=False, tally=Tally())
        catalog = self.catalog.load()
        watch = RunWatch(self.store, run, self.clock, self.clock())
        texting = self._texting(watch, task, catalog)
        if run.state is not RunState.SENDING:
            return self._wind_up(texting, task)
        dispatch = Dispatch(texting, self.crew, is_time_short)
        settle_up = self._text(dispatch, task, catalog.program)
        attempts = self._attempts(task, dispatch)
        is_over = not dispatch.errors and all(_is_done(one) for one in attempts.values())
        ending = Ending(task.batch_id, task.strangers) if is_over else None
        tally = self._record(texting, attempts, ending)
        settle_up()
        self._heed_refusals(attempts)
        self._give_back(run, task.batch_id, [one for one in attempts if _is_done(attempts[one])])
        if dispatch.errors:
            raise dispatch.errors[0]
        if any(one.then is Then.AGAIN for one in attempts.values()):
            raise Unfinished(task.batch_id)
        if is_over:
            self.closing.close_if_done(run.id, self.clock())
        else:
            self._postpone(task, attempts, watch.run)
        return Sent(is_over, tally)

    def _too_early(self, task: BatchTask) -> Sent:
        """No queue holds a message for longer than a quarter of an hour: it goes in once more."""
        self.batches.put([task], delay(task, None, self.clock()))
        return Sent(is_over=False, tally=Tally())

    def _wind_up(self, texting: Texting, task: BatchTask) -> Sent:
        """Text nobody: the run is cancelled. Only what a crash left claimed is still recorded."""
        standing = self.slots.read(task.run_id, task.phones)
        attempts = {phone: texting.found(slot, self.clock()) for phone, slot in standing.items()}
        tally = self._record(texting, attempts, None)
        if any(one.then is Then.AGAIN for one in attempts.values()):
            raise Unfinished(task.batch_id)
        self._give_back(texting.run, task.batch_id, task.phones, is_over=True)
        return Sent(is_over=True, tally=tally)

    def _give_back(
        self, run: Run, batch_id: str, phones: Iterable[str], *, is_over: bool = False
    ) -> None:
        """Codes of the till system that these people are not to be sent."""
        if self.leftovers:
            self.leftovers.after(run, batch_id, phones, is_over=is_over)

    def _texting(self, watch: RunWatch, task: BatchTask, catalog: Catalog) -> Texting:
        location = location_of(task.batch_id)
        batch = Batch(task.batch_id, task.recipients)
        return Texting(
            slots=self.slots,
            carrier=self.carrier,
            run=watch.run,
            batch_id=task.batch_id,
            basis=Basis(location),
            terms_on=cache(partial(terms_on, catalog)),
            composer=self.composer.for_batch(watch.run, catalog, batch),
            new_id=self.new_id,
            clock=self.clock,
            has_stopped=watch.has_stopped,
            recipients={one.phone: one for one in task.recipients},
            channels=reported_channels(catalog),
        )

    def _text(
        self, dispatch: Dispatch, task: BatchTask, program: Program | None
    ) -> Callable[[], None]:
        """Text as many as may be paid for. What is left to do for money and pace is returned.

        That comes after the outcomes are recorded: they are what must not get lost.
        """
        pacing = Pacing(self.metronome, has_waited=task.turn is not None)
        drafts = dispatch.drafts(task.recipients)
        parts = [one.composed.parts for one in drafts]
        paid = self.spending.reserve(dispatch.texting.run, program, parts, self.clock())
        dispatch.put_off(drafts[paid.texts :], until=self.clock() + _HELD_BACK)
        dispatch.send(drafts[: paid.texts], pacing)

        def settle_up() -> None:
            self.spending.settle(paid, dispatch.parts_spent)
            pacing.close()
            if dispatch.texting.is_busy.is_set():
                pacing.hold(pause_after(fruitless(task, dispatch.attempts)))

        return settle_up

    def _attempts(self, task: BatchTask, dispatch: Dispatch) -> Attempts:
        if task.fruitless < FRUITLESS_AT_MOST:
            return dispatch.attempts
        return {phone: given_up(one) for phone, one in dispatch.attempts.items()}

    def _record(self, texting: Texting, attempts: Attempts, ending: Ending | None) -> Tally:
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
            ending=ending,
        )

    def _heed_refusals(self, attempts: Attempts) -> None:
        """Whom the carrier refuses as opted out has opted out here too, before any further text.

        Those are found again by a redelivery, should this one break off in between.
        """
        for phone, one in attempts.items():
            reasons = [said.reason for said in (one.slot, one.result) if said]
            if one.slot and one.slot.touched_at and OPTED_OUT_AT_CARRIER in reasons:
                self.carriers_word.refuses(phone, OPTED_OUT_AT_CARRIER, one.slot.touched_at)

    def _postpone(self, task: BatchTask, attempts: Attempts, run: Run) -> None:
        """Put those off who are still to be texted."""
        now = self.clock()
        rest = left_of(task, attempts, now)
        if run.state is RunState.PAUSED:
            self.car_park.while_paused(replace(rest, turn=None), now)
            return
        opens = opening(attempts)
        if opens and opens - now >= SHORT_WAIT and only_windows_are_closed(attempts):
            self.car_park.until(opens, rest, now)
            return
        self.batches.put([rest], delay(rest, opens, now))


def _is_done(attempt: Attempt) -> bool:
    return attempt.then is Then.NOTHING
