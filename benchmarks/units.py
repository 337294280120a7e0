"""DynamoDB's own arithmetic: what each call consumes, by the sizes of the items that it touches.

Source: DynamoDB developer guide, "Read and write operations" and "Item sizes and formats", as of
2026-11. moto answers conditions truly, but its consumed units know nothing of sizes.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from math import ceil
from threading import RLock
from time import thread_time
from typing import Any

from sayso.adapters.dynamodb.items import Item

_KB, _OVERHEAD = 1024, 3
WRITE, READ = "write_units", "read_units"
_KEYS = ("pk", "sk")


def size_of(item: Item) -> int:
    """The bytes of an item: names in UTF-8, and values."""
    return sum(len(name.encode()) + _value(value) for name, value in item.items())


def _value(attribute: Mapping[str, Any]) -> int:
    ((kind, value),) = attribute.items()
    match kind:
        case "N":
            return (len(value.strip("-.")) + 1) // 2 + 1
        case "BOOL" | "NULL":
            return 1
        case "M":
            return _OVERHEAD + size_of(value) + len(value)
        case "L":
            return _OVERHEAD + sum(_value(one) + 1 for one in value)
    return len(value.encode())


def write_units(*sizes: int) -> int:
    """A write's units: by the larger of the item before and after it."""
    return max(1, ceil(max(sizes) / _KB))


def read_units(size: int, *, consistent: bool) -> float:
    """A read's units, for the bytes of all that it read."""
    return max(1, ceil(size / (4 * _KB))) * (1 if consistent else 0.5)


class Metered:
    """A DynamoDB client that keeps account of what its calls consume in `counts`.

    `indexed` names the attributes that the index has of an item; a write that changes any of them
    is written there too. Calls exclude each other: moto's transactions are not atomic. `seconds` is
    the processor's time that the keeping of accounts has taken, with a client `looking` of its own.
    `changes` are the items that were written, before and after, as the table's stream has them.
    """

    def __init__(self, client: Any, indexed: Iterable[str], looking: Any = None) -> None:
        self.counts: defaultdict[str, float] = defaultdict(float)
        self.seconds = 0.0
        self.changes: list[tuple[Item, Item]] = []
        self._client = client
        self._looking = looking or client
        self._indexed = frozenset(indexed)
        self._lock = RLock()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._client, name)
        metered = {
            "put_item": lambda asked: self._writes(found, asked, [asked], 1),
            "update_item": lambda asked: self._writes(found, asked, [asked], 1),
            "transact_write_items": lambda asked: self._writes(
                found, asked, [one for each in asked["TransactItems"] for one in each.values()], 2
            ),
            "get_item": lambda asked: self._gets(found, asked),
            "batch_get_item": lambda asked: self._batch(found, asked),
            "query": lambda asked: self._queries(found, asked),
        }
        if name not in metered:
            return found
        return lambda **asked: self._counted(metered[name], asked)

    def _counted(self, act: Callable[[dict[str, Any]], Any], asked: dict[str, Any]) -> Any:
        with self._lock:
            self.counts["calls"] += 1
            return act(asked)

    def _writes(self, call: Any, asked: Any, actions: list[Any], factor: int) -> Any:
        """A write whose condition fails consumes what it would have written."""
        before = self._standing(actions)
        try:
            return call(**asked)
        finally:
            for old, new in zip(before, self._standing(actions), strict=True):
                self.counts[WRITE] += factor * write_units(size_of(old), size_of(new))
                self.counts[WRITE] += self._index_units(old, new)
                if old != new:
                    self.changes.append((old, new))

    def _index_units(self, old: Item, new: Item) -> int:
        entries = [
            {name: item[name] for name in item if name in self._indexed or name in _KEYS}
            for item in (old, new)
            if "gsi1pk" in item
        ]
        if not entries or (len(entries) == 2 and entries[0] == entries[1]):
            return 0
        is_moved = len(entries) == 2 and entries[0]["gsi1sk"] != entries[1]["gsi1sk"]
        return write_units(*map(size_of, entries)) * (2 if is_moved else 1)

    def _standing(self, actions: Iterable[Mapping[str, Any]]) -> list[Item]:
        """The items that the actions are about, as they are now."""
        began = thread_time()
        found = [self._look(action) for action in actions]
        self.seconds += thread_time() - began
        return found

    def _look(self, action: Mapping[str, Any]) -> Item:
        key = action.get("Key") or {name: action["Item"][name] for name in _KEYS}
        answer = self._looking.get_item(TableName=action["TableName"], Key=key, ConsistentRead=True)
        return dict(answer.get("Item", {}))

    def _gets(self, call: Any, asked: Any) -> Any:
        answer = call(**asked)
        consistent = asked.get("ConsistentRead", False)
        self.counts[READ] += read_units(size_of(answer.get("Item", {})), consistent=consistent)
        return answer

    def _batch(self, call: Any, asked: Any) -> Any:
        answer = call(**asked)
        for table, wanted in asked["RequestItems"].items():
            consistent = wanted.get("ConsistentRead", False)
            found = answer["Responses"].get(table, ())
            sizes = [size_of(item) for item in found]
            sizes += [0] * (len(wanted["Keys"]) - len(sizes))
            self.counts[READ] += sum(read_units(size, consistent=consistent) for size in sizes)
        return answer

    def _queries(self, call: Any, asked: Any) -> Any:
        answer = call(**asked)
        size = sum(size_of(item) for item in answer.get("Items", ()))
        self.counts[READ] += read_units(size, consistent=asked.get("ConsistentRead", False))
        return answer
