"""`sayso parts`: how many message parts a text takes, and which characters make it dear."""

import argparse
import json

from sayso.domain.parts import count_parts
from sayso_local.errors import CommandError
from sayso_local.lines import transform


def configure(parser: argparse.ArgumentParser) -> None:
    """Explain the format; there are no options."""
    parser.epilog = "Example: echo '\"see you at 5 ☕\"' | sayso parts"


def run(_options: argparse.Namespace) -> int:
    """Read a JSON string a line, print a JSON object a line."""
    transform(_count)
    return 0


def _count(line: str) -> str:
    try:
        text = json.loads(line)
    except ValueError:
        text = None
    if not isinstance(text, str):
        raise CommandError(f"each line must be one JSON string; this is not: {line[:80]}")
    counted = count_parts(text)
    return json.dumps(
        {
            "parts": counted.parts,
            "encoding": counted.encoding,
            "units": counted.units,
            "costly": list(counted.costly),
        }
    )
