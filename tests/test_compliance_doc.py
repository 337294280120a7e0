"""The page for counsel says what the code does."""

import re
from inspect import getdoc

import pytest

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.ledger import entry_item
from sayso.domain.ledger import Change
from sayso.domain.retention import RULES
from tests.domain.test_ledger import grown
from tests.support.repository import ROOT

PAGE = (ROOT / "docs" / "compliance.md").read_text()
AUDIT = (ROOT / "functions" / "sayso" / "domain" / "ledger.py").read_text()
LIFETIMES = getdoc(keys) or ""


def rows(after: str) -> list[list[str]]:
    """The cells of the first table after these words, its head left out."""
    table = PAGE.partition(after)[2].partition("|")[2].partition("\n\n")[0]
    lines = [line.strip("| ").split(" | ") for line in f"|{table}".splitlines()]
    return lines[2:]


def test_the_years_of_the_page_are_those_of_the_code() -> None:
    assert rows("## How long") == [
        [rule.what, str(rule.years), rule.since.value, rule.source, rule.as_of] for rule in RULES
    ]


def test_the_lifetimes_of_the_page_are_those_of_the_code() -> None:
    documented = dict(rows("What else is stored"))
    assert documented.keys() == {
        *("subscriber", "ledger entry", "inbound text and its reply"),
        *("campaign text's slot", "run, its slices and counters", "import of a file"),
    }
    for item, lives in documented.items():
        (stated,) = re.findall(
            rf"^\| {item} \| .* \| ([^|]+) \|$", getdoc(keys) or "", re.MULTILINE
        )
        assert stated.startswith(lives)
        if lives.endswith("days"):
            assert lives == f"{keys.KEPT.days} days"


@pytest.mark.parametrize("change", Change)
def test_a_ledger_entry_is_never_given_an_end(change: Change) -> None:
    (entry,) = grown([], change, "JOIN")
    assert "expires_at" not in entry_item(entry)


def test_every_fault_is_explained_and_every_explained_one_exists() -> None:
    told = [fault for _, cell in rows("Exit code 0") for fault in re.findall(r"`([^`]+)`", cell)]
    assert len(told) == 11
    code = "".join(re.findall(r'f?"(.*?)"', AUDIT))
    for fault in told:
        assert all(part.strip() in code for part in fault.split("…")), fault


def test_every_file_that_the_page_names_exists() -> None:
    named = re.findall(r"`((?:functions|docs)/[^`]+)`", PAGE)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
