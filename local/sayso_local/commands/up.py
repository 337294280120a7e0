"""`sayso up`: the whole stack on this machine, in the foreground."""

import argparse
import contextlib
import os
from pathlib import Path

from sayso_local.places import Places
from sayso_local.stack.ports import DEFAULT_PORT
from sayso_local.stack.up import Wish, up

_PORT_HELP = "of the local AWS; the phone simulator listens on the next one (default: %(default)s)"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help=_PORT_HELP)
    parser.add_argument("--fresh", action="store_true", help="forget all earlier state first")
    parser.add_argument("--no-browser", action="store_true", help="open no browser window")
    parser.add_argument("--quiet", action="store_true", help="print problems only")
    parser.add_argument("--state", metavar="DIR", help="keep state here (default: .sayso)")


def run(options: argparse.Namespace) -> int:
    """Serve until a signal: 0 then, 1 if a part of the stack ended by itself."""
    wish = Wish(port=options.port, fresh=options.fresh, browser=not options.no_browser)
    with contextlib.ExitStack() as scope:
        if options.quiet:
            void = scope.enter_context(Path(os.devnull).open("w"))
            scope.enter_context(contextlib.redirect_stdout(void))
        return up(Places.choose(options.state), wish)
