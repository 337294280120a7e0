"""What days add up to, read from the counters that activities are counted in."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import from_item, to_item
from sayso.adapters.dynamodb.reads import get_items
from sayso.domain.slot import Tally

_DAYS_A_READ = 100 // keys.SHARDS
_NO_COUNTERS = frozenset({"pk", "sk", "expires_at"})


@dataclass(frozen=True, slots=True)
class DynamoDayCounters:
    """DayCounters on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def between(self, first: date, last: date) -> Mapping[date, Tally]:
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        found: defaultdict[date, Tally] = defaultdict(Tally)
        for start in range(0, len(days), _DAYS_A_READ):
            some = [day.isoformat() for day in days[start : start + _DAYS_A_READ]]
            wanted = [keys.day_stats(day, shard) for day in some for shard in range(keys.SHARDS)]
            for item in get_items(self.client, self.table, [to_item(key) for key in wanted]):
                values = from_item(item)
                day = date.fromisoformat(values["pk"].partition("#")[2])
                counters = {name: values[name] for name in values.keys() - _NO_COUNTERS}
                found[day].update(counters)
        return dict(found)
