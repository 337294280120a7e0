"""The phone simulator, as a child process that is to be told where the carrier's topics are."""

from __future__ import annotations

import httpx

from sayso_local.errors import CommandError
from sayso_local.places import Places

MODULE = "sayso_local.phones"
READY_PATH = "/texts"


def command(places: Places, port: int, aws_endpoint: str) -> list[str]:
    """What to run; it keeps its threads with the rest of the state."""
    return [
        MODULE,
        "--port",
        str(port),
        "--state",
        str(places.data / "phones"),
        "--aws-endpoint",
        aws_endpoint,
    ]


def wire(phones: str, *, inbound_topic: str, event_topic: str, configuration_set: str) -> None:
    """Name the topics that the carrier publishes texts and delivery events to."""
    conditions = {
        "inbound_topic": inbound_topic,
        "event_topic": event_topic,
        "configuration_set": configuration_set or None,
    }
    with httpx.Client(trust_env=False) as http:
        answer = http.put(f"{phones}/carrier", json=conditions)
    if not answer.is_success:
        raise CommandError(f"The phone simulator could not be wired: {answer.text[:300]}")
