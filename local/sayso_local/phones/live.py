"""The live stream that the page listens to (server-sent events)."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

_BACKLOG = 2_000  # events a listener may lag behind before it is told to start over
_HEARTBEAT_S = 15.0


class Live:
    """Tells every listener what happens, as it happens."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[str | None]] = set()
        self._closed = False

    def tell(self, event: str, data: Any) -> None:
        """Send an event to all who listen; whoever lags too far is dropped, and reconnects."""
        if not self._listeners:
            return
        # JSON has no raw line break, so one data line holds it.
        line = f"event: {event}\ndata: {json.dumps(data)}\n\n"
        for queue in tuple(self._listeners):
            if queue.qsize() >= _BACKLOG:
                self._drop(queue)
            else:
                queue.put_nowait(line)

    async def listen(self) -> AsyncIterator[str]:
        """The stream of one listener, until it leaves or the server stops."""
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            # Reconnect soon: the server is on this machine.
            yield "retry: 1000\nevent: hello\ndata: {}\n\n"
            while not self._closed:
                try:
                    line = await asyncio.wait_for(queue.get(), _HEARTBEAT_S)
                except TimeoutError:
                    line = ": still here\n\n"
                if line is None:
                    return
                yield line
        finally:
            self._listeners.discard(queue)

    def close(self) -> None:
        """End every stream: a server that waits for its connections could not stop otherwise."""
        self._closed = True
        for queue in tuple(self._listeners):
            self._drop(queue)

    def _drop(self, queue: asyncio.Queue[str | None]) -> None:
        self._listeners.discard(queue)
        queue.put_nowait(None)
