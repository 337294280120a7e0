"""`sayso token`: a bearer token for the admin API of the running local stack."""

import argparse

from sayso_local.client import Stack
from sayso_local.failures import explained
from sayso_local.places import Places
from sayso_local.users import ROLES


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("--role", choices=ROLES, default="owner", help="default: %(default)s")
    parser.add_argument("--state", metavar="DIR", help="the stack's state folder (default: .sayso)")


def run(options: argparse.Namespace) -> int:
    """Print an access token of the local user of that role."""
    with explained(), Stack.connect(Places.choose(options.state)) as stack:
        print(stack.token(options.role))
    return 0
