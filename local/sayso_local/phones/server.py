"""The phone simulator's server: the carrier's wire protocol, the phone API and the page."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from sayso_local.phones import phone_api
from sayso_local.phones.carrier import Carrier
from sayso_local.phones.faults import Faults
from sayso_local.phones.guard import Guard
from sayso_local.phones.problems import Problem, problem_response
from sayso_local.phones.settings import PhonesSettings
from sayso_local.phones.wire import OPERATIONS, carrier_api


def create_app(settings: PhonesSettings) -> Starlette:
    """The simulator as an ASGI app. It keeps its state below `settings.state_dir`."""
    app = Starlette(
        routes=_routes(settings),
        middleware=[Middleware(Guard)],
        exception_handlers={Problem: problem_response},
        lifespan=_lifespan,
    )
    app.state.carrier = Carrier(settings)
    app.state.faults = Faults(tuple(OPERATIONS))
    return app


@asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    carrier: Carrier = app.state.carrier
    carrier.open()
    try:
        yield
    finally:
        await carrier.close()


def _routes(settings: PhonesSettings) -> Sequence[BaseRoute]:
    async def page(_: Request) -> Response:
        return FileResponse(settings.page / "index.html")

    return [
        Route("/", carrier_api, methods=["POST"]),
        Route("/", page, methods=["GET"]),
        Route("/phones", phone_api.get_phones, methods=["GET"]),
        Route("/phones/{phone}", phone_api.get_phone, methods=["GET"]),
        Route("/phones/{phone}", phone_api.put_phone, methods=["PUT"]),
        Route("/phones/{phone}/texts", phone_api.get_thread, methods=["GET"]),
        Route("/phones/{phone}/texts", phone_api.post_text, methods=["POST"]),
        Route("/texts", phone_api.get_texts, methods=["GET"]),
        Route("/events", phone_api.get_events, methods=["GET"]),
        Route("/carrier", phone_api.get_carrier, methods=["GET"]),
        Route("/carrier", phone_api.put_carrier, methods=["PUT"]),
        Route("/carrier/faults", phone_api.put_faults, methods=["PUT"]),
        Route("/reset", phone_api.post_reset, methods=["POST"]),
        Route("/health", phone_api.get_health, methods=["GET"]),
        Mount("/assets", StaticFiles(directory=settings.page)),
    ]
