"""`sayso verify-ledger`: whether the consent ledgers are as they were written."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso_local.errors import CommandError
from sayso_local.failures import explained
from sayso_local.places import Places

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

    from sayso.domain.ledger import Audit

_TELL_EVERY = 1000


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("phone", metavar="PHONE", nargs="?", help="one number; all if left out")
    parser.add_argument(
        "--show-numbers", action="store_true", help="print telephone numbers in full"
    )
    parser.add_argument("--stack", metavar="NAME", help="a stack on AWS, not the local one")
    parser.add_argument("--region", help="of that stack (default: that of the AWS settings)")
    parser.add_argument("--state", metavar="DIR", help="the stack's state folder (default: .sayso)")
    parser.epilog = "Exit code: 0 if all are intact, 1 if any is not, 2 if that could not be read."


def run(options: argparse.Namespace) -> int:
    """Verify; each fault is a line on stdout, progress goes to stderr."""
    from sayso.domain.phone import NotAPhoneNumber, parse_phone

    try:
        phone = parse_phone(options.phone) if options.phone else None
    except NotAPhoneNumber as wrong:
        raise CommandError(f"{wrong}.") from wrong
    if options.region and not options.stack:
        raise CommandError("--region goes with --stack NAME, the stack on AWS.")
    with explained():
        tally = _verify(*_table(options), phone, show_numbers=options.show_numbers)
    print(tally.summary)
    return 1 if tally.broken else 0


@dataclass
class _Tally:
    """What has been read, and how many of the ledgers are not intact."""

    ledgers: int = 0
    entries: int = 0
    broken: int = 0

    def count(self, audit: Audit) -> None:
        self.ledgers += 1
        self.entries += audit.read_so_far
        self.broken += bool(audit.faults)

    @property
    def summary(self) -> str:
        read = f"{_counted(self.ledgers, 'ledger', 'ledgers')} with "
        read += f"{_counted(self.entries, 'entry', 'entries')} read"
        if self.broken:
            return f"{read}: {self.broken:,} NOT intact."
        return f"{read}: intact."


def _table(options: argparse.Namespace) -> tuple[DynamoDBClient, str]:
    from sayso_local.deployed import deployed_table
    from sayso_local.stack.aws import LocalAws
    from sayso_local.stack.running import RunningStack

    if options.stack:
        return deployed_table(options.stack, options.region)
    running = RunningStack.require(Places.choose(options.state))
    return LocalAws(running.aws).dynamodb(), running.table


def _verify(client: DynamoDBClient, table: str, phone: str | None, *, show_numbers: bool) -> _Tally:
    from sayso.domain.phone import masked
    from sayso_local.ledgers import ledgers_of

    tally, ledgers = _Tally(), ledgers_of(client, table)
    audits: Iterable[Audit] = [ledgers.audit(phone)] if phone else ledgers.all()
    for audit in audits:
        if phone and audit.is_of_a_stranger and not audit.faults:
            raise CommandError("This number has never texted: nothing is stored of it.")
        tally.count(audit)
        for fault in audit.faults:
            print(f"{audit.phone if show_numbers else masked(audit.phone)}: {fault}", flush=True)
        if tally.ledgers % _TELL_EVERY == 0:
            print(f"{tally.ledgers:,} ledgers read …", file=sys.stderr, flush=True)
    return tally


def _counted(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"
