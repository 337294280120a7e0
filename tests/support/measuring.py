"""How large a share of labelled texts was read as it should be, by language and hardness."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator

from sayso.domain.vocabulary import Intent

Row = dict[str, str]
Read = list[tuple[Row, Intent]]
Which = Callable[[Row], bool]

STOPPED = {Intent.STOP}
UNSURE = {Intent.UNSURE}
HEEDED = STOPPED | UNSURE
STARTED = {Intent.START, Intent.JOIN}
OTHERS = ("pt", "de", "it", "vi", "tl", "zh", "ko", "ht")


def table_of(read: Read) -> Iterator[str]:
    """A line a language, label and hardness: how many rows were read as what."""
    counts: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for row, intent in read:
        counts[row["lang"], row["label"], row["hardness"]][intent.value] += 1
    for key, found in sorted(counts.items()):
        yield " ".join([*key, *(f"{intent}={n}" for intent, n in found.most_common())])


def is_english(*hardness: str) -> Which:
    return lambda row: row["lang"] == "en" and row["hardness"] in hardness


def speaks(*languages: str) -> Which:
    return lambda row: row["lang"] in languages


def everyone(_row: Row) -> bool:
    return True


def share(read: Read, label: str, wanted: set[Intent], which: Which) -> float:
    """Of the rows with this label, how many are read as one of `wanted`."""
    found = [intent in wanted for row, intent in read if row["label"] == label and which(row)]
    assert found
    return sum(found) / len(found)
