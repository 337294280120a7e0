"""What the functions' DynamoDB client says and hears is what the SDK's own would."""

from collections.abc import Iterator
from typing import Any

import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from sayso.adapters.plain_json import speak_plainly
from tests.support.table import TABLE, everything_in, mocked_table

ITEM = {
    "pk": {"S": "S#+13125550101"},
    "sk": {"S": "SUBSCRIBER"},
    "name": {"S": 'Zoë ☕ "quoted" \n'},
    "count": {"N": "12"},
    "is_known": {"BOOL": True},
    "texts": {"L": [{"N": "1"}, {"M": {"es": {"S": "sí"}}}]},
}
KEY = {name: ITEM[name] for name in ("pk", "sk")}


@pytest.fixture
def clients() -> Iterator[tuple[Any, Any]]:
    """The SDK's client, and one that speaks plainly, of the same table."""
    with mocked_table() as usual:
        # As in adapters.aws: what the SDK would check is not among its parameters any more.
        config = Config(parameter_validation=False, region_name="us-east-1")
        plain = botocore.session.get_session().create_client("dynamodb", config=config)
        speak_plainly(plain)
        yield usual, plain


def without_metadata(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def test_what_is_written_plainly_is_what_the_sdk_writes(clients: tuple[Any, Any]) -> None:
    usual, plain = clients
    plain.put_item(TableName=TABLE, Item=ITEM)
    assert everything_in(usual) == [ITEM]
    plain.transact_write_items(
        TransactItems=[{"Put": {"TableName": TABLE, "Item": ITEM | {"sk": {"S": "other"}}}}]
    )
    plain.update_item(
        TableName=TABLE,
        Key=KEY,
        UpdateExpression="SET #count = :n",
        ExpressionAttributeNames={"#count": "count"},
        ExpressionAttributeValues={":n": {"N": "13"}},
    )
    assert [item["count"] for item in everything_in(usual)] == [{"N": "13"}, {"N": "12"}]


def test_what_is_read_plainly_is_what_the_sdk_reads(clients: tuple[Any, Any]) -> None:
    usual, plain = clients
    usual.put_item(TableName=TABLE, Item=ITEM)
    query = {
        "TableName": TABLE,
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": {":pk": ITEM["pk"]},
    }
    batch = {"RequestItems": {TABLE: {"Keys": [KEY]}}}
    for operation, request in (
        ("query", query),
        ("get_item", {"TableName": TABLE, "Key": KEY}),
        ("get_item", {"TableName": TABLE, "Key": KEY | {"sk": {"S": "nobody"}}}),
        ("batch_get_item", batch),
        ("scan", {"TableName": TABLE}),
    ):
        found = getattr(plain, operation)(**request)
        assert without_metadata(found) == without_metadata(getattr(usual, operation)(**request))
        assert found["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_errors_are_the_sdk_s_own(clients: tuple[Any, Any]) -> None:
    usual, plain = clients
    usual.put_item(TableName=TABLE, Item=ITEM)
    refused = {
        "TableName": TABLE,
        "Item": ITEM,
        "ConditionExpression": "attribute_not_exists(pk)",
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
    with pytest.raises(plain.exceptions.ConditionalCheckFailedException) as failed:
        plain.put_item(**refused)
    assert failed.value.response["Item"] == ITEM
    with pytest.raises(plain.exceptions.TransactionCanceledException) as cancelled:
        plain.transact_write_items(TransactItems=[{"Put": refused}])
    (reason,) = cancelled.value.response["CancellationReasons"]
    assert (reason["Code"], reason["Item"]) == ("ConditionalCheckFailed", ITEM)
    with pytest.raises(ClientError):
        plain.query(TableName="nowhere", KeyConditionExpression="pk = :pk")


def test_a_transaction_keeps_the_token_that_makes_its_repetition_harmless(
    clients: tuple[Any, Any],
) -> None:
    _, plain = clients
    bodies: list[bytes] = []
    plain.meta.events.register("request-created", lambda request, **_: bodies.append(request.body))
    plain.transact_write_items(TransactItems=[{"Put": {"TableName": TABLE, "Item": ITEM}}])
    assert b'"ClientRequestToken"' in bodies[0]
