"""The two TCP ports that a local stack listens on."""

from __future__ import annotations

import socket

from sayso_local.errors import CommandError

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 4080
_HIGHEST = 65_534


def require_free(port: int) -> None:
    """Raise CommandError unless `port` (AWS) and `port + 1` (phones) can be listened on."""
    if not 1024 <= port <= _HIGHEST:
        raise CommandError(f"--port {port}: choose a port from 1024 to {_HIGHEST}.")
    for number, use in ((port, "the local AWS"), (port + 1, "the phone simulator")):
        if not is_free(number):
            raise CommandError(
                f"Port {number}, meant for {use}, is in use by another program. "
                f"Stop that program, or choose other ports: sayso up --port {port + 100}"
            )


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback interface."""
    """Whether a server could listen on this port of loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As servers do: a connection that is merely closing down is no obstacle.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True
