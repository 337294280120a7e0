"""How many more came of those who were meant to be texted than of those who were held out.

It is an estimate with its interval, and never a claim: `domain.comparing` alone makes these, and a
second question asked of the same people would find a difference by chance twice as often.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sayso.domain.evidence import Group, Interval, newcombe
from sayso.domain.experiment import HELD_OUT

TEXTED = "texted"
# A code brings its owner's visit to light; nothing does that for who has none.
SEEN_BY_CODE = (
    "Whoever redeems is known to have come. Of those held out that is known only where they redeem "
    "another offer, or the shop reports visits: the true difference may be smaller, or none."
)
_NOBODY_KNOWN = "Nobody who was held out is known to have come: there is nothing to compare with."


@dataclass(frozen=True, slots=True)
class Lift:
    """Both groups, by known visits. `interval` is of the difference of their rates (Newcombe's).

    It is None where nothing is known of those held out. `said` says it in sentences.
    """

    texted: Group
    held_out: Group
    interval: Interval | None
    said: str

    @property
    def difference(self) -> float:
        return self.texted.rate - self.held_out.rate


def lift(
    people: Mapping[str, int], visited: Mapping[str, int], *, has_codes: bool, why_early: str = ""
) -> Lift | None:
    """The lift over the hold-out, all variants together; None where nobody was held out.

    `people` is everyone who was assigned to a group, whatever became of their text.
    """
    held_out = _group(HELD_OUT, people.get(HELD_OUT, 0), visited.get(HELD_OUT, 0))
    names = people.keys() - {HELD_OUT}
    texted = _group(
        TEXTED, sum(people[name] for name in names), sum(visited.get(name, 0) for name in names)
    )
    if not held_out.people or not texted.people:
        return None
    if has_codes and not held_out.events:
        return Lift(texted, held_out, None, _joined(why_early, _NOBODY_KNOWN, SEEN_BY_CODE))
    interval = newcombe(texted, held_out)
    caveat = SEEN_BY_CODE if has_codes else ""
    said = _joined(why_early, _sentence(texted, held_out, interval), caveat)
    return Lift(texted, held_out, interval, said)


def _group(name: str, people: int, events: int) -> Group:
    return Group(name, people, min(people, events))


def _joined(*sentences: str) -> str:
    return " ".join(one for one in sentences if one)


def _sentence(texted: Group, held_out: Group, interval: Interval) -> str:
    low, high = interval
    return (
        f"Of 1,000 who were meant to be texted {_of_thousand(texted.rate)} came, of 1,000 held out "
        f"{_of_thousand(held_out.rate)}: a difference of "
        f"{_of_thousand(texted.rate - held_out.rate)}, most likely between {_of_thousand(low)} and "
        f"{_of_thousand(high)}."
    )


def _of_thousand(rate: float) -> str:
    number = 1000 * rate
    return f"{number:,.0f}" if abs(number) >= 10 or abs(number) < 0.05 else f"{number:.1f}"
