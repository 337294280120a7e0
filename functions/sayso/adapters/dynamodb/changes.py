"""The writes that a change of a contact consists of, whoever makes it."""

from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.contacts import (
    OWNED_BY_TEXTS,
    OWNED_BY_THE_SHOP,
    contact_attributes,
    contact_from,
)
from sayso.adapters.dynamodb.items import Item, to_item
from sayso.adapters.dynamodb.updates import set_expression
from sayso.domain.contact import Contact, Status
from sayso.services.ports.conversations import Outdated

# Asked to be forgotten, or maybe somebody else's number by now.
_UNNOTED = frozenset({Status.FORGOTTEN, Status.UNREACHABLE})


def new_item(table: str, item: Item) -> dict[str, Any]:
    """The action of a transaction that puts an item where there is none yet."""
    return {
        "Put": {
            "TableName": table,
            "Item": item,
            "ConditionExpression": "attribute_not_exists(pk)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def changed_contact(table: str, before: Contact, after: Contact) -> dict[str, Any]:
    """The action that replaces a contact, if its revision is still `before`'s."""
    key = to_item(keys.subscriber(after.phone))
    attributes = contact_attributes(after)
    if before.revision == 0:
        return new_item(table, key | attributes)
    # What the shop noted goes in the very write: there is no moment in between.
    owned = OWNED_BY_TEXTS | (OWNED_BY_THE_SHOP if after.status in _UNNOTED else set())
    expression = set_expression(attributes, cleared=owned - attributes.keys())
    expression["ExpressionAttributeValues"][":before"] = {"N": str(before.revision)}
    return {
        "Update": {
            "TableName": table,
            "Key": key,
            "ConditionExpression": "#revision = :before",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            **expression,
        }
    }


def outdated(phone: str, standing: Item) -> Outdated:
    """What to raise when that action failed on the item that stands there."""
    return Outdated(contact_from(standing) if standing else Contact.stranger(phone))
