"""Take away each guard of tests/cases/guards.toml, one at a time, and see that a test fails.

A guard that can go without any test noticing is not guarded. Each is taken away in a copy of the
project, so nothing here changes. Exit status: 1 if a mutation survives or no longer applies.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "tests" / "cases" / "guards.toml"
_COPIED = ("functions", "local", "infra", "tests", "scripts", "web", "benchmarks", "docs")
_FILES = ("pyproject.toml", "cdk.json", "README.md")
_SECONDS = 600
# What pytest says when tests ran and at least one failed; all else is no answer.
_FAILED = 1


@dataclass(frozen=True)
class Guard:
    """One guard: where it stands, what it becomes without, and the tests that are to notice."""

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]

    def removed_from(self, text: str) -> str:
        """The file's text without the guard; ValueError unless it stands there exactly once."""
        if (found := text.count(self.old)) != 1:
            raise ValueError(f"{self.name}: its line stands {found} times in {self.file}")
        return text.replace(self.old, self.new)


@dataclass(frozen=True)
class Found:
    """What became of a mutation; `by` is the first test that failed."""

    guard: Guard
    by: str = ""
    trouble: str = ""

    def __str__(self) -> str:
        verdict = f"noticed by {self.by}" if self.by else f"SURVIVED {self.trouble}".rstrip()
        return f"{self.guard.name}: {verdict}"


def guards(named: str = "") -> list[Guard]:
    """The table's guards whose name or file contains `named`."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["guard"]
    table = [Guard(**(row | {"tests": tuple(row["tests"])})) for row in rows]
    return [guard for guard in table if named in guard.name or named in guard.file]


def tried(guard: Guard, copy: Path) -> Found:
    """Take the guard away in this copy, run its tests, and put it back."""
    path = copy / guard.file
    whole = path.read_text(encoding="utf-8")
    try:
        path.write_text(guard.removed_from(whole), encoding="utf-8")
        return _noticed(guard, copy)
    except (ValueError, subprocess.TimeoutExpired) as trouble:
        return Found(guard, trouble=str(trouble))
    finally:
        path.write_text(whole, encoding="utf-8")


def _noticed(guard: Guard, copy: Path) -> Found:
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *guard.tests]
    paths = os.pathsep.join(str(copy / folder) for folder in ("", "functions", "local"))
    # No bytecode: a guard that goes and comes back within a second would leave a stale one.
    environment = os.environ | {"PYTHONPATH": paths, "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, text=True, timeout=_SECONDS,
        check=False,
    )  # fmt: skip
    failed = [line for line in ran.stdout.splitlines() if line.startswith("FAILED ")]
    if ran.returncode != _FAILED or not failed:
        return Found(guard, trouble=f"(pytest ended with {ran.returncode})")
    return Found(guard, by=failed[0].removeprefix("FAILED ").partition(" - ")[0])


@contextmanager
def copies(number: int) -> Iterator[SimpleQueue[Path]]:
    """So many copies of the project, to be taken and given back."""
    with tempfile.TemporaryDirectory() as folder:
        ready: SimpleQueue[Path] = SimpleQueue()
        for each in range(number):
            copy = Path(folder) / str(each) / ROOT.name
            for part in _COPIED:
                shutil.copytree(
                    ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__")
                )
            for file in _FILES:
                shutil.copy(ROOT / file, copy / file)
            ready.put(copy)
        yield ready


def main(arguments: Sequence[str] | None = None) -> int:
    """Try every guard; print a line each and a summary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("named", nargs="?", default="", help="only guards with this in the name")
    parser.add_argument("--at-once", type=int, default=max(1, (os.cpu_count() or 2) // 2))
    chosen = parser.parse_args(arguments)
    table = guards(chosen.named)
    with copies(chosen.at_once) as ready, ThreadPoolExecutor(chosen.at_once) as pool:

        def try_one(guard: Guard) -> Found:
            copy = ready.get()
            try:
                return tried(guard, copy)
            finally:
                ready.put(copy)

        survived = 0
        for found in pool.map(try_one, table):
            print(found, flush=True)
            survived += not found.by
    print(f"{len(table)} guards taken away, {survived} unnoticed")
    return 1 if survived or not table else 0


if __name__ == "__main__":
    sys.exit(main())
