"""Cursors travel in addresses, which are logged and shared: they tell nothing, bear no forgery."""

import base64
from collections.abc import Iterator
from typing import Any

import pytest

from sayso.adapters.dynamodb.cursors import SealedCursors
from sayso.services.ports.cursors import Cursors, NotACursor
from tests.fakes.cursors import FakeCursors
from tests.support.bluebird import ANA
from tests.support.table import TABLE, mocked_table

LIST = "/admin/subscribers?location=DOWNTOWN"
POSITION = f"DOWNTOWN/3/subscribed#{ANA}"


@pytest.fixture(params=["fake", "sealed"])
def cursors(request: pytest.FixtureRequest) -> Iterator[Cursors]:
    if request.param == "fake":
        yield FakeCursors()
        return
    with mocked_table() as client:
        yield SealedCursors(client, TABLE)


def test_a_cursor_leads_back_to_its_position(cursors: Cursors) -> None:
    assert cursors.unseal(cursors.seal(POSITION, LIST), LIST) == POSITION


def test_a_cursor_of_another_list_is_refused(cursors: Cursors) -> None:
    token = cursors.seal(POSITION, LIST)

    with pytest.raises(NotACursor):
        cursors.unseal(token, "/admin/subscribers?location=UPTOWN")


@pytest.mark.parametrize("token", ["", "x", "=", "née", "\ud800", "AAAA", "A" * 1000, "../../etc"])
def test_what_was_never_a_cursor_is_refused(cursors: Cursors, token: str) -> None:
    cursors.seal(POSITION, LIST)

    with pytest.raises(NotACursor):
        cursors.unseal(token, LIST)


def test_a_changed_cursor_is_refused_whichever_character_changed() -> None:
    with mocked_table() as client:
        cursors = SealedCursors(client, TABLE)
        raw = base64.urlsafe_b64decode(cursors.seal(POSITION, LIST) + "==")
        for place in range(len(raw)):
            changed = raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]
            with pytest.raises(NotACursor):
                cursors.unseal(base64.urlsafe_b64encode(changed).decode(), LIST)


def test_a_cursor_shows_no_phone_number() -> None:
    with mocked_table() as client:
        token = SealedCursors(client, TABLE).seal(POSITION, LIST)

    assert ANA.encode() not in base64.urlsafe_b64decode(token + "==")


def test_two_cursors_of_one_position_look_unlike() -> None:
    with mocked_table() as client:
        cursors = SealedCursors(client, TABLE)

        assert cursors.seal(POSITION, LIST) != cursors.seal(POSITION, LIST)


def test_every_worker_has_the_same_key() -> None:
    with mocked_table() as client:
        token = SealedCursors(client, TABLE).seal(POSITION, LIST)

        assert SealedCursors(client, TABLE).unseal(token, LIST) == POSITION


def test_a_worker_that_comes_second_takes_the_key_of_the_first() -> None:
    with mocked_table() as client:
        late = SealedCursors(client, TABLE)
        key: Any = late._key
        look, late_look = key._stored, iter([b""])
        # It finds no key, and only then does the first worker write one.
        key._stored = lambda: next(late_look, None) or look()
        token = SealedCursors(client, TABLE).seal(POSITION, LIST)

        assert late.unseal(token, LIST) == POSITION


def test_another_deployment_has_another_key() -> None:
    with mocked_table() as client:
        token = SealedCursors(client, TABLE).seal(POSITION, LIST)
    with mocked_table() as client, pytest.raises(NotACursor):
        SealedCursors(client, TABLE).unseal(token, LIST)
