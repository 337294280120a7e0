"""What an erasure leaves of a ledger: the proof of the opt-out, and the chain that it hangs on.

GDPR 17(1) has what is no longer needed erased; 17(3)(b) and (e) and Va. Code 59.1-514 are why the
opt-out is not (decision 0014).
"""

from collections.abc import Sequence

from sayso.domain.changes import OF_SUBSCRIBERS, OPT_INS, OPT_OUTS, Change
from sayso.domain.ledger import Entry, Erased, Line


def erasable(lines: Sequence[Line]) -> list[Entry]:
    """The entries whose words have to go, oldest first, of a ledger from its first line on.

    All before the newest erasure, but for an opt-out that was in force when it was asked for. None
    where nobody asked for any. What cannot be read as an entry is left for the audit to find.
    """
    cut = max((at for at, line in enumerate(lines) if _is(line, Change.ERASED)), default=0)
    before = lines[:cut]
    kept = _opt_out_in_force(before)
    return [line for line in before if isinstance(line, Entry) and line is not kept]


def erased(entry: Entry) -> Erased:
    """What stays of an entry."""
    return Erased(entry.seq, entry.previous, entry.digest)


def newest_erasure(lines: Sequence[Line]) -> Entry | None:
    """The entry that asks for the newest erasure."""
    asked = [line for line in lines if isinstance(line, Entry) and line.change is Change.ERASED]
    return asked[-1] if asked else None


def _opt_out_in_force(lines: Sequence[Line]) -> Entry | None:
    """What is erased already tells nothing: the oldest go first, so no opt-in is among it."""
    for entry in reversed([line for line in lines if isinstance(line, Entry)]):
        if entry.change in OPT_INS | OF_SUBSCRIBERS:
            return None
        if entry.change in OPT_OUTS:
            return entry
    return None


def _is(line: Line, change: Change) -> bool:
    return isinstance(line, Entry) and line.change is change
