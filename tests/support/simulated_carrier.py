"""The phone simulator behind a real AWS client, without a socket between the two."""

import asyncio
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
from botocore.awsrequest import AWSResponse, HTTPHeaders

from sayso_local.phones.server import create_app
from sayso_local.phones.settings import PhonesSettings


@dataclass(frozen=True)
class Phones:
    """The simulator's own API, as the phone page uses it."""

    http: httpx.AsyncClient
    loop: asyncio.AbstractEventLoop

    def send(self, method: str, path: str, **request: Any) -> httpx.Response:
        """The simulator's answer, given on its own thread."""
        sent = self.http.request(method, path, **request)
        return asyncio.run_coroutine_threadsafe(sent, self.loop).result(timeout=30)

    def thread(self, phone: str) -> list[dict[str, Any]]:
        """What went to and fro between this phone and the short code."""
        texts: list[dict[str, Any]] = self.send("GET", f"/phones/{phone}/texts").json()
        return texts

    def have(self, **conditions: Any) -> None:
        """Change how the carrier behaves."""
        assert self.send("PUT", "/carrier", json=conditions).is_success


class _Raw(io.BytesIO):
    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.read()


@contextmanager
def simulated(client: Any, state_dir: Path) -> Iterator[Phones]:
    """Have a simulator answer whatever `client` sends."""
    with _running(state_dir) as phones, answering(client, phones):
        yield phones


@contextmanager
def answering(client: Any, phones: Phones) -> Iterator[None]:
    """Have a simulator that runs already answer this client too."""

    def answer(request: Any, **_: object) -> AWSResponse:
        headers = dict(request.headers.items())
        got = phones.send("POST", "/", content=request.body, headers=headers)
        named = HTTPHeaders.from_dict(dict(got.headers))
        return AWSResponse(request.url, got.status_code, named, _Raw(got.content))

    # First: moto answers for services that it does not know, too.
    client.meta.events.register_first("before-send", answer, unique_id="simulator")
    try:
        yield
    finally:
        client.meta.events.unregister("before-send", unique_id="simulator")


@contextmanager
def _running(state_dir: Path) -> Iterator[Phones]:
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()

    def run(coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(timeout=30)

    app = create_app(PhonesSettings(state_dir=state_dir))
    lifespan = app.router.lifespan_context(app)
    transport = httpx.ASGITransport(app)
    http = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")
    run(lifespan.__aenter__())
    try:
        yield Phones(http, loop)
    finally:
        run(http.aclose())
        run(lifespan.__aexit__(None, None, None))
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
