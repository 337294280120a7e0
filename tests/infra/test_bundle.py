"""The code asset: the same input makes the same one, with nothing in it that is not needed."""

import importlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from infra import bundle as bundling
from infra.app import read_context
from infra.bundle import BundleError, bundle
from infra.bytecode import Interpreter, compile_all, find_interpreter
from infra.config import Settings, load
from infra.trim import SERVICES, trim
from sayso.handlers import console as handler
from sayso.handlers.counter_page import files as counter_files
from tests.support.repository import ROOT

CONTENTS = {
    *("sayso/handlers/inbound.py", "sayso/words.json"),
    *("web/console/index.html", "web/counter/index.html"),
}
CLIENT = re.compile(r"""(?:client|client_without_retries)\((?:"([a-z0-9-]+)"|[\w.]*SERVICE)""")
SERVICE = re.compile(r'^SERVICE = "([a-z0-9-]+)"', re.MULTILINE)


@pytest.fixture
def settings() -> Settings:
    return load({**read_context(), "stage": "local"})


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package in place of the real one, free to be changed."""
    package = tmp_path / "source" / "sayso"
    (package / "handlers" / "__pycache__").mkdir(parents=True)
    (package / "handlers" / "inbound.py").write_text("def handler(): ...\n")
    (package / "handlers" / "__pycache__" / "inbound.cpython-311.pyc").write_bytes(b"old")
    (package / "words.json").write_text("{}")
    (package / "README.md").write_text("for people")
    monkeypatch.setattr(bundling, "PACKAGE", package)
    for name in ("console", "counter"):
        pages = tmp_path / "source" / name
        pages.mkdir()
        (pages / "index.html").write_text("<!doctype html>")
        monkeypatch.setattr(bundling, name.upper(), pages)
    return package


def contents(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def executable(path: Path, script: str) -> Path:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_the_asset_holds_the_package_without_what_only_people_read(
    package: Path, settings: Settings, tmp_path: Path
) -> None:
    asset = bundle(settings, tmp_path / "assets")
    assert contents(asset) == CONTENTS


def test_the_consoles_files_are_part_of_the_asset(
    package: Path, settings: Settings, tmp_path: Path
) -> None:
    before = bundle(settings, tmp_path / "assets")
    (bundling.CONSOLE / "index.html").write_text("<!doctype html><title>Console</title>")
    after = bundle(settings, tmp_path / "assets")
    assert after.name != before.name
    assert "Console" in (after / "web" / "console" / "index.html").read_text()


@pytest.mark.parametrize("pages", [handler, counter_files], ids=["console", "counter"])
def test_pages_are_found_where_the_asset_has_them(
    pages: ModuleType, settings: Settings, tmp_path: Path
) -> None:
    asset = bundle(settings, tmp_path / "assets")
    named = Path(str(pages.__file__)).relative_to(ROOT / "functions")
    above = Path(str(pages.__file__)).parents.index(ROOT / "functions")
    folder = (asset / named).parents[above] / pages.FOLDER.relative_to(ROOT / "functions")
    assert (folder / "index.html").is_file()


def test_the_same_input_makes_the_same_asset(
    package: Path, settings: Settings, tmp_path: Path
) -> None:
    first = bundle(settings, tmp_path / "one")
    (package / "handlers" / "inbound.py").touch()
    (package / "README.md").write_text("for other people")
    (package / "handlers" / "__pycache__" / "inbound.cpython-311.pyc").write_bytes(b"new")
    assert bundle(settings, tmp_path / "two").name == first.name


@pytest.mark.parametrize("name", ["words.json", "handlers/inbound.py", "handlers/another.py"])
def test_a_changed_or_new_file_makes_another_asset(
    package: Path, settings: Settings, tmp_path: Path, name: str
) -> None:
    before = bundle(settings, tmp_path / "assets")
    (package / name).write_text("other = True\n")
    after = bundle(settings, tmp_path / "assets")
    assert after.name != before.name
    assert (after / "sayso" / name).read_text() == "other = True\n"


def test_only_the_last_few_assets_are_kept(
    package: Path, settings: Settings, tmp_path: Path
) -> None:
    for number in range(8):
        (package / "words.json").write_text(str(number))
        newest = bundle(settings, tmp_path / "assets")
        os.utime(newest, (number, number))
    kept = list((tmp_path / "assets").iterdir())
    assert newest in kept
    assert len(kept) == 6


def test_what_cannot_be_installed_is_said_with_the_tools_own_words(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    requirements = tmp_path / "lambda.txt"
    requirements.write_text("no-hash==1.0\n")
    monkeypatch.setattr(bundling, "REQUIREMENTS", requirements)
    monkeypatch.setattr(bundling, "find_interpreter", lambda version: None)
    with pytest.raises(BundleError, match=r"(?s)lambda\.txt for Lambda.*no-hash"):
        bundle(load(read_context()), tmp_path / "assets")
    assert list((tmp_path / "assets").iterdir()) == []


def test_without_an_interpreter_for_bytecode_the_synth_says_so_in_one_line(
    package: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(bundling, "find_interpreter", lambda version: None)
    monkeypatch.setattr(bundling, "_install", lambda target, settings: None)
    asset = bundle(load(read_context()), tmp_path / "assets")
    assert contents(asset) == CONTENTS
    assert capsys.readouterr().err == "no Python 3.13 on PATH: the asset goes without bytecode\n"


def test_an_interpreter_that_does_not_run_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [tmp_path / name for name in ("broken", "liar", "other", "good")]
    for folder in folders:
        folder.mkdir()
    executable(folders[0] / "python3.13", "exit 127")
    executable(folders[1] / "python3.13", "echo CPython 3.12.4")
    executable(folders[2] / "python3.13", "echo PyPy 3.13.1")
    good = executable(folders[3] / "python3.13", "echo CPython 3.13.5")
    monkeypatch.setenv("PATH", os.pathsep.join(str(folder) for folder in folders))
    assert find_interpreter("3.13") == Interpreter(good, "3.13.5")
    assert find_interpreter("3.14") is None


def test_bytecode_is_where_lambda_looks_and_does_not_depend_on_times(tmp_path: Path) -> None:
    (tmp_path / "sayso").mkdir()
    (tmp_path / "sayso" / "words.py").write_text("STOP = frozenset({'stop', 'end', 'quit'})\n")
    compile_all(tmp_path, Interpreter(Path(sys.executable), ""))
    (compiled,) = tmp_path.rglob("*.pyc")
    content = compiled.read_bytes()
    assert content[4:8] == b"\x01\x00\x00\x00"  # PEP 552: hash-based, and not checked
    assert b"/var/task/sayso/words.py" in content
    assert str(tmp_path).encode() not in content


def test_trimming_keeps_what_functions_call_and_versions_that_packages_ask_for(
    tmp_path: Path,
) -> None:
    for name in (
        "botocore/data/endpoints.json",
        "botocore/data/dynamodb/2012-08-10/service-2.json.gz",
        "botocore/data/ec2/2016-11-15/service-2.json.gz",
        "botocore/session.py",
        "ulid-3.0.dist-info/METADATA",
        "ulid-3.0.dist-info/RECORD",
        "ulid/__init__.pyi",
        "ulid/tests/test_ulid.py",
        "bin/ulid",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    trim(tmp_path)
    assert contents(tmp_path) == {
        "botocore/data/endpoints.json",
        "botocore/data/dynamodb/2012-08-10/service-2.json.gz",
        "botocore/session.py",
        "ulid-3.0.dist-info/METADATA",
    }


def test_the_descriptions_of_every_service_that_is_called_are_kept() -> None:
    sources = [path.read_text() for path in (ROOT / "functions").rglob("*.py")]
    called = {name for text in sources for name in CLIENT.findall(text) if name}
    called |= {name for text in sources for name in SERVICE.findall(text)}
    assert called == SERVICES


def test_liquid_needs_nothing_of_what_is_trimmed_away(tmp_path: Path) -> None:
    for name in ("liquid", "babel", "pytz", "markupsafe", "dateutil", "importlib_resources"):
        (package,) = importlib.import_module(name).__path__
        # Copying what is trimmed would only take long.
        unread = shutil.ignore_patterns("locale-data", "zoneinfo")
        shutil.copytree(package, tmp_path / name, ignore=unread)
    shutil.copy(importlib.import_module("six").__file__ or "", tmp_path)
    shutil.copy(importlib.import_module("typing_extensions").__file__ or "", tmp_path)
    trim(tmp_path)
    code = "import sys; sys.path.insert(0, sys.argv[1]); import liquid; print(liquid.__file__)"

    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith(str(tmp_path))
