"""The claim of slots: one transaction that checks everybody's consent and limits, and takes them.

A handful of people are claimed together: a call to DynamoDB costs far more than what is in it. Who
is refused stops the others too, once: they are told apart, and the others claimed again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.contacts import contact_from, preference_values
from sayso.adapters.dynamodb.issuing import issue, unused
from sayso.adapters.dynamodb.items import Item, from_item, to_item
from sayso.adapters.dynamodb.recent_texts import (
    ATTRIBUTE,
    RecentTexts,
    addition,
    is_too_long,
    texted_at,
)
from sayso.adapters.dynamodb.slot_items import slot_from, slot_item
from sayso.adapters.dynamodb.till_codes import tie
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.domain.caps import reached
from sayso.domain.contact import Status
from sayso.domain.offer import Codes
from sayso.domain.run import Run
from sayso.domain.slot import Slot, SlotState
from sayso.domain.terms import Basis, why_not
from sayso.services.ports.issuing import CodeTaken
from sayso.services.ports.slots import Barred, Conditions, Misjudged, Refusal, Taken, Wanted

# Each try after the first follows a refusal, or a cut of somebody's list of recent texts.
_TRIES = 4
# The actions of each claim, in this order: subscriber and slot, then the coupon, if there is one,
# and the till system's code for it, if that has one.
_SUBSCRIBER, _SLOT, _COUPON = range(3)
# Why somebody is not reminded of an offer.
REDEEMED = "redeemed"

Note = Callable[[Conditions], dict[str, Any]]


class Unsteady(Exception):
    """The subscribers changed under every try: deliver the message again."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Takes slots. `client` is a DynamoDB client."""

    client: Any
    table: str

    def take(self, run: Run, wanted: Sequence[Wanted], now: datetime) -> dict[str, Refusal]:
        """See services.ports.slots.SlotStore.claim_all. Raises Unsteady too."""
        note: Note = cache(partial(self._note_on_subscriber, run, now))
        refused: dict[str, Refusal] = {}
        left = list(wanted)
        for _ in range(_TRIES + len(wanted)):
            claims = [self._actions(run, each, note) for each in left]
            try:
                transact(self.client, [action for claim in claims for action in claim])
            except Cancelled as cancelled:
                failed = _by_claim(cancelled.failed, claims)
                left = list(self._left(failed, run, left, now, refused))
            else:
                return refused
            if not left:
                return refused
        raise Unsteady(run.id)

    def _left(
        self,
        failed: Sequence[Mapping[int, Item]],
        run: Run,
        tried: Sequence[Wanted],
        now: datetime,
        refused: dict[str, Refusal],
    ) -> Iterator[Wanted]:
        """Who is to be tried again, after a transaction that somebody's conditions stopped."""
        for wanted, actions in zip(tried, failed, strict=True):
            if not actions.get(_SLOT) and not actions.keys() - {_SLOT}:
                yield wanted  # others stood in the way
                continue
            try:
                too_long = _judge(actions, run, wanted, now)
            except (Barred, Misjudged, Taken, CodeTaken) as refusal:
                refused[wanted.slot.phone] = refusal
                continue
            if too_long is not None:
                RecentTexts(self.client, self.table).cut(wanted.slot.phone, too_long, now)
                yield wanted

    def _actions(self, run: Run, wanted: Wanted, note: Note) -> Sequence[dict[str, Any]]:
        update = note(wanted.conditions)
        groups = {":groups": {"S": "\n".join(wanted.slot.groups)}}
        own = {
            "Key": to_item(keys.subscriber(wanted.slot.phone)),
            "ExpressionAttributeValues": update["ExpressionAttributeValues"] | groups,
        }
        actions = ({"Update": update | own}, self._put(wanted.slot))
        coupon = wanted.coupon
        if coupon is None:
            return actions
        if run.reminds_of:
            return (*actions, unused(self.table, coupon))
        issued = (*actions, issue(self.table, coupon))
        is_tills = run.offer is not None and run.offer.codes is Codes.POOL
        return (*issued, tie(self.table, coupon)) if is_tills else issued

    def _note_on_subscriber(
        self, run: Run, now: datetime, conditions: Conditions
    ) -> dict[str, Any]:
        """The update of whoever is claimed under these conditions, but for key and groups.

        Consent is checked here; `revision` stays, since no inbound text has changed anything.
        """
        adding, within_limits, limits = addition(conditions.limits, now)
        names = {"#status": "status", "#recent": ATTRIBUTE}
        values = limits | {
            ":run": run.id,
            ":occasion": run.occasion,
            ":now": now,
            ":subscribed": Status.SUBSCRIBED,
        }
        # Who moved to another zone's store since that zone's run has had the text already.
        consent = (
            "#status = :subscribed AND (attribute_not_exists(last_run)"
            " OR last_run = :run OR NOT begins_with(last_run, :occasion))"
        )
        return {
            "TableName": self.table,
            "UpdateExpression": "SET last_run = :run, last_run_at = :now,"
            f" last_run_groups = :groups, {adding}",
            "ConditionExpression": f"{consent} AND {within_limits}"
            + _on_basis(conditions.basis, names, values)
            + _still_waiting(conditions, values),
            "ExpressionAttributeNames": names,
            "ExpressionAttributeValues": to_item(values),
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
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


def _by_claim(
    failed: Mapping[int, Item], claims: Sequence[Sequence[dict[str, Any]]]
) -> list[Mapping[int, Item]]:
    """Of each claim, the items whose conditions failed, by what the action is about."""
    found: list[Mapping[int, Item]] = []
    first = 0
    for actions in claims:
        found.append({at: failed[first + at] for at in range(len(actions)) if first + at in failed})
        first += len(actions)
    return found


def _judge(failed: Mapping[int, Item], run: Run, wanted: Wanted, now: datetime) -> Item | None:
    """Why a claim failed, raised; the subscriber whose list is too long; None for success.

    `failed` has the items whose conditions failed.
    """
    person, standing = failed.get(_SUBSCRIBER), failed.get(_SLOT)
    slot = slot_from(standing) if standing else None
    is_ours = slot is not None and slot.claim == wanted.slot.claim
    if slot and not is_ours:
        raise Taken(slot)
    if person is not None and (reason := _why_barred(person, run)):
        raise Barred(reason, slot)
    if is_ours:
        # An earlier try of this very claim went through, and only its answer was lost; its own
        # text is among those that count by now.
        return None
    if person is None:
        raise _why_not_issued(failed.get(_COUPON), run, wanted, slot)
    conditions = wanted.conditions
    contact = contact_from(person)
    if reason := conditions.why_over(contact.joined_at, contact.last_heard_at):
        raise Barred(reason, slot)
    basis = Basis(contact.location, contact.preference)
    if conditions.basis not in (None, basis):
        raise Misjudged(basis)
    if limit := reached(conditions.limits, texted_at(person), now):
        raise Barred(limit.reason, slot)
    # Else it is too long, or was at that moment.
    return person if is_too_long(person, conditions.limits) else {}


def _why_not_issued(
    coupon: Item | None, run: Run, wanted: Wanted, slot: Slot | None
) -> Barred | CodeTaken:
    """It is somebody else's; or what a reminder is about is used, or never was the person's."""
    owner = from_item(coupon).get("phone", "") if coupon else wanted.slot.phone
    if run.reminds_of and owner in ("", wanted.slot.phone):
        return Barred(REDEEMED, slot)
    return CodeTaken()


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


def _still_waiting(conditions: Conditions, values: dict[str, Any]) -> str:
    """The condition that the person has said nothing that ends their wait, and what it needs."""
    ends = {
        "joined_at": conditions.not_joined_since,
        "last_heard_at": conditions.not_heard_since,
    }
    asked = {name: at for name, at in ends.items() if at}
    values |= {f":{name}": at for name, at in asked.items()}
    return "".join(f" AND (attribute_not_exists({one}) OR {one} <= :{one})" for one in asked)


def _why_barred(subscriber: Item, run: Run) -> str:
    """The reason by which the report counts the person; short, without personal data."""
    person = from_item(subscriber)
    if reason := why_not(person.get("status", Status.UNKNOWN)):
        return reason
    last_run = person.get("last_run", "")
    is_sibling = last_run != run.id and last_run.startswith(run.occasion)
    return "texted_in_other_zone" if is_sibling else ""
