"""Calls to AWS and the carrier of which one goes wrong, in a way and at a place of one's choice."""

import io
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from threading import Lock
from typing import Any, NamedTuple

import pytest
from botocore.awsrequest import AWSResponse, HTTPHeaders
from botocore.endpoint import Endpoint
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError

_ATTEMPT = "_do_get_response"  # one HTTP request of botocore's and its answer
_CALL = "sayso_call"
_PRODUCT = "/functions/sayso/"
_THROTTLED = {
    "Error": {"Code": "ThrottlingException", "Message": "Rate exceeded"},
    "ResponseMetadata": {"HTTPStatusCode": HTTPStatus.BAD_REQUEST, "HTTPHeaders": {}},
}


class _Body(io.BytesIO):
    def stream(self, **_: object) -> Iterator[bytes]:
        yield self.read()


class Killed(BaseException):
    """The worker is gone: nothing that it was about to do happens."""


class Fault(StrEnum):
    """What goes wrong with a call."""

    REFUSED = "fails before it is sent"
    LOST = "has its effect and its answer is lost"
    TIMED_OUT = "times out without an effect"
    THROTTLED = "is throttled"
    KILLED_BEFORE = "is never made: the worker dies"
    KILLED_AFTER = "is the last thing that the worker does"


@dataclass
class Strike:
    """The call that goes wrong, by its number; `lasting`: at each of the SDK's own tries."""

    call: int
    fault: Fault
    lasting: bool = True


class Call(NamedTuple):
    """A call: whose, which, and by way of which lines of the product, the innermost first."""

    stage: str
    name: str
    way: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.stage}: {self.name}"


@dataclass
class Faults:
    """Numbers the calls that functions make, and strikes one of them.

    `stage` is the function at work, "" while nobody is; `calls` are those that were made.
    """

    stage: str = ""
    strike: Strike | None = None
    calls: list[Call] = field(default_factory=list)
    is_dead: bool = False
    _lock: Lock = field(default_factory=Lock)

    def begin(self, strike: Strike | None = None) -> None:
        """Count from nothing, with this strike ahead."""
        self.calls, self.strike, self.is_dead = [], strike, False

    @contextmanager
    def during(self, stage: str) -> Iterator[None]:
        """A worker of this function lives."""
        self.stage, self.is_dead = stage, False
        try:
            yield
        finally:
            self.stage = ""

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Somebody else makes calls, of whom the worker at work knows nothing."""
        stage, self.stage = self.stage, ""
        try:
            yield
        finally:
            self.stage = stage

    def attempt(self, original: Any, endpoint: Any, request: Any, model: Any, context: Any) -> Any:
        """One try of a call, which the SDK may repeat."""
        if not self.stage:
            return original(endpoint, request, model, context)
        if self.is_dead:
            raise Killed
        with self._lock:
            is_first = _CALL not in context
            if is_first:
                context[_CALL] = len(self.calls)
                name = f"{model.service_model.service_name} {model.name}"
                self.calls.append(Call(self.stage, name, _way_here()))
        struck = self.strike
        if struck is None or context[_CALL] != struck.call or not (is_first or struck.lasting):
            return original(endpoint, request, model, context)
        return self._go_wrong(struck.fault, lambda: original(endpoint, request, model, context))

    def _go_wrong(self, fault: Fault, call: Any) -> Any:
        if fault in (Fault.LOST, Fault.KILLED_AFTER):
            call()
        if fault in (Fault.KILLED_BEFORE, Fault.KILLED_AFTER):
            self.is_dead = True
            raise Killed
        if fault is Fault.THROTTLED:
            answer = AWSResponse("", HTTPStatus.BAD_REQUEST, HTTPHeaders(), _Body(b"{}"))
            return (answer, _THROTTLED), None
        broken = ConnectTimeoutError if fault is Fault.REFUSED else ReadTimeoutError
        return None, broken(endpoint_url="https://aws.example", error=None)


def _way_here() -> tuple[str, ...]:
    lines: list[str] = []
    frame = sys._getframe()
    while caller := frame.f_back:
        frame = caller
        _, is_ours, module = frame.f_code.co_filename.partition(_PRODUCT)
        if is_ours:
            lines.append(f"{module}:{frame.f_lineno}")
    return tuple(lines)


@contextmanager
def faults_in_calls(sleep: Callable[[float], None]) -> Iterator[Faults]:
    """Have every SDK call of this process go through a Faults, and every pause through `sleep`."""
    faults, original = Faults(), getattr(Endpoint, _ATTEMPT)

    def attempt(endpoint: Any, request: Any, model: Any, context: Any) -> Any:
        return faults.attempt(original, endpoint, request, model, context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Endpoint, _ATTEMPT, attempt)
        patch.setattr("time.sleep", sleep)
        yield faults
