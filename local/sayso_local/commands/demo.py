"""`sayso demo`: the product's story, played on a stack of its own and checked."""

import argparse

from sayso_local.demo.performance import perform
from sayso_local.failures import explained
from sayso_local.places import PROJECT, Places


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--state", metavar="DIR", help="state and logs of the demo's stack (default: .sayso/demo)"
    )


def run(options: argparse.Namespace) -> int:
    """Play it; 0 if every promise was kept, 1 if one was broken."""
    with explained():
        return perform(Places.choose(options.state or str(PROJECT / ".sayso" / "demo")))
