"""What the customers' links are answered with."""

from dataclasses import dataclass
from http import HTTPStatus

from sayso.handlers.http import Response, response
from sayso.handlers.offer_page.view import Page


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and in a word what it was, for the log."""

    response: Response
    what: str


def told(status: HTTPStatus, page: Page, what: str) -> Answered:
    """A page as an answer, which may load nothing and be framed nowhere."""
    html, policy = page
    answer = response(status, html, "text/html; charset=utf-8")
    answer["headers"] |= {
        "content-security-policy": policy,
        "referrer-policy": "no-referrer",
        "vary": "accept-language",
    }
    return Answered(answer, what)


def sent_on(target: str) -> Answered:
    """On to the shop's own address; it learns nothing of where they come from."""
    answer = response(HTTPStatus.FOUND, "", "text/plain; charset=utf-8")
    answer["headers"] |= {"location": target, "referrer-policy": "no-referrer"}
    return Answered(answer, "followed")
