"""`/admin/deactivations`: numbers that their operators have taken out of service."""

from datetime import date
from http import HTTPStatus

from pydantic import Field

from sayso.domain.phone import NotAPhoneNumber, parse_phone
from sayso.handlers.admin_api.access import MARKETERS
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Form, View
from sayso.handlers.admin_api.problems import not_valid
from sayso.handlers.admin_api.routing import Answer, Call, Route

_AT_ONCE = 1_000


class DeactivationForm(Form):
    """Some of the numbers of one day's files; most of them are nobody's here."""

    on: date = Field(description="The day on which they were deactivated")
    phones: list[str] = Field(
        min_length=1, max_length=_AT_ONCE, description="E.164", examples=[["+13125550101"]]
    )


class DeactivationView(View):
    """What became of them."""

    ended: int = Field(description="Subscribers who get no marketing from now on: unreachable")


def _bring(desks: Desks, call: Call[DeactivationForm, None]) -> Answer:
    now = desks.clock()
    if call.body.on > now.date():
        raise not_valid([("on", "must not be in the future")])
    phones, faults = set(), []
    for index, phone in enumerate(call.body.phones):
        try:
            phones.add(parse_phone(phone))
        except NotAPhoneNumber as wrong:
            faults.append((f"phones.{index}", str(wrong)))
    if faults:
        raise not_valid(faults)
    return Answer(DeactivationView(ended=desks.deactivations.bring(phones, call.body.on, now)))


ROUTES = (
    Route(
        "POST",
        "/admin/deactivations",
        "Gives up numbers that were deactivated after their holder had opted in",
        _bring,
        roles=MARKETERS,
        body=DeactivationForm,
        answers={HTTPStatus.OK: DeactivationView},
    ),
)
