"""Who asks for the opt-in page, and what they are answered with."""

from dataclasses import dataclass
from http import HTTPStatus

from sayso.handlers.html import Html
from sayso.handlers.http import Response, response
from sayso.handlers.join_page.style import POLICY


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, as API Gateway itself says: `ip` is never what a header claims."""

    ip: str
    user_agent: str


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and in a word what it was, for the log."""

    response: Response
    what: str


def told(status: HTTPStatus, page: Html, what: str) -> Answered:
    """A page as an answer, which may load nothing and be framed nowhere."""
    answer = response(status, page, "text/html; charset=utf-8")
    answer["headers"] |= {
        "content-security-policy": POLICY,
        "referrer-policy": "no-referrer",
        "vary": "accept-language",
    }
    return Answered(answer, what)
