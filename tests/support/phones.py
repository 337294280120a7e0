"""A running phone simulator for tests, and a stand-in for SNS that hears what it publishes."""

import json
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import boto3
import httpx

INBOUND = "arn:aws:sns:us-east-1:000000000000:inbound"
EVENTS = "arn:aws:sns:us-east-1:000000000000:delivery-events"
ANA, BEN, CHLOE = "+13125550101", "+13125550102", "+13035550103"
SHORT_CODE = "80808"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def eventually(check: Callable[[], Any], within_s: float = 10.0) -> Any:
    """The first true value of `check`; fails if there is none in time."""
    deadline = time.monotonic() + within_s
    while not (value := check()):
        assert time.monotonic() < deadline, f"not within {within_s} s"
        time.sleep(0.02)
    return value


@dataclass
class Published:
    """One message as its topic got it."""

    topic: str
    message: dict[str, Any]


@dataclass
class FakeSns:
    """Speaks just enough of SNS's query protocol for PublishBatch.

    `away` makes it answer 503, and `refused` counts how often it has.
    """

    heard: list[Published] = field(default_factory=list)
    on_inbound: Callable[[dict[str, Any]], None] | None = None
    away: bool = False
    refused: int = 0

    def __enter__(self) -> Self:
        fake = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                status, answer = fake.answer(dict(urllib.parse.parse_qsl(body)))
                self.send_response(status)
                self.send_header("Content-Type", "text/xml")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def answer(self, form: dict[str, str]) -> tuple[int, bytes]:
        if self.away:
            self.refused += 1
            return 503, b"<ErrorResponse><Error><Code>Unavailable</Code></Error></ErrorResponse>"
        assert form["Action"] == "PublishBatch"
        taken = ""
        for position in range(1, 11):
            entry = f"PublishBatchRequestEntries.member.{position}"
            if f"{entry}.Id" in form:
                self._hear(form["TopicArn"], json.loads(form[f"{entry}.Message"]))
                taken += f"<member><Id>{form[f'{entry}.Id']}</Id><MessageId>m</MessageId></member>"
        answer = (
            '<PublishBatchResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/">'
            f"<PublishBatchResult><Successful>{taken}</Successful><Failed/>"
            "</PublishBatchResult></PublishBatchResponse>"
        )
        return 200, answer.encode()

    def _hear(self, topic: str, message: dict[str, Any]) -> None:
        self.heard.append(Published(topic, message))
        if topic == INBOUND and self.on_inbound:
            self.on_inbound(message)

    def inbound(self) -> list[dict[str, Any]]:
        return [each.message for each in self.heard if each.topic == INBOUND]

    def events(self, message_id: str | None = None) -> list[dict[str, Any]]:
        return [
            each.message
            for each in self.heard
            if each.topic == EVENTS and message_id in (None, each.message["messageId"])
        ]


@dataclass
class Simulator:
    """The simulator as its own process, as people run it."""

    state_dir: Path
    sns: FakeSns
    port: int = field(default_factory=free_port)
    arguments: tuple[str, ...] = ("--inbound-topic", INBOUND, "--event-topic", EVENTS)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        command = [sys.executable, "-m", "sayso_local.phones", "--port", str(self.port)]
        command += ["--aws-endpoint", self.sns.url, "--state-dir", str(self.state_dir)]
        self.process = subprocess.Popen([*command, *self.arguments])
        self.http = httpx.Client(base_url=self.url, timeout=10)
        eventually(self._is_up, within_s=30)

    def _is_up(self) -> bool:
        assert self.process.poll() is None, "the simulator ended"
        try:
            return self.http.get("/health").status_code == 200
        except httpx.TransportError:
            return False

    def stop(self) -> int:
        """Its exit status."""
        self.http.close()
        self.process.terminate()
        return self.process.wait(timeout=10)

    def kill(self) -> None:
        self.http.close()
        self.process.kill()
        self.process.wait(timeout=10)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def carrier_client(self) -> Any:
        """An unmodified AWS client of the carrier."""
        return boto3.client(
            "pinpoint-sms-voice-v2",
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )

    def text(self, phone: str, body: str, **more: Any) -> httpx.Response:
        sent = {"to": SHORT_CODE, "body": body, **more}
        return self.http.post(f"/phones/{phone}/texts", json=sent)

    def thread(self, phone: str) -> list[dict[str, Any]]:
        thread: list[dict[str, Any]] = self.http.get(f"/phones/{phone}/texts").json()
        return thread
