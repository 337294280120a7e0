"""How likely a text is an opt-out, a call for help or a wish to start: a linear model's sums."""

import math
from collections.abc import Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from sayso.domain.wording.lexicon import POLITE
from sayso.domain.wording.weights import BIAS, SCALE, WEIGHTS

_START, _END = "^", "$"
# Up to so many words a text is its own kind: "stop it" and "stop" in a long story are not alike.
_LENGTHS = ((1, "#1"), (2, "#2"), (4, "#4"), (8, "#8"), (16, "#16"))
_LONGEST = 60
_DAMPING = 6.0
_FEWEST = 5


def features(said: str, words: Sequence[str], meant: Sequence[str]) -> set[str]:
    """What the model looks at: words and concepts, alone and beside each other, and the length.

    `said` is the plain text, `words` its words and `meant` their concepts; only the first and last
    of a very long text are looked at, so that its cost is bounded.
    """
    if len(words) > _LONGEST:
        words = [*words[: _LONGEST // 2], *words[-_LONGEST // 2 :]]
        meant = [*meant[: _LONGEST // 2], *meant[-_LONGEST // 2 :]]
    plainly = [word for word in words if word not in POLITE]
    row = [_START, *meant, _END]
    found = set(meant)
    found.update([f"w {word}" for word in plainly])
    found.update([f"w {one} {two}" for one, two in pairwise(plainly)])
    found.update([f"{one} {two}" for one, two in pairwise(row)])
    found.update(
        [f"{one} {two} {three}" for one, two, three in zip(row, row[1:], row[2:], strict=False)]
    )
    found.add(next((mark for most, mark in _LENGTHS if len(meant) <= most), "#more"))
    if "?" in said:
        found.add("?")
    return found


class Sums(NamedTuple):
    """The model's evidence, as log odds: above 0 is more likely than not."""

    stop: float
    help: float
    start: float


def sums(found: Set[str]) -> Sums:
    """The weights of the features, added up, the many small ones of a long text damped."""
    known = list(filter(None, map(WEIGHTS.get, found)))
    if not known:
        return Sums(*(bias / SCALE for bias in BIAS))
    damped = damping(len(found)) / SCALE
    stop, help_, start = map(sum, zip(*known, strict=True))
    return Sums(
        BIAS[0] / SCALE + stop * damped,
        BIAS[1] / SCALE + help_ * damped,
        BIAS[2] / SCALE + start * damped,
    )


def damping(count: int) -> float:
    """What each of `count` features counts for."""
    return _DAMPING / math.sqrt(max(count, _FEWEST))
