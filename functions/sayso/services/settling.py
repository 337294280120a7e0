"""Writing what became of slots, however often others move them at the same moment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sayso.domain.run import location_of
from sayso.domain.slot import OF_GROUP, Slot, Tally, counted, location_group
from sayso.services.ports.slots import SlotMove, SlotsMoved, SlotStore

# The counter of recipients whom another batch of the same run has texted: they moved to another
# store while the run was being planned. By channel and variant they count there only.
ALREADY_TEXTED = "skipped.already_texted"
# Slots only move forward, and a race is lost to a move: few rounds can ever be needed.
_ROUNDS = 20
# What a slot becomes, given what stands there; None where nothing is to change.
Rule = Callable[[Slot | None], Slot | None]


class StillMoving(Exception):
    """The slots changed under every try: deliver the message again."""


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a batch; `strangers` of its recipients are not in `known` any more."""

    batch_id: str
    strangers: int = 0


def settle(
    slots: SlotStore,
    run_id: str,
    known: Mapping[str, Slot | None],
    rules: Mapping[str, Rule],
    now: datetime,
    ending: Ending | None = None,
) -> Tally:
    """Move the slots by their rules, with the counters that this changes, in one transaction.

    `known` is what is thought to stand for each number. Where something else does, the rules are
    asked again with that. Returns what was added to the counters. Raises StillMoving.
    """
    known = dict(known)
    for _ in range(_ROUNDS):
        found = ((before, rules[phone](before)) for phone, before in known.items())
        moves = [SlotMove(before, after) for before, after in found if after is not None]
        tally = Tally()
        for move in moves:
            tally.update(counted(move.before, move.after))
        if ending and (strangers := ending.strangers + len(strangers_in(known, ending.batch_id))):
            tally[ALREADY_TEXTED] += strangers
            place = location_group(location_of(ending.batch_id))
            tally[f"{place}{OF_GROUP}{ALREADY_TEXTED}"] += strangers
        try:
            slots.settle(run_id, moves, tally, ending.batch_id if ending else "", now)
        except SlotsMoved as moved:
            known |= moved.current
            ending = None if moved.batch_has_ended else ending
        else:
            return tally
    raise StillMoving(run_id)


def strangers_in(known: Mapping[str, Slot | None], batch_id: str) -> list[str]:
    """The numbers whose slot belongs to another batch."""
    return [phone for phone, slot in known.items() if slot and slot.batch != batch_id]
