"""`sayso import` on a running stack: a file goes in, people are subscribed, the rest is listed."""

import csv
from pathlib import Path

import pytest

from sayso_local.client import Stack
from tests.local.running import sayso
from tests.support.sheets import AGREED_TO, GOOD, csv_of

pytestmark = pytest.mark.e2e

FIRST = 9_100_000
ROWS = 400
LEFT = "+13129199001"


def phone(number: int) -> str:
    return f"+1312{FIRST + number}"


def rows() -> list[dict[str, str]]:
    """Four hundred people: one in twenty has no proof, the last comes twice, one has left."""
    good = [GOOD | {"phone": phone(number), "location": "Downtown"} for number in range(ROWS)]
    for row in good[::20]:
        row["agreed_to"] = ""
    return [*good, good[-1], GOOD | {"phone": LEFT}]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "cards.csv"
    path.write_text(csv_of(rows()), encoding="utf-8-sig", newline="")
    return path


def test_a_file_is_checked_then_imported_and_its_refused_rows_listed(
    stack: Stack, stack_state: Path, file: Path
) -> None:
    stack.text(LEFT, "STOP")
    stack.await_texts(LEFT, 1)

    checked = sayso("import", str(file), "--dry-run", state=stack_state)
    unknown = stack.admin("GET", f"subscribers/{phone(1)}")
    imported = sayso("import", str(file), state=stack_state)

    assert (checked.code, imported.code) == (1, 1), checked.err + imported.err
    assert "380 would be imported, 0 subscribed before, 22 refused" in checked.out
    assert unknown.status_code == 404
    assert "380 imported, 0 subscribed before, 22 refused" in imported.out
    with file.with_name("cards.refused.csv").open(encoding="utf-8-sig", newline="") as listed:
        refused = list(csv.DictReader(listed))
    assert [row["reason"] for row in refused] == ["no_evidence"] * 20 + ["duplicate", "opted_out"]
    assert [row["row"] for row in refused[:2]] == ["2", "22"]

    consent = stack.admin("GET", f"subscribers/{phone(1)}/consent").json()
    assert consent["verified"]
    assert [(one["medium"], one["shown"]) for one in consent["items"]] == [("import", AGREED_TO)]
    assert stack.admin("GET", f"subscribers/{LEFT}").json()["status"] == "opted_out"
    assert stack.received(phone(1)) == []


def test_a_file_that_is_none_is_refused_in_a_sentence(
    stack: Stack, stack_state: Path, tmp_path: Path
) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(b"PK\x03\x04 and so on")

    done = sayso("import", str(path), state=stack_state)

    assert done.code == 2
    assert "Excel workbook" in done.err


def test_an_imported_customer_texts_stop_and_the_ledger_goes_on(
    stack: Stack, stack_state: Path, tmp_path: Path
) -> None:
    chloe = "+13129199002"
    path = tmp_path / "one.csv"
    path.write_text(csv_of([GOOD | {"phone": chloe}]), newline="")
    assert sayso("import", str(path), state=stack_state).code == 0

    stack.text(chloe, "STOP")
    stack.await_texts(chloe, 1)

    again = sayso("import", str(path), state=stack_state)
    consent = stack.admin("GET", f"subscribers/{chloe}/consent").json()
    assert "1 refused" in again.out
    assert "opted_out" in again.out
    assert consent["verified"]
    assert [one["change"] for one in consent["items"]] == ["opted_in", "opted_out"]
