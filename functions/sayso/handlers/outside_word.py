"""What the functions share that change contacts without a text of theirs."""

from typing import Any

from sayso.adapters.carriers import CarrierSettings, opt_out_list_from
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.slot_history import DynamoSlotHistory
from sayso.adapters.dynamodb.standing_contacts import DynamoContacts
from sayso.services.carriers_word import CarriersWord
from sayso.services.outside_word import OutsideWord


def outside_word(dynamodb: Any, table: str, carrier: CarrierSettings) -> OutsideWord:
    """OutsideWord on the table and the carrier's list; `dynamodb` is a DynamoDB client."""
    return OutsideWord(DynamoContacts(dynamodb, table), opt_out_list_from(carrier))


def carriers_word(dynamodb: Any, table: str, carrier: CarrierSettings) -> CarriersWord:
    """CarriersWord on the same."""
    return CarriersWord(
        outside=outside_word(dynamodb, table, carrier),
        catalog=DynamoCatalog(dynamodb, table),
        history=DynamoSlotHistory(dynamodb, table),
    )
