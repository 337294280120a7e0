"""`python -m benchmarks.join_worker MODULE APART`: a function's process that is texted JOIN.

Says `ready`; then, for each number of texts on a line of stdin, the seconds of processor time (all
threads) that MODULE's `handler` took for them, each from a number that never texted before.
APART: seconds between two texts by the clock that MODULE reads, 0 for the real clock.
"""

import importlib
import itertools
import sys
import time
from datetime import timedelta

from benchmarks.shop import phone
from benchmarks.texting import Context, inbound_event
from benchmarks.worker import SlowClock, take_stdout


def main(module: str, apart: str) -> None:
    """Answer questions until stdin ends."""
    results = take_stdout()
    function = importlib.import_module(module)
    if float(apart):
        SlowClock.apart = timedelta(seconds=float(apart))
        SlowClock.give_to(function)
    numbers = itertools.count()
    results.write("ready\n")
    for line in sys.stdin:
        events = [inbound_event(phone(next(numbers))) for _ in range(int(line))]
        started = time.process_time()
        for event in events:
            function.handler(event, Context())
        results.write(f"{time.process_time() - started}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
