"""What a campaign's variants and its hold-out brought about, said in plain sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sayso.domain.evidence import Difference, Group, compared
from sayso.domain.experiment import HELD_OUT

# Of several differences the surest are told, and the others are in the table.
_TOLD_AT_MOST = 3


class Outcome(StrEnum):
    """What is counted of a group's people, the one that tells most first."""

    REDEEMED = "redeemed"
    VISITED = "visited"
    CLICKED = "clicked"
    REPLIED = "replied"


# What nobody can do who got no text, so that it says nothing of those.
ANSWERS = frozenset({Outcome.CLICKED, Outcome.REPLIED})
_CALLED = {
    Outcome.REDEEMED: ("redemption", "redeemed it"),
    Outcome.VISITED: ("visit", "visited"),
    Outcome.CLICKED: ("click", "clicked"),
    Outcome.REPLIED: ("reply", "replied"),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The groups beside each other. `is_evidence` is whether the verdict names a difference."""

    outcome: Outcome
    groups: tuple[Group, ...]
    differences: tuple[Difference, ...]
    verdict: str
    is_evidence: bool


def comparison(
    people: Mapping[str, int],
    did: Mapping[Outcome, Mapping[str, int]],
    why_early: str = "",
    *,
    has_codes: bool = False,
) -> Comparison | None:
    """How the groups differ, by name; None where there are not two of them.

    `people` is everyone who was assigned to a group, whatever became of their text, and `did` those
    of them who did what. Compared is the first outcome that anybody had: which one that is does not
    depend on who was in which group, unless the groups differ. Where the campaign `has_codes`,
    redeeming takes one, and says nothing of who got no text; nor do visits then, which a code
    brings to light (domain.lift). Where `why_early` says why the figures may still change, they are
    shown, and nothing is claimed.
    """
    takes_a_text = frozenset(Outcome) if has_codes else ANSWERS
    outcome = next((one for one in Outcome if sum(did[one].values())), Outcome.REPLIED)
    groups = tuple(
        Group(name, count, min(count, did[outcome].get(name, 0)))
        for name, count in sorted(people.items(), key=_held_out_last)
        if not (name == HELD_OUT and outcome in takes_a_text)
    )
    if len(groups) < 2:
        return None
    differences = compared(groups)
    proven = [one for one in differences if one.is_proven]
    if why_early:
        verdict = f"{why_early} So far: {_figures(groups, outcome)}."
    elif proven:
        verdict = " ".join(_claims(proven, len(differences), outcome))
    else:
        verdict = _no_evidence(groups, differences, outcome)
    return Comparison(outcome, groups, differences, verdict, bool(proven) and not why_early)


def _claims(proven: Sequence[Difference], of_all: int, outcome: Outcome) -> Iterator[str]:
    for one in proven[:_TOLD_AT_MOST]:
        yield (
            f"{_subject(one.of)} did better than {_object(one.against)}: "
            f"{_per_thousand(one.of)} {_plural(outcome, one.of)} per 1,000 against "
            f"{_per_thousand(one.against)}; by chance alone they would differ this much "
            f"{_in_words(one.chance)}."
        )
    if len(proven) < of_all:
        yield "No evidence of any other difference."


def _no_evidence(
    groups: Sequence[Group], differences: Sequence[Difference], outcome: Outcome
) -> str:
    if not differences or not any(one.events for one in groups):
        return f"No evidence of a difference: nobody {_CALLED[outcome][1]}."
    those = "they" if len(groups) == 2 else "some of them"
    return (
        f"No evidence of a difference: {_figures(groups, outcome)}; by chance alone {those} would "
        f"differ this much {_in_words(differences[0].chance)}."
    )


def _figures(groups: Sequence[Group], outcome: Outcome) -> str:
    """What each got, the best first: `B got 31 replies per 1,000, A 29`."""
    first, *others = sorted(groups, key=_rate, reverse=True)
    said = f"{_subject(first)} got {_per_thousand(first)} {_plural(outcome, first)} per 1,000"
    return ", ".join([said, *(f"{_object(one)} {_per_thousand(one)}" for one in others)])


def _subject(group: Group) -> str:
    return "Sending nothing" if group.name == HELD_OUT else group.name


def _object(group: Group) -> str:
    return "sending nothing" if group.name == HELD_OUT else group.name


def _per_thousand(group: Group) -> str:
    rate = 1000 * group.rate
    return f"{rate:,.0f}" if rate >= 10 or rate == 0 else f"{rate:.1f}"


def _plural(outcome: Outcome, group: Group) -> str:
    noun = _CALLED[outcome][0]
    if _per_thousand(group) in ("1", "1.0"):
        return noun
    return "replies" if outcome is Outcome.REPLIED else f"{noun}s"


_SHARES = (
    (0.9, "nine times in ten"),
    (3 / 4, "three times in four"),
    (2 / 3, "two times in three"),
    (1 / 2, "every second time"),
    (1 / 3, "one time in three"),
    (1 / 4, "one time in four"),
    (1 / 5, "one time in five"),
    (1 / 10, "one time in ten"),
    (1 / 20, "one time in twenty"),
)


def _in_words(chance: float) -> str:
    if chance > 0.95:
        return "nearly every time"
    if chance <= 1 / 20:
        rarest = next((n for n in (10_000, 1_000, 100) if chance < 1 / n), 20)
        return f"less than one time in {rarest:,}"
    return min(_SHARES, key=lambda share: abs(share[0] - chance))[1]


def _held_out_last(group: tuple[str, int]) -> tuple[bool, str]:
    return group[0] == HELD_OUT, group[0]


def _rate(group: Group) -> float:
    return group.rate
