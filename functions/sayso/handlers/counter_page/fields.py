"""What the redeem page sends: read with care, since anybody may send anything."""

import json
import re
from collections.abc import Mapping
from typing import Any

from sayso.domain.catalog import Catalog, Staff
from sayso.handlers.http import Request

COOKIE = "sayso_counter"
# Beside the ids of texts and of customers' pages, which are made elsewhere.
REQUEST = "counter-"
_REQUEST = re.compile(r"[A-Za-z0-9-]{16,64}")
_CODE_AT_MOST = 60
_CENT, _CENTS_AT_MOST = 10_000, 10_000_000
Fields = Mapping[str, Any]


class Malformed(ValueError):
    """A field is not as the page sends it; the message says which."""


def fields_of(request: Request) -> Fields:
    """The body's fields. Raises Malformed unless it is a JSON object."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Malformed("The body is no JSON.")
    try:
        found = json.loads(request.body)
    except ValueError:
        raise Malformed("The body is no JSON.") from None
    if not isinstance(found, dict):
        raise Malformed("The body is no JSON object.")
    return found


def text_in(fields: Fields, name: str, at_most: int) -> str:
    """A text that is not empty. Raises Malformed."""
    found = fields.get(name)
    if not isinstance(found, str) or not found.strip() or len(found) > at_most:
        raise Malformed(f"{name} is a text of at most {at_most} characters.")
    return found


def code_in(fields: Fields) -> str:
    """The code as it was typed or scanned. Raises Malformed."""
    return text_in(fields, "code", _CODE_AT_MOST)


def request_id_in(fields: Fields) -> str:
    """The page's own id for an attempt. Raises Malformed."""
    given = fields.get("request_id")
    if not isinstance(given, str) or not _REQUEST.fullmatch(given):
        raise Malformed("request_id is 16 to 64 letters, digits and hyphens.")
    return f"{REQUEST}{given}"


def amount_in(fields: Fields) -> int | None:
    """The sale in millionths of a dollar, None if it was not told. Raises Malformed."""
    cents = fields.get("cents")
    if cents is None:
        return None
    if type(cents) is not int or not 0 <= cents < _CENTS_AT_MOST:
        raise Malformed("cents is a whole number.")
    return cents * _CENT


def place_in(fields: Fields, catalog: Catalog, member: Staff) -> str:
    """Their own store; who has none says where they are."""
    said = fields.get("place")
    known = catalog.location(said) if isinstance(said, str) else None
    return member.location or (known.code if known else "")


def session_in(request: Request, event: Mapping[str, Any]) -> str:
    """The session, "" if there is none: API Gateway gives cookies apart from headers."""
    given = [*event.get("cookies", ()), *request.headers.get("cookie", "").split(";")]
    pairs = (one.strip().partition("=") for one in given)
    return next((value for name, _, value in pairs if name == COOKIE), "")
