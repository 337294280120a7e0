"""Whether a run goes on, asked often and looked up seldom."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from sayso.domain.run import Run, RunState
from sayso.services.ports.campaigns import CampaignStore

# A batch at one part a second lasts a minute: whoever pauses a run does not wait for that.
EVERY = timedelta(seconds=1)


@dataclass(slots=True)
class RunWatch:
    """A run as it was at most a second ago; several threads may ask."""

    store: CampaignStore
    run: Run
    clock: Callable[[], datetime]
    seen_at: datetime
    lock: Lock = field(default_factory=Lock)

    def has_stopped(self) -> bool:
        """Whether the run is not being sent any more: paused, or cancelled."""
        with self.lock:
            now = self.clock()
            if self.run.state is RunState.SENDING and now - self.seen_at >= EVERY:
                self.run = self.store.run(self.run.id) or self.run
                self.seen_at = now
            return self.run.state is not RunState.SENDING
