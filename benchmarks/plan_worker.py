"""One interpreter that plans a slice of `sys.argv[1]` recipients, as the plan function would.

The planner, the adapters of the index, the checkpoints and the queue are the real ones, down to
what they hand to the AWS clients; what is behind those takes no time. Prints recipients a second of
the processor's time, without what it takes to make the index's pages up, and the process's peak of
memory in KiB.
"""

import re
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.audience import DynamoAudience
from sayso.adapters.dynamodb.buckets import DynamoBuckets
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.enrolments import DynamoEnrolments
from sayso.adapters.dynamodb.history import DynamoCampaignHistory
from sayso.adapters.dynamodb.items import Item, to_item
from sayso.adapters.dynamodb.runs import DynamoPlans
from sayso.adapters.queues import SqsBatches, SqsSlices
from sayso.domain.contact import Status
from sayso.domain.run import Progress, Run, RunState, Slice
from sayso.services.choosing import Chooser
from sayso.services.closing import Closing
from sayso.services.plan import Planned, Planner
from sayso.services.series_audience import SeriesAudience

_NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)
_RUN = Run(
    *("R1", "C1", "Bluebird Coffee: two cinnamon rolls for one. Reply STOP to end.", _NOW),
    *("America/Chicago", ("DOWNTOWN",), RunState.SENDING),
)
_PIECE = Slice("R1", "DOWNTOWN", 0)


class _Table:
    """A DynamoDB client whose index has so many subscribers; what it is told is forgotten."""

    def __init__(self, people: int) -> None:
        self._people = people
        self._given = 0
        self.seconds = 0.0

    def get_item(self, **_: Any) -> dict[str, Any]:
        return {}

    def put_item(self, **_: Any) -> None: ...

    def query(self, **asked: Any) -> dict[str, Any]:
        """The next page, and where it ends."""
        began = time.process_time()
        until = min(self._people, self._given + asked["Limit"])
        items = [_entry(number) for number in range(self._given, until)]
        self._given = until
        answer: dict[str, Any] = {"Items": items, "Count": len(items)}
        if until < self._people:
            answer["LastEvaluatedKey"] = items[-1]
        self.seconds += time.process_time() - began
        return answer


class _Queue:
    """An SQS client that counts the batches."""

    messages = 0

    def send_message_batch(self, **asked: Any) -> dict[str, Any]:
        self.messages += len(asked["Entries"])
        return {}


class _Runs:
    """The one run, which is not over when its first slice is planned."""

    def run(self, _: str) -> Run:
        return _RUN

    def progress(self, _: str) -> Progress:
        return Progress(_RUN, (), {})


def _entry(number: int) -> Item:
    """What the index has of somebody who joined, and has texted since."""
    phone = f"+1312{2_000_000 + number}"
    return to_item(
        {
            **keys.subscriber(phone),
            "gsi1pk": keys.audience("DOWNTOWN", 0),
            "gsi1sk": keys.standing(Status.SUBSCRIBED, phone),
            "phone": phone,
            "status": Status.SUBSCRIBED,
            "location": "DOWNTOWN",
            "channel": "window sign",
            "keyword": "COFFEE",
            "language": "en",
            "joined_at": _NOW,
            "last_heard_at": _NOW,
            "attributes": {"first_name": "Ana"},
        }
    )


def main() -> None:
    """Plan, and say how it went."""
    people = int(sys.argv[1])
    table, queue, runs = _Table(people), _Queue(), _Runs()
    audience = DynamoAudience(table, "sayso")
    series = SeriesAudience(
        runs,  # type: ignore[arg-type]
        DynamoBuckets(table, "sayso"),
        DynamoEnrolments(table, "sayso"),
        lambda: _NOW,
    )
    planner = Planner(
        runs,  # type: ignore[arg-type]
        DynamoPlans(table, "sayso"),
        audience,
        SqsBatches(queue, ""),
        SqsSlices(queue, ""),
        Closing(runs, audience),  # type: ignore[arg-type]
        Chooser(DynamoCampaignHistory(table, "sayso"), DynamoCatalog(table, "sayso")),
        series,
    )
    began = time.process_time()
    planned = planner.plan(_PIECE, lambda: _NOW, lambda: False)
    seconds = time.process_time() - began - table.seconds
    if planned is not Planned.COMPLETE or queue.messages < people // 50:
        raise RuntimeError(f"{planned}: {queue.messages} batches of {people} people")
    print(people / seconds, _peak_kib())


def _peak_kib() -> int:
    """Of this process alone: what getrusage says includes the one that started it."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    if not found:
        raise RuntimeError("this system does not tell a process's peak of memory")
    return int(found[1])


main()
