"""The counter as the functions wire it: for texts, for pages and for the admin API alike."""

from typing import Any

from sayso.adapters.dynamodb.coupons import DynamoCoupons
from sayso.adapters.dynamodb.form_seals import FormSeals
from sayso.adapters.dynamodb.outcomes import DynamoOutcomes
from sayso.adapters.dynamodb.slot_history import DynamoSlotHistory
from sayso.adapters.dynamodb.standing_contacts import DynamoContacts
from sayso.adapters.dynamodb.visits import DynamoVisits
from sayso.adapters.dynamodb.windows import DynamoWindows
from sayso.services.counter_texts import TextsAtTheCounter
from sayso.services.guessing import Guessing
from sayso.services.outcomes import Outcomes
from sayso.services.redeeming import Counter
from sayso.services.visiting import Visiting
from sayso.services.wallet import Wallet


def counter_on(client: Any, table: str) -> Counter:
    """The counter on the table."""
    return Counter(
        coupons=DynamoCoupons(client, table),
        guessing=Guessing(DynamoWindows(client, table), FormSeals(client, table)),
        visits=Visiting(DynamoContacts(client, table), DynamoVisits(client, table)),
        outcomes=Outcomes(DynamoSlotHistory(client, table), DynamoOutcomes(client, table)),
    )


def texts_at_the_counter(client: Any, table: str, address: str) -> TextsAtTheCounter:
    """What answers texts about coupons; `address` is where customers' pages are, "" for none."""
    counter = counter_on(client, table)
    return TextsAtTheCounter(counter, Wallet(counter.coupons, address))
