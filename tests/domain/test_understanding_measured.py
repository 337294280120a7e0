"""How well opt-outs are understood, measured on rows that the model has not learnt from.

`replies.tsv` is cut into five folds; each is read by a model learnt from the other four and from
the other tables. Rules, bounds and those tables are no part of the folds: their authors know the
rows, and the ordinary texts too, so that these figures flatter. `test_understanding_unseen.py` has
those that don't.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from sayso.domain import understanding
from sayso.domain.understanding import intent_of
from sayso.domain.vocabulary import Intent
from sayso.domain.wording import likelihood
from scripts.train_understanding import TABLES, Model, examples, labelled, learn
from tests.support.measuring import (
    HEEDED,
    OTHERS,
    STARTED,
    STOPPED,
    UNSURE,
    Read,
    Row,
    everyone,
    is_english,
    share,
    speaks,
    table_of,
)

FOLDS = 5
# Texts between people, which may not be shipped here; read where they stand beside the project.
ORDINARY = Path(__file__).resolve().parents[3] / "shared" / "data" / "ordinary-texts.txt"


def by_chance(row: Row) -> str:
    """An order that has nothing to do with what a row says, the same at every run."""
    return sha256(row["text"].encode()).hexdigest()


def read_with(model: Model, rows: list[Row], patch: pytest.MonkeyPatch) -> Read:
    with patch.context() as patched:
        patched.setattr(likelihood, "sums", model.sums)
        return [(row, intent_of(row["text"])) for row in rows]


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


@pytest.fixture(scope="module")
def held_out(patch: pytest.MonkeyPatch) -> Read:
    own = examples(row for name in TABLES if name != "replies" for row in labelled(name))
    rows = sorted(labelled("replies"), key=by_chance)
    read: Read = []
    for fold in range(FOLDS):
        others = [row for place, row in enumerate(rows) if place % FOLDS != fold]
        model = learn([*own, *examples(others)])
        read += read_with(model, rows[fold::FOLDS], patch)
    print(*table_of(read), sep="\n")  # noqa: T201 - pytest -s shows it
    return read


@pytest.mark.parametrize(
    ("which", "wanted", "least"),
    [
        pytest.param(is_english("easy", "medium"), STOPPED, 0.98, id="English, easy and medium"),
        pytest.param(is_english("hard"), HEEDED, 0.92, id="English, hard"),
        pytest.param(speaks("es"), HEEDED, 0.95, id="Spanish"),
        pytest.param(speaks("fr"), HEEDED, 0.95, id="French"),
        pytest.param(speaks(*OTHERS), HEEDED, 0.90, id="eight other languages"),
    ],
)
def test_opt_outs_are_heeded(
    held_out: Read, which: Callable[[Row], bool], wanted: set[Intent], least: float
) -> None:
    found = share(held_out, "stop", wanted, which)
    assert found >= least


@pytest.mark.parametrize(("wanted", "most"), [(STOPPED, 0.015), (UNSURE, 0.08)])
def test_other_replies_are_hardly_ever_taken_for_opt_outs(
    held_out: Read, wanted: set[Intent], most: float
) -> None:
    found = share(held_out, "none", wanted, everyone)
    assert found <= most


@pytest.mark.parametrize(("label", "wanted"), [("help", {Intent.HELP}), ("start", STARTED)])
def test_calls_for_help_and_wishes_to_start_are_understood(
    held_out: Read, label: str, wanted: set[Intent]
) -> None:
    assert share(held_out, label, wanted, everyone) >= 0.92


def test_no_other_reply_opts_anyone_in(held_out: Read) -> None:
    taken = [row["text"] for row, intent in held_out if row["label"] in ("none", "stop")
             and intent is Intent.START]  # fmt: skip
    assert taken == []


def test_ordinary_texts_between_people_are_left_alone(patch: pytest.MonkeyPatch) -> None:
    if not ORDINARY.exists():
        pytest.skip("the texts between people may not be shipped, and do not stand beside here")
    lines = [line for line in ORDINARY.read_text(encoding="utf-8").splitlines() if line]
    read = [intent_of(line) for line in lines]
    assert read.count(Intent.STOP) <= len(lines) * 3 / 10_000
    assert read.count(Intent.UNSURE) <= len(lines) * 100 / 10_000


def test_the_shipped_weights_are_those_that_the_shipped_tables_teach() -> None:
    from scripts.train_understanding import WEIGHTS, written  # noqa: PLC0415

    rows = [row for name in TABLES for row in labelled(name)]
    assert written(learn(examples(rows))) == WEIGHTS.read_text(encoding="utf-8")


def test_the_same_text_is_always_read_alike() -> None:
    texts = [row["text"] for row in labelled("wordings")]
    once = [understanding.intent_of(text) for text in texts]
    assert once == [understanding.intent_of(text) for text in reversed(texts)][::-1]
