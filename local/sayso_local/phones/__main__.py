"""`python -m sayso_local.phones`: the simulator on a loopback port."""

import argparse
import asyncio
import socket
from collections.abc import Sequence
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from sayso_local.phones.server import create_app
from sayso_local.phones.settings import PhonesSettings

LOOPBACK = "127.0.0.1"


class _Server(uvicorn.Server):
    """Ends the live streams first: it would wait for them otherwise."""

    def __init__(self, app: Starlette, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._app = app

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.carrier.live.close()
        await super().shutdown(sockets)


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until told to stop (SIGINT or SIGTERM)."""
    parsed = _parser().parse_args(arguments)
    app = create_app(_settings(parsed))
    config = uvicorn.Config(
        app,
        host=LOOPBACK,
        port=parsed.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
    )
    asyncio.run(_Server(app, config).serve())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sayso_local.phones", description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--state-dir", type=Path, required=True, help="folder of the state file")
    parser.add_argument("--aws-endpoint", help="where SNS is, such as http://127.0.0.1:4566")
    parser.add_argument("--inbound-topic", help="ARN of the topic that gets customers' texts")
    parser.add_argument("--event-topic", help="ARN of the topic that gets delivery events")
    parser.add_argument("--configuration-set", help="the one that has the event topic")
    parser.add_argument("--number", action="append", help="an origination number (80808)")
    parser.add_argument("--opt-out-list", default="Default", help="the list in force")
    parser.add_argument("--region", default="us-east-1")
    parser.add_argument("--account", default="000000000000")
    return parser


def _settings(parsed: argparse.Namespace) -> PhonesSettings:
    return PhonesSettings(
        state_dir=parsed.state_dir,
        aws_endpoint=parsed.aws_endpoint,
        inbound_topic=parsed.inbound_topic,
        event_topic=parsed.event_topic,
        configuration_set=parsed.configuration_set or None,
        numbers=tuple(parsed.number or ("80808",)),
        opt_out_list=parsed.opt_out_list or "Default",
        region=parsed.region,
        account=parsed.account,
    )


if __name__ == "__main__":
    main()
