"""Slots in memory, with the subscribers whose consent they depend on."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sayso.domain.caps import reached
from sayso.domain.codes import bare
from sayso.domain.contact import Contact
from sayso.domain.coupon import Coupon
from sayso.domain.offer import Codes
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
from tests.fakes.campaigns import FakeCampaigns


class FakeSlots:
    """A SlotStore that counts into the runs of `campaigns`."""

    def __init__(self, campaigns: FakeCampaigns, contacts: Iterable[Contact] = ()) -> None:
        self.campaigns = campaigns
        self.contacts = {contact.phone: contact for contact in contacts}
        self.coupons: dict[str, Coupon] = {}
        self.tills: dict[str, str] = {}
        self.slots: dict[tuple[str, str], Slot] = {}
        self.ended: set[tuple[str, str]] = set()
        self.texted: defaultdict[str, list[datetime]] = defaultdict(list)

    def claim(
        self,
        run: Run,
        wanted: Slot,
        now: datetime,
        conditions: Conditions = UNCONDITIONAL,
        *coupons: Coupon,
    ) -> None:
        with self.campaigns.lock:
            slot = self.slots.get((run.id, wanted.phone))
            is_free = slot is None or (
                slot.state is SlotState.POSTPONED and slot.batch == wanted.batch
            )
            is_ours = slot is not None and slot.claim == wanted.claim
            if slot and not is_free and not is_ours:
                raise Taken(slot)
            contact = self.contacts.get(wanted.phone) or Contact.stranger(wanted.phone)
            if reason := _why_barred(contact, run):
                raise Barred(reason, None if is_free else slot)
            if is_ours:
                return
            if reason := conditions.why_over(contact.joined_at, contact.last_heard_at):
                raise Barred(reason, slot)
            basis = Basis(contact.location, contact.preference)
            if conditions.basis not in (None, basis):
                raise Misjudged(basis)
            if limit := reached(conditions.limits, self.texted[wanted.phone], now):
                raise Barred(limit.reason, slot)
            self._issue(run, coupons, slot)
            self.texted[wanted.phone].insert(0, now)
            self.contacts[wanted.phone] = replace(
                contact,
                last_run=run.id,
                last_run_at=now,
                last_run_groups="\n".join(wanted.groups),
            )
            self.slots[run.id, wanted.phone] = wanted

    def _issue(self, run: Run, coupons: Sequence[Coupon], slot: Slot | None) -> None:
        for coupon in coupons:
            standing = self.coupons.get(coupon.code, None if run.reminds_of else coupon)
            if standing is None:
                raise Barred("redeemed", slot)
            if (standing.run_id, standing.phone) != (coupon.run_id, coupon.phone):
                raise CodeTaken
            if run.reminds_of and standing.uses:
                raise Barred("redeemed", slot)
            is_tills = run.offer is not None and run.offer.codes is Codes.POOL
            if is_tills and self.tills.get(bare(coupon.shown), coupon.code) != coupon.code:
                raise CodeTaken
            if is_tills:
                self.tills[bare(coupon.shown)] = coupon.code
            self.coupons[coupon.code] = standing

    def claim_all(self, run: Run, wanted: Sequence[Wanted], now: datetime) -> Mapping[str, Refusal]:
        refused: dict[str, Refusal] = {}
        for one in wanted:
            try:
                coupons = (one.coupon,) if one.coupon else ()
                self.claim(run, one.slot, now, one.conditions, *coupons)
            except (Barred, Misjudged, Taken, CodeTaken) as refusal:
                refused[one.slot.phone] = refusal
        return refused

    def give_back(self, unsent: Slot) -> None:
        with self.campaigns.lock:
            if unsent.touched_at in self.texted[unsent.phone]:
                self.texted[unsent.phone].remove(unsent.touched_at)

    def settle(
        self, run_id: str, moves: Sequence[SlotMove], tally: Tally, ended_batch: str, now: datetime
    ) -> None:
        with self.campaigns.lock:
            standing = {move: self.slots.get((run_id, move.after.phone)) for move in moves}
            moved = {
                move.after.phone: slot for move, slot in standing.items() if _moved(move, slot)
            }
            has_ended = (run_id, ended_batch) in self.ended
            if moved or has_ended:
                raise SlotsMoved(moved, batch_has_ended=has_ended)
            self.slots |= {(run_id, move.after.phone): move.after for move in moves}
            self.campaigns.count(run_id, tally)
            if ended_batch:
                self.ended.add((run_id, ended_batch))
                self.campaigns.tallies[run_id].update(Counter({BATCHES_DONE: 1}))

    def read(self, run_id: str, phones: Collection[str]) -> dict[str, Slot]:
        found = {phone: self.slots.get((run_id, phone)) for phone in phones}
        return {phone: slot for phone, slot in found.items() if slot}


def _moved(move: SlotMove, standing: Slot | None) -> bool:
    if move.before is None or standing is None:
        return move.before is not standing
    return (move.before.state, move.before.claim) != (standing.state, standing.claim)


def _why_barred(contact: Contact, run: Run) -> str:
    if reason := why_not(contact.status):
        return reason
    is_sibling = contact.last_run.startswith(run.occasion) and contact.last_run != run.id
    return "texted_in_other_zone" if is_sibling else ""
