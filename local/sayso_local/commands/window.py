"""`sayso window`: whether a marketing text may reach a phone at a moment, and why."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from sayso.domain.phone import NotAPhoneNumber, parse_phone
from sayso.domain.preference import Preference
from sayso.domain.states import STATES
from sayso.domain.timezones import is_timezone
from sayso.domain.window import Reason, WindowDecision, decide_window
from sayso_local.errors import CommandError

if TYPE_CHECKING:
    from sayso_local.stack.running import RunningStack


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("phone", metavar="PHONE", help="in E.164, such as +13125550101")
    parser.add_argument(
        "--at", metavar="ISO8601", help="the moment, in UTC unless it has an offset (default: now)"
    )
    parser.add_argument(
        "--location",
        metavar="CODE",
        help="the customer's location: of the running local stack, else of the shop it begins with",
    )
    parser.add_argument("--state", metavar="XX", help="the customer's state, over the location's")
    parser.add_argument("--timezone", metavar="TZ", help="likewise the IANA time zone")
    parser.add_argument(
        "--asked",
        metavar="HH:MM-HH:MM",
        help="the hours that the customer asked for; either end may be left out",
    )
    parser.add_argument("--stack", metavar="DIR", help="the stack's state folder (default: .sayso)")
    parser.epilog = "Example: sayso window +18505550101 --at 2026-11-26T01:30:00Z"


def run(options: argparse.Namespace) -> int:
    """Print the decision as one JSON object."""
    zone, state = _place(options)
    try:
        phone = parse_phone(options.phone)
        decision = decide_window(phone, _moment(options.at), zone, state, _asked(options.asked))
    except NotAPhoneNumber as error:
        raise CommandError(f"{options.phone!r}: {error}") from error
    except OverflowError as error:
        raise CommandError(f"{options.at} is at the end of the calendar.") from error
    print(json.dumps(_shown(decision), indent=2))
    return 0


def _moment(text: str | None) -> datetime:
    if text is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(
            f"{text!r} is no date and time. Write it as 2026-12-01T10:00:00Z."
        ) from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _asked(hours: str | None) -> Preference:
    opens, dash, closes = (hours or "-").partition("-")
    try:
        if not dash:
            raise ValueError("there is no dash")
        return Preference(
            opens=time.fromisoformat(opens) if opens else None,
            closes=time.fromisoformat(closes) if closes else None,
        )
    except ValueError as error:
        raise CommandError(f"{hours!r}: {error}. Write hours as 17:00-19:30.") from error


def _place(options: argparse.Namespace) -> tuple[str, str]:
    """Zone and state of the customer, each "" where nothing is said of it."""
    location = _location(options.location, options.stack) if options.location else {}
    state = (options.state or location.get("state") or "").upper()
    if state and state not in STATES:
        raise CommandError(f"there is no state {state}: two letters, such as IL")
    # Another state than the location's is somewhere else: its zone does not go with it.
    is_elsewhere = bool(options.state) and state != location.get("state")
    zone = options.timezone or ("" if is_elsewhere else location.get("timezone") or "")
    if zone and not is_timezone(zone):
        raise CommandError(f"there is no time zone {zone!r}: an IANA name, such as America/Chicago")
    return zone, state


def _location(code: str, folder: str | None) -> dict[str, Any]:
    # Only this option needs a stack, whose client takes half a second to import.
    from sayso_local.places import Places
    from sayso_local.stack.running import RunningStack as Running

    running = Running.read(Places.choose(folder).running)
    found = _of_stack(running, code.upper()) if running else _of_seed(code.upper())
    if found is None:
        whose = "the running stack" if running else "the shop that a stack begins with"
        raise CommandError(f"{whose} has no location {code.upper()}")
    return found


def _of_stack(running: RunningStack, code: str) -> dict[str, Any] | None:
    import httpx

    from sayso_local.client import Stack
    from sayso_local.failures import explained

    with explained(), Stack(running) as stack:
        answer = stack.admin("GET", f"locations/{code}")
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        answer.raise_for_status()
        return dict(answer.json())


def _of_seed(code: str) -> dict[str, Any] | None:
    from sayso_local.stack.seed import seeded_locations

    return seeded_locations().get(code)


def _shown(decision: WindowDecision) -> dict[str, Any]:
    return {
        "allowed": decision.allowed,
        "next": decision.next.isoformat() if decision.next else None,
        "closes": decision.closes.isoformat() if decision.closes else None,
        "why": [_reason(one) for one in decision.why],
    }


def _reason(reason: Reason) -> dict[str, str]:
    rule = reason.rule
    return {
        "rule": str(rule),
        "timezone": reason.zone,
        "because": reason.because,
        "source": rule.source,
        "certainty": rule.certainty,
        "as_of": rule.as_of,
    }
