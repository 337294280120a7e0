"""Write docs/states.md: the state machine of consent, drawn from the table that the code obeys.

Run it again when the table has changed: a test fails until then.
"""

from itertools import groupby
from pathlib import Path

from sayso.domain.contact import Status
from sayso.domain.transitions import TRANSITIONS, Event, Transition

PAGE = Path(__file__).resolve().parent.parent / "docs" / "states.md"
_HEAD = """\
# Where a number stands, and what leads from there

Drawn from `functions/sayso/domain/transitions.py` by `scripts/states.py`; a test fails where the
two differ. Whatever is no row of the table cannot happen. Only `subscribed` is ever sent marketing.

- A question (double opt-in, a web form, or words that only sound like an opt-in) expires after 7
  days; a YES that comes later, or was sent before it, is answered like any unknown word.
- Whoever was asked in vain, or declined, stands where they stood before: opted out, if they were.
- `held` words that a person finds harmless put the number back to where it stood: subscribed only
  if it was subscribed when it was held.
- STOP, HELP, FORGET ME and ME are answered whoever sends them; an opt-out is confirmed once.
- The end of a question or a pause is seen with the next text at once, and by the daily upkeep.
"""
_MEANINGS = {
    Status.UNKNOWN: "has texted, or not even that",
    Status.PENDING: "has been asked to confirm",
    Status.SUBSCRIBED: "has consented",
    Status.PAUSED: "has consented, and wants nothing for a while",
    Status.HELD: "may have opted out: a person decides",
    Status.OPTED_OUT: "has opted out",
    Status.UNREACHABLE: "is dead for good, the carrier says",
    Status.FORGOTTEN: "has opted out, and nothing but the proof of that is kept",
}


def page() -> str:
    """The whole document."""
    return "\n".join([_HEAD, _statuses(), _diagram(), _table()])


def _statuses() -> str:
    rows = [f"| `{status}` | {_MEANINGS[status]} |" for status in Status]
    return "\n".join(["| status | the number |", "|---|---|", *rows, ""])


def _diagram() -> str:
    """Every move from one status to another; what leaves a number where it is is in the table."""
    moves: dict[tuple[Status, Status], list[Event]] = {}
    for row in TRANSITIONS:
        for after in row.after:
            if after is not row.before:
                moves.setdefault((row.before, after), []).append(row.event)
    lines = [
        f"    {before} --> {after}: {', '.join(event.name.lower() for event in events)}"
        for (before, after), events in moves.items()
    ]
    return "\n".join(["```mermaid", "stateDiagram-v2", "    [*] --> unknown", *lines, "```", ""])


def _table() -> str:
    head = ["| what happens | from | to | ledger | source |", "|---|---|---|---|---|"]
    rows = [_row(list(group)) for _, group in groupby(TRANSITIONS, key=_alike)]
    return "\n".join([*head, *rows, ""])


def _alike(row: Transition) -> tuple[object, ...]:
    stays = row.after == (row.before,)
    return row.event, stays or row.after, row.change, row.source


def _row(alike: list[Transition]) -> str:
    first = alike[0]
    stays = first.after == (first.before,)
    before = ", ".join(row.before for row in alike)
    after = "stays" if stays else ", ".join(first.after)
    if len(first.after) > 1:
        after = f"where it stood: {after}"
    what = f"{first.event.name.lower()}: {first.event}"
    return f"| {what} | {before} | {after} | {first.change or 'no entry'} | {first.source} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
