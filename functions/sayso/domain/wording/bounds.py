"""How high the model's sums have to be: for an opt-out, for a person to look, for other answers."""

from collections.abc import Sequence
from typing import NamedTuple

from sayso.domain.wording import topics


class Least(NamedTuple):
    """The sums from which on texts of at most so many words are heeded; chosen by measuring.

    The longer a text, the more of it is about something else, and the more its sums are chance.
    """

    words: int
    stop: float  # with a word that opt-outs are made with
    about: float  # an opt-out too, without such a word but about our texts
    unsure: float
    elsewhere: float  # unsure without a topic of ours


class Bounds(NamedTuple):
    """From which sum on a text is an opt-out, and from which it may be one."""

    stop: float
    unsure: float


NEVER = float("inf")
LEAST = (
    Least(3, 0.7, 1.0, -0.2, 0.15),
    Least(6, 1.1, 1.8, -0.3, 0.3),
    Least(10, 1.6, 1.8, 0.0, 0.35),
    Least(20, 1.7, 1.9, 0.0, 0.3),
    Least(1000, NEVER, NEVER, 0.0, 0.5),
)
# Not English: fewer cases to learn from, so more to a person.
_FOREIGN = Least(1000, 2.0, 2.6, -0.5, 0.3)
# What is added where a rule holds against it.
_CONTRARY = 3.0
# For a call for help, which does no harm where none was meant; to begin again; and to begin where
# no word speaks of it.
HELPED, BEGUN, SURELY = -0.8, -0.2, 1.0
# What only may be meant is not, where the other words say so: the longer the text, the sooner.
_WORDY, _VETO, _FAINT = 12, 0.0, -1.3
# Where even a plain phrase, short of those that the rules name, is for a person to look at: all
# else about the text says no.
DOUBTFUL = -1.5


# Below the least of all bounds there is no need to ask for a text's own.
LOWEST = min(least for row in (*LEAST, _FOREIGN) for least in row[1:])
UNREACHED = Bounds(NEVER, NEVER)


def bounds(words: Sequence[str], concepts: set[str], is_contrary: bool) -> Bounds:
    """The bounds for a text of these words and concepts."""
    least = _FOREIGN
    if topics.is_english(words):
        least = next((row for row in LEAST if len(words) <= row.words), LEAST[-1])
    more = _CONTRARY if is_contrary else 0
    if not topics.is_on_topic(concepts):
        return Bounds(NEVER, least.elsewhere + more)
    stop = least.stop if topics.is_plain(concepts) else least.about
    # What may be meant for somebody else, or be a threat only, is for a person to look at.
    is_clear = topics.is_plain(concepts) or not topics.is_indirect(concepts)
    return Bounds(stop + more if is_clear else NEVER, least.unsure + more)


def veto(words: Sequence[str]) -> float:
    """The sum below which even a phrase that raises a doubt raises none."""
    return _VETO if len(words) > _WORDY else _FAINT
