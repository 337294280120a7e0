"""An import through the admin API: announce, upload, start, watch, fetch what was refused."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from sayso_local.client import Stack
from sayso_local.errors import CommandError

_ATTESTATION = "I have proof of consent for each row"
_POLL_SECONDS = 0.5
_ENDED = ("checked", "imported", "failed")


@dataclass(frozen=True)
class Result:
    """What came of it; `seconds` counts from the announcement, upload included."""

    import_id: str
    rows: int
    imported: int
    already_subscribed: int
    refused: int
    reasons: dict[str, int]
    failure: str
    seconds: float
    refused_file: Path | None


def import_file(stack: Stack, file: Path, dates: str = "iso", *, dry_run: bool = False) -> Result:
    """Import the file, or only check it; raise CommandError where the API refuses."""
    began = time.monotonic()
    program = _ask(stack, "GET", "program")
    wish = {
        "filename": file.name,
        "bytes": file.stat().st_size,
        "program": program["name"],
        "attestation": _ATTESTATION,
        "dates": dates,
    }
    made = _ask(stack, "POST", "imports", wish)
    with file.open("rb") as content:
        stack.http.put(
            made["upload"]["url"],
            content=content,
            headers={"content-length": str(wish["bytes"])},
        ).raise_for_status()
    _ask(stack, "POST", f"imports/{made['id']}/start?dry_run={str(dry_run).lower()}")
    job = _watch(stack, made["id"])
    refused = _fetch_refused(stack, job, file) if job["refused"] else None
    return Result(
        import_id=job["id"],
        rows=job["rows"],
        imported=job["imported"],
        already_subscribed=job["already_subscribed"],
        refused=job["refused"],
        reasons=job["reasons"],
        failure=job["failure"] or "",
        seconds=time.monotonic() - began,
        refused_file=refused,
    )


def _watch(stack: Stack, import_id: str) -> dict[str, Any]:
    """The import when it has ended; a line tells a person at a terminal how far it is."""
    while True:
        job = _ask(stack, "GET", f"imports/{import_id}")
        ended = job["state"] in _ENDED
        if sys.stderr.isatty():
            line = f"{job['percent']:>3} %  {job['rows']:,} rows, {job['refused']:,} refused"
            print(f"\r  {line}", end="\n" if ended else "", file=sys.stderr, flush=True)
        if ended:
            return job
        time.sleep(_POLL_SECONDS)


def _fetch_refused(stack: Stack, job: dict[str, Any], file: Path) -> Path:
    target = file.with_name(f"{file.stem}.refused.csv")
    address = _ask(stack, "GET", f"imports/{job['id']}/refused")["url"]
    with stack.http.stream("GET", address) as answer, target.open("wb") as sink:
        answer.raise_for_status()
        for piece in answer.iter_bytes():
            sink.write(piece)
    return target


def _ask(stack: Stack, method: str, path: str, body: object = None) -> dict[str, Any]:
    answer = stack.admin(method, path, body)
    if answer.status_code >= httpx.codes.BAD_REQUEST:
        raise CommandError(f"The admin API said: {answer.json().get('detail', answer.text)}")
    found: dict[str, Any] = answer.json()
    return found
