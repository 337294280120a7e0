"""What the functions that the cost model runs use up, step by step."""

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import datetime, tzinfo
from math import ceil
from threading import Lock, local
from time import process_time, thread_time
from typing import Any, Self

from benchmarks.texting import Context
from benchmarks.units import Metered

_SQS_CHUNK = 64 * 1024
# What Lambda's own JSON lines about one call's start and end take.
_PLATFORM_LOG_BYTES = 800


class Noon(datetime):
    """A clock on which it is always noon in Chicago: every state's window is open."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return super().now(tz).replace(day=23, month=11, year=2026, hour=18)


class Meter:
    """What each step uses: its functions' processor time, calls, units, messages and logs."""

    def __init__(self, dynamodb: Metered, log: Any) -> None:
        self.steps: dict[str, defaultdict[str, float]] = {}
        self._dynamodb = dynamodb
        self._log = log
        self._sqs: Counter[str] = Counter()
        self._aside = 0.0
        self._lock = Lock()

    def watch(self, client: Any) -> None:
        """Take the time of what stands for AWS itself out of the functions'."""
        began = local()

        def begin(request: Any, **_: Any) -> None:
            began.at = thread_time()
            if b"SendMessageBatch" in request.headers.get("X-Amz-Target", b""):
                self._sqs["sqs_requests"] += ceil(len(request.body) / _SQS_CHUNK)

        def end(**_: Any) -> None:
            with self._lock:
                self._aside += thread_time() - began.at

        # All who listen are called, and the first answer counts: moto's, or the canned one.
        client.meta.events.register_first("before-send", begin)
        client.meta.events.register_last("before-send", end)

    def call(self, step: str, handler: Callable[..., Any], records: list[dict[str, Any]]) -> None:
        """Have a function handle messages that SQS has handed to Lambda."""
        counts = self.steps.setdefault(step, defaultdict(float))
        self._dynamodb.counts.clear()
        self._sqs.clear()
        logged, self._aside, self._dynamodb.seconds = self._logged(), 0.0, 0.0
        began = process_time()
        answer = handler({"Records": records}, _Invocation())
        if answer and answer["batchItemFailures"]:
            raise RuntimeError(f"{step}: {len(answer['batchItemFailures'])} messages failed")
        counts["cpu_us"] += int(1e6 * (process_time() - began - self._aside))
        counts["cpu_us"] -= int(1e6 * self._dynamodb.seconds)
        counts["log_bytes"] += self._logged() - logged + _PLATFORM_LOG_BYTES
        counts["invocations"] += 1
        if answer:  # each message is received and deleted, ten at a time at most
            counts["sqs_requests"] += 2 * ceil(len(records) / 10)
        for name, count in (*self._sqs.items(), *self._dynamodb.counts.items()):
            counts[name] += count

    def _logged(self) -> int:
        sys.stdout.flush()
        return os.fstat(self._log.fileno()).st_size


class _Invocation(Context):
    def get_remaining_time_in_millis(self) -> int:
        """As Lambda's own context says it, right after the start."""
        return 30_000
