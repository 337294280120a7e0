"""Brings the carrier's notices to their SNS topics, in order for each phone.

Notices wait in the store's outbox until they are due and out, so neither a restart nor SNS being
away loses one. A phone's notices of one kind always take the same lane, a lane publishes one
batch after the other, and so order holds while a few lanes work side by side.
"""

import asyncio
import contextlib
import logging
import zlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Protocol

from sayso_local.phones.texts import Channel, Notice, now

log = logging.getLogger(__name__)

LANES = 4  # a kind; each has one request under way at most
BATCH = 10  # SNS's limit for PublishBatch
# Delivery events wait this long for company: a publication costs more than what it carries.
LINGER_S = 0.02
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.2, 5.0


class Unpublished(Exception):
    """The topic can't be reached, or not yet; the message says why."""


class Topics(Protocol):
    """Where notices go. Blocking; called from the lanes' threads."""

    def publish(self, channel: Channel, payloads: Sequence[str]) -> list[int]:
        """Publish in order; the positions that were not taken come back. Raises Unpublished."""
        ...


@dataclass(slots=True)
class _Lane:
    queue: asyncio.Queue[Notice] = field(default_factory=asyncio.Queue)
    trouble: str | None = None


class Publisher:
    """Takes notices, waits until they are due, tells `on_due`, and publishes them."""

    def __init__(
        self,
        topics: Topics,
        on_due: Callable[[Sequence[Notice]], None],
        on_out: Callable[[Sequence[Notice]], None],
    ) -> None:
        self._topics = topics
        self._on_due = on_due
        self._on_out = on_out
        self._lanes = {channel: [_Lane() for _ in range(LANES)] for channel in Channel}
        self._tasks: list[asyncio.Task[None]] = []
        self._timers: set[asyncio.TimerHandle] = set()
        self._threads = ThreadPoolExecutor(2 * LANES, thread_name_prefix="sns")
        self._generation = 0
        self._nudged = asyncio.Event()

    def start(self) -> None:
        for channel, lanes in self._lanes.items():
            self._tasks += [asyncio.create_task(self._run(channel, lane)) for lane in lanes]

    async def stop(self) -> None:
        """Stop at once; what is not out stays in the outbox."""
        self.forget()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._threads.shutdown(wait=False, cancel_futures=True)

    def forget(self) -> None:
        """Drop everything that waits; the caller has emptied the outbox."""
        self._generation += 1
        for timer in self._timers:
            timer.cancel()
        self._timers.clear()
        for lane in self._all_lanes():
            while not lane.queue.empty():
                lane.queue.get_nowait()

    def nudge(self) -> None:
        """Try again at once: the topics have changed."""
        self._nudged.set()
        self._nudged = asyncio.Event()

    def trouble(self) -> str | None:
        """Why nothing can be published at the moment, if so."""
        return next((lane.trouble for lane in self._all_lanes() if lane.trouble), None)

    def submit(self, notices: Sequence[Notice]) -> None:
        """Take notices, sorted by when they are due."""
        start = 0
        for end in range(1, len(notices) + 1):
            if end == len(notices) or notices[end].due != notices[start].due:
                self._schedule(notices[start:end])
                start = end

    def _schedule(self, notices: Sequence[Notice]) -> None:
        """Notices that are due together are released together: equal timers have no order."""
        wait = notices[0].due - now()
        if wait <= 0:
            self._release(notices)
            return
        timer: asyncio.TimerHandle

        def ring() -> None:
            self._timers.discard(timer)
            self._release(notices)

        timer = asyncio.get_running_loop().call_later(wait, ring)
        self._timers.add(timer)

    def _release(self, notices: Sequence[Notice]) -> None:
        self._on_due(notices)
        # The carrier has no event destination for these: they only change the text's status.
        self._on_out([notice for notice in notices if not notice.payload])
        for notice in notices:
            if not notice.payload:
                continue
            lanes = self._lanes[notice.channel]
            lanes[zlib.crc32(notice.phone.encode()) % LANES].queue.put_nowait(notice)

    async def _run(self, channel: Channel, lane: _Lane) -> None:
        while True:
            batch = [await lane.queue.get()]
            if channel is Channel.EVENT and lane.queue.qsize() < BATCH - 1:
                await asyncio.sleep(LINGER_S)
            while len(batch) < BATCH and not lane.queue.empty():
                batch.append(lane.queue.get_nowait())
            await self._deliver(channel, lane, batch)

    async def _deliver(self, channel: Channel, lane: _Lane, batch: Sequence[Notice]) -> None:
        """Publish until all are out, unless they were forgotten meanwhile."""
        pause, generation = _FIRST_PAUSE_S, self._generation
        while batch and generation == self._generation:
            left = await self._attempt(channel, lane, batch)
            if generation != self._generation:
                return
            out = [notice for index, notice in enumerate(batch) if index not in left]
            self._on_out(out)
            batch = [batch[index] for index in sorted(left)]
            if batch:
                await self._wait(pause)
                pause = min(2 * pause, _LONGEST_PAUSE_S)

    async def _wait(self, pause: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._nudged.wait(), pause)

    async def _attempt(self, channel: Channel, lane: _Lane, batch: Sequence[Notice]) -> set[int]:
        loop = asyncio.get_running_loop()
        payloads = [notice.payload for notice in batch]
        try:
            left = await loop.run_in_executor(
                self._threads, self._topics.publish, channel, payloads
            )
        except Unpublished as error:
            self._note(lane, f"{channel.value}: {error}")
            return set(range(len(batch)))
        self._note(lane, None)
        return set(left)

    def _note(self, lane: _Lane, trouble: str | None) -> None:
        if trouble and not self.trouble():
            log.warning("Cannot publish (%s); trying again until it works", trouble)
        lane.trouble = trouble

    def _all_lanes(self) -> list[_Lane]:
        return [lane for lanes in self._lanes.values() for lane in lanes]
