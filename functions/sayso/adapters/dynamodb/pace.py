"""A number's time in the table: one item, which every batch moves on once.

It is moved from where it was last seen; where others moved it meanwhile, the refusal says to where.
"""

from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, to_item
from sayso.domain.pace import Line, Stretch
from sayso.services.ports.pace import NotYet

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_A_MILLISECOND = timedelta(milliseconds=1)
_NOBODY_YET = Line(_EPOCH, _EPOCH)
# More than as many senders as there ever are, all at the same moment.
_TRIES = 100


class Crowded(Exception):
    """Other senders came in between every time: deliver the message again."""


class DynamoPace:
    """Pace on the table. `client` is a DynamoDB client, `number` the origination identity."""

    def __init__(self, client: Any, table: str, number: str) -> None:
        self._client = client
        self._table = table
        self._key = to_item(keys.pace(number))
        self._seen = _NOBODY_YET

    def take(self, length: timedelta, now: datetime, *, has_waited: bool) -> Stretch:
        """See services.ports.pace.Pace. Raises Crowded too."""
        # In whole milliseconds, as it is stored; rounded up, so that nobody gets too little.
        length = ceil(length / _A_MILLISECOND) * _A_MILLISECOND
        for _ in range(_TRIES):
            line, given = self._seen.taken(length, _whole(now), has_waited=has_waited)
            if not self._moved(line):
                continue
            if isinstance(given, Stretch):
                return given
            raise NotYet(given)
        raise Crowded("the pace of the number")

    def give_back(self, stretch: Stretch, used_until: datetime) -> None:
        """See services.ports.pace.Pace."""
        line = self._seen.given_back(stretch, _whole(used_until))
        if line != self._seen:
            self._moved(line)

    def hold(self, until: datetime) -> None:
        """See services.ports.pace.Pace. Raises Crowded too."""
        for _ in range(_TRIES):
            if self._moved(self._seen.held(_whole(until))):
                return
        raise Crowded("the pace of the number")

    def _moved(self, line: Line) -> bool:
        """Whether the item still stood where it was last seen; where it stands is seen now."""
        before = _item(self._seen)
        is_new = self._seen == _NOBODY_YET
        try:
            self._client.put_item(
                TableName=self._table,
                Item=self._key | _item(line),
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
                **({"ConditionExpression": "attribute_not_exists(pk)"} if is_new else _at(before)),
            )
        except self._client.exceptions.ConditionalCheckFailedException as refused:
            standing = refused.response.get("Item")
            self._seen = _line(standing) if standing else _NOBODY_YET
            return False
        self._seen = line
        return True


def _at(before: Item) -> Item:
    return {
        "ConditionExpression": "free_at = :free_at AND turn_at = :turn_at",
        "ExpressionAttributeValues": {f":{name}": value for name, value in before.items()},
    }


def _item(line: Line) -> Item:
    return to_item({"free_at": _milliseconds(line.free_at), "turn_at": _milliseconds(line.turn_at)})


def _line(item: Item) -> Line:
    values = from_item(item)
    return Line(_time(values["free_at"]), _time(values["turn_at"]))


def _whole(at: datetime) -> datetime:
    return _time(_milliseconds(at))


def _milliseconds(at: datetime) -> int:
    return (at - _EPOCH) // _A_MILLISECOND


def _time(milliseconds: int) -> datetime:
    return _EPOCH + milliseconds * _A_MILLISECOND
