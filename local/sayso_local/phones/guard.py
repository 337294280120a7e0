"""Who may talk to the simulator, and what the browser may do with its answers."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEADERS = {
    # Everything the page needs comes from the simulator itself.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_HOSTS = frozenset({"127.0.0.1", "localhost"})


class Guard:
    """Answers this machine's own names only, and no page of another site.

    Any site that is open in the browser can send requests to a loopback port, and a host name of
    its own can be made to resolve to it: both would text as somebody's phone.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not _is_own(Headers(scope=scope)):
            refusal = PlainTextResponse("Not for other sites.", 403)
            await refusal(scope, receive, send)
            return

        if scope["method"] != "GET":
            # Nothing that a browser would show.
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _is_own(headers: Headers) -> bool:
    host = headers.get("host", "")
    origin = headers.get("origin")
    return _name(host) in _HOSTS and origin in (None, f"http://{host}")


def _name(host: str) -> str:
    return host.rsplit(":", 1)[0]
