"""The carrier's client on a real connection: what breaks, and that nothing is sent twice."""

import socket
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import botocore.session
import pytest
from botocore.config import Config

from sayso.adapters import aws
from sayso.adapters.end_user_messaging import SERVICE, EndUserMessaging
from sayso.adapters.sns_carrier import SnsCarrier
from sayso.services.ports.carrier import Certainty, OutboundText, Purpose, SendFailed
from tests.support.bluebird import ANA, NUMBER

pytestmark = pytest.mark.e2e

TEXT = OutboundText(ANA, "hello", Purpose.ANSWER)
Answer = Callable[[BaseHTTPRequestHandler], None]


class Peer:
    """A server on loopback that counts requests and treats each as it is told."""

    def __init__(self) -> None:
        self.requests = 0
        self.answer: Answer = answered(500)
        self.done = Event()
        peer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                peer.requests += 1
                peer.answer(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def close(self) -> None:
        self.done.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def answered(status: int, body: bytes = b'{"__type": "InternalServerException"}') -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        request.send_header("Content-Type", "application/x-amz-json-1.0")
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


def hung_up(request: BaseHTTPRequestHandler) -> None:
    """Take the request, then break the connection."""
    request.connection.shutdown(socket.SHUT_RDWR)


def cut_short(request: BaseHTTPRequestHandler) -> None:
    """Promise more of an answer than is given."""
    request.send_response(200)
    request.send_header("Content-Length", "1000")
    request.end_headers()
    request.wfile.write(b'{"Mess')


@pytest.fixture
def peer() -> Iterator[Peer]:
    found = Peer()
    yield found
    found.close()


@pytest.fixture(autouse=True)
def fresh_clients() -> Iterator[None]:
    aws.client_without_retries.cache_clear()
    yield
    aws.client_without_retries.cache_clear()


def sender(url: str, monkeypatch: pytest.MonkeyPatch) -> EndUserMessaging:
    """The carrier as a function has it: the endpoint comes from the environment alone."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2", url)
    return EndUserMessaging(aws.client_without_retries(SERVICE), NUMBER)


@pytest.mark.parametrize(
    ("answer", "certainty"),
    [
        (answered(500), Certainty.UNKNOWN),
        (answered(503), Certainty.UNKNOWN),
        (answered(400, b'{"__type": "ThrottlingException"}'), Certainty.POSTPONED),
        (answered(429, b"{}"), Certainty.POSTPONED),
        (answered(400, b'{"__type": "ValidationException"}'), Certainty.REFUSED),
        (answered(200, b"<html>hello</html>"), Certainty.UNKNOWN),
        (hung_up, Certainty.UNKNOWN),
        (cut_short, Certainty.UNKNOWN),
    ],
    ids=["500", "503", "throttled", "429", "invalid", "no JSON", "hung up", "cut short"],
)
def test_whatever_comes_back_the_text_was_handed_over_once(
    peer: Peer, monkeypatch: pytest.MonkeyPatch, answer: Answer, certainty: Certainty
) -> None:
    peer.answer = answer
    with pytest.raises(SendFailed) as failure:
        sender(peer.url, monkeypatch).send(TEXT)
    assert failure.value.certainty is certainty
    assert peer.requests == 1


def test_an_answer_that_does_not_come_leaves_the_text_unknown(peer: Peer) -> None:
    def silent(request: BaseHTTPRequestHandler) -> None:
        peer.done.wait(5)

    peer.answer = silent
    impatient = Config(read_timeout=0.2, retries={"total_max_attempts": 1})
    session = botocore.session.get_session()
    client = session.create_client(SERVICE, endpoint_url=peer.url, config=impatient)
    with pytest.raises(SendFailed) as failure:
        EndUserMessaging(client, NUMBER).send(TEXT)
    assert (failure.value.certainty, peer.requests) == (Certainty.UNKNOWN, 1)


def test_where_nobody_listens_nothing_was_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
        with pytest.raises(SendFailed) as failure:
            sender(url, monkeypatch).send(TEXT)
    assert failure.value.certainty is Certainty.POSTPONED


def test_sns_is_called_once_too(peer: Peer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_SNS", peer.url)
    with pytest.raises(SendFailed) as failure:
        SnsCarrier(aws.client_without_retries("sns"), NUMBER).send(TEXT)
    assert (failure.value.certainty, peer.requests) == (Certainty.UNKNOWN, 1)
