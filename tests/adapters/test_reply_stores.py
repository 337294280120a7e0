"""What every ReplyStore does: the one on the table and the fake of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.exchanges import exchange_from, exchange_item
from sayso.adapters.dynamodb.items import from_item, to_item
from sayso.adapters.dynamodb.replies import DynamoReplies
from sayso.domain.exchange import Exchange, ReplyState
from sayso.domain.slot import Result, SlotState
from sayso.domain.vocabulary import Intent
from sayso.services.ports.replies import ReplyStore
from tests.fakes.replies import FakeReplies
from tests.support.bluebird import ANA, BEN, a_text
from tests.support.table import TABLE, everything_in, mocked_table

TAKEN = Result(SlotState.SENT, message_id="m-1")
DELIVERED = Result(SlotState.DELIVERED, message_id="m-1")
BLOCKED = Result(SlotState.UNDELIVERED, "blocked", "m-1")
EXCHANGE = Exchange(
    a_text("JOIN", message_id="in-1"), Intent.JOIN, "join", "You're in!", ReplyState.UNKNOWN
)


@dataclass
class Replies:
    """A store that knows the answer to Ana's text `in-1`, and where that answer ended up."""

    store: ReplyStore
    end: Callable[[], SlotState | None]


@pytest.fixture(params=["fake", "dynamodb"])
def replies(request: pytest.FixtureRequest) -> Iterator[Replies]:
    if request.param == "fake":
        fake = FakeReplies((ANA, "in-1"))
        yield Replies(fake, lambda: fake.end(ANA, "in-1"))
        return
    with mocked_table() as client:
        client.put_item(TableName=TABLE, Item=exchange_item(EXCHANGE))

        def end() -> SlotState | None:
            (item,) = everything_in(client)
            state = from_item(item).get("reply_delivery")
            return SlotState(state) if state else None

        yield Replies(DynamoReplies(client, TABLE), end)


def test_an_answer_that_nothing_is_heard_of_has_no_end(replies: Replies) -> None:
    assert replies.end() is None


@pytest.mark.parametrize("result", [TAKEN, DELIVERED, BLOCKED])
def test_what_became_of_an_answer_is_noted(replies: Replies, result: Result) -> None:
    replies.store.settle_reply(ANA, "in-1", result)

    assert replies.end() is result.state


def test_an_answer_moves_on_to_its_end(replies: Replies) -> None:
    replies.store.settle_reply(ANA, "in-1", TAKEN)
    replies.store.settle_reply(ANA, "in-1", DELIVERED)

    assert replies.end() is SlotState.DELIVERED


@pytest.mark.parametrize("late", [TAKEN, BLOCKED])
def test_an_answer_s_end_stays(replies: Replies, late: Result) -> None:
    replies.store.settle_reply(ANA, "in-1", DELIVERED)
    replies.store.settle_reply(ANA, "in-1", late)

    assert replies.end() is SlotState.DELIVERED


def test_an_answer_to_a_text_that_is_not_known_is_ignored(replies: Replies) -> None:
    replies.store.settle_reply(BEN, "in-1", DELIVERED)
    replies.store.settle_reply(ANA, "in-2", DELIVERED)

    assert replies.end() is None


def test_an_answer_that_may_have_gone_is_known_to_have_by_its_event() -> None:
    with mocked_table() as client:
        client.put_item(TableName=TABLE, Item=exchange_item(EXCHANGE))

        DynamoReplies(client, TABLE).settle_reply(ANA, "in-1", BLOCKED)

        key = to_item(keys.inbound_text(ANA, "in-1"))
        exchange = exchange_from(client.get_item(TableName=TABLE, Key=key)["Item"])
        assert (exchange.reply_state, exchange.reply_message_id) == (ReplyState.SENT, "m-1")
