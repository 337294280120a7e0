"""The page by which people make their files says what the code does."""

import re

import pytest

from infra.constructs.import_files import KEPT_DAYS
from sayso.domain.imports.columns import COLUMNS, MEDIA
from sayso.domain.imports.job import ATTESTATION, BYTES_AT_MOST
from sayso.domain.imports.rows import Reason, Row
from sayso.domain.imports.values import DateOrder, read_phone
from sayso.handlers.admin_api.imports import ROUTES, ImportForm
from tests.support.repository import ROOT
from tests.support.sheets import row_with

PAGE = (ROOT / "docs" / "import.md").read_text()


def rows(head: str) -> list[list[str]]:
    """The cells of the table that begins like this."""
    table = PAGE.partition(f"| {head} |")[2].partition("\n\n")[0]
    return [line.strip("| ").split(" | ") for line in table.splitlines()[2:]]


def test_the_columns_of_the_page_are_those_of_the_code() -> None:
    assert rows("column") == [
        [f"`{one.name}`", "yes" if one.is_required else "no", f"{one.at_most:,}", one.holds]
        for one in COLUMNS
    ]


def test_the_media_of_the_page_are_those_of_the_code() -> None:
    assert rows("medium") == [[f"`{name}`", meaning] for name, meaning in MEDIA.items()]


def test_every_reason_is_explained_and_every_explained_one_exists() -> None:
    assert [name for name, _ in rows("reason")] == [f"`{reason}`" for reason in Reason]


@pytest.mark.parametrize(
    "at", re.findall(r"`(2024[^`]*)`", PAGE.partition("**Times**")[2].partition("## ")[0])
)
def test_the_times_of_the_page_are_read(at: str) -> None:
    assert isinstance(row_with(opted_in_at=at), Row)


@pytest.mark.parametrize("at", ["5/1/2024", "5/1/2024 5:30 PM"])
def test_the_dates_that_need_a_word_are_read_with_it_and_only_then(at: str) -> None:
    assert f"`{at}`" in PAGE
    assert isinstance(row_with(DateOrder.MONTH_FIRST, opted_in_at=at), Row)
    assert isinstance(row_with(DateOrder.DAY_FIRST, opted_in_at=at), Row)
    assert not isinstance(row_with(opted_in_at=at), Row)


@pytest.mark.parametrize("phone", ["+13125550101", "(312) 555-0101"])
def test_the_numbers_of_the_page_are_read(phone: str) -> None:
    assert f"`{phone}`" in PAGE
    assert read_phone(phone) == "+13125550101"


def test_every_route_and_field_of_the_page_exists() -> None:
    routes = {f"{route.method} {route.path}" for route in ROUTES}
    assert set(re.findall(r"`((?:GET|POST) /[^`?]*)", PAGE)) == routes
    assert all(f"`{name}`" in PAGE for name in ImportForm.model_fields)


def test_the_figures_of_the_page_are_those_of_the_code() -> None:
    assert f"`{ATTESTATION}`" in PAGE
    assert f"At most {BYTES_AT_MOST // 1024 // 1024} MiB" in PAGE
    assert f"deleted after {KEPT_DAYS} days" in PAGE
