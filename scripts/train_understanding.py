"""Learn the weights of the opt-out model from the labelled tables in tests/cases.

Writes functions/sayso/domain/wording/weights.py; the same tables give the same weights.
"""

import csv
import math
import random
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from sayso.domain.wording import likelihood
from sayso.domain.wording.quoting import own_words
from sayso.domain.wording.spelling import concept_of, plain, words_of

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = ROOT / "functions/sayso/domain/wording/weights.py"
TABLES = ("replies", "wordings", "situations")
CLASSES = ("stop", "help", "start")
SCALE = 100
_ROUNDS, _RATE, _DECAY, _FIRST_GRADIENT, _SURE = 8, 0.25, 1e-2, 1e-2, 0.02
_STEEPEST = 30.0
_SEED = 7
# A feature that occurs once only is one text's peculiarity; of three words in a row, twice too.
_FEWEST, _FEWEST_ROWS, _A_ROW = 2, 3, 3
# Hundredths of log odds below which a weight is not worth its bytes.
_LEAST = 20

Feature = likelihood.Feature
Example = tuple[list[Feature], str]


@dataclass(frozen=True)
class Model:
    """Weights a feature and a bias, each for `CLASSES`."""

    weights: dict[Feature, likelihood.Weights]
    bias: likelihood.Weights

    def sums(self, features: Set[Feature]) -> likelihood.Sums:
        """What `likelihood.sums` gives with the shipped weights."""
        known = [self.weights[one] for one in features if one in self.weights]
        return likelihood.added_up(known, len(features), self.bias)


def features_of(text: str) -> list[Feature]:
    """What the model sees of a text as it was received."""
    said = plain(own_words(text)[0])
    words = words_of(said)
    meant = [concept for word in words if (concept := concept_of(word))]
    return sorted(likelihood.features(said, words, meant), key=likelihood.name_of)


def labelled(name: str) -> list[dict[str, str]]:
    """The rows of a table in tests/cases."""
    path = ROOT / "tests" / "cases" / f"{name}.tsv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def examples(rows: Iterable[dict[str, str]]) -> list[Example]:
    """Features and label of each row that says clearly what it is."""
    return [(features_of(r["text"]), r["label"]) for r in rows if r["label"] != "ambiguous"]


def learn(data: Sequence[Example]) -> Model:
    """Logistic regression, one class against the rest, by AdaGrad in a fixed order."""
    counts = Counter(chain.from_iterable(found for found, _ in data))
    often = (one for one, count in counts.items() if count >= _fewest(one))
    names = sorted(often, key=likelihood.name_of)
    places = {name: place for place, name in enumerate(names)}
    rows = [
        ([places[one] for one in found if one in places], likelihood.damping(len(found)), label)
        for found, label in data
    ]
    fitted = [_fit(rows, len(names), wanted) for wanted in CLASSES]
    (stop, stop_bias), (help_, help_bias), (start, start_bias) = fitted
    weights = {name: (stop[at], help_[at], start[at]) for name, at in places.items()}
    return Model(weights, (stop_bias, help_bias, start_bias))


def _fewest(feature: Feature) -> int:
    is_row = isinstance(feature, tuple) and len(feature) == _A_ROW
    return _FEWEST_ROWS if is_row else _FEWEST


def _fit(
    rows: list[tuple[list[int], float, str]], size: int, wanted: str
) -> tuple[list[float], float]:
    weights, seen = [0.0] * size, [_FIRST_GRADIENT] * size
    bias, bias_seen = 0.0, _FIRST_GRADIENT
    order = random.Random(_SEED)  # noqa: S311 - a fixed order, not a secret
    turns = list(range(len(rows)))
    for _ in range(_ROUNDS):
        order.shuffle(turns)
        for turn in turns:
            places, damped, label = rows[turn]
            odds = bias + damped * sum([weights[place] for place in places])
            guess = 1 / (1 + math.exp(-max(-_STEEPEST, min(_STEEPEST, odds))))
            error = guess - (label == wanted)
            if abs(error) < _SURE:
                continue
            for place in places:
                slope = error * damped + _DECAY * weights[place]
                seen[place] += slope * slope
                weights[place] -= _RATE * slope / math.sqrt(seen[place])
            bias_seen += error * error
            bias -= _RATE * error / math.sqrt(bias_seen)
    return weights, bias


def written(model: Model) -> str:
    """The module that ships a model; weights that round to nothing are left out."""
    scaled = {
        likelihood.name_of(feature): [round(SCALE * one) for one in weights]
        for feature, weights in model.weights.items()
    }
    lines = [
        f"{name} {' '.join(map(str, weights))}\n"
        for name, weights in sorted(scaled.items())
        if any(abs(one) >= _LEAST for one in weights)
    ]
    bias = tuple(round(SCALE * one) for one in model.bias)
    return (
        '"""Learnt by scripts/train_understanding.py from tests/cases; never edited by hand."""\n\n'
        f"SCALE = {SCALE}\n"
        f"BIAS = {bias}\n"
        "# A feature a line: its evidence for an opt-out, a call for help, a wish to start. One\n"
        "# string, which is read when needed, loads in a hundredth of the time of a table.\n"
        f'LEARNT = """\n{"".join(lines)}"""\n'
    )


def main() -> None:
    """Learn from all tables and write the weights."""
    rows = chain.from_iterable(labelled(name) for name in TABLES)
    WEIGHTS.write_text(written(learn(examples(rows))), encoding="utf-8")


if __name__ == "__main__":
    main()
