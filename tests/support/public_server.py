"""The public pages on a server of their own: the real function, no stack."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from sayso.handlers import public
from tests.support.lambda_context import LambdaContext
from tests.support.listening import listening
from tests.support.public_pages import PublicPages


@dataclass
class PublicServer:
    """Bluebird Coffee's pages at an address of this machine. While `is_down`, no answer comes."""

    pages: PublicPages
    address: str = ""
    is_down: bool = False
    loses_answers: bool = False
    posted: list[str] = field(default_factory=list[str])
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def answer(self, handler: BaseHTTPRequestHandler) -> dict[str, Any] | None:
        """What the function answers; None for nothing at all."""
        if self.is_down:
            return None
        body = handler.rfile.read(int(handler.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in handler.headers.items()}
        with self._one_at_a_time:
            if handler.command == "POST":
                self.posted.append(handler.path)
            self.pages.user_agent = headers.get("user-agent", "")
            event = self.pages.event(handler.command, handler.path, body or None, headers)
            answer: dict[str, Any] = public.handler(event, LambdaContext())
        return None if self.loses_answers and handler.command == "POST" else answer


@contextmanager
def public_server(pages: PublicPages) -> Iterator[PublicServer]:
    """The pages as they are served on this machine, for as long as the block."""
    server = PublicServer(pages)
    with listening(_handler_of(server)) as origin:
        server.address = origin
        yield server


def _handler_of(server: PublicServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            answer = server.answer(self)
            if answer is None:
                self.close_connection = True
                return
            content = answer["body"].encode()
            self.send_response(answer["statusCode"])
            for name, value in answer["headers"].items():
                self.send_header(name, value)
            for cookie in answer.get("cookies", ()):
                self.send_header("set-cookie", cookie)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_DELETE = do_HEAD = _answer  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    return Handler
