"""Calls of endpoints on a real connection: signed, once, without detours."""

import itertools
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError
from urllib3 import Timeout

from sayso.adapters.webhook_calls import WebhookCalls, headers_of
from sayso.adapters.webhook_secrets import new_secret
from sayso.domain.webhook_payload import payload
from sayso.services.ports.webhooks import Message
from tests.support.bluebird import NOON
from tests.support.webhook_receiver import Receiver, Request
from tests.support.webhooks import NEW_SECRET, SECRET, an_activity

ACTIVITY = an_activity()
BODY = payload(ACTIVITY)


def a_message(url: str = "http://127.0.0.1/", *secrets: str) -> Message:
    return Message(url, ACTIVITY.id, BODY, secrets or (SECRET,))


def resolving(*addresses: str) -> Callable[[str, int], list[str]]:
    return lambda host, port: list(addresses)


def slowly(_: Request) -> tuple[int, dict[str, str]]:
    time.sleep(0.6)
    return 204, {}


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver.opened() as found:
        yield found


@pytest.fixture
def trickle() -> Iterator[str]:
    """An endpoint whose answer's first line never ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=_trickle, args=(listening,))
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        thread.join()


def _trickle(listening: socket.socket) -> None:
    connection, _ = listening.accept()
    with connection, suppress(OSError):
        for letter in itertools.chain(b"HTTP/1.1 200 ", itertools.repeat(ord("."), 200)):
            connection.sendall(bytes([letter]))
            time.sleep(0.05)


def test_the_reference_library_verifies_what_is_signed() -> None:
    headers = headers_of(a_message(), datetime.now(UTC))

    told = Webhook(SECRET).verify(BODY, headers)

    assert told["data"]["id"] == headers["webhook-id"] == ACTIVITY.id


def test_while_a_secret_is_replaced_both_verify() -> None:
    headers = headers_of(a_message("http://127.0.0.1/", NEW_SECRET, SECRET), datetime.now(UTC))

    for secret in (NEW_SECRET, SECRET):
        assert Webhook(secret).verify(BODY, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(BODY, headers)


def test_a_body_an_id_or_a_time_that_was_changed_does_not_verify() -> None:
    now = datetime.now(UTC)
    headers = headers_of(a_message(), now)
    later = str(int(now.timestamp()) + 1)

    for body, changed in (
        (BODY.replace("DOWNTOWN", "UPTOWN"), {}),
        (BODY, {"webhook-id": "01KAMZ3S8E5XQW0V7Y9T2B4C6D"}),
        (BODY, {"webhook-timestamp": later}),
    ):
        with pytest.raises(WebhookVerificationError):
            Webhook(SECRET).verify(body, headers | changed)


def test_new_secrets_are_ones_that_the_library_takes_and_never_the_same() -> None:
    first, second = new_secret(), new_secret()

    assert first != second
    assert first.startswith("whsec_")
    for one in (first, second):
        headers = headers_of(a_message("http://127.0.0.1/", one), datetime.now(UTC))
        assert Webhook(one).verify(BODY, headers)


@pytest.mark.e2e
def test_an_endpoint_gets_the_body_and_headers_that_verify(receiver: Receiver) -> None:
    attempt = WebhookCalls(may_be_private=True).call(
        a_message(f"{receiver.url}/hook?shop=1"), datetime.now(UTC)
    )

    (request,) = receiver.requests
    assert (attempt.status, attempt.outcome) == (204, "answered 204")
    assert (request.method, request.target) == ("POST", "/hook?shop=1")
    assert request.headers["content-type"] == "application/json"
    assert request.headers["host"] == receiver.url.removeprefix("http://")
    assert Webhook(SECRET).verify(request.body, request.headers)["type"] == "joined"


@pytest.mark.e2e
def test_an_endpoint_without_a_path_is_called_at_its_root(receiver: Receiver) -> None:
    for url in (receiver.url, f"{receiver.url}?shop=1"):
        WebhookCalls(may_be_private=True).call(a_message(url), NOON)

    assert [one.target for one in receiver.requests] == ["/", "/?shop=1"]


@pytest.mark.e2e
def test_without_leave_no_private_address_is_called(receiver: Receiver) -> None:
    """Neither one that the url names, nor one that its name leads to, nor one among others."""
    calls = WebhookCalls(may_be_private=False)
    assert calls.call(a_message(receiver.url), NOON).status == 0
    port = receiver.url.rpartition(":")[2]
    for addresses in (["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::ffff:127.0.0.1"], []):
        rebound = WebhookCalls(may_be_private=False, resolve=resolving(*addresses))
        attempt = rebound.call(a_message(f"https://crm.bluebird.example:{port}/"), NOON)
        assert (attempt.status, attempt.outcome) == (
            0,
            "its address is not on the open internet",
        )

    assert receiver.requests == []


@pytest.mark.e2e
def test_the_address_that_was_judged_is_the_one_that_is_called(receiver: Receiver) -> None:
    """The name is looked up once: what it leads to a moment later does not matter."""
    port = receiver.url.rpartition(":")[2]
    looked_up: list[str] = []

    def resolve(host: str, _: int) -> list[str]:
        looked_up.append(host)
        return ["127.0.0.1"]

    calls = WebhookCalls(may_be_private=True, resolve=resolve)
    attempt = calls.call(a_message(f"http://crm.bluebird.example:{port}/"), NOON)

    assert (attempt.status, looked_up) == (204, ["crm.bluebird.example"])
    assert receiver.requests[0].headers["host"] == f"crm.bluebird.example:{port}"


@pytest.mark.e2e
def test_a_redirect_is_an_answer_and_is_not_followed(receiver: Receiver) -> None:
    receiver.answers = lambda request: (302, {"location": f"{receiver.url}/elsewhere"})

    attempt = WebhookCalls(may_be_private=True).call(a_message(receiver.url), NOON)

    assert attempt.outcome == "answered 302 elsewhere, which is not followed"
    assert not attempt.is_success
    assert len(receiver.requests) == 1


@pytest.mark.e2e
@pytest.mark.parametrize(
    ("told", "wait"),
    [
        ("120", timedelta(minutes=2)),
        ("Mon, 23 Nov 2026 18:05:00 GMT", timedelta(minutes=5)),
        ("Mon, 23 Nov 2026 17:05:00 GMT", timedelta()),
        ("soon", None),
        ("9" * 400, None),
        ("Mon, 23 Nov 2026 18:05:00 +99999999999999", None),
        ("99999999999 Nov 2026 18:05:00 GMT", None),
        ("\u00b2", None),
    ],
)
def test_it_is_understood_how_long_it_asks_to_wait(
    receiver: Receiver, told: str, wait: timedelta | None
) -> None:
    receiver.answers = lambda request: (503, {"retry-after": told})

    attempt = WebhookCalls(may_be_private=True).call(a_message(receiver.url), NOON)

    assert (attempt.status, attempt.retry_after) == (503, wait)


@pytest.mark.e2e
def test_who_does_not_answer_is_told_apart_from_who_answers_badly(receiver: Receiver) -> None:
    calls = WebhookCalls(may_be_private=True)
    slow = WebhookCalls(may_be_private=True, within=Timeout(connect=1, read=0.2))
    receiver.answers = slowly
    assert slow.call(a_message(receiver.url), NOON).outcome == "no answer in time"
    receiver.close()

    assert calls.call(a_message(receiver.url), NOON).outcome == "no connection"


@pytest.mark.e2e
@pytest.mark.parametrize("in_all_s", [0.3, 1.5])
def test_who_answers_letter_by_letter_without_end_is_cut_off(trickle: str, in_all_s: float) -> None:
    """Each letter comes in time; the attempt is over all the same, before its status and after."""
    began = time.monotonic()

    attempt = WebhookCalls(may_be_private=True, in_all_s=in_all_s).call(a_message(trickle), NOON)

    assert (attempt.status, attempt.outcome) == (0, "no answer in time")
    assert in_all_s - 0.1 < time.monotonic() - began < 5


def test_a_name_that_leads_nowhere_is_an_attempt_that_failed() -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    attempt = WebhookCalls(may_be_private=False, resolve=resolve).call(
        a_message("https://crm.bluebird.example/"), NOON
    )

    assert (attempt.status, attempt.outcome) == (0, "its name leads nowhere")


@pytest.mark.e2e
def test_a_certificate_that_nobody_vouches_for_is_refused(
    receiver: Receiver, tmp_path: Any
) -> None:
    with Receiver.opened(tls=tmp_path) as secured:
        attempt = WebhookCalls(may_be_private=True, resolve=resolving("127.0.0.1")).call(
            a_message(secured.url), NOON
        )
        assert secured.requests == []

    assert (attempt.status, attempt.outcome) == (0, "its certificate is not valid")
