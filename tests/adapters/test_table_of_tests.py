"""The table that the tests run on keeps DynamoDB's promises.

A transaction is all or nothing, and what is put comes back.
"""

import pytest
from botocore.exceptions import ClientError

from tests.support.table import TABLE, everything_in, mocked_table


def key(name: str) -> dict[str, dict[str, str]]:
    return {"pk": {"S": name}, "sk": {"S": "-"}}


def test_what_a_refused_transaction_wrote_before_is_as_it_was() -> None:
    update = {
        "UpdateExpression": "SET seats = :two",
        "ExpressionAttributeValues": {":two": {"N": "2"}},
    }
    with mocked_table() as client:
        for name in ("changed", "deleted"):
            client.put_item(TableName=TABLE, Item=key(name) | {"seats": {"N": "1"}})
        before = everything_in(client)

        with pytest.raises(ClientError, match="ConditionalCheckFailed"):
            client.transact_write_items(
                TransactItems=[
                    {"Update": {"TableName": TABLE, "Key": key("changed"), **update}},
                    {"Update": {"TableName": TABLE, "Key": key("new"), **update}},
                    {"Put": {"TableName": TABLE, "Item": key("put")}},
                    {"Delete": {"TableName": TABLE, "Key": key("deleted")}},
                    {
                        "ConditionCheck": {
                            "TableName": TABLE,
                            "Key": key("absent"),
                            "ConditionExpression": "attribute_exists(pk)",
                        }
                    },
                ]
            )

        assert everything_in(client) == before


def test_what_a_transaction_writes_is_there() -> None:
    with mocked_table() as client:
        update = {
            "UpdateExpression": "ADD seats :two",
            "ExpressionAttributeValues": {":two": {"N": "2"}},
        }
        change = {"Update": {"TableName": TABLE, "Key": key("changed"), **update}}

        client.transact_write_items(TransactItems=[change])
        client.transact_write_items(TransactItems=[change])

        assert everything_in(client) == [key("changed") | {"seats": {"N": "4"}}]


def test_a_value_of_any_type_comes_back_as_it_was_put() -> None:
    values = {
        "text": {"S": "café"},
        "empty": {"S": ""},
        "number": {"N": "23.5"},
        "octets": {"B": b"\x00\xff"},
        "yes": {"BOOL": True},
        "no": {"BOOL": False},
        "nothing": {"NULL": True},
        "list": {"L": [{"S": "a"}, {"M": {"deep": {"L": [{"N": "1"}]}}}, {"L": []}]},
        "map": {"M": {"inside": {"BOOL": False}, "none": {"M": {}}}},
    }
    sets = {"words": {"SS": ["a", "b"]}, "numbers": {"NS": ["1", "2"]}}
    with mocked_table() as client:
        client.put_item(TableName=TABLE, Item=key("all") | values | sets)

        (found,) = everything_in(client)

        listed = {name: {kind: sorted(found[name][kind])} for name, (kind, *_) in sets.items()}
        assert found | listed == key("all") | values | sets
