"""`/admin/subscribers`: who joined where, and the proof of it. Read only: people opt in by text."""

from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus

from pydantic import Field

from sayso.domain.contact import Contact, Status
from sayso.domain.ledger import Change, Entry
from sayso.domain.phone import NotAPhoneNumber, parse_phone
from sayso.handlers.admin_api.access import MARKETERS
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Paging, View
from sayso.handlers.admin_api.paging import after, cursor_to
from sayso.handlers.admin_api.problems import not_valid
from sayso.handlers.admin_api.routing import Answer, Call, Route


class Standing(StrEnum):
    """The statuses by which subscribers can be listed."""

    PENDING = "pending"
    SUBSCRIBED = "subscribed"
    HELD = "held"
    OPTED_OUT = "opted_out"


class SubscriberQuery(Paging):
    """Which subscribers."""

    location: str = Field(
        "",
        max_length=20,
        description="Code of a location; `-` for those who named none; all where left out",
    )
    status: Standing | None = Field(None, description="All where left out")


class SubscriberView(View):
    """A number's relationship with the program, as it is now. Null means not known."""

    phone: str = Field(description="E.164", examples=["+13125550101"])
    status: Status
    location: str | None = Field(examples=["DOWNTOWN"])
    channel: str | None = Field(description="Where the keyword was advertised")
    keyword: str | None = Field(description="The word that they joined with", examples=["JOIN"])
    language: str | None
    joined_at: datetime | None
    asked_at: datetime | None = Field(description="When a YES was asked for (double opt-in)")
    opted_out_at: datetime | None
    last_heard_at: datetime | None = Field(description="When their newest text came")
    last_run: str | None = Field(description="The campaign run that last texted them")
    last_run_at: datetime | None


class SubscriberList(View):
    """Subscribers in a stable order. A page may be short: `next` tells whether there are more."""

    items: list[SubscriberView]
    next: str | None


class EntryView(View):
    """One entry of the consent ledger: what was said, by whom, where and how."""

    seq: int
    change: Change
    at: datetime
    medium: str
    message_id: str
    number: str = Field(description="The number that was texted", examples=["80808"])
    words: str = Field(description="The customer's exact words", examples=["JOIN DOWNTOWN"])
    shown: str = Field(description="Our exact reply")
    program: str
    keyword: str | None
    channel: str | None
    location: str | None
    rule: str = Field(description="The rule by which the words were understood")
    previous: str = Field(description="Digest of the entry before; empty for the first")
    digest: str = Field(description="SHA-256 over everything else in the entry")


class ConsentView(View):
    """A number's consent ledger, oldest entry first, and whether it is intact."""

    phone: str
    verified: bool = Field(description="Whether no entry was changed, added or removed")
    faults: list[str] = Field(description="What is wrong with the ledger, if anything")
    items: list[EntryView]
    next: None = Field(description="A ledger always comes whole")


def _list(desks: Desks, call: Call[None, SubscriberQuery]) -> Answer:
    query = call.query
    status = Status(query.status.value) if query.status else None
    position = after(desks, call)
    page = desks.subscribers.page(query.location.upper(), status, query.limit, position)
    items = [_view(contact) for contact in page.contacts]
    return Answer(SubscriberList(items=items, next=cursor_to(desks, call, page.after)))


def _get(desks: Desks, call: Call[None, None]) -> Answer:
    return Answer(_view(desks.subscribers.get(_phone(call))))


def _consent(desks: Desks, call: Call[None, None]) -> Answer:
    consent = desks.subscribers.consent(_phone(call))
    view = ConsentView(
        phone=consent.phone,
        verified=not consent.faults,
        faults=consent.faults,
        items=[_entry(entry) for entry in consent.entries],
        next=None,
    )
    return Answer(view)


def _phone(call: Call[None, None]) -> str:
    try:
        return parse_phone(call.path["phone"])
    except NotAPhoneNumber as wrong:
        raise not_valid([("phone", str(wrong))]) from None


def _view(contact: Contact) -> SubscriberView:
    values = {name: getattr(contact, name) for name in SubscriberView.model_fields}
    return SubscriberView.model_construct(**{name: value or None for name, value in values.items()})


def _entry(entry: Entry) -> EntryView:
    evidence = asdict(entry.evidence)
    tags = {name: evidence[name] or None for name in ("keyword", "channel", "location")}
    return EntryView.model_validate(
        {
            **{name: value for name, value in evidence.items() if name != "phone"},
            **tags,
            "seq": entry.seq,
            "change": entry.change,
            "previous": entry.previous,
            "digest": entry.digest,
        }
    )


_PATH = "/admin/subscribers/{phone}"
ROUTES = (
    Route(
        "GET",
        "/admin/subscribers",
        "The people who joined, by location and status",
        _list,
        roles=MARKETERS,
        query=SubscriberQuery,
        answers={HTTPStatus.OK: SubscriberList},
    ),
    Route(
        "GET",
        _PATH,
        "One subscriber",
        _get,
        answers={HTTPStatus.OK: SubscriberView},
        problems=[HTTPStatus.NOT_FOUND],
    ),
    Route(
        "GET",
        f"{_PATH}/consent",
        "A subscriber's proof of consent",
        _consent,
        roles=MARKETERS,
        answers={HTTPStatus.OK: ConsentView},
        problems=[HTTPStatus.NOT_FOUND],
    ),
)
