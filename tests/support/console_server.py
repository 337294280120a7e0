"""The console on a server of its own: its real files, the real admin function, no stack.

What the admin function says can be replaced, answer by answer, by a recording: a page is then seen
with figures that would take days to come about.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any

from sayso.handlers.console_files import Shelf
from tests.support.console import Console
from tests.support.listening import listening
from tests.support.repository import ROOT

Recording = Any | Callable[[Any], tuple[int, Any]]
_ROLE_OF = {
    "ana@bluebird.example": "owner",
    "ben@bluebird.example": "marketer",
    "mia@bluebird.example": "staff",
}


@dataclass(frozen=True)
class Asked:
    """A request that the page made of the admin API."""

    method: str
    path: str
    body: Any


@dataclass
class ConsoleServer:
    """`console` answers what no recording does. Recordings go by method and path without query."""

    console: Console
    shelf: Shelf
    recorded: dict[str, Recording] = field(default_factory=dict[str, Recording])
    asked: list[Asked] = field(default_factory=list[Asked])
    address: str = ""
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def forget(self) -> None:
        """Take back every recording, and what was asked."""
        self.recorded.clear()
        self.asked.clear()

    def last(self, method: str, path: str) -> Any:
        """The body of the newest such request; None where there was none."""
        bodies = [one.body for one in self.asked if (one.method, one.path) == (method, path)]
        return bodies[-1] if bodies else None

    def answer(self, method: str, target: str, body: bytes) -> tuple[int, str, bytes, str]:
        """Status, type, content and policy."""
        path = target.partition("?")[0]
        if path == "/console/session":
            return _session(method, body)
        if path.startswith("/console"):
            return self._file(path)
        return self._admin(method, target, path, body)

    def _file(self, path: str) -> tuple[int, str, bytes, str]:
        names = path.split("/")[2:]
        answer = self.shelf.file(*names) if names else self.shelf.page()
        headers = answer["headers"]
        policy = headers.get("content-security-policy", "")
        return answer["statusCode"], headers["content-type"], answer["body"].encode(), policy

    def _admin(
        self, method: str, target: str, path: str, body: bytes
    ) -> tuple[int, str, bytes, str]:
        said = json.loads(body) if body else None
        with self._one_at_a_time:
            self.asked.append(Asked(method, path, said))
            recording = self.recorded.get(f"{method} {path}")
            if recording is None:
                answer = self.console.send(method, target, body.decode() if body else None)
                return answer.status, answer.headers["content-type"], answer.text.encode(), ""
        status, told = recording(said) if callable(recording) else (HTTPStatus.OK, recording)
        return status, "application/json", json.dumps(told).encode(), ""


def _session(method: str, body: bytes) -> tuple[int, str, bytes, str]:
    """Everybody knows the password here."""
    email = json.loads(body or b"{}").get("email")
    if method != "POST" or not email:
        return HTTPStatus.NO_CONTENT, "", b"", ""
    told = {"access_token": "a.b.c", "email": email, "roles": [_ROLE_OF[email]], "expires_in": 3600}
    return HTTPStatus.OK, "application/json", json.dumps(told).encode(), ""


@contextmanager
def console_server(console: Console) -> Iterator[ConsoleServer]:
    """The console as it is served on this machine, for as long as the block."""
    server = ConsoleServer(console, Shelf.read(ROOT / "web" / "console", "http://127.0.0.1:9"))
    with listening(_handler_of(server)) as origin:
        server.address = f"{origin}/console"
        yield server


def _handler_of(server: ConsoleServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(length)
            status, kind, content, policy = server.answer(self.command, self.path, body)
            self.send_response(status)
            for name, value in (("content-type", kind), ("content-security-policy", policy)):
                if value:
                    self.send_header(name, value)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    return Handler
