"""How likely a text is an opt-out, a call for help or a wish to start: a linear model's sums."""

import math
from collections.abc import Sequence, Set
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from sayso.domain.wording.lexicon import POLITE
from sayso.domain.wording.weights import BIAS, LEARNT, SCALE

# A word, a concept or a mark; two or three of them are such as stand beside each other.
Feature = str | tuple[str, ...]
Weights = tuple[float, float, float]

_START, _END = "^", "$"
# Up to so many words a text is its own kind. Longer ones are not told apart: how many opt-outs
# among them are long says how the tables were written, not how people write.
_LENGTHS = ((1, "#1"), (2, "#2"), (4, "#4"))
_LONGEST = 60
_DAMPING = 2.0
_FEWEST = 5


def features(said: str, words: Sequence[str], meant: Sequence[str]) -> set[Feature]:
    """What the model looks at: words and concepts, alone and beside each other, and the length.

    `said` is the plain text, `words` its words and `meant` their concepts; only the first and last
    of a very long text are looked at, so that its cost is bounded.
    """
    if len(words) > _LONGEST:
        words = [*words[: _LONGEST // 2], *words[-_LONGEST // 2 :]]
        meant = [*meant[: _LONGEST // 2], *meant[-_LONGEST // 2 :]]
    row = [_START, *meant, _END]
    found: set[Feature] = {*words, *meant}
    found -= POLITE
    found.update(pairwise(row))
    found.update(zip(row, row[1:], row[2:], strict=False))
    found.add(next((mark for most, mark in _LENGTHS if len(meant) <= most), "#more"))
    if "?" in said:
        found.add("?")
    return found


class Sums(NamedTuple):
    """The model's evidence, as log odds: above 0 is more likely than not."""

    stop: float
    help: float
    start: float


def sums(found: Set[Feature]) -> Sums:
    """The weights of the features, added up, the many small ones of a long text damped."""
    known = [*filter(None, map(weights().get, found))]
    return added_up(known, len(found), BIAS, SCALE)


def added_up(known: Sequence[Weights], count: int, bias: Weights, scale: float = 1.0) -> Sums:
    """The sums of the weights that are `known` of a text's `count` features."""
    damped = damping(count)
    stop, help_, start = map(sum, zip(*known, strict=True)) if known else (0.0, 0.0, 0.0)
    return Sums(
        (bias[0] + stop * damped) / scale,
        (bias[1] + help_ * damped) / scale,
        (bias[2] + start * damped) / scale,
    )


def counted(found: Set[Feature], column: int) -> dict[Feature, float]:
    """What each known feature of a text adds to a sum; the bias is a feature too, named `bias`."""
    damped, known = damping(len(found)) / SCALE, weights()
    each = {one: known[one][column] * damped for one in found if one in known}
    return {**each, "bias": BIAS[column] / SCALE}


def damping(count: int) -> float:
    """What each of `count` features counts for."""
    return _DAMPING / math.sqrt(max(count, _FEWEST))


@cache
def weights() -> dict[Feature, tuple[int, int, int]]:
    """What was learnt, read when the first text is weighed: one that says JOIN pays nothing."""
    row = LEARNT.split()
    columns = (map(int, row[place::4]) for place in (1, 2, 3))
    return dict(zip(map(feature_named, row[::4]), zip(*columns, strict=True), strict=True))


def feature_named(name: str) -> Feature:
    """`NOT` or `NOT+SEND` as it stands in `features`."""
    return tuple(name.split("+")) if "+" in name else name


def name_of(feature: Feature) -> str:
    """A feature as people read it, and as the weights are written."""
    return feature if isinstance(feature, str) else "+".join(feature)
