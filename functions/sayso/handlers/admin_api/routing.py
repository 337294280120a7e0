"""A table of routes, and finding the one that a request means."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Generic, TypeVar
from urllib.parse import unquote

from pydantic import BaseModel

from sayso.handlers.admin_api.access import EVERYONE, Role
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.problems import NOT_ALLOWED, NOT_FOUND, Problem
from sayso.handlers.html import Html

_Body_co = TypeVar("_Body_co", covariant=True)
_Query_co = TypeVar("_Query_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Call(Generic[_Body_co, _Query_co]):
    """One request to a route: the path's parameters, and body and query in the route's models.

    `listing` names the list that is asked for, filters included, for its cursors; `actor` is the
    user's id in the pool; `accept` is the header of that name, `host` who was asked.
    """

    path: Mapping[str, str]
    body: _Body_co
    query: _Query_co
    listing: str = ""
    actor: str = ""
    accept: str = ""
    host: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file, and the name under which a browser keeps it."""

    content: bytes
    media_type: str
    name: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a route answers; without a body there is nothing more to say. Html is a page."""

    body: BaseModel | Mapping[str, Any] | Html | Document | None = None
    status: HTTPStatus = HTTPStatus.OK


# Of most routes: what people write by hand is shorter.
BODY_AT_MOST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Route:
    """A route and its documentation. `problems` are those beside what any such route may give.

    `has_page` says that it answers with HTML too, to those who ask for that; `files` are the media
    types of what it answers instead of JSON, or beside it where `answers` has a model. A body has
    at most `body_at_most` bytes.
    """

    method: str
    path: str
    summary: str
    handle: Callable[[Desks, Call[Any, Any]], Answer]
    roles: frozenset[Role] = EVERYONE
    body: type[BaseModel] | None = None
    body_is_optional: bool = False
    body_at_most: int = BODY_AT_MOST
    query: type[BaseModel] | None = None
    answers: Mapping[HTTPStatus, type[BaseModel] | None] | None = None
    problems: Sequence[HTTPStatus] = ()
    has_page: bool = False
    files: Sequence[str] = ()

    @property
    def parts(self) -> list[str]:
        return self.path.split("/")


class Routes:
    """The table. A path without parameters goes before one with them."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self.all = tuple(routes)

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]]:
        """The route and the decoded parameters of its path.

        Raises a Problem: 404, or 405 where the path exists for other methods. The path is taken
        apart before it is decoded, so no parameter can hold a slash that changes its meaning.
        """
        parts = path.rstrip("/").split("/")
        found = [
            (route, named) for route in self.all if (named := _match(route, parts)) is not None
        ]
        exact = [one for one in found if not one[1]] or found
        if not exact:
            raise Problem(NOT_FOUND, "There is no such route; GET /admin/openapi.json lists all.")
        for route, named in exact:
            if route.method == method:
                return route, named
        allowed = ", ".join(sorted({route.method for route, _ in exact}))
        raise Problem(NOT_ALLOWED, f"{method} is not one of {allowed}.", headers={"allow": allowed})


def _match(route: Route, parts: list[str]) -> dict[str, str] | None:
    """The parameters of a path that fits the route, None for one that does not."""
    wanted = route.parts
    if len(wanted) != len(parts):
        return None
    named: dict[str, str] = {}
    for want, part in zip(wanted, parts, strict=True):
        if want.startswith("{") and part:
            named[want[1:-1]] = unquote(part)
        elif want != part:
            return None
    return named
