"""`/admin/imports`: people who agreed elsewhere, brought in from a file with proof for each."""

from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Any, Literal

from pydantic import Field

from sayso.domain.imports.job import ATTESTATION, BYTES_AT_MOST, Import, ImportState, Phase
from sayso.domain.imports.rows import Reason
from sayso.domain.imports.values import DateOrder
from sayso.handlers.admin_api.access import OWNERS
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Form, Paging, Query, View
from sayso.handlers.admin_api.paging import after, cursor_to
from sayso.handlers.admin_api.path_ids import import_id as _id
from sayso.handlers.admin_api.routing import Answer, Call, Route
from sayso.services.imports import NewImport
from sayso.services.ports.imports import Address


class Dates(StrEnum):
    """How the dates of a file are written, where not as ISO 8601 has it."""

    ISO = "iso"
    MONTH_FIRST = "month_first"
    DAY_FIRST = "day_first"


class ImportForm(Form):
    """A file that is going to be uploaded."""

    filename: str = Field(min_length=1, max_length=200, examples=["loyalty-cards.csv"])
    bytes: int = Field(ge=1, le=BYTES_AT_MOST, description="The exact size of the file")
    program: str = Field(max_length=200, description="Name of the program that they agreed to")
    attestation: Literal["I have proof of consent for each row"]
    dates: Literal["iso", "month_first", "day_first"] = Field(
        "iso", description="Whether `5/1/2024` is in May, in January, or refused"
    )


class StartQuery(Query):
    """What to do with the file."""

    dry_run: bool = Field(False, description="Check every row, and write nothing")


class UploadView(View):
    """Where the file goes: one `PUT` of exactly so many bytes, with no other header."""

    method: Literal["PUT"] = "PUT"
    url: str
    expires_at: datetime


class ImportView(View):
    """An import, as far as it has come."""

    id: str
    filename: str
    state: ImportState
    dry_run: bool = Field(description="Whether the counts are those of a dry run")
    percent: int = Field(description="How much of the file has been read")
    rows: int = Field(description="Rows looked at so far, blank ones not counted")
    imported: int = Field(description="Of these imported; in a dry run, those that would be")
    already_subscribed: int = Field(description="Of these skipped: subscribed before")
    refused: int = Field(description="Of these refused")
    reasons: dict[Reason, int] = Field(description="The refused ones by reason")
    failure: str | None = Field(description="Why the file as a whole could not be read")
    program: str
    dates: Dates
    bytes: int
    attestation: str
    created_by: str = Field(description="The user's id in the pool")
    created_at: datetime
    updated_at: datetime


class NewImportView(ImportView):
    """An import that waits for its file."""

    upload: UploadView


class ImportList(View):
    """Imports, newest first."""

    items: list[ImportView]
    next: str | None


class RefusedView(View):
    """Where to get the refused rows: CSV in UTF-8, each row with its number and the reason."""

    url: str
    expires_at: datetime
    rows: int


def _create(desks: Desks, call: Call[ImportForm, None]) -> Answer:
    form = call.body
    new = NewImport(
        filename=form.filename,
        bytes=form.bytes,
        program=form.program,
        attestation=form.attestation,
        dates=DateOrder(form.dates),
    )
    job, address = desks.imports.create(new, call.actor, desks.clock())
    view = NewImportView(**_values(job), upload=_upload(address))
    return Answer(view, HTTPStatus.CREATED)


def _list(desks: Desks, call: Call[None, Paging]) -> Answer:
    page = desks.imports.page(call.query.limit, after(desks, call))
    items = [_view(job) for job in page.imports]
    return Answer(ImportList(items=items, next=cursor_to(desks, call, page.position)))


def _get(desks: Desks, call: Call[None, None]) -> Answer:
    return Answer(_view(desks.imports.get(_id(call))))


def _start(desks: Desks, call: Call[None, StartQuery]) -> Answer:
    phase = Phase.CHECK if call.query.dry_run else Phase.IMPORT
    job = desks.imports.start(_id(call), phase, desks.clock())
    return Answer(_view(job), HTTPStatus.ACCEPTED)


def _refused(desks: Desks, call: Call[None, None]) -> Answer:
    address, rows = desks.imports.refused(_id(call), desks.clock())
    return Answer(RefusedView(url=address.url, expires_at=address.expires_at, rows=rows))


def _view(job: Import) -> ImportView:
    return ImportView(**_values(job))


def _values(job: Import) -> dict[str, Any]:
    same = ("id", "filename", "state", "percent", "program", "bytes", "attestation", "created_by")
    tally = job.tally
    return {
        **{name: getattr(job, name) for name in (*same, "created_at", "updated_at")},
        "dry_run": job.phase is Phase.CHECK,
        "rows": tally.read,
        "imported": tally.imported,
        "already_subscribed": tally.already_in,
        "refused": tally.refused_in_all,
        "reasons": dict(tally.refused),
        "failure": job.failure or None,
        "dates": Dates(job.dates.value),
    }


def _upload(address: Address) -> UploadView:
    return UploadView(url=address.url, expires_at=address.expires_at)


_ALL = "/admin/imports"
_ONE = f"{_ALL}/{{id}}"
_MISSING, _CONFLICT = HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT
ROUTES = (
    Route(
        "POST",
        _ALL,
        f"Announce a file of subscribers, and get where to upload it (“{ATTESTATION}”)",
        _create,
        roles=OWNERS,
        body=ImportForm,
        answers={HTTPStatus.CREATED: NewImportView},
    ),
    Route(
        "GET",
        _ALL,
        "Every import, newest first",
        _list,
        roles=OWNERS,
        query=Paging,
        answers={HTTPStatus.OK: ImportList},
    ),
    Route(
        "GET",
        _ONE,
        "How far an import has come",
        _get,
        roles=OWNERS,
        answers={HTTPStatus.OK: ImportView},
        problems=[_MISSING],
    ),
    Route(
        "POST",
        f"{_ONE}/start",
        "Check the uploaded file, or import it; once more does no harm",
        _start,
        roles=OWNERS,
        query=StartQuery,
        answers={HTTPStatus.ACCEPTED: ImportView},
        problems=[_MISSING, _CONFLICT],
    ),
    Route(
        "GET",
        f"{_ONE}/refused",
        "Where to download the rows that were refused, each with its reason",
        _refused,
        roles=OWNERS,
        answers={HTTPStatus.OK: RefusedView},
        problems=[_MISSING, _CONFLICT],
    ),
)
