"""An owner brings in people who agreed elsewhere; the importer's function reads their file."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from sayso.domain.imports.job import ATTESTATION
from sayso.handlers import importer
from tests.support.bluebird import ANA, BEN, CHLOE
from tests.support.console import BUCKET, Console
from tests.support.lambda_context import LambdaContext
from tests.support.logs import LogBook
from tests.support.sheets import AGREED_TO, GOOD, csv_of
from tests.support.table import everything_in

FORM = {
    "filename": "cards.csv",
    "bytes": 2048,
    "program": "Bluebird Coffee",
    "attestation": ATTESTATION,
}


@pytest.fixture
def owner(shop: Console) -> Iterator[Console]:
    """An owner at the console of Bluebird Coffee, and an importer behind it."""
    importer.use_case.cache_clear()
    yield shop
    importer.use_case.cache_clear()


def announced(owner: Console, content: bytes) -> str:
    """The id of an import whose file has been uploaded."""
    made = owner.post("/admin/imports", FORM | {"bytes": len(content)})
    assert made.status == 201
    key = f"files/{made.json['id']}.csv"
    client().put_object(Bucket=BUCKET, Key=key, Body=content)
    import_id: str = made.json["id"]
    return import_id


def work(import_id: str, remaining_ms: int = 60_000) -> Any:
    """What the function answers to the import's message."""
    record = {"messageId": "m-1", "body": json.dumps({"import": import_id})}
    return importer.handler({"Records": [record]}, LambdaContext(remaining_ms=remaining_ms))


def client() -> Any:
    return importer.use_case().files.client  # type: ignore[attr-defined]


def ran(owner: Console, rows: list[dict[str, str]], query: str = "") -> Any:
    """The import as it is told of at its end."""
    import_id = announced(owner, csv_of(rows).encode())
    started = owner.post(f"/admin/imports/{import_id}/start{query}")
    assert started.status == 202
    assert work(import_id) == {"batchItemFailures": []}
    return owner.get(f"/admin/imports/{import_id}").json


def test_an_announced_file_is_told_where_to_go(owner: Console) -> None:
    answer = owner.post("/admin/imports", FORM)

    made = answer.json
    assert answer.status == 201
    assert made["state"] == "awaiting_file"
    assert made["upload"]["method"] == "PUT"
    assert f"/files/{made['id']}.csv?" in made["upload"]["url"]
    assert made["upload"]["expires_at"] == "2026-11-23T18:15:00Z"


def test_an_import_subscribes_people_with_their_proof(owner: Console) -> None:
    job = ran(owner, [GOOD | {"location": "Downtown"}, GOOD | {"phone": BEN}])

    assert {name: job[name] for name in ("state", "percent", "rows", "imported", "refused")} == {
        "state": "imported",
        "percent": 100,
        "rows": 2,
        "imported": 2,
        "refused": 0,
    }
    ana = owner.get(f"/admin/subscribers/{ANA}").json
    assert (ana["status"], ana["location"]) == ("subscribed", "DOWNTOWN")
    assert ana["joined_at"] == "2024-05-01T17:00:00Z"
    consent = owner.get(f"/admin/subscribers/{ANA}/consent").json
    (entry,) = consent["items"]
    assert consent["verified"]
    assert (entry["change"], entry["medium"]) == ("opted_in", "import")
    assert entry["message_id"] == f"{job['id']}/2"
    assert entry["shown"] == AGREED_TO
    assert "source: https://bluebird.example/join" in entry["words"]


def test_a_dry_run_writes_nothing_but_what_it_found(owner: Console) -> None:
    job = ran(owner, [GOOD, GOOD | {"phone": BEN, "source": ""}], "?dry_run=true")

    assert (job["state"], job["dry_run"]) == ("checked", True)
    assert (job["imported"], job["refused"], job["reasons"]) == (1, 1, {"no_evidence": 1})
    assert owner.get("/admin/subscribers").json["items"] == []


def test_the_refused_rows_are_downloaded_with_number_and_reason(owner: Console) -> None:
    job = ran(owner, [GOOD, GOOD | {"phone": BEN, "source": ""}, GOOD | {"phone": CHLOE}, GOOD])

    listed = owner.get(f"/admin/imports/{job['id']}/refused").json
    assert listed["rows"] == 2
    assert f"/refused/{job['id']}/import.csv?" in listed["url"]
    stored = client().get_object(Bucket=BUCKET, Key=f"refused/{job['id']}/import.csv")
    rows = list(csv.reader(io.StringIO(stored["Body"].read().decode("utf-8-sig"))))
    assert rows[0][:4] == ["row", "reason", "what to do", "phone"]
    assert [row[:2] for row in rows[1:]] == [["3", "no_evidence"], ["5", "duplicate"]]
    assert rows[1][3] == f"'{BEN}"


def test_an_import_is_gone_on_with_where_time_was_short(owner: Console) -> None:
    import_id = announced(owner, csv_of([GOOD]).encode())
    owner.post(f"/admin/imports/{import_id}/start")

    assert work(import_id, remaining_ms=1000) == {"batchItemFailures": []}
    assert owner.get(f"/admin/imports/{import_id}").json["state"] == "importing"
    work(import_id)

    assert owner.get(f"/admin/imports/{import_id}").json["imported"] == 1


def test_imports_are_listed_newest_first_in_pages(owner: Console) -> None:
    ids = [owner.post("/admin/imports", FORM).json["id"] for _ in range(3)]

    first = owner.get("/admin/imports?limit=2").json
    rest = owner.get(f"/admin/imports?limit=2&cursor={first['next']}").json

    found = [item["id"] for item in first["items"] + rest["items"]]
    assert found == sorted(ids, reverse=True)
    assert rest["next"] is None


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"attestation": "sure"}, "attestation"),
        ({"program": "Redbird Tea"}, "program"),
        ({"bytes": 0}, "bytes"),
        ({"bytes": 65 * 1024 * 1024}, "bytes"),
        ({"dates": "guess"}, "dates"),
        ({"filename": ""}, "filename"),
    ],
)
def test_an_announcement_that_cannot_be_says_why(
    owner: Console, values: dict[str, Any], path: str
) -> None:
    answer = owner.post("/admin/imports", FORM | values)

    assert answer.status == 422
    assert [error["path"] for error in answer.json["errors"]] == [path]


@pytest.mark.parametrize("role", ["marketer", "staff"])
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/admin/imports"),
        ("GET", "/admin/imports"),
        ("GET", "/admin/imports/01KAMZ3S8E5XQW0V7Y9T2B4C6D"),
        ("POST", "/admin/imports/01KAMZ3S8E5XQW0V7Y9T2B4C6D/start"),
        ("GET", "/admin/imports/01KAMZ3S8E5XQW0V7Y9T2B4C6D/refused"),
    ],
)
def test_only_owners_import(owner: Console, method: str, path: str, role: str) -> None:
    body = json.dumps(FORM) if path == "/admin/imports" and method == "POST" else None
    before = everything_in(owner.dynamodb)

    assert owner.acting_as(role).send(method, path, body).status == 403
    assert everything_in(owner.dynamodb) == before


@pytest.mark.parametrize("rest", ["", "/start", "/refused"])
@pytest.mark.parametrize("import_id", ["nowhere", "01KAMZ3S8E5XQW0V7Y9T2B4C6D"])
def test_an_import_that_does_not_exist_is_not_found(
    owner: Console, import_id: str, rest: str
) -> None:
    method = "POST" if rest == "/start" else "GET"

    assert owner.send(method, f"/admin/imports/{import_id}{rest}").status == 404


def test_without_its_file_an_import_does_not_start(owner: Console) -> None:
    import_id = owner.post("/admin/imports", FORM).json["id"]

    answer = owner.post(f"/admin/imports/{import_id}/start")

    assert (answer.status, answer.json["title"]) == (409, "It cannot be done as things stand")
    assert "not been uploaded" in answer.json["detail"]


def test_no_number_and_no_cell_is_logged(owner: Console) -> None:
    log = LogBook(importer.logger)
    ran(owner, [GOOD, GOOD | {"phone": "(312) 555-01", "source": "drawer four"}])
    work("01KAMZ3S8E5XQW0V7Y9T2B4C6D")

    logged = log.text
    assert "import handled" in logged
    assert "LookupError" in logged
    assert not [secret for secret in (ANA[3:], "555-01", "drawer", "Text me") if secret in logged]


def test_a_message_that_is_none_comes_back(owner: Console) -> None:
    answer = importer.handler({"Records": [{"messageId": "m", "body": "{}"}]}, LambdaContext())

    assert answer == {"batchItemFailures": [{"itemIdentifier": "m"}]}
