"""`sayso classify`: what each text asks for, at a shop that has defined no keywords."""

import argparse

from sayso.domain.understanding import intent_of
from sayso_local.lines import transform


def configure(parser: argparse.ArgumentParser) -> None:
    """Explain the format; there are no options."""
    parser.epilog = "Example: echo 'pls no more texts' | sayso classify"


def run(_options: argparse.Namespace) -> int:
    """Read a text a line, print its intent, a tab and the text."""
    transform(lambda text: f"{intent_of(text).value}\t{text}")
    return 0
