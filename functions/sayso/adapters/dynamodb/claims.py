"""The claim of a slot: one transaction that checks consent and limits, and takes the slot."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.contacts import contact_from, preference_values
from sayso.adapters.dynamodb.items import Item, from_item, to_item
from sayso.adapters.dynamodb.recent_texts import (
    ATTRIBUTE,
    RecentTexts,
    addition,
    is_too_long,
    texted_at,
)
from sayso.adapters.dynamodb.slot_items import slot_from, slot_item
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.domain.caps import reached
from sayso.domain.contact import Status
from sayso.domain.run import Run
from sayso.domain.slot import Slot, SlotState
from sayso.domain.terms import Basis, why_not
from sayso.services.ports.slots import Barred, Conditions, Misjudged, Taken

_SUBSCRIBER, _SLOT = 0, 1
# Each try after the first follows a cut of the list of recent texts; others may cut it too.
_TRIES = 4


class Unsteady(Exception):
    """The subscriber changed under every try: deliver the message again."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Takes slots. `client` is a DynamoDB client."""

    client: Any
    table: str

    def take(self, run: Run, wanted: Slot, now: datetime, conditions: Conditions) -> None:
        """See services.ports.slots.SlotStore.claim. Raises Unsteady too."""
        actions = [self._note_on_subscriber(run, wanted, now, conditions), self._put(wanted)]
        for _ in range(_TRIES):
            try:
                transact(self.client, actions)
            except Cancelled as cancelled:
                person = self._judge(cancelled.failed, run, wanted, now, conditions)
            else:
                return
            if person is None:
                return
            RecentTexts(self.client, self.table).cut(wanted.phone, person, now)
        raise Unsteady(run.id)

    def _judge(
        self,
        failed: dict[int, Item],
        run: Run,
        wanted: Slot,
        now: datetime,
        conditions: Conditions,
    ) -> Item | None:
        """Why the claim failed, raised; the subscriber whose list is too long; None for success."""
        slot = slot_from(failed[_SLOT]) if failed.get(_SLOT) else None
        is_ours = slot is not None and slot.claim == wanted.claim
        if slot and not is_ours:
            raise Taken(slot)
        person = failed.get(_SUBSCRIBER)
        if person is not None and (reason := _why_barred(person, run)):
            raise Barred(reason, slot)
        if is_ours or person is None:
            # An earlier try of this very claim went through, and only its answer was lost; its own
            # text is among those that count by now.
            return None
        basis = _basis_of(person)
        if conditions.basis not in (None, basis):
            raise Misjudged(basis)
        if limit := reached(conditions.limits, texted_at(person), now):
            raise Barred(limit.reason, slot)
        # Else it is too long, or was at that moment.
        return person if is_too_long(person, conditions.limits) else {}

    def _note_on_subscriber(
        self, run: Run, wanted: Slot, now: datetime, conditions: Conditions
    ) -> dict[str, Any]:
        """Consent is checked here; `revision` stays, since no inbound text has changed anything."""
        adding, within_limits, limits = addition(conditions.limits, now)
        names = {"#status": "status", "#recent": ATTRIBUTE}
        values = limits | {
            ":run": run.id,
            ":occasion": run.occasion,
            ":now": now,
            ":groups": "\n".join(wanted.groups),
            ":subscribed": Status.SUBSCRIBED,
        }
        # Who moved to another zone's store since that zone's run has had the text already.
        consent = (
            "#status = :subscribed AND (attribute_not_exists(last_run)"
            " OR last_run = :run OR NOT begins_with(last_run, :occasion))"
        )
        return {
            "Update": {
                "TableName": self.table,
                "Key": to_item(keys.subscriber(wanted.phone)),
                "UpdateExpression": "SET last_run = :run, last_run_at = :now,"
                f" last_run_groups = :groups, {adding}",
                "ConditionExpression": f"{consent} AND {within_limits}"
                + _on_basis(conditions.basis, names, values),
                "ExpressionAttributeNames": names,
                "ExpressionAttributeValues": to_item(values),
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }

    def _put(self, wanted: Slot) -> dict[str, Any]:
        values = {":postponed": SlotState.POSTPONED, ":batch": wanted.batch}
        return {
            "Put": {
                "TableName": self.table,
                "Item": slot_item(wanted),
                "ConditionExpression": "attribute_not_exists(pk)"
                " OR (#state = :postponed AND #batch = :batch)",
                "ExpressionAttributeNames": {"#state": "state", "#batch": "batch"},
                "ExpressionAttributeValues": to_item(values),
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }


def _on_basis(basis: Basis | None, names: dict[str, str], values: dict[str, Any]) -> str:
    """The condition that the person is on record as the basis says, and what it needs."""
    if basis is None:
        return ""
    recorded = {"location": basis.location, "preference": preference_values(basis.preference)}
    names |= {f"#{name}": name for name in recorded}
    values |= {f":{name}": value for name, value in recorded.items() if value}
    return "".join(
        f" AND #{name} = :{name}" if value else f" AND attribute_not_exists(#{name})"
        for name, value in recorded.items()
    )


def _basis_of(person: Item) -> Basis:
    contact = contact_from(person)
    return Basis(contact.location, contact.preference)


def _why_barred(subscriber: Item, run: Run) -> str:
    """The reason by which the report counts the person; short, without personal data."""
    person = from_item(subscriber)
    if reason := why_not(person.get("status", Status.UNKNOWN)):
        return reason
    last_run = person.get("last_run", "")
    is_sibling = last_run != run.id and last_run.startswith(run.occasion)
    return "texted_in_other_zone" if is_sibling else ""
