"""When a person was texted of late: the list on the subscriber that limits are checked against.

The newest comes first, so that "at most three in 24 hours" is a condition on the third element:
it is checked in the very write that adds to the list, without reading it before. Elements are
epoch milliseconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_attribute, to_item
from sayso.adapters.failures import is_passing
from sayso.domain.caps import MONTH
from sayso.domain.sending_hours import TextLimit

ATTRIBUTE = "recent_texts"
# So many elements more than the limits look at, and the list is cut.
_SLACK = 16
_A_MILLISECOND = timedelta(milliseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TRIES = 4


def texted_at(subscriber: Item) -> tuple[datetime, ...]:
    """When the person was texted, newest first."""
    elements = from_attribute(subscriber.get(ATTRIBUTE, {"L": []}))
    return tuple(_EPOCH + element * _A_MILLISECOND for element in elements)


def is_too_long(subscriber: Item, limits: Sequence[TextLimit]) -> bool:
    """Whether the list has to be cut before it may grow."""
    return len(texted_at(subscriber)) > _longest(limits)


def addition(limits: Sequence[TextLimit], now: datetime) -> tuple[str, str, dict[str, Any]]:
    """The SET clause that adds `now`, its condition, and the values of both (`#recent` named)."""
    clauses = [f"attribute_not_exists(#recent[{_longest(limits)}])"]
    values: dict[str, Any] = {":texted": [_milliseconds(now)], ":never": []}
    for number, limit in enumerate(limits):
        element = f"#recent[{limit.count - 1}]"
        clauses.append(f"(attribute_not_exists({element}) OR {element} <= :since{number})")
        values[f":since{number}"] = _milliseconds(now - limit.within)
    adding = "#recent = list_append(:texted, if_not_exists(#recent, :never))"
    return adding, " AND ".join(clauses), values


@dataclass(frozen=True, slots=True)
class RecentTexts:
    """Takes elements out of the lists. `client` is a DynamoDB client."""

    client: Any
    table: str

    def cut(self, phone: str, subscriber: Item, now: datetime) -> None:
        """Drop what is older than every limit looks back, unless the list has changed meanwhile."""
        texted = texted_at(subscriber)
        if not texted:
            return
        kept = [_milliseconds(at) for at in texted if at > now - MONTH]
        self._update(
            phone,
            "SET #recent = :kept",
            "#recent[0] = :newest AND size(#recent) = :length",
            {":kept": kept, ":newest": _milliseconds(texted[0]), ":length": len(texted)},
        )

    def remove(self, phone: str, at: datetime) -> None:
        """Take one element out, wherever it is by now; failures that pass are let pass."""
        wanted, position = _milliseconds(at), 0
        try:
            for _ in range(_TRIES):
                element = f"#recent[{position}]"
                standing = self._update(
                    phone, f"REMOVE {element}", f"{element} = :wanted", {":wanted": wanted}
                )
                elements = [_milliseconds(one) for one in texted_at(standing or {})]
                if wanted not in elements:
                    return
                position = elements.index(wanted)
        except Exception as failure:
            if not is_passing(failure):
                raise

    def _update(
        self, phone: str, change: str, condition: str, values: dict[str, Any]
    ) -> Item | None:
        """None if the change was made, else the subscriber as it stands."""
        try:
            self.client.update_item(
                TableName=self.table,
                Key=to_item(keys.subscriber(phone)),
                UpdateExpression=change,
                ConditionExpression=condition,
                ExpressionAttributeNames={"#recent": ATTRIBUTE},
                ExpressionAttributeValues=to_item(values),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self.client.exceptions.ConditionalCheckFailedException as refused:
            return dict(refused.response.get("Item", {}))
        return None


def _longest(limits: Sequence[TextLimit]) -> int:
    return max((limit.count for limit in limits), default=0) + _SLACK


def _milliseconds(at: datetime) -> int:
    return (at - _EPOCH) // _A_MILLISECOND
