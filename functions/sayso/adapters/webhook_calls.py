"""Calls of endpoints, as Standard Webhooks has them: signed, once, without a redirect.

The name is looked up here and the connection made to the very address that was judged: asked a
second time, a name server that means harm could answer otherwise (DNS rebinding).
"""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from threading import Event, Timer
from typing import Any
from urllib.parse import SplitResult, urlsplit

import urllib3
from standardwebhooks import Webhook
from urllib3.exceptions import HTTPError, NameResolutionError, NewConnectionError, SSLError
from urllib3.exceptions import TimeoutError as TookTooLong

from sayso.domain.refusal import Refused
from sayso.domain.webhook import Attempt
from sayso.domain.webhook_address import checked_url, is_public, port_of
from sayso.services.ports.webhooks import Message

_TIMES = urllib3.Timeout(connect=3, read=10)
# Those are for each wait alone: an answer that comes letter by letter keeps to them for ever.
_IN_ALL_S = 15.0
_TOO_LATE = "no answer in time"
_USER_AGENT = "Sayso-Webhooks/1 (+https://www.standardwebhooks.com)"


class NotOpen(Exception):
    """The address may not be called; the message is the outcome that the log shows."""


def addresses_of(host: str, port: int) -> list[str]:
    """The IP addresses that a name leads to, those of IPv4 first: Lambda reaches no others."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ordered = sorted(found, key=lambda one: one[0] != socket.AF_INET)
    return [str(address[0]) for *_, address in ordered]


@dataclass(frozen=True, slots=True)
class WebhookCalls:
    """Caller. `may_be_private` lets it call addresses that are not on the open internet."""

    may_be_private: bool
    resolve: Callable[[str, int], list[str]] = addresses_of
    within: urllib3.Timeout = _TIMES
    in_all_s: float = _IN_ALL_S

    def call(self, message: Message, at: datetime) -> Attempt:
        started = time.perf_counter()
        status, outcome, retry_after = self._called(message, at)
        took_ms = round((time.perf_counter() - started) * 1000)
        return Attempt(at, status, outcome, took_ms, retry_after)

    def _called(self, message: Message, at: datetime) -> tuple[int, str, timedelta | None]:
        is_cut = Event()
        try:
            parts = urlsplit(checked_url(message.url, may_be_private=self.may_be_private))
            with (
                _pool(parts, self._address(parts), self.within) as pool,
                _cut_after(self.in_all_s, pool, is_cut),
            ):
                answered = _posted(pool, parts, message, at)
            # What was cut off may look like an answer, up to where it was.
            return (0, _TOO_LATE, None) if is_cut.is_set() else answered
        except (NotOpen, Refused) as refused:
            return 0, str(refused), None
        except SSLError:
            return 0, "its certificate is not valid", None
        except (NewConnectionError, NameResolutionError):
            return 0, "no connection", None
        except TookTooLong:
            return 0, _TOO_LATE, None
        except (HTTPError, OSError):
            return 0, _TOO_LATE if is_cut.is_set() else "the connection broke", None

    def _address(self, parts: SplitResult) -> str:
        try:
            found = self.resolve(parts.hostname or "", port_of(parts))
        except (OSError, UnicodeError):
            raise NotOpen("its name leads nowhere") from None
        # One private address among others is an attempt, or a mistake: neither is called.
        if not found or not (self.may_be_private or all(map(is_public, found))):
            raise NotOpen("its address is not on the open internet")
        return found[0]


def headers_of(message: Message, at: datetime) -> dict[str, str]:
    """The headers of the standard; each secret signs, so that one can be replaced in peace."""
    signed = [
        Webhook(secret).sign(message.id, at.astimezone(UTC), message.body)
        for secret in message.secrets
    ]
    return {
        "webhook-id": message.id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signed),
    }


def _pool(parts: SplitResult, address: str, within: urllib3.Timeout) -> urllib3.HTTPConnectionPool:
    """A pool of connections to the address that the certificate must be the name's of."""
    known: dict[str, Any] = {"port": port_of(parts), "timeout": within, "maxsize": 1}
    if parts.scheme == "http":
        return urllib3.HTTPConnectionPool(address, **known)
    name = parts.hostname
    return urllib3.HTTPSConnectionPool(
        address, server_hostname=name, assert_hostname=name, cert_reqs="CERT_REQUIRED", **known
    )


@contextmanager
def _cut_after(seconds: float, pool: urllib3.HTTPConnectionPool, is_cut: Event) -> Iterator[None]:
    """Cut the pool's connections when the time is up, whatever they are waiting for."""
    connections: list[Any] = []
    made = pool.ConnectionCls

    def connection(**known: Any) -> Any:
        connections.append(made(**known))
        return connections[-1]

    def cut() -> None:
        is_cut.set()
        for one in connections:
            # TLS waits for the other side's goodbye; the socket below it does not.
            with suppress(OSError, AttributeError):
                socket.socket.shutdown(one.sock, socket.SHUT_RDWR)

    pool.ConnectionCls = connection  # type: ignore[assignment]
    timer = Timer(seconds, cut)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _posted(
    pool: urllib3.HTTPConnectionPool, parts: SplitResult, message: Message, at: datetime
) -> tuple[int, str, timedelta | None]:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = headers_of(message, at) | {
        "host": parts.netloc,
        "content-type": "application/json",
        "user-agent": _USER_AGENT,
    }
    answer = pool.urlopen(
        "POST",
        target,
        body=message.body.encode(),
        headers=headers,
        redirect=False,
        retries=False,
        preload_content=False,
        assert_same_host=False,
    )
    # What it says beside its status is of no use here, and may be without end.
    answer.close()
    follows = " elsewhere, which is not followed" if 300 <= answer.status < 400 else ""
    outcome = f"answered {answer.status}{follows}"
    return answer.status, outcome, _wait(answer.headers.get("retry-after", ""), at)


def _wait(retry_after: str, now: datetime) -> timedelta | None:
    """How long a Retry-After asks to wait (RFC 9110, 10.2.3): seconds, or a date."""
    if retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 9:
        return timedelta(seconds=int(retry_after))
    try:
        until = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(until - now, timedelta())
