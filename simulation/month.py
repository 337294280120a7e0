"""A simulation from its first day to its reckoning."""

import resource
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from simulation.moments import DAY
from simulation.reckoning import reckon
from simulation.world import World

# As long as it may take until the last text is reported and the last run is closed.
_QUIET_DAYS = 5
_KIB_A_MB = 1024


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of it. `peak_mb` is this process's peak of resident memory."""

    violations: Counter[str]
    examples: list[str]
    counts: Counter[str]
    wall_s: float
    processor_s: float
    peak_mb: float


def simulate(world: World, days: int, say: Callable[[str], None]) -> Summary:
    """Let `days` days pass, and a few more in which nothing new is begun."""
    wall, processor = time.perf_counter(), time.process_time()
    world.settle_regulars()
    say(f"everybody is in place after {time.perf_counter() - wall:.0f} s")
    start = world.agenda.ms
    end = start + days * DAY
    world.customers.live(end)
    world.marketing.plan(end)
    for day in range(1, days + _QUIET_DAYS + 1):
        world.agenda.run(start + day * DAY)
        say(_progress(world, day, time.perf_counter() - wall))
    reckon(world)
    return Summary(
        violations=world.observer.violations,
        examples=world.observer.examples,
        counts=world.counts(),
        wall_s=time.perf_counter() - wall,
        processor_s=time.process_time() - processor,
        peak_mb=peak_mb(),
    )


def peak_mb() -> float:
    """This process's peak of resident memory."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _KIB_A_MB


def _progress(world: World, day: int, passed_s: float) -> str:
    texts = sum(world.observer.accepted.values())
    inbound = sum(n for kind, n in world.customers.counts.items() if kind.startswith("texted"))
    violations = ", ".join(f"{n} {kind}" for kind, n in world.observer.violations.items())
    return (
        f"day {day}: {texts:,} marketing texts, {inbound:,} from customers, "
        f"violations: {violations or 'none'}; {passed_s:.0f} s, {peak_mb():.0f} MB"
    )
