"""`/admin/ledgers`: whether the consent ledgers are as they were written."""

from http import HTTPStatus

from pydantic import Field

from sayso.handlers.admin_api.access import MARKETERS
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Paging, View
from sayso.handlers.admin_api.paging import after, cursor_to
from sayso.handlers.admin_api.routing import Answer, Call, Route


class FaultyLedgerView(View):
    """A number whose ledger is not as it was written."""

    phone: str = Field(description="E.164", examples=["+13125550101"])
    faults: list[str] = Field(examples=[["entry 2 was changed after it was written"]])


class LedgerPage(View):
    """Some of the ledgers, read from the table itself; only those with faults are named.

    A page without any is good news: go on while `next` is not null.
    """

    items: list[FaultyLedgerView]
    ledgers: int = Field(description="How many were read for this page")
    entries: int = Field(description="How many entries they hold")
    next: str | None


def _page(desks: Desks, call: Call[None, Paging]) -> Answer:
    audits, position = desks.ledgers.page(call.query.limit, after(desks, call))
    return Answer(
        LedgerPage(
            items=[
                FaultyLedgerView(phone=one.phone, faults=one.faults) for one in audits if one.faults
            ],
            ledgers=len(audits),
            entries=sum(one.read_so_far for one in audits),
            next=cursor_to(desks, call, position),
        )
    )


ROUTES = (
    Route(
        "GET",
        "/admin/ledgers",
        "Verifies every consent ledger, a page at a time, and names those that were tampered with",
        _page,
        roles=MARKETERS,
        query=Paging,
        answers={HTTPStatus.OK: LedgerPage},
    ),
)
