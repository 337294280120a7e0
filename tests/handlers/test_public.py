"""What anyone may ask."""

import pytest

from sayso.handlers.public import handler, logger
from tests.support.http_events import as_json, http_event
from tests.support.lambda_context import LambdaContext
from tests.support.logs import LogBook


def test_the_service_says_that_it_is_there() -> None:
    answer = handler(http_event("GET", "/health", route_key="GET /health"), LambdaContext())

    assert answer["statusCode"] == 200
    assert as_json(answer) == {"status": "ok"}
    assert answer["headers"]["cache-control"] == "no-store"


@pytest.mark.parametrize("code", ["A1B2C3", "x", "%3Cscript%3E", "health"])
def test_a_link_that_leads_nowhere_says_so_kindly(code: str) -> None:
    answer = handler(http_event("GET", f"/o/{code}", route_key="GET /o/{code}"), LambdaContext())

    assert answer["statusCode"] == 404
    assert answer["headers"]["content-type"] == "text/html; charset=utf-8"
    assert "nothing behind this link" in answer["body"]
    assert "script" not in answer["body"]


def test_the_page_may_load_nothing_and_be_framed_nowhere() -> None:
    answer = handler(http_event("GET", "/o/A1", route_key="GET /o/{code}"), LambdaContext())

    policy = answer["headers"]["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["headers"]["x-content-type-options"] == "nosniff"
    assert "http" not in answer["body"]


def test_a_customers_code_is_not_logged() -> None:
    log = LogBook(logger)

    handler(http_event("GET", "/o/K7Q2M9", route_key="GET /o/{code}"), LambdaContext())

    assert [line["route"] for line in log.lines] == ["GET /o/{code}"]
    assert "K7Q2M9" not in log.text
