"""Whether groups of people really differ, or only by chance.

Rates have Wilson's score intervals (E. B. Wilson, JASA 22, 1927), differences Newcombe's hybrid of
these (R. G. Newcombe, Statistics in Medicine 17, 1998, p. 873, method 10). Whether there is a
difference is asked of Fisher's exact test, which errs in no more than its share of cases however
small the counts; of several comparisons, by Holm's procedure (S. Holm, Scand. J. Statist. 6, 1979).
All of it holds for one look at figures that change no more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import exp, lgamma, sqrt
from statistics import NormalDist

# How often, of all reports, one may name a difference where there is none; and intervals err.
ERRORS_AT_MOST = 0.05
# Asked for a little more, so that a shop with bad luck meets no more errors than that either: of a
# thousand reports, 1 in 25 true chances makes more than fifty errors hardly ever.
_PROVEN_BELOW = 0.04
# Tables as likely as the one at hand count as such, however their logarithms are rounded.
_AS_LIKELY = 1e-7
# What is smaller than this part of a sum changes it no more.
_NOTHING = 1e-17

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Group:
    """So many `people`, of whom `events` did what is counted."""

    name: str
    people: int
    events: int

    @property
    def rate(self) -> float:
        return self.events / self.people if self.people else 0.0


@dataclass(frozen=True, slots=True)
class Difference:
    """How much more of `of`'s people did it than of `against`'s, as a share of them.

    `interval` holds this and all others beside it together, 95 times in 100. `chance` is how likely
    it is that any of the comparisons comes out at least so far apart if there is no difference.
    """

    of: Group
    against: Group
    interval: Interval
    chance: float

    @property
    def size(self) -> float:
        return self.of.rate - self.against.rate

    @property
    def is_proven(self) -> bool:
        return self.chance <= _PROVEN_BELOW


def compared(groups: Sequence[Group]) -> tuple[Difference, ...]:
    """Every pair of groups, the one with the higher rate first; the surest difference first."""
    in_order = sorted((one for one in groups if one.people), key=_rate, reverse=True)
    pairs = list(combinations(in_order, 2))
    chances = holm([fisher(of, against) for of, against in pairs])
    errors = ERRORS_AT_MOST / max(1, len(pairs))
    found = [
        Difference(of, against, newcombe(of, against, errors), chance)
        for (of, against), chance in zip(pairs, chances, strict=True)
    ]
    return tuple(sorted(found, key=_chance))


def wilson(group: Group, errors: float = ERRORS_AT_MOST) -> Interval:
    """Where the group's true rate lies, in all but this share of cases."""
    if not group.people:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(1 - errors / 2)
    n, rate = group.people, group.rate
    middle = rate + z * z / (2 * n)
    spread = z * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    low, high = (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)
    # Exact where the formula is: rounding must not put a rate outside of its own interval.
    return (max(0.0, min(low, rate)), min(1.0, max(high, rate)))


def newcombe(of: Group, against: Group, errors: float = ERRORS_AT_MOST) -> Interval:
    """Where the true difference of the rates lies, in all but this share of cases."""
    (low, high), (other_low, other_high) = wilson(of, errors), wilson(against, errors)
    difference = of.rate - against.rate
    below = sqrt((of.rate - low) ** 2 + (other_high - against.rate) ** 2)
    above = sqrt((high - of.rate) ** 2 + (against.rate - other_low) ** 2)
    return difference - below, difference + above


def fisher(one: Group, other: Group) -> float:
    """How likely the groups are to be at least this unlike if nothing but chance made them so.

    Two-sided: all tables with these margins that are no likelier than the one at hand.
    """
    table = _Table(one.people, other.people, one.events + other.events)
    limit = table.log_chance(one.events) + _AS_LIKELY
    left = _last(lambda at: table.log_chance(at) <= limit, table.least, table.mode)
    right = -_last(lambda at: table.log_chance(-at) <= limit, -table.most, -table.mode)
    if left == right:
        return 1.0
    return min(1.0, table.tail(left, -1) + table.tail(right, 1))


def holm(chances: Sequence[float]) -> list[float]:
    """Each comparison's chance, given that there were so many of them."""
    adjusted, floor = [0.0] * len(chances), 0.0
    for rank, at in enumerate(sorted(range(len(chances)), key=chances.__getitem__)):
        floor = max(floor, min(1.0, chances[at] * (len(chances) - rank)))
        adjusted[at] = floor
    return adjusted


@dataclass(frozen=True, slots=True)
class _Table:
    """Of `first` + `second` people, `events` did it: how many of the first, by chance alone."""

    first: int
    second: int
    events: int

    @property
    def least(self) -> int:
        return max(0, self.events - self.second)

    @property
    def most(self) -> int:
        return min(self.events, self.first)

    @property
    def mode(self) -> int:
        likeliest = (self.events + 1) * (self.first + 1) // (self.first + self.second + 2)
        return max(self.least, min(self.most, likeliest))

    def log_chance(self, at: int) -> float:
        ways = _log_ways(self.first, at) + _log_ways(self.second, self.events - at)
        return ways - _log_ways(self.first + self.second, self.events)

    def tail(self, start: int, step: int) -> float:
        """The chance of `start` and all beyond it; terms only shrink on the way."""
        if not self.least <= start <= self.most:
            return 0.0
        term = total = exp(self.log_chance(start))
        at = start
        while self.least <= at + step <= self.most and term > total * _NOTHING:
            term *= self._growth(at) if step > 0 else 1 / self._growth(at - 1)
            total += term
            at += step
        return total

    def _growth(self, at: int) -> float:
        """How many times as likely `at` + 1 is as `at`."""
        fewer = (at + 1) * (self.second - self.events + at + 1)
        return (self.first - at) * (self.events - at) / fewer


def _last(holds: Callable[[int], bool], least: int, most: int) -> int:
    """The last number from `least` to `most` that it holds for; it holds up to there, or nowhere.

    `least` - 1 for nowhere.
    """
    low, high = least - 1, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


def _log_ways(people: int, chosen: int) -> float:
    return lgamma(people + 1) - lgamma(chosen + 1) - lgamma(people - chosen + 1)


def _rate(group: Group) -> float:
    return group.rate


def _chance(difference: Difference) -> float:
    return difference.chance
