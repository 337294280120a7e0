"""`/admin/subscribers/{phone}/consent`: the proof of what somebody said, as JSON or as a page."""

from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus

from pydantic import Field

from sayso.domain.ledger import Change, Entry, record
from sayso.handlers.admin_api.access import MARKETERS
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Query, View
from sayso.handlers.admin_api.proof_page import proof_page
from sayso.handlers.admin_api.routing import Answer, Call, Route
from sayso.handlers.admin_api.subscribers import phone_of
from sayso.handlers.http import prefers_html


class Format(StrEnum):
    """The forms that a proof of consent comes in."""

    JSON = "json"
    HTML = "html"


class ConsentQuery(Query):
    """Which form."""

    format: Format | None = Field(
        None,
        description=(
            "`html` is a page to print and file. Left out, the header `accept` decides: the page "
            "where it prefers `text/html`, else JSON"
        ),
    )


class EntryView(View):
    """One entry of the consent ledger: what was said, by whom, where and how."""

    seq: int
    change: Change
    at: datetime
    medium: str
    message_id: str
    number: str = Field(description="The number that was texted", examples=["80808"])
    words: str = Field(description="The customer's exact words", examples=["JOIN DOWNTOWN"])
    shown: str = Field(description="Our exact reply; on the web what the page showed")
    program: str
    keyword: str | None
    channel: str | None
    location: str | None
    page: str | None = Field(description="Path of the web page", examples=["/join/COFFEE?lang=en"])
    version: str | None = Field(description="Names the words of the page: of their SHA-256")
    question: str | None = Field(description="The text that then asked the number to confirm")
    ip: str | None = Field(description="Where the page was sent in from", examples=["203.0.113.7"])
    user_agent: str | None = Field(description="The browser, as it names itself")
    rule: str = Field(description="The rule by which the words were understood")
    previous: str = Field(description="Digest of the entry before; empty for the first")
    digest: str = Field(description="SHA-256 of `record` in UTF-8, in hexadecimal")
    record: str = Field(description="All else in the entry as JSON text, exactly as it was hashed")


class ErasedView(View):
    """What an erasure has left of an entry: its place in the chain."""

    seq: int
    previous: str
    digest: str = Field(description="Of the entry as it was: whoever kept a copy can compare")


class ConsentView(View):
    """A number's consent ledger, oldest entry first, and whether it is intact."""

    phone: str
    verified: bool = Field(description="Whether no entry was changed, added or removed")
    faults: list[str] = Field(description="What is wrong with the ledger, if anything")
    items: list[EntryView]
    erased: list[ErasedView] = Field(
        description="Entries whose words were erased, as a later entry says they were to be"
    )
    next: None = Field(description="A ledger always comes whole")


_MAY_BE_MISSING = (
    *("keyword", "channel", "location"),
    *("page", "version", "question", "ip", "user_agent"),
)


def _consent(desks: Desks, call: Call[None, ConsentQuery]) -> Answer:
    wanted = call.query.format
    if wanted is Format.HTML or (wanted is None and prefers_html(call.accept)):
        proof = desks.subscribers.proof(phone_of(call), desks.clock(), call.actor)
        return Answer(proof_page(proof))
    consent = desks.subscribers.consent(phone_of(call))
    view = ConsentView(
        phone=consent.phone,
        verified=not consent.faults,
        faults=consent.faults,
        items=[_entry(entry) for entry in consent.entries],
        erased=[ErasedView.model_validate(asdict(place)) for place in consent.erased],
        next=None,
    )
    return Answer(view)


def _entry(entry: Entry) -> EntryView:
    evidence = asdict(entry.evidence)
    tags = {name: evidence[name] or None for name in _MAY_BE_MISSING}
    return EntryView.model_validate(
        {
            **{name: value for name, value in evidence.items() if name != "phone"},
            **tags,
            "seq": entry.seq,
            "change": entry.change,
            "previous": entry.previous,
            "digest": entry.digest,
            "record": record(entry),
        }
    )


ROUTES = (
    Route(
        "GET",
        "/admin/subscribers/{phone}/consent",
        "A subscriber's proof of consent, as JSON or as a page to print",
        _consent,
        roles=MARKETERS,
        query=ConsentQuery,
        has_page=True,
        answers={HTTPStatus.OK: ConsentView},
        problems=[HTTPStatus.NOT_FOUND],
    ),
)
