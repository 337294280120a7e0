"""Compiled bytecode in the asset: without it a cold start of the AWS SDK takes 1.8 times as long.

It has to come from an interpreter of Lambda's own minor version. `unchecked-hash` bytecode doesn't
depend on files' times, so an archive that changes them can't make it stale.
"""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_WHERE_LAMBDA_UNPACKS = "/var/task"
_ASK = "import platform; print(platform.python_implementation(), platform.python_version())"


@dataclass(frozen=True, slots=True)
class Interpreter:
    """A Python that ran, and the full version that it reported."""

    path: Path
    version: str


def find_interpreter(minor_version: str) -> Interpreter | None:
    """The first CPython of this minor version (`3.13`) on PATH that really runs, if any."""
    for candidate in _candidates(minor_version):
        version = _version(candidate, minor_version)
        if version:
            return Interpreter(candidate, version)
    return None


def compile_all(folder: Path, interpreter: Interpreter) -> None:
    """Compile every module in the folder, as it will lie on Lambda. Raises CalledProcessError."""
    subprocess.run(
        [
            str(interpreter.path),
            *("-m", "compileall", "-q", "-j", "0"),
            *("--invalidation-mode", "unchecked-hash"),
            *("-s", str(folder), "-p", _WHERE_LAMBDA_UNPACKS),
            str(folder),
        ],
        env=_environment(interpreter.version),
        check=True,
    )


def _candidates(minor_version: str) -> Iterator[Path]:
    for folder in os.get_exec_path():
        candidate = Path(folder) / f"python{minor_version}"
        if os.access(candidate, os.X_OK):
            yield candidate


def _version(candidate: Path, minor_version: str) -> str | None:
    """What the candidate says it is, if that is a CPython of the minor version."""
    try:
        answer = subprocess.run(
            [str(candidate), "-c", _ASK],
            env=_environment(minor_version),
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    implementation, _, version = answer.strip().partition(" ")
    wanted = implementation == "CPython" and version.startswith(f"{minor_version}.")
    return version if wanted else None


def _environment(version: str) -> dict[str, str]:
    # pyenv's shims refuse to run a version that is installed but not chosen.
    # A fixed hash seed orders the constants of sets alike in every build.
    return {**os.environ, "PYENV_VERSION": version, "PYTHONHASHSEED": "0"}
