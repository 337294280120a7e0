"""A small shop to begin with, entered through the admin API as a person would.

Its caps are generous, ten a day, so that whoever tries it out is not held up by them at once; what
a program has by default stands in the domain's Caps.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx

from sayso_local.client import Stack
from sayso_local.errors import CommandError

_SHOP = Path(__file__).with_name("bluebird.json")


def seeded_locations() -> dict[str, dict[str, Any]]:
    """The locations that a stack begins with, by code."""
    locations: dict[str, dict[str, Any]] = json.loads(_SHOP.read_text())["locations"]
    return locations


def is_seeded(stack: Stack) -> bool:
    """Whether a program is set up, be it this one or the person's own."""
    answer = stack.admin("GET", "program")
    if answer.status_code == httpx.codes.NOT_FOUND:
        return False
    _require_success(answer)
    return True


def seed(stack: Stack) -> None:
    """Enter Bluebird Coffee: its program, locations and keywords."""
    shop: dict[str, dict[str, Any]] = json.loads(_SHOP.read_text())
    _require_success(stack.admin("PUT", "program", shop["program"]))
    for code, location in shop["locations"].items():
        _require_success(stack.admin("PUT", f"locations/{code}", location))
    for word, keyword in shop["keywords"].items():
        _require_success(stack.admin("PUT", f"keywords/{word}", keyword))


def _require_success(answer: httpx.Response) -> None:
    if not answer.is_success:
        request = answer.request
        raise CommandError(
            f"The shop could not be set up: {request.method} {request.url.path} answered "
            f"{answer.status_code}: {answer.text[:500]}"
        )
