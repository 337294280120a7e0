"""`/admin/locations`: the stores that customers name when they join."""

import re
from collections.abc import Sequence
from datetime import date
from http import HTTPStatus

from pydantic import Field

from sayso.domain.catalog import Location
from sayso.domain.opening import HOLIDAYS_AT_MOST, SPANS_AT_MOST
from sayso.domain.places import MILLION
from sayso.handlers.admin_api.access import MARKETERS
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Form, Paging, View
from sayso.handlers.admin_api.opening_hours import (
    DATE_FORM,
    Span,
    Weekday,
    span_read,
    span_written,
    week_read,
    week_written,
)
from sayso.handlers.admin_api.paging import page_of
from sayso.handlers.admin_api.problems import not_valid
from sayso.handlers.admin_api.routing import Answer, Call, Route

_CODE = re.compile(r"[A-Za-z0-9]{2,20}")


class HolidayForm(Form):
    """A date with hours of its own."""

    date: str = Field(pattern=DATE_FORM, examples=["2026-12-24"])
    hours: Sequence[Span] = Field(
        default_factory=list[str],
        max_length=SPANS_AT_MOST,
        description="The whole hours of that date; none where the store is closed",
        examples=[["09:00-14:00"]],
    )


class LocationForm(Form):
    """A store, as customers know it."""

    name: str = Field(min_length=1, max_length=40, examples=["Downtown"])
    timezone: str = Field(max_length=64, description="IANA time zone", examples=["America/Chicago"])
    state: str | None = Field(
        None, max_length=2, description="US state, whose rules on texting hold", examples=["IL"]
    )
    zip: str | None = Field(None, max_length=5, examples=["60601"])
    aliases: Sequence[str] = Field(
        default_factory=list[str],
        max_length=20,
        description="Other words by which customers name the store",
        examples=[["loop", "state street"]],
    )
    address: str | None = Field(
        None,
        max_length=120,
        description="As it stands on the pages of offers",
        examples=["17 E Monroe St, Chicago"],
    )
    latitude: float | None = Field(
        None,
        ge=-90,
        le=90,
        description="Degrees north; with a longitude, or else the store is where its ZIP is",
        examples=[41.8807],
    )
    longitude: float | None = Field(None, ge=-180, le=180, examples=[-87.6266])
    hours: dict[Weekday, Sequence[Span]] = Field(
        default_factory=dict[Weekday, Sequence[Span]],
        description="When it is open on which day of the week; what closes past midnight belongs "
        "to the day on which it opens",
        examples=[{"monday": ["08:00-12:00", "13:00-18:00"], "friday": ["18:00-02:00"]}],
    )
    holidays: Sequence[HolidayForm] = Field(
        default_factory=list[HolidayForm],
        max_length=HOLIDAYS_AT_MOST,
        description="Dates with hours of their own, in place of those of the week",
    )


class LocationView(LocationForm):
    """A store and its code."""

    code: str = Field(
        description="What customers text after JOIN; case does not matter", examples=["DOWNTOWN"]
    )


class LocationList(View):
    """Locations by code."""

    items: list[LocationView]
    next: str | None


def _list(desks: Desks, call: Call[None, Paging]) -> Answer:
    page, following = page_of(desks.locations.all(), lambda one: one.code, desks, call)
    return Answer(LocationList(items=[_view(one) for one in page], next=following))


def _get(desks: Desks, call: Call[None, None]) -> Answer:
    return Answer(_view(desks.locations.get(call.path["code"].upper())))


def _put(desks: Desks, call: Call[LocationForm, None]) -> Answer:
    form, code = call.body, call.path["code"]
    if not _CODE.fullmatch(code):
        raise not_valid([("code", "2 to 20 letters and digits, such as DOWNTOWN")])
    location = Location(
        code=code.upper(),
        name=form.name,
        timezone=form.timezone,
        state=form.state or "",
        zip=form.zip or "",
        aliases=tuple(form.aliases),
        address=form.address or "",
        latitude=_millionths(form.latitude),
        longitude=_millionths(form.longitude),
        hours=week_read(form.hours),
        holidays=tuple(_holiday(index, one) for index, one in enumerate(form.holidays)),
    )
    is_new = desks.locations.put(location)
    return Answer(_view(location), HTTPStatus.CREATED if is_new else HTTPStatus.OK)


def _delete(desks: Desks, call: Call[None, None]) -> Answer:
    desks.locations.delete(call.path["code"].upper())
    return Answer(status=HTTPStatus.NO_CONTENT)


def _view(location: Location) -> LocationView:
    return LocationView.model_construct(
        code=location.code,
        name=location.name,
        timezone=location.timezone,
        state=location.state or None,
        zip=location.zip or None,
        aliases=list(location.aliases),
        address=location.address or None,
        latitude=_degrees(location.latitude),
        longitude=_degrees(location.longitude),
        hours=week_written(location.hours),
        holidays=[
            HolidayForm.model_construct(date=day, hours=[span_written(*span) for span in spans])
            for day, spans in location.holidays
        ],
    )


def _holiday(index: int, form: HolidayForm) -> tuple[str, tuple[tuple[int, int], ...]]:
    try:
        date.fromisoformat(form.date)
    except ValueError:
        raise not_valid([(f"holidays.{index}.date", "is no day of the calendar")]) from None
    return form.date, tuple(span_read(span) for span in form.hours)


def _millionths(degrees: float | None) -> int | None:
    return None if degrees is None else round(degrees * MILLION)


def _degrees(millionths: int | None) -> float | None:
    return None if millionths is None else millionths / MILLION


_PATH = "/admin/locations/{code}"
ROUTES = (
    Route(
        "GET",
        "/admin/locations",
        "Every location",
        _list,
        query=Paging,
        answers={HTTPStatus.OK: LocationList},
    ),
    Route(
        "GET",
        _PATH,
        "One location",
        _get,
        answers={HTTPStatus.OK: LocationView},
        problems=[HTTPStatus.NOT_FOUND],
    ),
    Route(
        "PUT",
        _PATH,
        "Add a location, or replace it",
        _put,
        roles=MARKETERS,
        body=LocationForm,
        answers={HTTPStatus.OK: LocationView, HTTPStatus.CREATED: LocationView},
    ),
    Route(
        "DELETE",
        _PATH,
        "Remove a location that nothing refers to",
        _delete,
        roles=MARKETERS,
        answers={HTTPStatus.NO_CONTENT: None},
        problems=[HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT],
    ),
)
