"""The page about segments says what the code does."""

import json
import re

import pytest

from sayso.domain.attributes import ATTRIBUTES_AT_MOST, VALUE_AT_MOST
from sayso.domain.segment.bounds import (
    CONDITIONS_AT_MOST,
    DEPTH_AT_MOST,
    TEXT_AT_MOST,
    BadSegment,
)
from sayso.domain.segment.json_reading import from_json
from sayso.domain.segment.printing import text_of
from sayso.domain.segment.reading import read
from sayso.domain.segment.words import COMBINING, KINDS, Kind
from sayso.handlers.admin_api import profiles, segments
from sayso.handlers.admin_api.profiles import Reported
from sayso.services.counting import EXACT_UP_TO, EXACT_WITH_HISTORY_UP_TO
from tests.support.repository import ROOT

PAGE = (ROOT / "docs" / "segments.md").read_text()
WORDS = re.findall(r"```\n(.*?)\n```", PAGE)


def rows(section: str) -> list[list[str]]:
    """The cells of the first table below this heading, or after this head of it."""
    lines = PAGE.partition(section)[2].splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("|---"))
    body = lines[first + 1 :]
    table = body[: next((n for n, line in enumerate(body) if not line.startswith("|")), None)]
    return [
        [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in table
    ]


def told(kinds: tuple[Kind, ...]) -> list[list[str]]:
    return [[f"`{one.form}`", one.meaning, f"`{one.example}`"] for one in kinds]


def test_the_filters_of_the_page_are_those_of_the_code() -> None:
    assert rows("## Filters") == told(KINDS)
    assert rows("## Combining") == told(COMBINING)


@pytest.mark.parametrize(("typed", "answer"), rows("| written | answer |"))
def test_the_refusals_of_the_page_are_those_of_the_code(typed: str, answer: str) -> None:
    with pytest.raises(BadSegment) as refused:
        read(typed.strip("`"))
    assert refused.value.detail == answer


def test_the_example_is_the_same_in_both_forms() -> None:
    (text,) = WORDS
    (value,) = re.findall(r"```json\n(.*?)\n```", PAGE, re.DOTALL)
    assert text_of(from_json(json.loads(value))) == text_of(read(text)) == text


def test_the_figures_of_the_page_are_those_of_the_code() -> None:
    flat = " ".join(PAGE.split())
    assert f"Parentheses go {DEPTH_AT_MOST} deep" in flat
    assert f"at most {CONDITIONS_AT_MOST} filters and {TEXT_AT_MOST} characters" in flat
    assert f"Up to {EXACT_UP_TO:,} people are counted one by one" in flat
    assert f"({EXACT_WITH_HISTORY_UP_TO:,} where the segment asks" in flat
    assert f"at most {ATTRIBUTES_AT_MOST} names" in flat
    assert f"up to {VALUE_AT_MOST} characters" in flat
    assert all(f"`{kind}`" in flat or f'"{kind}"' in flat for kind in Reported)


def test_every_route_of_the_page_exists() -> None:
    known = {(route.method, route.path) for route in (*segments.ROUTES, *profiles.ROUTES)}
    named = set(re.findall(r"`(GET|POST|PATCH|PUT|DELETE) (/admin[^`]*)`", PAGE))
    one = "/admin/segments/{id}"
    assert named | {("GET", one), ("PUT", one)} == known
