"""Several senders at once, each with a clock of its own: minutes of sending in a moment."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sayso.domain.pace import Throughput
from sayso.services.pacing import Metronome
from sayso.services.ports.carrier import Certainty, OutboundText
from sayso.services.ports.queues import BatchTask
from sayso.services.send import Sender
from tests.support.campaign_world import CampaignWorld


@dataclass
class VirtualSender:
    """A sender, and what time it is for it; `slept` is for how long it waited with a batch."""

    now: datetime
    sender: Sender
    slept: timedelta = timedelta()


@dataclass
class VirtualSenders:
    """`count` senders of the world's batches at so many parts a second.

    `texted` has the time and the number of every text that the carrier was asked to take;
    `delivered` counts deliveries of batches. `mood` tells how the carrier takes a text at a time.
    """

    world: CampaignWorld
    throughput: Throughput
    count: int = 8
    mood: Callable[[OutboundText, datetime], Certainty | None] = lambda _text, _at: None
    texted: list[tuple[datetime, str]] = field(default_factory=list[tuple[datetime, str]])
    delivered: int = 0
    senders: list[VirtualSender] = field(default_factory=list[VirtualSender])
    _queue: list[tuple[datetime, int, BatchTask]] = field(
        default_factory=list[tuple[datetime, int, BatchTask]]
    )

    def run(self) -> None:
        """Send everything that is queued, and all that this queues."""
        self.senders = [self._made() for _ in range(self.count)]
        self._collect(self.world.now)
        while self._queue:
            one = min(self.senders, key=lambda sender: sender.now)
            ready, _, task = self._queue.pop(0)
            one.now = max(one.now, ready)
            self._deliver(one, task)

    def busiest_second(self) -> int:
        """The most texts within any second."""
        times = [at for at, _ in self.texted]
        return max(sum(at <= other < at + timedelta(seconds=1) for other in times) for at in times)

    def _made(self) -> VirtualSender:
        one = VirtualSender(self.world.now, self.world.sender)

        def sleep(seconds: float) -> None:
            one.now += timedelta(seconds=seconds)
            one.slept += timedelta(seconds=seconds)

        def clock() -> datetime:
            return one.now

        metronome = Metronome(self.world.pace, self.throughput, clock, sleep)
        one.sender = replace(self.world.sender, clock=clock, metronome=metronome)
        return one

    def _deliver(self, one: VirtualSender, task: BatchTask) -> None:
        def taken(text: OutboundText) -> Certainty | None:
            self.texted.append((one.now, text.to))
            return self.mood(text, one.now)

        self.delivered += 1
        self.world.network.mood = taken
        one.sender.send(task, lambda: False)
        self._collect(one.now)

    def _collect(self, now: datetime) -> None:
        batches = self.world.batches
        for task, delay in zip(batches.messages, batches.delays, strict=True):
            self._queue.append((now + delay, len(self._queue), task))
        batches.messages.clear()
        batches.delays.clear()
        self._queue.sort(key=lambda entry: entry[:2])
