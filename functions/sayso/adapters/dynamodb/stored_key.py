"""A secret key that the table keeps: made by whichever worker needs it first."""

import base64
import os
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import from_item, to_item

_BYTES = 32


class StoredKey:
    """256 random bits under one key of the table, read once a worker."""

    def __init__(self, client: Any, table: str, where: keys.Key) -> None:
        self._client = client
        self._table = table
        self._where = where
        self._key = b""

    def get(self) -> bytes:
        """The key; the same for every worker."""
        self._key = self._key or self._stored() or self._made()
        return self._key

    def _stored(self) -> bytes:
        item = self._client.get_item(
            TableName=self._table, Key=to_item(self._where), ConsistentRead=True
        ).get("Item")
        return base64.b64decode(from_item(item)["key"]) if item else b""

    def _made(self) -> bytes:
        """A new key, or the one that another worker has made in the meantime."""
        key = os.urandom(_BYTES)
        try:
            self._client.put_item(
                TableName=self._table,
                Item=to_item(self._where | {"key": base64.b64encode(key).decode()}),
                ConditionExpression="attribute_not_exists(pk)",
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            return self._stored()
        return key
