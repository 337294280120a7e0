"""`python -m benchmarks [NAME …]`: runs the benchmarks, a line of `name value unit` a figure."""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.children import ROOT
from benchmarks.figures import Benchmark, Figure
from benchmarks.rounds import say
from benchmarks.suite import BENCHMARKS, chosen, known_names

_REPORT = ROOT / ".sayso" / "bench.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each figure as it comes and write all to the report; 0 unless a benchmark failed."""
    given = _parser().parse_args(arguments)
    figures: list[Figure] = []
    failures = 0
    for benchmark in chosen(given.names):
        say(", ".join(benchmark.names))
        try:
            for figure in _wanted(benchmark, given.names):
                figures.append(figure)
                print(figure.line(), flush=True)
        except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
            failures += 1
            say(f"  failed: {error}")
    _write(figures, given.report)
    return 1 if failures else 0


def _wanted(benchmark: Benchmark, names: Sequence[str]) -> Iterator[Figure]:
    return (one for one in benchmark.measure() if not names or one.name in names)


def _write(figures: Sequence[Figure], report: Path) -> None:
    values = {one.name: {"value": one.rounded, "unit": one.unit} for one in figures}
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text(f"{json.dumps(values, indent=2)}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Measure Sayso. A ratio is against a floor that runs beside it.",
        epilog="\n".join(f"{' '.join(one.names)}: {one.compares}" for one in BENCHMARKS),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME", type=_known, help="a figure; without any: all of them"
    )
    parser.add_argument(
        "--report", type=Path, default=_REPORT, metavar="FILE", help="JSON of all figures"
    )
    return parser


def _known(name: str) -> str:
    if name not in known_names():
        raise argparse.ArgumentTypeError(f"no figure has the name {name!r} (see --help)")
    return name


if __name__ == "__main__":
    sys.exit(main())
