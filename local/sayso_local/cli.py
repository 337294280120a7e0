"""The `sayso` command; each subcommand is a module of `sayso_local.commands`."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Protocol, cast

from sayso_local.errors import CommandError

FAILED = 2

_COMMANDS = {
    "up": "run the whole stack on this machine, with phones in the browser",
    "demo": "play the product's story on a local stack and check that it holds",
    "token": "print a bearer token for the local admin API",
    "invite": "make someone a user of the admin API, or change their role",
    "sign": "draw a sign for the shop window, with a QR code that writes the text",
    "import": "bring in people who agreed elsewhere, from a CSV file with proof for each",
    "verify-ledger": "find any consent record that was edited, removed or reordered",
    "classify": "say what each text on stdin asks for: intent, tab, text",
    "window": "say whether a marketing text may reach a phone at a moment, and why",
    "parts": "count the message parts of each JSON string on stdin",
}


class Command(Protocol):
    """What a module of `sayso_local.commands` offers."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Add the subcommand's arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it; the result is the exit code. Raise CommandError for what the person can mend."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; its exit code is 2 for what stderr explains and a person can mend."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that knows no check mark is no reason to fail.
            stream.reconfigure(errors="replace")
    parser, command = _parser(words)
    options = parser.parse_args(words)
    if command is None:
        parser.print_help()
        return FAILED
    try:
        return command.run(options)
    except CommandError as problem:
        print(f"sayso {words[0]}: {problem}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # The reader went away (`sayso parts | head`): nothing is left to say, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except KeyboardInterrupt:
        return 130


def _parser(words: Sequence[str]) -> tuple[argparse.ArgumentParser, Command | None]:
    parser = argparse.ArgumentParser(
        prog="sayso", description="Messages only on your customer's say-so."
    )
    choices = parser.add_subparsers(metavar="COMMAND", title="commands")
    chosen = None
    for name, summary in _COMMANDS.items():
        subparser = choices.add_parser(name, help=summary, description=f"{summary.capitalize()}.")
        if words and words[0] == name:
            chosen = cast(Command, import_module(_module(name)))
            chosen.configure(subparser)
    return parser, chosen


def _module(command: str) -> str:
    # A keyword of the language names no module.
    name = f"{command}_" if iskeyword(command) else command.replace("-", "_")
    return f"sayso_local.commands.{name}"


if __name__ == "__main__":
    sys.exit(main())
