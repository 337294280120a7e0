"""The CDK stack of stage `local`, synthesized only when what it is made from has changed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sayso_local.errors import CommandError
from sayso_local.places import PROJECT, SYNTH_CACHE

_INPUTS = (
    *("infra", "functions", "web/console", "web/counter", "cdk.json"),
    *("requirements/lambda.txt", "requirements/infra.txt"),
)
_NOT_INPUT = ("__pycache__", ".mypy_cache", ".ruff_cache")
_KEPT = 8
_TIMEOUT_SECONDS = 300


def fingerprint(root: Path = PROJECT) -> str:
    """A hash over the names and contents of everything that a synthesis reads."""
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for path in sorted(_input_files(root)):
        digest.update(f"{path.relative_to(root)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


def assembly(key: str, log: Path) -> Path:
    """The cloud assembly for the fingerprint `key`, made now unless it is in the cache."""
    target = SYNTH_CACHE / key
    if not is_cached(key):
        SYNTH_CACHE.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=SYNTH_CACHE, prefix=".new-"))
        try:
            _synthesize(fresh, log)
            _publish(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    os.utime(target)
    _forget_old()
    return target


def is_cached(key: str) -> bool:
    """Whether `assembly` would answer at once."""
    return (SYNTH_CACHE / key / "manifest.json").exists()


def _input_files(root: Path) -> Iterator[Path]:
    for name in _INPUTS:
        start = root / name
        if start.is_file():
            yield start
        else:
            yield from (
                path
                for path in start.rglob("*")
                if path.is_file() and not set(path.parts).intersection(_NOT_INPUT)
            )


def _synthesize(output: Path, log: Path) -> None:
    interpreter = str(Path(sys.executable).parent)
    environment = {
        **os.environ,
        "PATH": os.pathsep.join((interpreter, os.environ.get("PATH", os.defpath))),
    }
    command = [sys.executable, "-m", "infra.app", "--stage", "local", "--output", str(output)]
    try:
        with log.open("wb") as sink:
            subprocess.run(
                command,
                cwd=PROJECT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                timeout=_TIMEOUT_SECONDS,
                check=True,
            )
    except subprocess.SubprocessError as error:
        ending = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
        raise CommandError(
            f"The CDK stack could not be synthesized ({error}). The end of {log}:\n{ending}"
        ) from error


def _publish(fresh: Path, target: Path) -> None:
    try:
        fresh.rename(target)
    except OSError:
        # Another run made the same one meanwhile, which is as good.
        if not (target / "manifest.json").exists():
            raise


def _forget_old() -> None:
    kept = [path for path in SYNTH_CACHE.iterdir() if not path.name.startswith(".")]
    kept.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[_KEPT:]:
        shutil.rmtree(path, ignore_errors=True)
