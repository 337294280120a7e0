"""What Lambda has to fetch before a cold start: the size of the functions' one asset."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from benchmarks.figures import Benchmark, Figure
from benchmarks.rounds import say
from infra.bundle import ROOT, BundleError, bundle
from infra.config import load

STAGE = "prod"
# Where `make synth` looks for a bundle before it makes one.
_ASSETS = ROOT / ".sayso" / "assets"


def measure() -> Iterator[Figure]:
    """The production stage's asset, bundled as for a synth, and zipped as for an upload.

    Raises RuntimeError where it can't be bundled, such as without a package index in reach.
    """
    context = json.loads((ROOT / "cdk.json").read_text())["context"]
    try:
        folder = bundle(load({**context, "stage": STAGE}), _ASSETS)
    except BundleError as error:
        raise RuntimeError(str(error)) from error
    compiled = next(folder.rglob("*.pyc"), None)
    say(f"  with{'' if compiled else 'out'} compiled bytecode")
    yield Figure("asset.mb", zipped_bytes(folder) / 1e6, "MB")


def zipped_bytes(folder: Path) -> int:
    """The size of the folder as a deflated archive."""
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as target:
        for path in sorted(folder.rglob("*")):
            target.write(path, path.relative_to(folder))
    return archive.getbuffer().nbytes


BENCHMARK = Benchmark(
    ("asset.mb",), "zipped size of the production asset: every function's code and wheels", measure
)
