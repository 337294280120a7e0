"""`/admin/subscribers`: who joined where. Read only: people opt in by text.

What the shop itself notes about them is in `profiles`.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Any

from pydantic import Field

from sayso.domain.contact import Contact, Status
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
    PAUSED = "paused"
    HELD = "held"
    OPTED_OUT = "opted_out"
    UNREACHABLE = "unreachable"
    FORGOTTEN = "forgotten"


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
    held_at: datetime | None = Field(description="When words came that may be an opt-out")
    paused_until: datetime | None
    unreachable_at: datetime | None = Field(description="When the carrier said so, for good")
    last_heard_at: datetime | None = Field(
        description="When their newest text came, codes entered as staff aside"
    )
    last_run: str | None = Field(description="The campaign run that last texted them")
    last_run_at: datetime | None
    visited_at: datetime | None = Field(description="Their newest visit that was reported")
    clicked_at: datetime | None = Field(description="When they last opened a link")
    redeemed_at: datetime | None = Field(description="When they last used an offer")
    attributes: Mapping[str, str] = Field(description="The shop's own notes, by name")
    zip: str | None = Field(description="The ZIP code that they joined or moved by")
    visits: Mapping[str, str] = Field(
        description="When they last were at which location, by its code, whichever is their own",
        examples=[{"DOWNTOWN": "2026-11-23T18:00:00.000+00:00"}],
    )


class SubscriberList(View):
    """Subscribers in a stable order. A page may be short: `next` tells whether there are more."""

    items: list[SubscriberView]
    next: str | None


def _list(desks: Desks, call: Call[None, SubscriberQuery]) -> Answer:
    query = call.query
    status = Status(query.status.value) if query.status else None
    position = after(desks, call)
    page = desks.subscribers.page(query.location.upper(), status, query.limit, position)
    items = [subscriber_view(contact) for contact in page.contacts]
    return Answer(SubscriberList(items=items, next=cursor_to(desks, call, page.after)))


def _get(desks: Desks, call: Call[None, None]) -> Answer:
    return Answer(subscriber_view(desks.subscribers.get(phone_of(call))))


def phone_of(call: Call[Any, Any]) -> str:
    """The number in the path. Raises a Problem for what is none."""
    try:
        return parse_phone(call.path["phone"])
    except NotAPhoneNumber as wrong:
        raise not_valid([("phone", str(wrong))]) from None


def subscriber_view(contact: Contact) -> SubscriberView:
    """The contact as the API shows it."""
    values = {name: getattr(contact, name) for name in SubscriberView.model_fields}
    shown: dict[str, Any] = {name: value or None for name, value in values.items()}
    shown |= {"attributes": dict(contact.attributes), "visits": dict(contact.visits)}
    return SubscriberView.model_construct(**shown)


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
        "/admin/subscribers/{phone}",
        "One subscriber",
        _get,
        answers={HTTPStatus.OK: SubscriberView},
        problems=[HTTPStatus.NOT_FOUND],
    ),
)
