"""What the admin function's log holds: routes, statuses and users, and nobody's number or words."""

import pytest
from botocore.exceptions import ClientError, ConnectTimeoutError

from sayso.adapters.dynamodb.subscribers import DynamoSubscribers
from sayso.handlers import admin
from tests.support.bluebird import ANA
from tests.support.console import ACTOR, Console
from tests.support.http_events import REQUEST_ID
from tests.support.logs import LogBook

SECRET = "two cinnamon rolls"


@pytest.fixture
def log(shop: Console) -> LogBook:
    """The log from when the shop has been set up on."""
    return LogBook(admin.logger)


def test_each_request_is_one_line(shop: Console, log: LogBook) -> None:
    shop.get("/admin/locations/downtown")

    (line,) = log.lines
    assert line["level"] == "INFO"
    assert (line["route"], line["status"]) == ("GET /admin/locations/{code}", 200)
    assert (line["actor"], line["request_id"]) == (ACTOR, REQUEST_ID)
    assert line["latency_ms"] >= 0


def test_an_unknown_address_is_not_logged(shop: Console, log: LogBook) -> None:
    shop.get(f"/admin/people/{ANA}")

    (line,) = log.lines
    assert (line["route"], line["status"]) == ("GET", 404)


def test_neither_number_nor_words_are_logged(shop: Console, log: LogBook) -> None:
    shop.get(f"/admin/subscribers/{ANA}")
    shop.get(f"/admin/subscribers/{ANA}/consent")
    shop.get("/admin/subscribers/+1312555010x")
    shop.post("/admin/campaigns", {"name": "Rolls", "body": SECRET})
    shop.post("/admin/campaigns", {"name": "Rolls", "body": SECRET, "extra": ANA})

    written = log.text
    assert len(log.lines) == 5
    assert "5550101" not in written
    assert "312555010" not in written
    assert SECRET not in written


def failing_with(failure: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: DynamoSubscribers, phone: str) -> None:
        raise failure

    monkeypatch.setattr(DynamoSubscribers, "get", fail)


def test_an_unforeseen_failure_is_told_apart_and_logged_without_its_message(
    shop: Console, monkeypatch: pytest.MonkeyPatch, log: LogBook
) -> None:
    failing_with(RuntimeError(f"cannot serve {ANA}"), monkeypatch)
    answer = shop.get(f"/admin/subscribers/{ANA}")

    assert (answer.status, answer.json["type"]) == (500, "urn:sayso:problem:internal")
    assert "RuntimeError" not in answer.text
    (line,) = log.lines
    assert (line["level"], line["failure"]["kind"]) == ("ERROR", "RuntimeError")
    assert any(place.startswith("subscribers.py:") for place in line["failure"]["at"])
    assert "5550101" not in log.text


@pytest.mark.parametrize(
    "failure",
    [
        ClientError({"Error": {"Code": "ThrottlingException", "Message": ""}}, "GetItem"),
        ClientError({"Error": {"Code": "InternalServerError", "Message": ""}}, "GetItem"),
        TimeoutError("DynamoDB keeps leaving keys over"),
        ConnectTimeoutError(endpoint_url="https://dynamodb.us-east-1.amazonaws.com"),
    ],
)
def test_a_passing_failure_says_when_to_try_again(
    shop: Console, failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing_with(failure, monkeypatch)

    answer = shop.get(f"/admin/subscribers/{ANA}")

    assert (answer.status, answer.headers["retry-after"]) == (503, "1")


def test_a_failure_that_stays_is_no_passing_one(
    shop: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    denied = ClientError({"Error": {"Code": "AccessDeniedException", "Message": ""}}, "GetItem")
    failing_with(denied, monkeypatch)

    assert shop.get(f"/admin/subscribers/{ANA}").status == 500
