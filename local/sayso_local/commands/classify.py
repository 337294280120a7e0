"""`sayso classify`: what each text asks for, at a shop that has defined no keywords."""

import argparse
import gc

from sayso.domain.catalog import Catalog
from sayso.domain.understanding import intent_of
from sayso_local.lines import transform_on_all_cores


def configure(parser: argparse.ArgumentParser) -> None:
    """Explain the format."""
    parser.add_argument(
        "--explain",
        action="store_true",
        help="add a third column: the rule that decided, or what weighed most with the model",
    )
    parser.epilog = "Example: echo 'pls no more texts' | sayso classify --explain"


def run(options: argparse.Namespace) -> int:
    """Read a text a line, print its intent, a tab and the text; the rule too where asked for."""
    # Classifying leaves no cycles behind: looking for them would cost a fifth of the time.
    gc.disable()
    # Loads the model, so that nobody has to load it again.
    intent_of("pls no more texts")
    transform_on_all_cores(_explained if options.explain else _classified)
    return 0


def _classified(text: str) -> str:
    return f"{intent_of(text).value}\t{text}"


def _explained(text: str) -> str:
    from sayso.domain.explaining import explained

    reading = explained(text, Catalog(program=None))
    return f"{reading.intent.value}\t{text}\t{reading.rule}"
