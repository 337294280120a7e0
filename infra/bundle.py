"""The code of every Lambda as one folder, made without Docker.

The folder is named for a hash of what goes into it: the same input gives the same asset, and
nothing is made twice.
"""

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from fnmatch import fnmatch
from itertools import chain
from pathlib import Path

from infra.bytecode import Interpreter, compile_all, find_interpreter
from infra.config import Settings
from infra.trim import trim

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "functions" / "sayso"
CONSOLE = ROOT / "web" / "console"
COUNTER = ROOT / "web" / "counter"
REQUIREMENTS = ROOT / "requirements" / "lambda.txt"

_PLATFORMS = {"arm64": "aarch64-manylinux2014", "x86_64": "x86_64-manylinux2014"}
# A few stages, before and after a change.
_KEPT = 6
_IGNORED = ("__pycache__", "*.pyc", "*.pyi", "*.md")


class BundleError(Exception):
    """The code could not be bundled; the message says which tool said what."""


def bundle(settings: Settings, folder: Path) -> Path:
    """The asset's folder, below `folder`; its name is the hash of its contents' sources.

    Raises BundleError.
    """
    interpreter = None
    if settings.bundle_dependencies:
        interpreter = find_interpreter(settings.python_version)
        if interpreter is None:
            _say(f"no Python {settings.python_version} on PATH: the asset goes without bytecode")
    bundled = folder / _fingerprint(settings, interpreter)
    if not bundled.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as scratch:
            made = _make(Path(scratch) / "asset", settings, interpreter)
            _move(made, bundled)
    bundled.touch()
    _forget_old(folder)
    return bundled


def _make(target: Path, settings: Settings, interpreter: Interpreter | None) -> Path:
    target.mkdir()
    if settings.bundle_dependencies:
        _install(target, settings)
        trim(target)
    shutil.copytree(PACKAGE, target / "sayso", ignore=shutil.ignore_patterns(*_IGNORED))
    for folder in (CONSOLE, COUNTER):
        shutil.copytree(folder, target / "web" / folder.name)
    if interpreter:
        compile_all(target, interpreter)
    return target


def _install(target: Path, settings: Settings) -> None:
    """Put the locked wheels for Lambda's platform, not this machine's, into the folder."""
    options = {
        "--target": str(target),
        "--requirements": str(REQUIREMENTS),
        "--python-version": settings.python_version,
        "--python-platform": _PLATFORMS[settings.architecture],
        "--only-binary": ":all:",
    }
    uv = Path(sys.prefix) / "bin" / "uv"
    flags = ["--quiet", "--no-deps", "--require-hashes"]
    command = [str(uv), "pip", "install", *flags, *chain.from_iterable(options.items())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BundleError(f"uv could not install {REQUIREMENTS.name} for Lambda:\n{done.stderr}")


def _move(made: Path, bundled: Path) -> None:
    try:
        made.rename(bundled)
    except OSError:
        if not bundled.exists():  # another synth, at the same time, may have been faster
            raise


def _forget_old(folder: Path) -> None:
    kept = [path for path in folder.iterdir() if not path.name.startswith(".")]
    kept.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[_KEPT:]:
        shutil.rmtree(path, ignore_errors=True)


def _fingerprint(settings: Settings, interpreter: Interpreter | None) -> str:
    digest = hashlib.sha256()
    for name, path in _sources(settings):
        digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\0".encode())
    made_for = (
        settings.bundle_dependencies,
        settings.python_version,
        settings.architecture,
        interpreter.version if interpreter else None,
    )
    digest.update(repr(made_for).encode())
    return digest.hexdigest()[:32]


def _sources(settings: Settings) -> Iterator[tuple[str, Path]]:
    """What the bundle is made of, and by: a change to either makes another bundle."""
    for path in sorted(PACKAGE.rglob("*")):
        name = path.relative_to(PACKAGE)
        if path.is_file() and not _is_ignored(name):
            yield name.as_posix(), path
    for folder in (CONSOLE, COUNTER):
        yield from ((f"web/{folder.name}/{path.name}", path) for path in sorted(folder.iterdir()))
    if settings.bundle_dependencies:
        here = Path(__file__).parent
        makers = (here / name for name in ("bundle.py", "bytecode.py", "trim.py"))
        yield from ((path.name, path) for path in (REQUIREMENTS, *makers))


def _is_ignored(name: Path) -> bool:
    return any(fnmatch(part, pattern) for part in name.parts for pattern in _IGNORED)


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
