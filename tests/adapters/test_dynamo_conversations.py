"""How the table's Conversations spends its calls, and what it does when DynamoDB is busy."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.conversations import DynamoConversations
from sayso.adapters.dynamodb.items import to_item
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.domain.catalog import Keyword
from sayso.domain.contact import Contact, Status
from sayso.domain.conversation import Decision
from sayso.domain.exchange import Exchange
from sayso.domain.understanding import understand
from sayso.domain.vocabulary import Intent
from tests.support.bluebird import ANA, NOON, SHOP, a_text
from tests.support.shelves import put_catalog
from tests.support.table import TABLE, everything_in, mocked_table

MOMENT = timedelta(milliseconds=999)
SECOND = timedelta(seconds=1)


@pytest.fixture
def dynamodb() -> Iterator[Any]:
    with mocked_table() as client:
        put_catalog(client, SHOP)
        yield client


@pytest.fixture
def calls(dynamodb: Any) -> list[str]:
    """The names of the operations called from here on."""
    made: list[str] = []
    dynamodb.meta.events.register(
        "before-call.dynamodb", lambda model, **_: made.append(model.name)
    )
    return made


@pytest.fixture
def conversations(dynamodb: Any) -> DynamoConversations:
    return DynamoConversations(dynamodb, TABLE)


def join(phone: str = ANA) -> tuple[Contact, Decision, Exchange]:
    contact = Contact(phone, Status.SUBSCRIBED, revision=1, location="DOWNTOWN")
    exchange = Exchange(a_text("JOIN", phone=phone), Intent.JOIN, "keyword JOIN", touched_at=NOON)
    return Contact.stranger(phone), Decision(contact), exchange


def test_within_a_second_of_the_last_look_nothing_is_read(
    conversations: DynamoConversations, calls: list[str]
) -> None:
    conversations.open(ANA, NOON)
    assert calls == ["Query"]
    calls.clear()
    assert conversations.open(ANA, NOON + MOMENT).contact == Contact.stranger(ANA)
    assert calls == []


def test_after_a_second_catalog_and_contact_are_checked_in_one_call(
    conversations: DynamoConversations, calls: list[str]
) -> None:
    before = conversations.open(ANA, NOON)
    conversations.commit(*join())
    calls.clear()
    opening = conversations.open(ANA, NOON + SECOND)
    assert calls == ["BatchGetItem"]
    assert opening.contact.status is Status.SUBSCRIBED
    assert opening.catalog is before.catalog


def test_changed_settings_are_seen_after_a_second(
    conversations: DynamoConversations, dynamodb: Any
) -> None:
    conversations.open(ANA, NOON)
    store = DynamoCatalog(dynamodb, TABLE)
    renamed = replace(SHOP.program or pytest.fail("no program"), name="Bluebird Tea")
    store.put_program(renamed, store.load())
    assert conversations.open(ANA, NOON + MOMENT).catalog.program == SHOP.program
    assert conversations.open(ANA, NOON + SECOND).catalog.program == renamed


def test_a_new_word_is_seen_at_once_by_whoever_asks_for_the_newest_catalog(
    conversations: DynamoConversations, dynamodb: Any, calls: list[str]
) -> None:
    old = conversations.open(ANA, NOON).catalog
    store = DynamoCatalog(dynamodb, TABLE)
    store.put_keyword(Keyword("LATTE"), store.load())
    assert not understand("LATTE", old).is_sure
    newest = conversations.newest_catalog(NOON + timedelta(milliseconds=1))
    assert understand("LATTE", newest).intent is Intent.JOIN
    calls.clear()
    conversations.newest_catalog(NOON + timedelta(milliseconds=2))
    assert calls == ["BatchGetItem"]


def test_a_catalog_read_for_this_very_text_is_not_read_again(
    conversations: DynamoConversations, calls: list[str]
) -> None:
    conversations.open(ANA, NOON)
    calls.clear()
    conversations.newest_catalog(NOON)
    assert calls == []


def test_a_shop_that_is_not_set_up_yet_can_be_texted() -> None:
    with mocked_table() as client:
        conversations = DynamoConversations(client, TABLE)
        for second in (0, 1, 2):
            opening = conversations.open(ANA, NOON + second * SECOND)
            assert opening.catalog.program is None


def test_the_index_holds_whoever_has_a_standing_and_no_mere_passers_by(
    conversations: DynamoConversations, dynamodb: Any
) -> None:
    conversations.commit(*join())
    shard = keys.shard_of(ANA)
    item = dynamodb.get_item(TableName=TABLE, Key=to_item(keys.subscriber(ANA)))["Item"]
    assert item["gsi1pk"] == {"S": f"AUDIENCE#DOWNTOWN#{shard}"}
    assert item["gsi1sk"] == {"S": f"subscribed#{ANA}"}
    passer_by = "+13125550109"
    before, decision, exchange = join(passer_by)
    asked = Decision(replace(decision.contact, status=Status.UNKNOWN))
    conversations.commit(before, asked, exchange)
    item = dynamodb.get_item(TableName=TABLE, Key=to_item(keys.subscriber(passer_by)))["Item"]
    assert "gsi1pk" not in item


def test_what_ends_by_itself_and_what_is_kept_for_good(
    conversations: DynamoConversations, dynamodb: Any
) -> None:
    conversations.commit(*join())
    lives = {
        item["sk"]["S"].split("#")[0]: item.get("expires_at") for item in everything_in(dynamodb)
    }
    assert lives["IN"] == {"N": str(int((NOON + timedelta(days=400)).timestamp()))}
    assert lives["SUBSCRIBER"] is None


class Stub:
    """A DynamoDB client with canned answers, the last one repeated; `asked` are the requests."""

    def __init__(self, real: Any, **answers: list[Any]) -> None:
        self.exceptions = real.exceptions
        self.answers = answers
        self.asked: list[dict[str, Any]] = []

    def _next(self, operation: str, request: dict[str, Any]) -> Any:
        self.asked.append(request)
        left = self.answers[operation]
        answer = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    def query(self, **request: Any) -> Any:
        return self._next("query", request)

    def batch_get_item(self, **request: Any) -> Any:
        return self._next("batch_get_item", request)

    def transact_write_items(self, **request: Any) -> Any:
        return self._next("transact_write_items", request)


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that would have been made, in seconds."""
    made: list[float] = []
    monkeypatch.setattr("time.sleep", made.append)
    return made


def test_keys_that_dynamodb_left_out_are_asked_for_again(
    dynamodb: Any, no_pauses: list[float]
) -> None:
    head = {**to_item(keys.program()), "revision": {"N": "0"}}
    rest = {TABLE: {"Keys": [to_item(keys.program())], "ConsistentRead": True}}
    answers = [
        {"Responses": {}, "UnprocessedKeys": rest},
        {"Responses": {TABLE: [head]}, "UnprocessedKeys": {}},
    ]
    stub = Stub(dynamodb, query=[{"Items": []}], batch_get_item=answers)
    conversations = DynamoConversations(stub, TABLE)
    conversations.open(ANA, NOON)
    conversations.open(ANA, NOON + SECOND)
    assert stub.asked[-1] == {"RequestItems": rest}
    assert len(stub.asked) == 3


def test_keys_that_dynamodb_never_delivers_are_given_up_on(
    dynamodb: Any, no_pauses: list[float]
) -> None:
    rest = {TABLE: {"Keys": [to_item(keys.program())], "ConsistentRead": True}}
    busy = {"Responses": {}, "UnprocessedKeys": rest}
    conversations = DynamoConversations(
        Stub(dynamodb, query=[{"Items": []}], batch_get_item=[busy]), TABLE
    )
    conversations.open(ANA, NOON)
    with pytest.raises(TimeoutError):
        conversations.open(ANA, NOON + SECOND)
    assert 0 < sum(no_pauses) < 1.5


def cancelled(real: Any, *codes: str) -> ClientError:
    reasons = [{"Code": code} for code in codes]
    error: ClientError = real.exceptions.TransactionCanceledException(
        {"Error": {"Code": "TransactionCanceledException"}, "CancellationReasons": reasons},
        "TransactWriteItems",
    )
    return error


def test_a_collision_with_another_transaction_is_waited_out(
    dynamodb: Any, no_pauses: list[float]
) -> None:
    collision = cancelled(dynamodb, "TransactionConflict", "None")
    stub = Stub(dynamodb, transact_write_items=[collision, collision, {}])
    transact(stub, [{}, {}])
    assert len(stub.asked) == 3
    assert len(no_pauses) == 2


def test_a_collision_that_does_not_end_is_raised(dynamodb: Any, no_pauses: list[float]) -> None:
    stub = Stub(dynamodb, transact_write_items=[cancelled(dynamodb, "TransactionConflict")])
    with pytest.raises(ClientError):
        transact(stub, [{}])
    assert sum(no_pauses) < 2


@pytest.mark.parametrize("beside", ["None", "TransactionConflict"])
def test_a_condition_that_fails_is_never_tried_again(
    dynamodb: Any, no_pauses: list[float], beside: str
) -> None:
    stub = Stub(
        dynamodb, transact_write_items=[cancelled(dynamodb, beside, "ConditionalCheckFailed")]
    )
    with pytest.raises(Cancelled) as failure:
        transact(stub, [{}, {}])
    assert set(failure.value.failed) == {1}
    assert (len(stub.asked), no_pauses) == (1, [])


def test_an_item_that_may_not_be_written_is_an_error_at_once(
    dynamodb: Any, no_pauses: list[float]
) -> None:
    stub = Stub(dynamodb, transact_write_items=[cancelled(dynamodb, "ValidationError")])
    with pytest.raises(ClientError):
        transact(stub, [{}])
    assert no_pauses == []
