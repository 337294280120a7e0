"""Rounds: each side measured in turn, so that a machine that slows down slows all of them.

Absolute times drift by a factor of two from hour to hour on a shared machine. The median of many
short rounds, each side right after the other, is what stays.
"""

import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from timeit import Timer
from typing import TypeVar

T = TypeVar("T")
Samples = dict[str, list[float]]


def interleave(sides: Mapping[str, Callable[[], float]], rounds: int) -> Samples:
    """The samples of each side after `rounds` rounds; a first round warms up and is dropped.

    Which side begins changes from round to round: none always follows the same other.
    """
    names = list(sides)
    samples: Samples = {name: [] for name in names}
    for number in range(rounds + 1):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            sample = sides[name]()
            if number:
                samples[name].append(sample)
    return samples


def medians(samples: Samples, unit: str, factor: float) -> dict[str, float]:
    """The median of each side; the spread goes to the progress on stderr, in `unit`."""
    for name, values in samples.items():
        low, middle, high = (factor * value for value in statistics.quantiles(values, n=4))
        say(f"  {name}: median {middle:.3f} {unit}, quartiles {low:.3f} to {high:.3f}")
    return {name: statistics.median(values) for name, values in samples.items()}


def paired_ratio(samples: Samples, side: str, floor: str) -> float:
    """The median over the rounds of one side's sample divided by the floor's of that round."""
    ratios = [ours / least for ours, least in zip(samples[side], samples[floor], strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    say(f"  {side} / {floor}: median {middle:.3f}, quartiles {low:.3f} to {high:.3f}")
    return statistics.median(ratios)


def per_text_us(act: Callable[[T], object], texts: Sequence[T], rounds: int) -> float:
    """Microseconds that `act` takes for one of `texts`, by the median round over all of them."""
    timer = Timer(lambda: [act(text) for text in texts])
    samples = {"a text": [timer.timeit(1) / len(texts) for _ in range(rounds)]}
    return medians(samples, "us", 1e6)["a text"] * 1e6


def say(line: str) -> None:
    """Progress, which is no figure."""
    sys.stderr.write(f"{line}\n")
