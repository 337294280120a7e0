"""The page about templates says what the code does, example by example."""

import re
from datetime import UTC, datetime

import pytest

from sayso.adapters.liquid import LiquidTemplates
from sayso.adapters.liquid_language import FILTERS, TAGS
from sayso.domain.campaign import InvalidText
from sayso.domain.linting.rules import RULES
from sayso.domain.recipient import Recipient
from sayso.domain.template_values import LINKS, SHARED_NAMES, spoken_end
from sayso.domain.versions import FIRST, ONE_VERSION
from sayso.domain.written import SOURCE_AT_MOST
from sayso.services.ports.templates import NotFilled
from sayso.services.writing import Work, Writer
from tests.support.bluebird import ANA, BEN, DOWNTOWN, PROGRAM
from tests.support.repository import ROOT

PAGE = (ROOT / "docs" / "templates.md").read_text()
MIDNIGHT = datetime(2026, 12, 5, 6, tzinfo=UTC)  # in Chicago
NO_TEXT = "*no text*"


def rows(section: str) -> list[list[str]]:
    """The cells of a section's table, its head left out."""
    found = PAGE.partition(f"## {section}")[2].partition("\n## ")[0]
    lines = [line for line in found.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def text_for(source: str, recipient: Recipient) -> str:
    writer = Writer(LiquidTemplates(), Work(source, ONE_VERSION, MIDNIGHT), PROGRAM, DOWNTOWN)
    try:
        return writer.text_of(FIRST, recipient).body
    except (NotFilled, InvalidText):
        return NO_TEXT


@pytest.mark.parametrize(("written", "known", "stranger"), rows("Examples"))
def test_every_example_reads_as_the_page_says(written: str, known: str, stranger: str) -> None:
    source = written.strip("`").replace("\\|", "|")

    assert text_for(source, Recipient(ANA, values={"first_name": "Ana"})) == known
    assert text_for(source, Recipient(BEN)) == stranger


def test_every_name_is_on_the_page_and_no_other() -> None:
    *named, links, _ = rows("Names")
    assert {name.strip("`"): meaning for name, meaning in named} == dict(SHARED_NAMES)
    assert links[0].startswith(f"`{LINKS}.")


def test_every_filter_and_tag_is_on_the_page_and_no_other() -> None:
    section = PAGE.partition("## Filters")[2].partition("\n## ")[0]
    assert re.findall(r"`(\w+)`", section) == [*FILTERS, *TAGS]
    assert str(SOURCE_AT_MOST) in section


def test_every_rule_is_on_the_page_with_its_level_and_source() -> None:
    listed = [(code.strip("`"), level, source) for code, level, _, source in rows("What is looked")]
    assert listed[: len(RULES)] == [(one.code, str(one.level), one.source) for one in RULES]
    assert {code for code, *_ in listed[len(RULES) :]} == {"unresolved_variable", "unwritable"}


def test_dates_are_told_as_the_page_says() -> None:
    assert f"`{spoken_end(MIDNIGHT, 'America/Chicago', 'es')}` in Spanish" in PAGE
