"""A slice of a run: read its subscribers page by page and queue them in batches."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import accumulate
from zoneinfo import ZoneInfo

from sayso.domain.listed import Listed
from sayso.domain.recipient import Recipient
from sayso.domain.run import PAGE_OCTETS, Plan, Run, RunState, Slice
from sayso.domain.written import variables_of
from sayso.services.choosing import Chooser
from sayso.services.closing import Closing
from sayso.services.ports.audience import AudienceIndex, AudiencePage
from sayso.services.ports.campaigns import CampaignStore, PlanChanged, PlanStore
from sayso.services.ports.queues import BatchQueue, BatchTask, SliceQueue
from sayso.services.ports.series import BucketPage
from sayso.services.reminding import Reminding
from sayso.services.series_audience import SeriesAudience


class Planned(StrEnum):
    """What became of a slice's message."""

    COMPLETE = "complete"
    CONTINUES = "continues"  # time was short: the slice is queued again
    STOPPED = "stopped"  # the run is not being sent, or not any more, or paused


class PlannedElsewhere(Exception):
    """Another planner has the slice: deliver the message again, in case that one fails."""


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans slices in the memory of one page.

    Each page is recorded before it is queued, and stays in the record until the next one: a
    planner that comes after a crash queues the very same batches again, and goes on from there.
    Without `reminding` it finds nobody to be reminded.
    """

    store: CampaignStore
    plans: PlanStore
    audience: AudienceIndex
    batches: BatchQueue
    slices: SliceQueue
    closing: Closing
    chooser: Chooser
    series: SeriesAudience
    reminding: Reminding | None = None

    def plan(
        self, piece: Slice, clock: Callable[[], datetime], is_time_short: Callable[[], bool]
    ) -> Planned:
        """Plan the slice to its end, or for as long as there is time.

        Raises PlannedElsewhere, NotQueued, LookupError for a run that does not exist.
        """
        run = self.store.run(piece.run_id)
        if run is None:
            raise LookupError(f"no run {piece.run_id}")
        if run.state not in (RunState.SENDING, RunState.PAUSED):
            return Planned.STOPPED
        checkpoint = self.plans.plan(piece) or Plan(piece)
        # Also for a paused run, which is gone on with from here: a crash may have come in between.
        self._queue(checkpoint)
        while not checkpoint.is_complete:
            if not self._is_sending(piece.run_id):
                return Planned.STOPPED
            if is_time_short():
                self.slices.put([piece])
                return Planned.CONTINUES
            checkpoint = self._next_page(run, checkpoint, clock())
            self._queue(checkpoint)
        self._let_go(checkpoint, clock())
        self.closing.close_if_done(piece.run_id, clock())
        return Planned.COMPLETE

    def _is_sending(self, run_id: str) -> bool:
        """As of now: whoever pauses or cancels a run waits for one page at most."""
        run = self.store.run(run_id)
        return run is not None and run.state is RunState.SENDING

    def _next_page(self, run: Run, checkpoint: Plan, now: datetime) -> Plan:
        piece = checkpoint.slice
        variables = variables_of(run)
        page = _fitting(self._page(run, piece, checkpoint.position), variables)
        # At the moment when the run is due, whenever the page is read: a page that is read again
        # after a crash lets the same people through.
        due_at = run.due_at.astimezone(ZoneInfo(run.timezone))
        meant = self._meant(run, page.people, due_at)
        recipients = [_recipient(one, variables) for one in meant]
        if run.series:
            recipients = self._waiting(run, page, meant, recipients)
        following = checkpoint.with_page(recipients, page.position)
        try:
            self.plans.record(following, now)
        except PlanChanged:
            raise PlannedElsewhere(f"{piece.location or '-'}#{piece.shard}") from None
        return following

    def _meant(self, run: Run, people: Sequence[Listed], due_at: datetime) -> Sequence[Listed]:
        if run.reminds_of:
            return self.reminding.texted(run, people) if self.reminding else ()
        return self.chooser.named(run.where, people, due_at)

    def _page(self, run: Run, piece: Slice, position: str) -> AudiencePage | BucketPage:
        if run.is_bucket:
            return self.series.page(run, piece, position)
        return self.audience.page(piece.location, piece.shard, position)

    def _waiting(
        self,
        run: Run,
        page: BucketPage | AudiencePage,
        meant: Sequence[Listed],
        recipients: Sequence[Recipient],
    ) -> list[Recipient]:
        """Those whom a series' run is for, each with the moment since which they wait."""
        since = page.since if isinstance(page, BucketPage) else self.series.admitted(run, meant)
        return [replace(one, since=since[one.phone]) for one in recipients if one.phone in since]

    def _let_go(self, complete: Plan, now: datetime) -> None:
        """Whoever ends a batch reads this: without the numbers it is small."""
        if complete.queued:
            with suppress(PlanChanged):  # another planner has done it
                self.plans.record(complete.without_page(), now)

    def _queue(self, checkpoint: Plan) -> None:
        run_id = checkpoint.slice.run_id
        self.batches.put(
            [BatchTask(run_id, batch.id, batch.recipients) for batch in checkpoint.queued]
        )


def _fitting(
    page: AudiencePage | BucketPage, variables: frozenset[str]
) -> AudiencePage | BucketPage:
    """As many of the page as one checkpoint holds with what is known of them; the rest is next."""
    if not variables:
        return page
    sizes = accumulate(_recipient(one, variables).octets for one in page.people)
    fitting = sum(size <= PAGE_OCTETS for size in sizes)
    if fitting == len(page.people):
        return page
    people = page.people[:fitting]
    return replace(page, people=people, position=people[-1].phone)


def _recipient(listed: Listed, variables: frozenset[str]) -> Recipient:
    known = listed.attributes
    values = {name: known[name] for name in variables if name in known}
    return Recipient(listed.phone, listed.language, listed.channel, values)
