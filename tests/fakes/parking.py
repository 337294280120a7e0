"""Parked tasks in memory."""

from datetime import datetime

from sayso.domain.run import RunState
from sayso.services.ports.parking import NotPaused, Parked, ParkedPage
from sayso.services.ports.queues import BatchTask
from tests.fakes.campaigns import FakeCampaigns


class FakeParking:
    """A Parking of small pages; `tasks` are those that lie there, by run, wait and key."""

    def __init__(self, campaigns: FakeCampaigns, page_size: int = 2) -> None:
        self.campaigns = campaigns
        self.page_size = page_size
        self.tasks: dict[tuple[str, datetime | None, str], BatchTask] = {}

    def park(self, task: BatchTask, ticket: str, until: datetime | None, now: datetime) -> None:
        with self.campaigns.lock:
            run = self.campaigns.run(task.run_id)
            if until is None and (run is None or run.state is not RunState.PAUSED):
                raise NotPaused(task.run_id)
            self.tasks[task.run_id, until, f"{task.batch_id}#{ticket}"] = task

    def page(self, run_id: str, until: datetime | None, position: str = "") -> ParkedPage:
        with self.campaigns.lock:
            keys = sorted(
                key
                for of_run, wait, key in self.tasks
                if (of_run, wait) == (run_id, until) and key > position
            )
            page = keys[: self.page_size]
            parked = tuple(Parked(f"{until}/{key}", self.tasks[run_id, until, key]) for key in page)
            return ParkedPage(parked, page[-1] if len(keys) > len(page) else "")

    def openings(self, run_id: str) -> list[datetime]:
        return sorted({wait for of_run, wait, _ in self.tasks if of_run == run_id and wait})

    def remove(self, run_id: str, parked: ParkedPage) -> None:
        with self.campaigns.lock:
            gone = {one.key for one in parked.parked}
            self.tasks = {
                place: task
                for place, task in self.tasks.items()
                if place[0] != run_id or f"{place[1]}/{place[2]}" not in gone
            }
