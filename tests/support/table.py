"""The one table, on moto."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import botocore.session
from moto import mock_aws
from moto.core.model_instances import model_data

from sayso.adapters.dynamodb.keys import INDEX
from tests.support.moto_answers import answer_quickly
from tests.support.moto_transactions import share_items

TABLE = "sayso-test"
_KEYS = ("pk", "sk", "gsi1pk", "gsi1sk")
_PROJECTED = [
    *("phone", "status", "location", "channel", "keyword", "language", "preference"),
    *("joined_at", "last_heard_at", "visited_at", "clicked_at", "redeemed_at", "attributes"),
    *("visits", "zip"),
]
_SESSION = botocore.session.get_session()
share_items()
answer_quickly()


@contextmanager
def mocked_table() -> Iterator[Any]:
    """A DynamoDB client whose only table is TABLE, empty."""
    with mock_aws():
        client = _SESSION.create_client("dynamodb", region_name="us-east-1")
        create_table(client)
        yield client


def create_table(client: Any) -> None:
    """The table as the infrastructure defines it."""
    client.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in _KEYS],
        KeySchema=_key_schema("pk", "sk"),
        GlobalSecondaryIndexes=[
            {
                "IndexName": INDEX,
                "KeySchema": _key_schema("gsi1pk", "gsi1sk"),
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": _PROJECTED},
            }
        ],
    )
    _forget_copies()


def everything_in(client: Any) -> list[dict[str, Any]]:
    """Every item of the table, in the order of the keys: for comparing before and after."""
    pages = client.get_paginator("scan").paginate(TableName=TABLE, ConsistentRead=True)
    items = [item for page in pages for item in page["Items"]]
    return sorted(items, key=lambda item: (item["pk"]["S"], item["sk"]["S"]))


def _forget_copies() -> None:
    """Have moto keep no list of all objects that it ever made, which only its dashboard shows.

    Each of its transactions copies the whole table: of a test with hundreds, gigabytes would stay.
    """
    for model in model_data["dynamodb"].values():
        cast("Any", model).instances_tracked = deque[object](maxlen=0)


def _key_schema(partition: str, sort: str) -> list[dict[str, str]]:
    return [
        {"AttributeName": partition, "KeyType": "HASH"},
        {"AttributeName": sort, "KeyType": "RANGE"},
    ]
