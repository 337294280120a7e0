"""Slots in columns, claimed under the same conditions as in the table."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from sayso.domain.caps import MONTH, reached
from sayso.domain.contact import Contact
from sayso.domain.coupon import Coupon
from sayso.domain.offer import Codes as OfferCodes
from sayso.domain.run import BATCHES_DONE, Run
from sayso.domain.slot import Slot, SlotState, Tally
from sayso.domain.terms import Basis, why_not
from sayso.services.ports.issuing import CodeTaken
from sayso.services.ports.slots import (
    UNCONDITIONAL,
    Barred,
    Conditions,
    Misjudged,
    Refusal,
    SlotMove,
    SlotsMoved,
    Taken,
    Wanted,
)
from simulation.campaigns import SimulatedCampaigns
from simulation.chains import Chains, RecentTexts
from simulation.columns import Names
from simulation.coupons import SimulatedCoupons
from simulation.index import Codes
from simulation.moments import at_ms, lasting, ms_of
from simulation.people import People, PhoneColumn
from simulation.tables import Table

# Why somebody is not reminded of an offer.
REDEEMED = "redeemed"
_A_MONTH = lasting(MONTH)


class SimulatedSlots:
    """SlotStore and SlotHistory over the contacts; it counts into the runs of `campaigns`."""

    def __init__(
        self,
        people: People,
        contacts: Table[Contact],
        campaigns: SimulatedCampaigns,
        coupons: SimulatedCoupons,
    ) -> None:
        self._people = people
        self._contacts = contacts
        self._people_columns = contacts.columns
        self._campaigns = campaigns
        self._chains = Chains(people.size)
        self._slots: Table[Slot] = Table(
            Slot,
            {
                "phone": PhoneColumn(people),
                "claim": Names(),
                "message_id": Names(),
                "code": Codes(),
            },
        )
        self.coupons = coupons
        self._run_of = self._slots.columns["run_id"]
        self._texts = RecentTexts(people.size)
        self._ended: set[tuple[str, str]] = set()

    def claim(
        self, run: Run, wanted: Slot, now: datetime, conditions: Conditions = UNCONDITIONAL
    ) -> None:
        self._claim(run, Wanted(wanted, conditions), now)

    def _claim(self, run: Run, one: Wanted, now: datetime) -> None:
        wanted, conditions = one.slot, one.conditions
        with self._campaigns.lock:
            row = self._row(wanted.phone)
            place = self._place(run.id, row)
            slot = None if place is None else self._slots.get(place)
            is_ours = slot is not None and slot.claim == wanted.claim
            if slot and not is_ours and not _is_free_for(wanted, slot):
                raise Taken(slot)
            if reason := self._why_barred(row, run):
                raise Barred(reason, slot if is_ours else None)
            if is_ours:
                return
            self._require(conditions, row, now, slot)
            self._issue(run, one.coupon, slot)
            self._texts.add(row, ms_of(now))
            self._people_columns["last_run"][row] = run.id
            self._people_columns["last_run_at"][row] = now
            self._people_columns["last_run_groups"][row] = "\n".join(wanted.groups)
            self._put(row, place, wanted)

    def claim_all(self, run: Run, wanted: Sequence[Wanted], now: datetime) -> Mapping[str, Refusal]:
        refused: dict[str, Refusal] = {}
        for one in wanted:
            try:
                self._claim(run, one, now)
            except (Barred, Misjudged, Taken, CodeTaken) as refusal:
                refused[one.slot.phone] = refusal
        return refused

    def _issue(self, run: Run, coupon: Coupon | None, slot: Slot | None) -> None:
        """Keep the coupon, with the till's code that goes with it. Raises CodeTaken, Barred."""
        if coupon is None:
            return
        standing = self.coupons.get(coupon.code)
        if standing and (standing.run_id, standing.phone) != (coupon.run_id, coupon.phone):
            raise CodeTaken
        if run.reminds_of:
            if standing is None or standing.uses:
                raise Barred(REDEEMED, slot)
            return
        is_tills = run.offer is not None and run.offer.codes is OfferCodes.POOL
        if is_tills and not self.coupons.ties(coupon):
            raise CodeTaken
        if standing is None:
            self.coupons.put(coupon)

    def give_back(self, unsent: Slot) -> None:
        if unsent.touched_at:
            with self._campaigns.lock:
                self._texts.remove(self._people.row(unsent.phone), ms_of(unsent.touched_at))

    def settle(
        self,
        run_id: str,
        moves: Sequence[SlotMove],
        tally: Tally,
        ended_batch: str,
        now: datetime,  # noqa: ARG002
    ) -> None:
        with self._campaigns.lock:
            rows = [self._row(move.after.phone) for move in moves]
            places = [self._place(run_id, row) for row in rows]
            moved = {
                move.after.phone: standing
                for move, place in zip(moves, places, strict=True)
                if _has_moved(move, standing := self._standing(place))
            }
            has_ended = (run_id, ended_batch) in self._ended
            if moved or has_ended:
                raise SlotsMoved(moved, batch_has_ended=has_ended)
            for move, row, place in zip(moves, rows, places, strict=True):
                self._put(row, place, move.after, move.before)
            self._count(run_id, tally, ended_batch)

    def read(self, run_id: str, phones: Collection[str]) -> dict[str, Slot]:
        found = {phone: self._standing(self._place(run_id, self._row(phone))) for phone in phones}
        return {phone: slot for phone, slot in found.items() if slot}

    def of(self, phone: str) -> Sequence[Slot]:
        return [self._slots.get(place) for place in self._chains.of(self._row(phone))]

    def count(self, state: SlotState, which: Callable[[int, str], bool]) -> Counter[str]:
        """How many slots are in a state, of the rows and runs that `which` picks, by run."""
        rows, states = self._slots.columns["phone"], self._slots.columns["state"]
        found: Counter[str] = Counter()
        for place in range(len(self._chains)):
            if states[place] == state:
                run_id = self._run_of[place]
                found[run_id] += which(self._people.row(rows[place]), run_id)
        return found

    def _row(self, phone: str) -> int:
        row = self._people.row(phone)
        if row >= self._people.size:  # nobody of the blocks, for whom there is room
            for kept in (self._chains, self._texts, self._contacts):
                kept.reserve(row + 1)
        return row

    def _put(self, row: int, place: int | None, slot: Slot, before: Slot | None = None) -> None:
        if place is None:
            place = self._chains.add(row)
            self._slots.reserve(place + 1)
            before = None
        if before is None:
            self._slots.put(place, slot)
        else:
            self._slots.change(place, before, slot)

    def _place(self, run_id: str, row: int) -> int | None:
        for place in self._chains.of(row):
            if self._run_of[place] == run_id:
                return place
        return None

    def _standing(self, place: int | None) -> Slot | None:
        return None if place is None else self._slots.get(place)

    def _why_barred(self, row: int, run: Run) -> str:
        if reason := why_not(self._people_columns["status"][row]):
            return reason
        last_run = self._people_columns["last_run"][row]
        is_sibling = last_run != run.id and last_run.startswith(run.occasion)
        return "texted_in_other_zone" if is_sibling else ""

    def _require(self, conditions: Conditions, row: int, now: datetime, slot: Slot | None) -> None:
        """Raise Misjudged or Barred unless the conditions hold."""
        joined_at, heard_at = (
            self._people_columns[name][row] for name in ("joined_at", "last_heard_at")
        )
        if reason := conditions.why_over(joined_at, heard_at):
            raise Barred(reason, slot)
        if conditions.basis is not None:
            basis = Basis(
                self._people_columns["location"][row], self._people_columns["preference"][row]
            )
            if basis != conditions.basis:
                raise Misjudged(basis)
        texted = [at_ms(at) for at in self._texts.of(row, ms_of(now) - _A_MONTH)]
        if limit := reached(conditions.limits, texted, now):
            raise Barred(limit.reason, slot)

    def _count(self, run_id: str, tally: Tally, ended_batch: str) -> None:
        self._campaigns.count(run_id, tally)
        if ended_batch:
            self._ended.add((run_id, ended_batch))
            self._campaigns.tallies[run_id].update(Counter({BATCHES_DONE: 1}))


def _is_free_for(wanted: Slot, standing: Slot) -> bool:
    return standing.state is SlotState.POSTPONED and standing.batch == wanted.batch


def _has_moved(move: SlotMove, standing: Slot | None) -> bool:
    if move.before is None or standing is None:
        return move.before is not standing
    return (move.before.state, move.before.claim) != (standing.state, standing.claim)
