"""Items that people change: each write names the revision that its writer has read."""

from typing import Any, Protocol


class Revised(Protocol):
    """Something stored whose revision each change raises."""

    @property
    def revision(self) -> int: ...


def if_as_read(read: Revised | None) -> dict[str, Any]:
    """The condition that an item is still as it was read; that there is none, for None.

    It is part of a put's or a delete's arguments. Of two who change the same item, the second is
    refused rather than undoing the first's change unseen.
    """
    if read is None:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    return {
        "ConditionExpression": "#revision = :read",
        "ExpressionAttributeNames": {"#revision": "revision"},
        "ExpressionAttributeValues": {":read": {"N": str(read.revision)}},
    }
