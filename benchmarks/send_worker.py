"""`python -m benchmarks.send_worker SIDE`: a process that texts as many people as it is told to.

Says `ready`; then, for each number of texts on a line of stdin, the seconds of processor time (all
threads) and of the wall's clock that they took. SIDE: `sender`, the function on batches as they
come from the queue, or `loop`, boto3's call in a loop.
"""

import itertools
import json
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from benchmarks.campaign import NOON, RUN
from benchmarks.shop import phone
from benchmarks.texting import Context
from benchmarks.worker import NoonClock, take_stdout
from sayso.domain.run import BATCH

Side = Callable[[Sequence[str]], None]


class Invocation(Context):
    """A call with all the time in the world."""

    def get_remaining_time_in_millis(self) -> int:
        """As Lambda's own context says it, right after the start."""
        return 30_000


def sender() -> Side:
    """The send function, fed with the messages of whole batches."""
    from sayso.handlers import send  # noqa: PLC0415  # reads the settings that it is started with

    NoonClock.give_to(send, NOON)
    numbers = itertools.count()

    def texted(phones: Sequence[str]) -> None:
        for start in range(0, len(phones), BATCH):
            batch = f"DOWNTOWN#0#{next(numbers)}"
            answer = send.handler(batch_event(batch, phones[start : start + BATCH]), Invocation())
            if answer["batchItemFailures"]:
                raise RuntimeError(f"the batch {batch} failed")

    return texted


def loop() -> Side:
    """The floor."""
    from benchmarks import minimal_sender  # noqa: PLC0415  # its client is made when imported

    return minimal_sender.send


def batch_event(batch: str, phones: Sequence[str]) -> dict[str, Any]:
    """The event of one batch, in the form of SQS and of `adapters.queues`."""
    people = [[one] for one in phones]
    body = {"run": RUN.id, "batch": batch, "people": people, "fruitless": 0, "strangers": 0}
    return {"Records": [{"messageId": batch, "body": json.dumps(body)}]}


def main(side: str) -> None:
    """Answer questions until stdin ends."""
    results = take_stdout()
    texts = {"sender": sender, "loop": loop}[side]()
    numbers = itertools.count()
    results.write("ready\n")
    for line in sys.stdin:
        phones = [phone(next(numbers)) for _ in range(int(line))]
        cpu, wall = time.process_time(), time.perf_counter()
        texts(phones)
        results.write(f"{time.process_time() - cpu} {time.perf_counter() - wall}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
