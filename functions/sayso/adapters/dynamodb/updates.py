"""Update expressions from plain attribute maps."""

from collections.abc import Collection
from typing import Any

from sayso.adapters.dynamodb.items import Item


def set_expression(attributes: Item, cleared: Collection[str] = ()) -> dict[str, Any]:
    """An UpdateExpression that sets `attributes` and removes those named in `cleared`.

    Every name is aliased (`#name`, `:name`), so that none collides with a reserved word.
    """
    sets = ", ".join(f"#{name} = :{name}" for name in attributes)
    removes = ", ".join(f"#{name}" for name in cleared)
    return {
        "UpdateExpression": f"SET {sets}" + (f" REMOVE {removes}" if removes else ""),
        "ExpressionAttributeNames": {f"#{name}": name for name in (*attributes, *cleared)},
        "ExpressionAttributeValues": {f":{name}": value for name, value in attributes.items()},
    }
