"""A batch of a run: text each of its recipients once, if they still want it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, partial
from math import ceil

from sayso.domain.reported import reported_channels
from sayso.domain.run import RunState, location_of
from sayso.domain.slot import Result, SlotState, Tally
from sayso.domain.terms import Basis, terms_on
from sayso.services.carriers_word import CarriersWord
from sayso.services.closing import Closing
from sayso.services.composing import Composer
from sayso.services.ports.campaigns import CampaignStore, CatalogReader
from sayso.services.ports.carrier import OPTED_OUT_AT_CARRIER, Carrier
from sayso.services.ports.queues import BatchQueue, BatchTask
from sayso.services.ports.slots import SlotStore
from sayso.services.settling import Ending, settle, strangers_in
from sayso.services.texting import Attempt, Texting, Then

# A carrier that takes nothing is asked again after 5 s, 10 s, 20 s …: for more than an hour in all.
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=15)
FRUITLESS_AT_MOST = 12
# Why those are skipped whom the carrier would not take for so long.
_CARRIER_BUSY = Result(SlotState.SKIPPED, "carrier_busy")

Attempts = dict[str, Attempt]


class Unfinished(Exception):
    """Recipients are left, and what was done is recorded: deliver the message again."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a batch's message; `tally` is what it added to the run's counters.

    `is_over` is False when recipients were queued again: the carrier is busy, or it is night there.
    """

    is_over: bool
    tally: Tally


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends batches, `workers` texts at a time. `new_id` gives the ids of claims."""

    store: CampaignStore
    catalog: CatalogReader
    slots: SlotStore
    carrier: Carrier
    batches: BatchQueue
    closing: Closing
    carriers_word: CarriersWord
    composer: Composer
    new_id: Callable[[], str]
    clock: Callable[[], datetime]
    workers: int = 8

    def send(self, task: BatchTask, is_time_short: Callable[[], bool]) -> Sent:
        """Text the batch's recipients; those for whom the carrier is too busy are queued again.

        So are those whose window is closed, to come out when it opens, a quarter of an hour at a
        time: until then they are in nobody's memory but the queue's, and the run stays open.
        All outcomes are written together at the end. A recipient whose outcome a crash kept from
        being written is found claimed by the next delivery, and never texted again. Raises
        Unfinished, or LookupError for a run that does not exist.
        """
        run = self.store.run(task.run_id)
        if run is None:
            raise LookupError(f"no run {task.run_id}")
        catalog = self.catalog.load()
        texting = Texting(
            slots=self.slots,
            carrier=self.carrier,
            run=run,
            batch_id=task.batch_id,
            basis=Basis(location_of(task.batch_id)),
            terms_on=cache(partial(terms_on, catalog)),
            composer=self.composer,
            new_id=self.new_id,
            clock=self.clock,
            is_time_short=is_time_short,
            recipients={one.phone: one for one in task.recipients},
            channels=reported_channels(catalog),
        )
        if run.state is not RunState.SENDING:
            return self._wind_up(texting, task)
        attempts, errors = self._attempt_all(texting, task)
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
            self._postpone(task, attempts)
        return Sent(is_over, tally)

    def _wind_up(self, texting: Texting, task: BatchTask) -> Sent:
        """Text nobody: the run is cancelled. Only what a crash left claimed is still recorded."""
        standing = self.slots.read(task.run_id, task.phones)
        attempts = {phone: texting.found(slot, self.clock()) for phone, slot in standing.items()}
        tally = self._record(texting, attempts, Ending(task.batch_id), is_over=False)
        if any(one.then is Then.AGAIN for one in attempts.values()):
            raise Unfinished(task.batch_id)
        return Sent(is_over=True, tally=tally)

    def _attempt_all(
        self, texting: Texting, task: BatchTask
    ) -> tuple[Attempts, list[BaseException]]:
        """Everyone's attempt, and the errors of those whose turn broke off."""
        with ThreadPoolExecutor(self.workers) as pool:
            turns = {one.phone: pool.submit(texting.text, one) for one in task.recipients}
            wait(turns.values())
        broken = {phone: error for phone, turn in turns.items() if (error := turn.exception())}
        attempts = {phone: turn.result() for phone, turn in turns.items() if phone not in broken}
        if task.fruitless >= FRUITLESS_AT_MOST:
            attempts = {phone: _given_up(one) for phone, one in attempts.items()}
        return attempts, list(broken.values())

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

    def _postpone(self, task: BatchTask, attempts: Attempts) -> None:
        """Queue those again who are still to be texted; ask the less often the busier it is."""
        later = {phone: one for phone, one in attempts.items() if one.then is Then.LATER}
        openings = [one.opens for one in later.values() if one.opens]
        fruitless = _fruitless(task, attempts)
        pauses = [opens - self.clock() for opens in openings]
        if len(openings) < len(later):
            pauses.append(FIRST_PAUSE * 2 ** max(0, fruitless - 1))
        strangers = strangers_in(
            {phone: one.slot for phone, one in attempts.items()}, task.batch_id
        )
        rest = replace(
            task,
            recipients=tuple(one for one in task.recipients if one.phone in later),
            fruitless=fruitless,
            strangers=task.strangers + len(strangers),
        )
        # In whole seconds, rounded up: nobody is asked again a moment before their window opens.
        pause = timedelta(seconds=ceil(max(timedelta(), min(pauses)).total_seconds()))
        self.batches.put([rest], min(LONGEST_PAUSE, pause))


def _fruitless(task: BatchTask, attempts: Attempts) -> int:
    """How often in a row the carrier has taken nothing; where it was not asked, as often as yet."""
    if any(one.result and one.result.state is SlotState.SENT for one in attempts.values()):
        return 0
    is_busy = any(one.then is Then.LATER and not one.opens for one in attempts.values())
    return task.fruitless + is_busy


def _given_up(attempt: Attempt) -> Attempt:
    if attempt.then is not Then.LATER or attempt.opens:
        return attempt
    return replace(attempt, then=Then.NOTHING, result=_CARRIER_BUSY)
