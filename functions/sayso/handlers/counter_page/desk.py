"""What the staff's redeem page may ask for: to sign in, to redeem, to take it back."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from sayso.domain.catalog import Catalog, Staff
from sayso.domain.coupon import Way
from sayso.handlers.counter_page.fields import (
    COOKIE,
    Fields,
    Malformed,
    amount_in,
    code_in,
    fields_of,
    place_in,
    request_id_in,
    session_in,
    text_in,
)
from sayso.handlers.counter_page.told import Teller
from sayso.handlers.http import Request, Response, problem, response
from sayso.services.guessing import Source
from sayso.services.ports.catalog import CatalogStore
from sayso.services.ports.doorkeeper import NotLetIn, TooManyTries
from sayso.services.ports.web_opt_ins import NotTextable, NumberReader
from sayso.services.redeeming import Attempt, Counter, KeepsChanging
from sayso.services.staff_sessions import SESSION, StaffSessions

BODY_AT_MOST = 4 * 1024
# No path: a browser then takes the folder of the request, which is /counter wherever that is.
_GUARDED = "HttpOnly; Secure; SameSite=Strict"
_TYPED_AT_MOST = 64
_SESSION, _USES = "/counter/session", "/counter/uses"


@dataclass(frozen=True, slots=True)
class CounterDesk:
    """The page's own small API. `numbers` reads the staff's numbers as they type them."""

    catalog: CatalogStore
    counter: Counter
    sessions: StaffSessions
    numbers: NumberReader
    clock: Callable[[], datetime]
    is_passing: Callable[[Exception], bool]

    def answer(self, request: Request, event: Mapping[str, Any]) -> Response:
        """The answer to one request of the page, and of no other site's.

        503 where storage is too busy: asked again with the same id, it redeems once.
        """
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return problem(HTTPStatus.FORBIDDEN, "Not for other sites.")
        if len(request.body) > BODY_AT_MOST:
            return problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"more than {BODY_AT_MOST} bytes")
        try:
            return self._answer(request, event)
        except Malformed as wrong:
            return problem(HTTPStatus.BAD_REQUEST, str(wrong))
        except Exception as failure:
            if not (isinstance(failure, KeepsChanging) or self.is_passing(failure)):
                raise
            busy = problem(HTTPStatus.SERVICE_UNAVAILABLE, "Too much at once. It is tried again.")
            busy["headers"]["retry-after"] = "5"
            return busy

    def _answer(self, request: Request, event: Mapping[str, Any]) -> Response:
        method, _, path = request.route.partition(" ")
        if method == "DELETE":
            return _signed_out()
        fields = fields_of(request) if method == "POST" else {}
        catalog, now = self.catalog.load(), self.clock()
        if (method, path) == ("POST", _SESSION):
            ip = event["requestContext"]["http"]["sourceIp"]
            return self._sign_in(catalog, fields, ip, now)
        member = self.sessions.who(catalog, session_in(request, event), now)
        if path == _SESSION:
            return _json(_person(catalog, member)) if member else _signed_out()
        if member is None:
            return problem(HTTPStatus.UNAUTHORIZED, "Sign in.")
        work = self._redeem if path == _USES else self._undo
        return _json(work(catalog, member, fields, now))

    def _sign_in(self, catalog: Catalog, fields: Fields, ip: str, now: datetime) -> Response:
        typed, pin = (text_in(fields, name, _TYPED_AT_MOST) for name in ("phone", "pin"))
        try:
            member, session = self.sessions.begin(catalog, self._number(typed), pin, ip, now)
        except NotLetIn:
            return problem(HTTPStatus.UNAUTHORIZED, "The number or the PIN is not right.")
        except TooManyTries:
            return problem(HTTPStatus.TOO_MANY_REQUESTS, "Too many tries. Wait an hour.")
        answer = _json(_person(catalog, member))
        lasting = int(SESSION.total_seconds())
        answer["cookies"] = [f"{COOKIE}={session}; Max-Age={lasting}; {_GUARDED}"]
        return answer

    def _number(self, typed: str) -> str:
        """In E.164; "" for what is no number, which nobody has."""
        try:
            return self.numbers.read(typed)
        except NotTextable:
            return ""

    def _redeem(
        self, catalog: Catalog, member: Staff, fields: Fields, now: datetime
    ) -> dict[str, Any]:
        attempt = Attempt(
            id=request_id_in(fields),
            typed=code_in(fields),
            way=Way.COUNTER,
            at=now,
            source=Source.phone(member.phone),
            by=member,
            place=place_in(fields, catalog, member),
            amount=amount_in(fields),
        )
        return Teller(catalog, member).outcome(self.counter.redeem(attempt))

    def _undo(
        self, catalog: Catalog, member: Staff, fields: Fields, now: datetime
    ) -> dict[str, Any]:
        undone = self.counter.undo(
            member.phone, now, code=code_in(fields), request_id=request_id_in(fields)
        )
        return Teller(catalog, member).undone(undone)


def _person(catalog: Catalog, member: Staff) -> dict[str, Any]:
    """Who is signed in, and where they may be."""
    places = [{"code": one.code, "name": one.name} for one in catalog.locations]
    program = catalog.program.name if catalog.program else ""
    return {"name": member.name, "location": member.location, "program": program, "places": places}


def _json(told: Mapping[str, Any]) -> Response:
    return response(HTTPStatus.OK, json.dumps(told), "application/json")


def _signed_out() -> Response:
    answer = response(HTTPStatus.NO_CONTENT, "", "application/json")
    answer["cookies"] = [f"{COOKIE}=; Max-Age=0; {_GUARDED}"]
    return answer
