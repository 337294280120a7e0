"""Alarms of triggered campaigns: by the queue what is soon, by a schedule what is not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sayso.domain.series import QUEUE_REACH
from sayso.services.ports.queues import LaunchQueue
from sayso.services.ports.scheduler import Scheduler


@dataclass(frozen=True, slots=True)
class Alarms:
    """One alarm a name; setting it twice is fine, and so is one that goes off twice."""

    launches: LaunchQueue
    scheduler: Scheduler

    def arm(self, name: str, at: datetime, now: datetime) -> None:
        """Have the launch of `name` come at `at`, or at once if that is past. Raises NotQueued."""
        wait = max(timedelta(), at - now)
        if wait > QUEUE_REACH:
            self.scheduler.arm(name, at)
        else:
            # In whole seconds, rounded up: nothing comes before its time.
            self.launches.put(name, timedelta(seconds=ceil(wait.total_seconds())))
