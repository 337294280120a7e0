"""`sayso import`: people who agreed elsewhere, from a CSV file with proof of consent for each."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from sayso_local.errors import CommandError
from sayso_local.places import Places

if TYPE_CHECKING:
    from sayso_local.imports import Result


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("file", metavar="FILE", type=Path, help="columns: see docs/import.md")
    parser.add_argument("--dry-run", action="store_true", help="check every row, write nothing")
    parser.add_argument(
        "--dates",
        choices=["iso", "month_first", "day_first"],
        default="iso",
        help="how 5/1/2024 is meant; iso refuses it (default: %(default)s)",
    )
    parser.add_argument("--state", metavar="DIR", help="the stack's state folder (default: .sayso)")
    parser.epilog = (
        "By importing you state that you have proof of consent for each row. "
        "Exit code: 0 if no row was refused, 1 if any was, 2 if the file could not be imported."
    )


def run(options: argparse.Namespace) -> int:
    """Import into the running local stack; the refused rows are saved beside the file."""
    from sayso_local.client import Stack
    from sayso_local.failures import explained
    from sayso_local.imports import import_file

    if not options.file.is_file():
        raise CommandError(f"There is no file {options.file}.")
    with explained(), Stack.connect(Places.choose(options.state)) as stack:
        result = import_file(stack, options.file, options.dates, dry_run=options.dry_run)
        if result.failure:
            raise CommandError(f"Nothing more was read: {result.failure}.")
        _tell(result, dry_run=options.dry_run)
    return 1 if result.refused else 0


def _tell(result: Result, *, dry_run: bool) -> None:
    done = "would be imported" if dry_run else "imported"
    print(f"{result.rows:,} rows in {result.seconds:.1f} s: {result.imported:,} {done}, ", end="")
    print(f"{result.already_subscribed:,} subscribed before, {result.refused:,} refused.")
    for reason, count in sorted(result.reasons.items(), key=lambda item: -item[1]):
        print(f"  {count:>9,}  {reason}")
    if result.refused_file:
        print(f"Refused rows, each with its reason: {result.refused_file}")
