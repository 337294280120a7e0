"""The page that people deploy by: every setting in it exists, and the other way round."""

import json
import re

import pytest

from infra.app import read_context
from infra.config import Settings
from tests.infra.template import Template
from tests.support.repository import ROOT

PAGE = ROOT / "docs" / "operations.md"
ROW = re.compile(r"^\| `([a-z_]+)` \| (.+?) \| (.+) \|$", re.MULTILINE)
# Too large for a cell: cdk.json shows them.
IN_CDK_JSON = {"functions": "per function", "flows": "per queue"}


def rows() -> dict[str, str]:
    """The documented default by setting."""
    return {name: default for name, default, _ in ROW.findall(PAGE.read_text())}


def test_every_setting_is_explained_and_every_explained_one_exists() -> None:
    assert list(rows()) == list(Settings.model_fields)


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_the_defaults_are_those_of_cdk_json(name: str) -> None:
    if name in IN_CDK_JSON:
        assert rows()[name] == IN_CDK_JSON[name]
        return
    context = read_context()
    default = {**context["settings"]["common"], "stage": context["stage"]}[name]
    assert json.loads(rows()[name].strip("`")) == default


def test_every_alarm_of_the_page_exists(prod: Template) -> None:
    names = prod.resources("AWS::CloudWatch::Alarm")
    described = re.findall(r"`…([A-Za-z]+)…`", PAGE.read_text())
    assert len(described) > 5
    assert not [part for part in described if not any(part in name for name in names)]
    assert not [name for name in names if not any(part in name for part in described)]


def test_every_output_that_the_page_uses_exists(prod: Template) -> None:
    used = set(re.findall(r"<([A-Z][A-Za-z]+)>", PAGE.read_text()))
    assert used
    assert used <= set(prod.outputs)


def test_every_file_that_the_page_links_to_exists() -> None:
    links = re.findall(r"\]\((?!https:)([^)#]+)", PAGE.read_text())
    assert links
    assert not [link for link in links if not (PAGE.parent / link).exists()]
