"""`/admin/subscribers/{phone}`: what the shop notes, and what its tills and scripts report.

None of it says anything about consent: people opt in by text.
"""

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus

from pydantic import AwareDatetime, Field

from sayso.domain.attributes import ATTRIBUTES_AT_MOST
from sayso.domain.segment.filters import Event
from sayso.handlers.admin_api.access import MARKETERS
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Form
from sayso.handlers.admin_api.routing import Answer, Call, Route
from sayso.handlers.admin_api.subscribers import SubscriberView, phone_of, subscriber_view


class Reported(StrEnum):
    """What can be reported of a subscriber."""

    VISITED = "visited"
    REDEEMED = "redeemed"
    CLICKED = "clicked"


class ProfilePatch(Form):
    """Changes to the shop's notes. What is left out stays; null takes one out."""

    attributes: Mapping[str, str | None] = Field(
        max_length=ATTRIBUTES_AT_MOST,
        description="By name: first_name, birthday (MM-DD), or any short name of small letters",
        examples=[{"first_name": "Ana", "birthday": "03-24"}],
    )


class EventForm(Form):
    """Something that happened with a subscriber."""

    kind: Reported
    at: AwareDatetime | None = Field(
        None, description="When; now where left out. An older one than is on record changes nothing"
    )


def _annotate(desks: Desks, call: Call[ProfilePatch, None]) -> Answer:
    return Answer(subscriber_view(desks.profiles.annotate(phone_of(call), call.body.attributes)))


def _report(desks: Desks, call: Call[EventForm, None]) -> Answer:
    form = call.body
    event = Event(form.kind.value)
    contact = desks.profiles.report(phone_of(call), event, form.at, desks.clock())
    return Answer(subscriber_view(contact))


_ONE = "/admin/subscribers/{phone}"
_REFUSED = [HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT]
ROUTES = (
    Route(
        "PATCH",
        _ONE,
        "Note a first name, a birthday or anything short about a subscriber",
        _annotate,
        roles=MARKETERS,
        body=ProfilePatch,
        answers={HTTPStatus.OK: SubscriberView},
        problems=_REFUSED,
    ),
    Route(
        "POST",
        f"{_ONE}/events",
        "Report that a subscriber visited, used an offer, or opened a link",
        _report,
        body=EventForm,
        answers={HTTPStatus.OK: SubscriberView},
        problems=_REFUSED,
    ),
)
