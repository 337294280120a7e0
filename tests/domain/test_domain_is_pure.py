"""The domain gets time, ids and data as arguments: it never reaches for them."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.repository import ROOT

DOMAIN = ROOT / "functions" / "sayso" / "domain"
CLOCKS = {"now", "utcnow", "today"}
BUILTINS_WITH_EFFECTS = {"open", "print", "input", "exec", "eval", "__import__"}
MODULES_WITH_EFFECTS = {
    *("asyncio", "concurrent", "multiprocessing", "signal", "subprocess", "threading"),
    *("ftplib", "http", "select", "smtplib", "socket", "socketserver", "ssl", "urllib.request"),
    *("fileinput", "glob", "importlib", "io", "mmap", "os", "pathlib", "shutil", "sqlite3"),
    *("logging", "platform", "sys", "tempfile", "warnings"),
    *("random", "secrets", "time"),
}
RANDOM_IDS = {"uuid1", "uuid4", "uuid6", "uuid7"}


def effects(source: str) -> Iterator[str]:
    """Each thing in `source` that a pure module may not do, as `line: what`."""
    for node in ast.walk(ast.parse(source)):
        for what in _effects_of(node):
            yield f"{getattr(node, 'lineno', 0)}: {what}"


def _effects_of(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (alias.name for alias in names if not _may_import(alias.name))
        case ast.ImportFrom(module=module, names=names):
            found = [f"{module or ''}.{alias.name}" for alias in names]
            yield from (name for name in found if not _may_import(name))
            yield from (alias.name for alias in names if alias.name in RANDOM_IDS)
        case ast.Call(func=ast.Name(id=name)) if name in BUILTINS_WITH_EFFECTS:
            yield f"{name}()"
        case ast.Attribute(attr=name) if name in RANDOM_IDS:
            yield name
        case ast.Call(func=ast.Attribute(attr=name)) if name in CLOCKS:
            yield f".{name}()"


def _may_import(module: str) -> bool:
    parents = {".".join(module.split(".")[:length]) for length in range(1, module.count(".") + 2)}
    if "sayso" in parents:
        return "sayso.domain" in parents
    return (
        not parents & MODULES_WITH_EFFECTS
        and module.split(".", maxsplit=1)[0] in sys.stdlib_module_names
    )


@pytest.mark.parametrize(
    "path",
    sorted(DOMAIN.rglob("*.py")),
    ids=lambda path: path.relative_to(DOMAIN).as_posix(),
)
def test_a_domain_module_has_no_effect_and_no_dependency(path: Path) -> None:
    assert list(effects(path.read_text())) == []


@pytest.mark.parametrize(
    "source",
    [
        "import time",
        "import random",
        "import botocore.session",
        "from urllib.request import urlopen",
        "from urllib import request",
        "from sayso.services import inbound",
        "from . import phone",
        "from uuid import uuid4",
        "import uuid\nuuid.uuid4()",
        "from datetime import UTC, datetime\ndatetime.now(UTC)",
        "from datetime import date\ndate.today()",
        "open('rules.json')",
        "print('joined')",
    ],
)
def test_an_effect_is_noticed(source: str) -> None:
    assert list(effects(source))


def test_pure_code_is_left_alone() -> None:
    source = """
import re
from datetime import datetime
from urllib.parse import quote
from sayso.domain.phone import mask

def joined(at: datetime) -> str:
    return quote(at.time().isoformat()) if re.match("2", at.isoformat()) else str(at.date())
"""
    assert list(effects(source)) == []
