"""On the whole stack: a ZIP code joins the nearest store, or is answered with a question."""

from typing import Any

import pytest

from sayso_local.client import Stack
from tests.local.known_shop import wait_until_known

LAKEVIEW, FORT_COLLINS = "LAKEVIEW", "FTCOLLINS"
STORES = {
    LAKEVIEW: ("Bluebird Lakeview", "America/Chicago", "60657"),
    FORT_COLLINS: ("Bluebird Fort Collins", "America/Denver", "80521"),
}


@pytest.fixture(scope="module")
def placed(stack: Stack) -> Stack:
    """The stack, with a store in Chicago and one in Colorado whose places are known."""
    for code, (name, zone, zip_code) in STORES.items():
        store = {"name": name, "timezone": zone, "zip": zip_code}
        assert stack.admin("PUT", f"locations/{code}", store).is_success
    wait_until_known()
    return stack


def joined(stack: Stack, phone: str, body: str) -> tuple[Any, str]:
    """The subscriber after the text, and what was answered."""
    before = len(stack.received(phone))
    stack.text(phone, body)
    answer = stack.await_texts(phone, before + 1)[-1].body
    return stack.admin("GET", f"subscribers/{phone}").json(), answer


@pytest.mark.parametrize("body", ["JOIN 60614", "JOIN 60614-1234"])
def test_a_zip_code_joins_the_nearest_store(placed: Stack, body: str) -> None:
    phone = f"+1312555{7700 + len(body)}"
    who, answer = joined(placed, phone, body)
    assert (who["status"], who["location"], who["zip"]) == ("subscribed", LAKEVIEW, "60614")
    assert "Bluebird Lakeview" in answer
    assert "MOVE" in answer

    who, answer = joined(placed, phone, "MOVE 80525")
    assert (who["location"], who["zip"]) == (FORT_COLLINS, "80525")
    assert "Bluebird Fort Collins is your store now" in answer


@pytest.mark.parametrize(
    ("code", "kept", "said"),
    [
        ("00501", "00501", "00501"),  # Holtsville, far from any of the stores
        ("09001", "09001", "We can't tell your store from 09001."),
        ("00000", None, "Sorry, we don't know the ZIP code 00000."),
        ("99999", None, "Sorry, we don't know the ZIP code 99999."),
    ],
)
def test_where_no_store_is_meant_a_question_helps(
    placed: Stack, code: str, kept: str | None, said: str
) -> None:
    who, answer = joined(placed, f"+131255577{code[-2:]}", f"JOIN {code}")
    assert (who["status"], who["location"], who["zip"]) == ("subscribed", None, kept)
    assert said in answer
    assert "offers text JOIN" in answer
