"""`/admin/upkeep`: the daily round that keeps in step with the carrier's opt-out list."""

from datetime import datetime
from http import HTTPStatus

from pydantic import Field

from sayso.domain.upkeep import Phase, Round
from sayso.handlers.admin_api.access import MARKETERS
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Paging, View
from sayso.handlers.admin_api.paging import after, cursor_to
from sayso.handlers.admin_api.routing import Answer, Call, Route
from sayso.services.upkeep import UNREADABLE


class RoundView(View):
    """One round: how far it has come, and what it found different here and at the carrier."""

    id: str = Field(description="When it was due", examples=["2026-11-24T09:00:00Z"])
    phase: Phase
    started_at: datetime
    ended_at: datetime | None
    list_was_read: bool = Field(
        description="False where the carrier does not let us: nothing was compared then"
    )
    listed: int = Field(description="Numbers on the carrier's list")
    strangers: int = Field(description="… that never were here: let be")
    opted_out_here: int = Field(description="… that were still with us: opted out here now")
    taken_off: int = Field(description="… that opted in here since: taken off the list")
    not_taken_off: int = Field(
        description="… likewise, but the carrier keeps them; AWS lets a number off once in 30 days"
    )
    contacts: int = Field(description="Numbers here")
    opted_out: int = Field(description="… that have opted out")
    put_on: int = Field(description="… and were missing from the list: put on it")
    not_put_on: int = Field(description="… likewise, but it failed: tried again tomorrow")
    unanswered: int = Field(description="Questions that ran out of time")
    pauses_ended: int


class RoundList(View):
    """Rounds, newest first."""

    items: list[RoundView]
    next: str | None


class BegunView(View):
    """A round that is queued: it is listed once it has begun."""

    id: str


_COUNTS = tuple(name for name, one in RoundView.model_fields.items() if one.annotation is int)


def _list(desks: Desks, call: Call[None, Paging]) -> Answer:
    rounds = desks.rounds.page(call.query.limit, after(desks, call))
    more = len(rounds) == call.query.limit
    position = rounds[-1].id if more else ""
    items = [_view(one) for one in rounds]
    return Answer(RoundList(items=items, next=cursor_to(desks, call, position)))


def _begin(desks: Desks, call: Call[None, None]) -> Answer:  # noqa: ARG001
    return Answer(BegunView(id=desks.rounds.begin(desks.clock())), HTTPStatus.ACCEPTED)


def _view(one: Round) -> RoundView:
    counts = {name: one.counts.get(name, 0) for name in _COUNTS}
    return RoundView(
        id=one.id,
        phase=one.phase,
        started_at=one.started_at,
        ended_at=one.ended_at,
        list_was_read=UNREADABLE not in one.counts,
        **counts,
    )


ROUTES = (
    Route(
        "GET",
        "/admin/upkeep",
        "The daily rounds that keep in step with the carrier, newest first",
        _list,
        roles=MARKETERS,
        query=Paging,
        answers={HTTPStatus.OK: RoundList},
    ),
    Route(
        "POST",
        "/admin/upkeep",
        "Begins a round now, without waiting for its hour",
        _begin,
        roles=MARKETERS,
        answers={HTTPStatus.ACCEPTED: BegunView},
    ),
)
