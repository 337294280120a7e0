"""What the functions share that hear the carrier's word about a number."""

from typing import Any

from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.slot_history import DynamoSlotHistory
from sayso.services.carriers_word import CarriersWord
from sayso.services.outside_word import OutsideWord


def carriers_word(dynamodb: Any, table: str, outside: OutsideWord) -> CarriersWord:
    """CarriersWord on the table; `dynamodb` is a DynamoDB client."""
    return CarriersWord(outside, DynamoCatalog(dynamodb, table), DynamoSlotHistory(dynamodb, table))
