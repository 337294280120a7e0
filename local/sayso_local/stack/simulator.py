"""The phone simulator, as a child process that is to be told where the carrier's topics are."""

from __future__ import annotations

import httpx

from sayso_local.errors import CommandError
from sayso_local.places import Places
from sayso_local.stack.assembly import Carrier

READY_PATH = "/health"
_MODULE = "sayso_local.phones"


def command(places: Places, port: int, aws_endpoint: str, carrier: Carrier) -> list[str]:
    """What to run; it keeps its threads with the rest of the state."""
    options = {
        "--port": str(port),
        "--state-dir": str(places.data / "phones"),
        "--aws-endpoint": aws_endpoint,
        "--number": carrier.number,
        "--configuration-set": carrier.configuration_set,
        "--opt-out-list": carrier.opt_out_list,
    }
    return [_MODULE, *(word for option in options.items() for word in option)]


def wire(phones: str, *, inbound: str, events: str) -> None:
    """Name the topics that the carrier publishes texts and delivery events to."""
    topics = {"inbound_topic": inbound, "event_topic": events}
    with httpx.Client(trust_env=False) as http:
        answer = http.put(f"{phones}/carrier", json=topics)
    if not answer.is_success:
        raise CommandError(f"The phone simulator could not be wired: {answer.text[:300]}")
