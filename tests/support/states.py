"""Ana in every state that a number can be in, and what follows from her text."""

from dataclasses import replace
from datetime import timedelta

from sayso.domain.catalog import Catalog
from sayso.domain.contact import Contact, Status
from sayso.domain.conversation import Decision, decide
from sayso.domain.ledger import Change
from sayso.domain.understanding import understand
from tests.support.bluebird import (
    ANA,
    NOON,
    SHOP,
    a_text,
)

STRANGER = Contact.stranger(ANA)
PENDING = Contact(ANA, Status.PENDING, revision=1, asked_at=NOON - timedelta(minutes=1))
SUBSCRIBED = Contact(ANA, Status.SUBSCRIBED, 1, "DOWNTOWN", joined_at=NOON - timedelta(days=9))
OPTED_OUT = Contact(ANA, Status.OPTED_OUT, 1, opted_out_at=NOON - timedelta(days=2))
EVERYONE = [STRANGER, PENDING, SUBSCRIBED, OPTED_OUT]
PAUSED = replace(SUBSCRIBED, status=Status.PAUSED, paused_until=NOON + timedelta(days=9))
HELD = replace(SUBSCRIBED, status=Status.HELD, held_at=NOON - timedelta(days=1))
DEAD = replace(SUBSCRIBED, status=Status.UNREACHABLE, unreachable_at=NOON - timedelta(days=1))
FORGOTTEN = Contact(
    ANA,
    Status.FORGOTTEN,
    1,
    opted_out_at=NOON - timedelta(days=2),
    forgotten_at=NOON - timedelta(days=2),
)
EXPIRED = replace(PENDING, asked_at=NOON - timedelta(days=7))


def after(contact: Contact, body: str, shop: Catalog = SHOP, **more: object) -> Decision:
    text = a_text(body, **more)  # type: ignore[arg-type]
    return decide(contact, text, understand(body, shop), shop)


def change_of(decision: Decision) -> Change | None:
    return decision.entry.change if decision.entry else None
