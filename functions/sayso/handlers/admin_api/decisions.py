"""`/admin/subscribers/{phone}`: what a person of the program decides about a number."""

from enum import StrEnum
from http import HTTPStatus
from typing import Any

from pydantic import Field

from sayso.domain.contact import Status
from sayso.handlers.admin_api.access import MARKETERS, OWNERS
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Form, Query, View
from sayso.handlers.admin_api.routing import Answer, Call, Route
from sayso.handlers.admin_api.subscribers import SubscriberView, phone_of, subscriber_view
from sayso.services.decisions import Ruling

_REASON_AT_MOST = 300


class Verdict(StrEnum):
    """What can be decided."""

    OPT_OUT = "opt_out"
    KEEP = "keep"


class DecisionForm(Form):
    """A decision and its reason, which go into the consent ledger with the user's id."""

    decision: Verdict = Field(
        description=(
            "`opt_out` ends all texts, whatever the number's status: customers may opt out by any "
            "reasonable means. `keep` finds the words that held the number no opt-out: it stands "
            "again where it stood before them, subscribed only if it was subscribed then"
        )
    )
    reason: str = Field(
        min_length=1, max_length=_REASON_AT_MOST, examples=["It was about an order, not our texts"]
    )


class ErasureQuery(Query):
    """Why."""

    reason: str = Field(
        "",
        max_length=_REASON_AT_MOST,
        description="Goes into the consent ledger with the user's id, and is not erased itself",
    )


class ErasureView(View):
    """What was erased by this request; what is left is the proof of the opt-out."""

    phone: str
    status: Status
    kept: str
    entries: int = Field(description="Entries of the ledger that lost their words")
    texts: int = Field(description="Texts, with their answers, that lost their words")
    slots: int = Field(description="Records of campaigns' texts that expire within a week")


_KEPT = (
    "The number, that it has opted out, this request, an opt-out that was in force before it, and "
    "of each other ledger entry the digest. The number is not texted again until it opts in."
)


def _decide(desks: Desks, call: Call[DecisionForm, None]) -> Answer:
    ruling = _ruling(desks, call, call.body.reason)
    keeps = call.body.decision is Verdict.KEEP
    contact = desks.decisions.keep(ruling) if keeps else desks.decisions.opt_out(ruling)
    return Answer(subscriber_view(contact))


def _erase(desks: Desks, call: Call[None, ErasureQuery]) -> Answer:
    ruling = _ruling(desks, call, call.query.reason)
    traces = desks.decisions.erase(ruling)
    view = ErasureView(phone=ruling.phone, status=Status.FORGOTTEN, kept=_KEPT, **traces._asdict())
    return Answer(view)


def _ruling(desks: Desks, call: Call[Any, Any], reason: str) -> Ruling:
    return Ruling(phone_of(call), reason, call.actor, desks.clock())


ROUTES = (
    Route(
        "POST",
        "/admin/subscribers/{phone}/decide",
        "Opt a number out, or find that its words were no opt-out",
        _decide,
        roles=MARKETERS,
        body=DecisionForm,
        answers={HTTPStatus.OK: SubscriberView},
        problems=[HTTPStatus.CONFLICT],
    ),
    Route(
        "DELETE",
        "/admin/subscribers/{phone}",
        "Opt a number out and erase all but the proof of that",
        _erase,
        roles=OWNERS,
        query=ErasureQuery,
        answers={HTTPStatus.OK: ErasureView},
        problems=[HTTPStatus.NOT_FOUND],
    ),
)
