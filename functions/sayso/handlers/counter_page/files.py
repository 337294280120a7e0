"""The redeem page itself and its files, and what a browser may do with them."""

from pathlib import Path

from sayso.handlers.console_files import Shelf
from sayso.handlers.http import Response

# Beside the package in the functions' asset: see infra/bundle.py.
FOLDER = Path(__file__).parents[3] / "web" / "counter"

# Everything comes from the API's own address, and nothing that is inline runs.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def page(shelf: Shelf) -> Response:
    """The page, always the newest; it may use the camera, and nothing else of the phone."""
    answer = shelf.page()
    answer["headers"] |= {
        "content-security-policy": POLICY,
        "permissions-policy": "camera=(self), microphone=(), geolocation=()",
    }
    return answer
