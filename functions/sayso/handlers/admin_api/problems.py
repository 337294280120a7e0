"""Everything that can be wrong with a request, told as RFC 9457 has it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus

from pydantic import BaseModel, Field, ValidationError

from sayso.services.ports.cursors import NotACursor
from sayso.services.refusals import Busy, Conflict, Invalid, NotFound

MEDIA_TYPE = "application/problem+json"


class FieldProblem(BaseModel):
    """One value at fault."""

    path: str = Field(description="Where the value stands", examples=["caps.per_week"])
    detail: str = Field(description="What is wrong with it", examples=["less than the 3 of a day"])


class ProblemDetails(BaseModel):
    """What is wrong, in the form of RFC 9457."""

    type: str = Field(examples=["urn:sayso:problem:invalid"])
    title: str = Field(examples=["Some values are not valid"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["caps.per_week: less than the 3 of a day"])
    errors: list[FieldProblem] | None = Field(None, description="The values at fault, one by one")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: `slug` ends its type, `title` is the same for each of the kind."""

    status: HTTPStatus
    slug: str
    title: str


MALFORMED = Kind(HTTPStatus.BAD_REQUEST, "malformed", "The request cannot be read")
FORBIDDEN = Kind(HTTPStatus.FORBIDDEN, "forbidden", "Your role does not allow this")
NOT_FOUND = Kind(HTTPStatus.NOT_FOUND, "not-found", "There is no such thing")
NOT_ALLOWED = Kind(
    HTTPStatus.METHOD_NOT_ALLOWED, "method-not-allowed", "This cannot be done with it"
)
CONFLICT = Kind(HTTPStatus.CONFLICT, "conflict", "It cannot be done as things stand")
TOO_LARGE = Kind(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "The body is too large")
UNSUPPORTED = Kind(
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "The body is not JSON"
)
INVALID = Kind(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", "Some values are not valid")
INTERNAL = Kind(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", "Something went wrong here")
UNAVAILABLE = Kind(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", "Too busy right now")


class Problem(Exception):
    """A request is answered with a problem. `headers` belong to the answer."""

    def __init__(
        self,
        kind: Kind,
        detail: str,
        errors: Iterable[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind = kind
        self.headers = headers or {}
        self.details = ProblemDetails(
            type=f"urn:sayso:problem:{kind.slug}",
            title=kind.title,
            status=kind.status,
            detail=detail,
            errors=list(errors) or None,
        )


@contextmanager
def told_as_problems() -> Iterator[None]:
    """Turn what the use cases raise into problems: the one place where errors become HTTP."""
    try:
        yield
    except Invalid as invalid:
        raise not_valid((fault.field, fault.reason) for fault in invalid.faults) from None
    except NotFound as missing:
        raise Problem(NOT_FOUND, _sentence(missing)) from None
    except Conflict as conflict:
        raise Problem(CONFLICT, _sentence(conflict)) from None
    except NotACursor as wrong:
        raise Problem(MALFORMED, f"The cursor was {wrong}.", [_wrong("cursor", wrong)]) from None
    except Busy as busy:
        raise unavailable(_sentence(busy)) from None


def unavailable(detail: str) -> Problem:
    """The problem of a request that may succeed unchanged in a moment."""
    return Problem(UNAVAILABLE, detail, headers={"retry-after": "1"})


def not_valid(faults: Iterable[tuple[str, str]]) -> Problem:
    """The problem of values that are wrong, each a path and what is wrong there."""
    errors = [FieldProblem(path=path, detail=detail) for path, detail in faults]
    detail = "; ".join(f"{one.path}: {one.detail}" if one.path else one.detail for one in errors)
    return Problem(INVALID, detail, errors)


def from_validation(error: ValidationError) -> Problem:
    """The problem of a body or query that does not have the form asked for."""
    found = error.errors(include_url=False, include_context=False, include_input=False)
    if found[0]["type"] == "json_invalid":
        return Problem(MALFORMED, f"The body is no JSON. {found[0]['msg']}.")
    return not_valid((".".join(map(str, one["loc"])), one["msg"]) for one in found)


def _wrong(path: str, error: Exception) -> FieldProblem:
    return FieldProblem(path=path, detail=str(error))


def _sentence(error: Exception) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
