"""What people may say about their offers, on the whole stack: in their language, and to the end."""

from collections.abc import Iterator
from itertools import count

import pytest

from sayso_local.client import Stack

_numbers = count(5_100)


@pytest.fixture
def phones() -> Iterator[str]:
    """Numbers that no other test uses."""
    return (f"+1312555{number}" for number in _numbers)


def answer_to(stack: Stack, phone: str, words: str) -> str:
    before = len(stack.received(phone))
    stack.text(phone, words)
    stack.wait_for(lambda: len(stack.received(phone)) > before, within=10)
    return stack.received(phone)[-1].body


def status(stack: Stack, phone: str) -> str:
    return str(stack.admin("GET", f"subscribers/{phone}").json()["status"])


def consent(stack: Stack, phone: str) -> dict[str, object]:
    return dict(stack.admin("GET", f"subscribers/{phone}/consent").json())


def test_answers_follow_the_language_of_the_words(stack: Stack, phones: Iterator[str]) -> None:
    ana, ben = next(phones), next(phones)
    assert "Pueden aplicarse tarifas" in answer_to(stack, ana, "UNIRSE DOWNTOWN")
    assert "tienda" in answer_to(stack, ana, "JOIN UPTOWN")
    assert "Dejamos de enviar mensajes" in answer_to(stack, ana, "ALTO")
    assert "Des frais de messages" in answer_to(stack, ben, "AIDE")


def test_a_pause_an_end_to_it_and_a_wish_are_answered_and_stored(
    stack: Stack, phones: Iterator[str]
) -> None:
    ana = next(phones)
    answer_to(stack, ana, "JOIN DOWNTOWN")
    assert "14 days" in answer_to(stack, ana, "PAUSE 2 weeks")
    assert status(stack, ana) == "paused"
    assert "welcome back" in answer_to(stack, ana, "RESUME")
    assert status(stack, ana) == "subscribed"
    assert "at most 1 offer a week" in answer_to(stack, ana, "LESS")
    assert "from 10:00 to 14:00, at most 1 offer a week" in answer_to(
        stack, ana, "WHEN 10-14"
    ) + answer_to(stack, ana, "WHEN")


def test_who_is_forgotten_leaves_the_proof_of_that_and_a_ledger_that_verifies(
    stack: Stack, phones: Iterator[str]
) -> None:
    ana = next(phones)
    answer_to(stack, ana, "JOIN DOWNTOWN")
    assert "erased" in answer_to(stack, ana, "FORGET ME")
    stack.wait_for(lambda: bool(consent(stack, ana)["erased"]), within=10)
    told = consent(stack, ana)
    assert told["verified"]
    assert status(stack, ana) == "forgotten"
    assert [entry["words"] for entry in told["items"]] == ["FORGET ME"]  # type: ignore[attr-defined]
    assert "DOWNTOWN" not in str(told)
    answer_to(stack, ana, "JOIN DOWNTOWN")
    assert status(stack, ana) == "subscribed"
    assert consent(stack, ana)["verified"]


def test_a_person_decides_about_held_words_and_erases(stack: Stack, phones: Iterator[str]) -> None:
    ana = next(phones)
    answer_to(stack, ana, "JOIN DOWNTOWN")
    answer_to(stack, ana, "wrong number I think")
    assert status(stack, ana) == "held"
    ruling = {"decision": "keep", "reason": "it was about an order"}
    kept = stack.admin("POST", f"subscribers/{ana}/decide", ruling)
    assert kept.json()["status"] == "subscribed"
    gone = stack.admin("DELETE", f"subscribers/{ana}?reason=asked")
    assert gone.json()["status"] == "forgotten"
    assert consent(stack, ana)["verified"]
    again = stack.admin("POST", f"subscribers/{ana}/decide", ruling)
    assert again.status_code == 409
