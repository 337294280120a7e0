"""From an API Gateway event to its answer: route, role, body, query, use case, problem."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from pydantic import BaseModel, ValidationError

from sayso.handlers.admin_api.access import Actor, actor_of
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Paging
from sayso.handlers.admin_api.problems import (
    FORBIDDEN,
    MALFORMED,
    MEDIA_TYPE,
    TOO_LARGE,
    UNSUPPORTED,
    Problem,
    from_validation,
    not_valid,
    told_as_problems,
)
from sayso.handlers.admin_api.proof_style import POLICY
from sayso.handlers.admin_api.routing import Answer, Call, Document, Route, Routes
from sayso.handlers.html import Html
from sayso.handlers.http import Request, Response, response

_PAGING = frozenset(Paging.model_fields)
_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Served:
    """An answer, and what a log may say about it: the route instead of the path."""

    response: Response
    route: str
    actor: str
    failure: Exception | None = None

    @property
    def status(self) -> int:
        status: int = self.response["statusCode"]
        return status


@dataclass(frozen=True, slots=True)
class AdminApi:
    """The admin API. `as_problem` knows the passing failures of what stands behind the desks."""

    routes: Routes
    desks: Desks
    as_problem: Callable[[Exception], Problem]

    def serve(self, event: Mapping[str, Any]) -> Served:
        """Answer a request; whatever happens, an error is told in JSON."""
        actor = actor_of(event)
        method = event["requestContext"]["http"]["method"]
        served = Served({}, method, actor.subject)
        try:
            request = Request.of(event)
            route, named = self.routes.find(method, _path(event))
            served = replace(served, route=f"{method} {route.path}")
            _check_role(route, actor)
            answer = self._answer(route, named, request, actor)
            return replace(served, response=_written(answer))
        except Problem as problem:
            return replace(served, response=_told(problem))
        except Exception as failure:  # noqa: BLE001 (the boundary: a crash would tell less)
            return replace(served, response=_told(self.as_problem(failure)), failure=failure)

    def _answer(
        self, route: Route, named: dict[str, str], request: Request, actor: Actor
    ) -> Answer:
        query = _query_values(request)
        filters = {name: value for name, value in query.items() if name not in _PAGING}
        call: Call[Any, Any] = Call(
            path=named,
            body=_body(route, request),
            query=_read(route.query, query),
            listing=f"{route.path}?{urlencode(sorted(filters.items()))}",
            actor=actor.subject,
            accept=request.headers.get("accept", ""),
            host=request.host,
        )
        with told_as_problems():
            return route.handle(self.desks, call)


def _path(event: Mapping[str, Any]) -> str:
    """The path without the stage, which HTTP API puts before it unless it is `$default`."""
    stage = event["requestContext"].get("stage", "$default")
    path: str = event["rawPath"]
    return path if stage == "$default" else path.removeprefix(f"/{stage}")


def _check_role(route: Route, actor: Actor) -> None:
    if not actor.may(route.roles):
        allowed = " or ".join(sorted(route.roles))
        raise Problem(FORBIDDEN, f"This takes the role {allowed}.")


def _query_values(request: Request) -> dict[str, str]:
    pairs = parse_qsl(request.query, keep_blank_values=True)
    twice = sorted({name for name, _ in pairs if [one for one, _ in pairs].count(name) > 1})
    if twice:
        raise not_valid((name, "given more than once") for name in twice)
    return dict(pairs)


def _body(route: Route, request: Request) -> BaseModel | None:
    if len(request.body) > route.body_at_most:
        raise Problem(TOO_LARGE, f"A body may have at most {route.body_at_most // 1024} KiB.")
    if route.body is None or (route.body_is_optional and not request.body.strip()):
        return None
    media_type = request.headers.get("content-type", "application/json").partition(";")[0]
    if media_type.strip().lower() != "application/json":
        raise Problem(UNSUPPORTED, "Send the body with content-type: application/json.")
    if not request.body.strip():
        raise Problem(MALFORMED, "The body is missing.")
    try:
        return route.body.model_validate_json(request.body)
    except ValidationError as error:
        raise from_validation(error) from None


def _read(model: type[_Model] | None, query: dict[str, str]) -> _Model | None:
    if model is None:
        if query:
            raise not_valid((name, "not known here") for name in sorted(query))
        return None
    try:
        return model.model_validate(query)
    except ValidationError as error:
        raise from_validation(error) from None


def _written(answer: Answer) -> Response:
    if answer.body is None:
        return response(answer.status, "", "application/json")
    body = answer.body
    if isinstance(body, Document):
        return _file(answer.status, body)
    if isinstance(body, Html):
        return _page(answer.status, body)
    text = body.model_dump_json() if isinstance(body, BaseModel) else json.dumps(body)
    return response(answer.status, text, "application/json")


def _file(status: HTTPStatus, document: Document) -> Response:
    """A file. What a marketer wrote is in it: opened as a page, it may do nothing."""
    answer = response(status, base64.b64encode(document.content).decode(), document.media_type)
    answer["isBase64Encoded"] = True
    answer["headers"] |= {
        "content-disposition": f'inline; filename="{document.name}"',
        "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    }
    return answer


def _page(status: HTTPStatus, page: Html) -> Response:
    answer = response(status, page, "text/html; charset=utf-8")
    answer["headers"] |= {"content-security-policy": POLICY, "referrer-policy": "no-referrer"}
    return answer


def _told(problem: Problem) -> Response:
    body = problem.details.model_dump_json(exclude_none=True)
    answer = response(HTTPStatus(problem.details.status), body, MEDIA_TYPE)
    answer["headers"] |= problem.headers
    return answer
