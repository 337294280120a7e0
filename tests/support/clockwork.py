"""Virtual time for a campaign world: everything that is armed or queued happens in its turn."""

import heapq
from datetime import datetime

from sayso.services.ports.queues import OccurrenceDue, OpeningDue, RunDue
from tests.support.campaign_world import CampaignWorld

Alarm = RunDue | OpeningDue | OccurrenceDue


class Clockwork:
    """Turns a world's clock; `fired` are the alarms that went off, with the time."""

    def __init__(self, world: CampaignWorld) -> None:
        self.world = world
        self.fired: list[tuple[datetime, Alarm]] = []

    def run_until(self, end: datetime) -> None:
        """Let happen what is due by `end`; the clock then stands at the last of it."""
        self._let_happen()
        while (at := self._next()) and at <= end:
            self.world.now = max(self.world.now, at)
            self._go_off()
            self._let_happen()

    def _next(self) -> datetime | None:
        world = self.world
        armed = [*world.scheduler.alarms.values(), *(due.at for due in world.scheduler.due)]
        return min([*armed, *(at for at, _, _ in self.world.held_back[:1])], default=None)

    def _go_off(self) -> None:
        world, now = self.world, self.world.now
        for run_id, at in list(world.scheduler.alarms.items()):
            if at <= now:
                del world.scheduler.alarms[run_id]
                self.fired.append((now, RunDue(run_id)))
                world.launch(run_id)
        for due in [one for one in world.scheduler.due if one.at <= now]:
            del world.scheduler.due[due]
            self.fired.append((now, due))
            world.happen(due)
        while self.world.held_back and self.world.held_back[0][0] <= now:
            world.send(heapq.heappop(self.world.held_back)[2])

    def _let_happen(self) -> None:
        """Everything that needs no time; batches that are held back are laid out by their time."""
        world = self.world
        while any((*world.launches.queues(), world.slices.messages, world.batches.messages)):
            while world.launches.due:
                world.happen(world.launches.due.pop(0))
            while world.launches.messages:
                world.launch(world.launches.messages.pop(0))
            world.plan_all()
            tasks = list(world.batches.messages)
            delays = world.batches.delays[len(world.batches.delays) - len(tasks) :]
            world.batches.messages.clear()
            for number, (task, delay) in enumerate(zip(tasks, delays, strict=True)):
                if delay:
                    place = (world.now + delay, len(world.batches.delays) + number, task)
                    heapq.heappush(self.world.held_back, place)
                else:
                    world.send(task)
