"""What anyone may ask, beside the pages (test_offer_page.py, test_counter_page.py)."""

from collections.abc import Iterator

import pytest

from sayso.adapters.dynamodb.coupons import DynamoCoupons
from sayso.handlers import public
from tests.support.http_events import as_json, http_event
from tests.support.lambda_context import LambdaContext
from tests.support.logs import LogBook
from tests.support.public_pages import PublicPages, opened_pages


@pytest.fixture
def pages() -> Iterator[PublicPages]:
    with opened_pages() as found:
        yield found


def test_the_service_says_that_it_is_there(pages: PublicPages) -> None:
    answer = public.handler(http_event("GET", "/health", route_key="GET /health"), LambdaContext())

    assert answer["statusCode"] == 200
    assert as_json(answer) == {"status": "ok"}
    assert answer["headers"]["cache-control"] == "no-store"


def test_the_route_is_logged_and_never_the_path(pages: PublicPages) -> None:
    log = LogBook(public.logger)

    pages.get("/o/K7Q2M9")

    assert [line["route"] for line in log.lines] == ["GET /o/{code}"]
    assert "K7Q2M9" not in log.text


def test_a_failure_that_does_not_pass_is_no_busy_storage(
    pages: PublicPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DynamoCoupons, "get", _broken)

    with pytest.raises(ZeroDivisionError):
        pages.get("/o/K7Q2M9")


def _broken(*_: object) -> None:
    raise ZeroDivisionError
