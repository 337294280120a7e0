"""`/admin/staff`: whose texts redeem coupons, and who may sign in to the redeem page."""

from http import HTTPStatus

from pydantic import Field

from sayso.domain.catalog import Staff
from sayso.handlers.admin_api.access import MARKETERS, OWNERS
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Form, Paging, View
from sayso.handlers.admin_api.paging import page_of
from sayso.handlers.admin_api.routing import Answer, Call, Route
from sayso.handlers.admin_api.subscribers import phone_of


class StaffForm(Form):
    """Somebody at the counter."""

    name: str = Field(
        min_length=1, max_length=40, description="On record with what they redeem", examples=["Mia"]
    )
    location: str | None = Field(
        None, max_length=20, description="Where they redeem; wherever a coupon is good, if left out"
    )
    pin: str | None = Field(
        None,
        min_length=4,
        max_length=8,
        description="Of 4 to 8 digits, for the redeem page. Never shown; kept where left out",
        json_schema_extra={"writeOnly": True},
        examples=["471108"],
    )


class StaffView(View):
    """A member of staff, without the PIN."""

    phone: str = Field(description="E.164", examples=["+13125550155"])
    name: str
    location: str | None
    has_pin: bool


class StaffList(View):
    """Members of staff by number."""

    items: list[StaffView]
    next: str | None


def _list(desks: Desks, call: Call[None, Paging]) -> Answer:
    page, following = page_of(desks.staff.all(), lambda one: one.phone, desks, call)
    return Answer(StaffList(items=[_view(one) for one in page], next=following))


def _get(desks: Desks, call: Call[None, None]) -> Answer:
    return Answer(_view(desks.staff.get(phone_of(call))))


def _put(desks: Desks, call: Call[StaffForm, None]) -> Answer:
    form = call.body
    member = Staff(phone_of(call), form.name, (form.location or "").upper())
    stored, is_new = desks.staff.put(member, form.pin)
    return Answer(_view(stored), HTTPStatus.CREATED if is_new else HTTPStatus.OK)


def _delete(desks: Desks, call: Call[None, None]) -> Answer:
    desks.staff.delete(phone_of(call))
    return Answer(status=HTTPStatus.NO_CONTENT)


def _view(member: Staff) -> StaffView:
    return StaffView.model_construct(
        phone=member.phone,
        name=member.name,
        location=member.location or None,
        has_pin=bool(member.pin),
    )


_PATH = "/admin/staff/{phone}"
ROUTES = (
    Route(
        "GET",
        "/admin/staff",
        "Everybody who may redeem coupons",
        _list,
        roles=MARKETERS,
        query=Paging,
        answers={HTTPStatus.OK: StaffList},
    ),
    Route(
        "GET",
        _PATH,
        "One member of staff",
        _get,
        roles=MARKETERS,
        answers={HTTPStatus.OK: StaffView},
        problems=[HTTPStatus.NOT_FOUND],
    ),
    Route(
        "PUT",
        _PATH,
        "Add a member of staff, or replace them",
        _put,
        roles=OWNERS,
        body=StaffForm,
        answers={HTTPStatus.OK: StaffView, HTTPStatus.CREATED: StaffView},
    ),
    Route(
        "DELETE",
        _PATH,
        "Remove a member of staff",
        _delete,
        roles=OWNERS,
        answers={HTTPStatus.NO_CONTENT: None},
        problems=[HTTPStatus.NOT_FOUND],
    ),
)
