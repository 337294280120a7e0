"""The functions: made alike, and each with all the settings that its handler reads."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.infra.conftest import Synthesize
from tests.infra.template import FUNCTIONS, Template, plain
from tests.support.repository import ROOT

HANDLERS = ROOT / "functions" / "sayso" / "handlers"
SETTINGS_MODULE = "sayso.handlers.settings"
every_function = pytest.mark.parametrize("function", FUNCTIONS)


def variables_read_by(function: str) -> set[str]:
    """The environment variables that the handler, and what it imports beside it, reads."""
    return set(_read_in(HANDLERS / f"{function}.py", set()))


def _read_in(path: Path, seen: set[Path]) -> Iterator[str]:
    seen.add(path)
    tree = ast.parse(path.read_text())
    yield from _names(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        imported = {alias.name for alias in node.names}
        if node.module == SETTINGS_MODULE:
            yield from _names(*_definitions(imported))
        elif node.module.startswith("sayso.handlers"):
            beside = HANDLERS.parent.parent.joinpath(*node.module.split(".")).with_suffix(".py")
            if beside.exists() and beside not in seen:
                yield from _read_in(beside, seen)


def _definitions(names: set[str]) -> Iterator[ast.AST]:
    tree = ast.parse((HANDLERS / "settings.py").read_text())
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in names:
            yield node


def _names(*nodes: ast.AST) -> Iterator[str]:
    """The names given to `required("…")` and `optional("…")`."""
    for call in (inner for node in nodes for inner in ast.walk(node)):
        match call:
            case ast.Call(
                func=ast.Name(id="required" | "optional"), args=[ast.Constant(value=str(name))]
            ):
                yield name


@every_function
def test_each_function_starts_a_handler_that_exists(function: str) -> None:
    tree = ast.parse((HANDLERS / f"{function}.py").read_text())
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert "handler" in defined


@every_function
def test_each_function_is_given_every_setting_that_its_handler_reads(
    any_stage: Template, function: str
) -> None:
    given = any_stage.functions[function]["Environment"]["Variables"]
    read = variables_read_by(function)
    assert read <= set(given)


@every_function
def test_no_function_is_given_a_setting_that_no_handler_reads(
    any_stage: Template, function: str
) -> None:
    by_powertools = {"LOG_LEVEL", "POWERTOOLS_SERVICE_NAME", "POWERTOOLS_METRICS_NAMESPACE"}
    given = set(any_stage.functions[function]["Environment"]["Variables"])
    assert given - by_powertools <= variables_read_by(function)


@every_function
def test_each_function_logs_json_into_a_group_of_its_own_that_forgets(
    any_stage: Template, function: str
) -> None:
    logging = any_stage.functions[function]["LoggingConfig"]
    assert logging["LogFormat"] == "JSON"
    group = any_stage.resources("AWS::Logs::LogGroup")[logging["LogGroup"]["Ref"]]
    assert group["Properties"]["RetentionInDays"] <= 90
    groups = {one["LoggingConfig"]["LogGroup"]["Ref"] for one in any_stage.functions.values()}
    assert len(groups) == len(FUNCTIONS)


def test_all_functions_run_the_same_code(any_stage: Template) -> None:
    assert len({plain(one["Code"]) for one in any_stage.functions.values()}) == 1


def test_all_functions_run_on_the_chosen_python_and_processor(any_stage: Template) -> None:
    for function in any_stage.functions.values():
        assert function["Runtime"] == "python3.13"
        assert function["Architectures"] == ["arm64"]


def test_calls_are_traced_unless_that_is_off(prod: Template, synthesize: Synthesize) -> None:
    traced = [function["TracingConfig"] for function in prod.functions.values()]
    assert traced == [{"Mode": "Active"}] * len(FUNCTIONS)
    untraced = synthesize(tracing="false")
    assert not [one for one in untraced.functions.values() if "TracingConfig" in one]
    assert untraced.who_may("xray:PutTraceSegments") == set()


def test_without_snapstart_there_are_no_versions_to_pay_for(any_stage: Template) -> None:
    assert not any_stage.resources("AWS::Lambda::Version")
    assert not any_stage.resources("AWS::Lambda::Alias")


def test_with_snapstart_events_go_to_the_published_version(synthesize: Synthesize) -> None:
    template = synthesize(snap_start='["inbound"]')
    (alias,) = template.resources("AWS::Lambda::Alias")
    snap_start = template.functions["inbound"]["SnapStart"]
    assert snap_start == {"ApplyOn": "PublishedVersions"}
    assert "SnapStart" not in template.functions["send"]
    endpoints = [plain(one["Endpoint"]) for one in template.all("AWS::SNS::Subscription")]
    assert f"<{alias}>" in endpoints


def test_extra_environment_reaches_every_function(synthesize: Synthesize) -> None:
    template = synthesize(environment='{"AWS_ENDPOINT_URL": "http://127.0.0.1:4566"}')
    for function in template.functions.values():
        variables = function["Environment"]["Variables"]
        assert variables["AWS_ENDPOINT_URL"] == "http://127.0.0.1:4566"
