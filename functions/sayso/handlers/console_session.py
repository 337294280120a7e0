"""Signing in to the console: a token for the page's memory, a cookie for its next visit."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from sayso.handlers.http import Request, Response, problem, response
from sayso.services.ports.doorkeeper import (
    Admission,
    Doorkeeper,
    NotLetIn,
    PasswordRefused,
    Question,
    Step,
    TooManyTries,
    Unavailable,
)

_BODY_AT_MOST = 8 * 1024
COOKIE = "sayso_session"
_DAYS = 7 * 24 * 60 * 60  # as long as the pool lets a refresh token live
# No path: a browser then takes the folder of the request, which is /console wherever that is.
_GUARDED = "HttpOnly; Secure; SameSite=Strict"
_CREDENTIALS, _ANSWER = {"email", "password"}, {"user", "session", "answer"}
_WRONG = {
    None: "The e-mail address or the password is not right.",
    Step.NEW_PASSWORD: "That took too long. Sign in again with the password of your invitation.",
    Step.CODE: "The code is not right, or no longer. Take the one that your app shows now.",
}
_STATUSES = {
    NotLetIn: (HTTPStatus.UNAUTHORIZED, ""),
    PasswordRefused: (HTTPStatus.UNPROCESSABLE_ENTITY, ""),
    TooManyTries: (HTTPStatus.TOO_MANY_REQUESTS, "Too many tries. Wait a minute."),
    Unavailable: (HTTPStatus.SERVICE_UNAVAILABLE, "Nobody can sign in just now. Try again soon."),
}
_FAILURES = tuple(_STATUSES)

Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Session:
    """What the page may ask for. The refresh token is in the cookie alone, never in an answer."""

    doorkeeper: Doorkeeper

    def begin(self, request: Request, event: Mapping[str, Any]) -> Response:
        """Sign in, answer what was asked then, or (with `{}`) go on from the cookie.

        200 with the token or with the next question, 204 where there is nobody to go on with.
        """
        if len(request.body) > _BODY_AT_MOST:
            return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"more than {_BODY_AT_MOST} bytes")
        fields = _fields(request)
        if fields is None:
            return problem(HTTPStatus.BAD_REQUEST, "The body is no JSON object of texts.")
        if not fields:
            return _guarded(request, lambda: self._renewed(_cookie(request, event)))
        step = _step(fields)
        if missing := (_ANSWER if step else _CREDENTIALS) - set(fields):
            return problem(HTTPStatus.BAD_REQUEST, f"Missing: {', '.join(sorted(missing))}.")
        return _guarded(request, lambda: _told(self._admit(step, fields)), _WRONG[step])

    def end(self, request: Request, event: Mapping[str, Any]) -> Response:
        """Sign out: the cookie goes, and its token renews nothing any more."""
        return _guarded(request, lambda: self._ended(_cookie(request, event)))

    def _ended(self, token: str) -> Response:
        if token:
            self.doorkeeper.sign_out(token)
        return _nobody()

    def _admit(self, step: Step | None, fields: Fields) -> Admission | Question:
        if step is None:
            return self.doorkeeper.sign_in(fields["email"], fields["password"])
        question = Question(step, user=fields["user"], session=fields["session"])
        return self.doorkeeper.answer(question, fields["answer"])

    def _renewed(self, token: str) -> Response:
        try:
            return _told(self.doorkeeper.renew(token)) if token else _nobody()
        except NotLetIn:
            return _nobody()


def _guarded(request: Request, work: Callable[[], Response], wrong: str = "") -> Response:
    """What the work answers; who is not let in is told `wrong`, and nobody more than that."""
    if _is_from_elsewhere(request):
        return problem(HTTPStatus.FORBIDDEN, "Not for other sites.")
    try:
        return work()
    except _FAILURES as failure:
        status, detail = _STATUSES[type(failure)]
        return problem(status, detail or str(failure) or wrong)


def _step(fields: Fields) -> Step | None:
    name = fields.get("step")
    return Step(name) if name in list(Step) else None


def _fields(request: Request) -> Fields | None:
    """The body's fields, None unless it is a JSON object of texts that are not empty."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        return None
    try:
        found = json.loads(request.body)
    except ValueError:
        return None
    if not isinstance(found, dict):
        return None
    return found if all(isinstance(one, str) and one for one in found.values()) else None


def _is_from_elsewhere(request: Request) -> bool:
    """Whether a browser says that another site's page sends this, a neighbour's included."""
    return request.headers.get("sec-fetch-site", "same-origin") != "same-origin"


def _told(outcome: Admission | Question) -> Response:
    if isinstance(outcome, Question):
        asked = {"step": outcome.step, "user": outcome.user, "session": outcome.session}
        return response(HTTPStatus.OK, json.dumps(asked), "application/json")
    body = {
        "access_token": outcome.access_token,
        "expires_in": outcome.expires_in_s,
        "email": outcome.email,
        "roles": outcome.roles,
    }
    answer = response(HTTPStatus.OK, json.dumps(body), "application/json")
    if outcome.refresh_token:
        answer["cookies"] = [f"{COOKIE}={outcome.refresh_token}; Max-Age={_DAYS}; {_GUARDED}"]
    return answer


def _nobody() -> Response:
    answer = response(HTTPStatus.NO_CONTENT, "", "application/json")
    answer["cookies"] = [f"{COOKIE}=; Max-Age=0; {_GUARDED}"]
    return answer


def _cookie(request: Request, event: Mapping[str, Any]) -> str:
    """The refresh token, "" if there is none: API Gateway gives cookies apart from headers."""
    given = [*event.get("cookies", ()), *request.headers.get("cookie", "").split(";")]
    pairs = (one.strip().partition("=") for one in given)
    return next((value for name, _, value in pairs if name == COOKIE), "")
