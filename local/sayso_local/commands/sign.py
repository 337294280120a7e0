"""`sayso sign`: a sign for the shop window, from the running local stack."""

import argparse
import base64
from http import HTTPStatus
from pathlib import Path

from sayso_local.client import Stack
from sayso_local.errors import CommandError
from sayso_local.failures import explained
from sayso_local.places import Places

_FORMATS = ("svg", "pdf")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument(
        "word", metavar="WORD", help="a keyword that joins, JOIN itself, or a location's code"
    )
    parser.add_argument("--format", choices=_FORMATS, help="default: by the name of FILE, or svg")
    parser.add_argument("--out", metavar="FILE", type=Path, help="default: sign-WORD.FORMAT")
    parser.add_argument("--location", default="", help="the store, if WORD leaves it open")
    parser.add_argument("--lang", choices=("en", "es", "fr"), help="default: the program's")
    parser.add_argument("--paper", choices=("letter", "a4"), default="letter")
    parser.add_argument("--state", metavar="DIR", help="the stack's state folder (default: .sayso)")


def run(options: argparse.Namespace) -> int:
    """Write the file and say its name."""
    kind = _format(options)
    with explained(), Stack.connect(Places.choose(options.state)) as stack:
        drawn = _drawn(stack, options, kind)
    target = options.out or Path(f"sign-{options.word.lower()}.{kind}")
    target.write_bytes(drawn)
    print(target)
    return 0


def _format(options: argparse.Namespace) -> str:
    """What was asked for, else what the file's name says."""
    named = options.out.suffix.lstrip(".").lower() if options.out else ""
    return str(options.format or (named if named in _FORMATS else _FORMATS[0]))


def _drawn(stack: Stack, options: argparse.Namespace, kind: str) -> bytes:
    wish = {
        "format": kind,
        "paper": options.paper,
        "lang": options.lang,
        "location": options.location,
        # API Gateway's own address is not to be reached on a laptop.
        "page": f"{stack.api}/join/{options.word}",
    }
    asked = {name: value for name, value in wish.items() if value}
    answer = stack.admin("GET", f"keywords/{options.word}/sign", params=asked)
    if answer.status_code != HTTPStatus.OK:
        raise CommandError(answer.json()["detail"])
    return _content(answer.content)


def _content(body: bytes) -> bytes:
    """The file itself, whether or not the local API Gateway has decoded it."""
    return body if body.startswith((b"%PDF", b"<?xml")) else base64.b64decode(body)
