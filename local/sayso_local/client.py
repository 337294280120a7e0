"""A running stack as its outside sees it: phones that text, a marketer who calls the admin API."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpx

from sayso_local.errors import CommandError
from sayso_local.places import Places
from sayso_local.stack.aws import LocalAws
from sayso_local.stack.running import RunningStack
from sayso_local.users import Role, UserPool, local_token

_TIMEOUT_SECONDS = 30.0
# Well under the hour that Cognito's tokens last unless the pool says otherwise.
_TOKEN_REUSE_SECONDS = 1800.0
_POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Text:
    """One text in a phone's thread, as the phone simulator lists it."""

    direction: str
    to: str
    sender: str
    body: str
    parts: int
    message_type: str | None
    status: str
    message_id: str
    at: str
    context: dict[str, str]

    @classmethod
    def parse(cls, item: dict[str, Any]) -> Text:
        return cls(
            direction=item["direction"],
            to=item["to"],
            sender=item["from"],
            body=item["body"],
            parts=item["parts"],
            message_type=item["message_type"],
            status=item["status"],
            message_id=item["message_id"],
            at=item["at"],
            context=item["context"] or {},
        )


class Stack:
    """A client of the local stack, for the seed, the demo and the end-to-end tests.

    Thread-safe; close it, or use it as a context manager.
    """

    def __init__(self, running: RunningStack) -> None:
        self.running = running
        self.api = running.api
        self.phones = running.phones
        self.aws = LocalAws(running.aws)
        self.number = running.number
        self.http = httpx.Client(timeout=_TIMEOUT_SECONDS, trust_env=False)
        self._tokens: dict[Role, tuple[str, float]] = {}

    @classmethod
    def connect(cls, places: Places) -> Stack:
        """The stack that runs from this state folder; raise CommandError if none does."""
        return cls(RunningStack.require(places))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self.http.close()

    def text(self, phone: str, body: str, *, inbound_message_id: str | None = None) -> str:
        """`phone` texts the short code; return the message's id, given again for a duplicate."""
        message = {"to": self.number, "body": body}
        if inbound_message_id is not None:
            message["inbound_message_id"] = inbound_message_id
        answer = self.http.post(f"{self.phones}/phones/{phone}/texts", json=message)
        answer.raise_for_status()
        return str(answer.json()["inbound_message_id"])

    def thread(self, phone: str) -> list[Text]:
        """Every text from and to `phone`, oldest first."""
        return self._texts(f"{self.phones}/phones/{phone}/texts")

    def received(self, phone: str) -> list[Text]:
        """The texts that were sent to `phone`, oldest first."""
        return [text for text in self.thread(phone) if text.direction == "out"]

    def texts(self, since: str | None = None) -> list[Text]:
        """The texts of all phones, oldest first, from the ISO 8601 time `since` on."""
        return self._texts(f"{self.phones}/texts", {"since": since} if since else {})

    def treat(self, phone: str, delivery: str, delay_ms: int = 0) -> None:
        """How the carrier treats texts to `phone` from now on."""
        wish = {"delivery": delivery, "delay_ms": delay_ms}
        self.http.put(f"{self.phones}/phones/{phone}", json=wish).raise_for_status()

    def list_at_carrier(self, phone: str, *, opted_out: bool) -> None:
        """Put the number on the carrier's own opt-out list, or take it off, behind our back."""
        wish = {"opted_out": opted_out}
        self.http.put(f"{self.phones}/phones/{phone}", json=wish).raise_for_status()

    def is_listed_at_carrier(self, phone: str) -> bool:
        """Whether the carrier refuses to text the number."""
        answer = self.http.get(f"{self.phones}/phones/{phone}")
        answer.raise_for_status()
        return bool(answer.json()["opted_out"])

    def await_texts(self, phone: str, count: int, *, within: float = 10.0) -> list[Text]:
        """Wait until `phone` has received at least `count` texts, or raise TimeoutError."""
        self.wait_for(lambda: len(self.received(phone)) >= count, within=within)
        return self.received(phone)

    def admin(
        self,
        method: str,
        path: str,
        json: object = None,
        *,
        role: Role = "owner",
        params: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Call `/admin/<path>` as a user of that role."""
        url = f"{self.api}/admin/{path.lstrip('/')}"
        headers = {"authorization": f"Bearer {self.token(role)}"}
        return self.http.request(method, url, json=json, params=params, headers=headers)

    def token(self, role: Role = "owner") -> str:
        """A bearer token of the local user of that role."""
        token, fetched = self._tokens.get(role, ("", -_TOKEN_REUSE_SECONDS))
        if time.monotonic() - fetched >= _TOKEN_REUSE_SECONDS:
            pool = UserPool(self.aws.cognito(), self.running.user_pool)
            client_id = self.running.user_pool_client
            token = local_token(pool, self.running.user_pool, client_id, role)
            self._tokens[role] = (token, time.monotonic())
        return token

    @staticmethod
    def wait_for(condition: Callable[[], bool], *, within: float = 10.0) -> None:
        """Poll until `condition()` holds; raise TimeoutError after `within` seconds."""
        deadline = time.monotonic() + within
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(f"it did not come to hold within {within} s")
            time.sleep(_POLL_SECONDS)

    def _texts(self, url: str, params: dict[str, str] | None = None) -> list[Text]:
        answer = self.http.get(url, params=params)
        if answer.status_code != httpx.codes.OK:
            raise CommandError(
                f"The phone simulator answered {answer.status_code}: {answer.text[:200]}"
            )
        return [Text.parse(item) for item in answer.json()]
