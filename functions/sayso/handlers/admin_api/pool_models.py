"""What a pool of the till system's codes looks like from outside."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from sayso.domain.pool import CODES_AT_MOST, NAME_AT_MOST, Pool
from sayso.domain.pool_file import CODE_AT_MOST
from sayso.handlers.admin_api.forms import Form, View
from sayso.services.pools import Filled

# Well below the 6 MB that a function's request may have (AWS Lambda's quotas, as of 2026-11), and
# enough for as many codes as a pool holds.
BODY_AT_MOST = 4 * 1024 * 1024
# So many bad rows are told one by one.
ROWS_TOLD = 100


class CodesForm(Form):
    """Codes of the shop's own till system: a list, or the text of a CSV file instead."""

    codes: Sequence[str] = Field(
        default_factory=list[str],
        max_length=CODES_AT_MOST,
        description=f"Each of 4 to {CODE_AT_MOST} letters and digits",
        examples=[["TILL-0001", "TILL-0002"]],
    )
    csv: str = Field(
        default="",
        max_length=BODY_AT_MOST,
        description="One code a line, or a file with a column named code",
        examples=["code\nTILL-0001\nTILL-0002\n"],
    )


class PoolForm(CodesForm):
    """A pool to make."""

    name: str = Field(max_length=NAME_AT_MOST, examples=["Spring vouchers"])


class PoolView(View):
    """A pool and how far it goes."""

    id: str = Field(examples=["01KAMZ3S8E5XQW0V7Y9T2B4C6D"])
    name: str
    codes: int = Field(description="How many were imported")
    free: int = Field(description="Of these, how many nobody has")
    given: int = Field(description="How many somebody has: they are never given out again")
    reserved: int = Field(description="Of the free ones, on how many campaigns count")
    created_at: datetime
    updated_at: datetime


class BadRowView(View):
    """A row that brought no code."""

    row: int = Field(description="From 1")
    reason: str


class FilledView(View):
    """A pool after an import."""

    pool: PoolView
    added: int
    refused: int = Field(description="How many rows brought no code")
    refused_rows: list[BadRowView] = Field(description=f"The first {ROWS_TOLD} of them")


class PoolList(View):
    """Every pool, newest first; there are too few of them for pages."""

    items: list[PoolView]
    next: str | None


def pool_view(pool: Pool) -> PoolView:
    """The pool as the API shows it."""
    return PoolView(
        id=pool.id,
        name=pool.name,
        codes=pool.codes,
        free=pool.free,
        given=pool.given,
        reserved=sum(pool.reserved.values()),
        created_at=pool.created_at,
        updated_at=pool.updated_at,
    )


def filled_view(filled: Filled) -> FilledView:
    """The import's outcome as the API shows it."""
    told = [BadRowView(row=one.row, reason=one.reason) for one in filled.bad[:ROWS_TOLD]]
    return FilledView(
        pool=pool_view(filled.pool),
        added=filled.added,
        refused=len(filled.bad),
        refused_rows=told,
    )
