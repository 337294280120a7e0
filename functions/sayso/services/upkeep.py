"""The daily round: in step with the carrier's opt-out list, and done with what time has ended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sayso.domain.contact import LEFT, Contact, Status
from sayso.domain.outside_word import lapse
from sayso.domain.slot import Tally
from sayso.domain.upkeep import (
    PASSING,
    Phase,
    Round,
    Verdict,
    belongs_on_list,
    verdict,
)
from sayso.services.carriers_word import CarriersWord
from sayso.services.outside_word import OutsideWord
from sayso.services.ports.carrier import Certainty, OptOutList, SendFailed
from sayso.services.ports.contacts import ContactStore
from sayso.services.ports.opt_out_register import Listed, OptOutRegister
from sayso.services.ports.upkeep import Overtaken, Roll, RoundStore

# The carrier's words for it: the fields of AWS's answer that say so.
_LISTED = "OptedOutNumber"
_LISTED_BY_CUSTOMER = "OptedOutNumber, EndUserOptedOut"


# Among a round's counts: it went on without the list, which the carrier does not let us read.
UNREADABLE = "list_unreadable"


@dataclass(frozen=True, slots=True)
class Went:
    """How far a round has come, and whether this worker is to be called again for it.

    `is_just_over` for the one call that took it to its end.
    """

    round: Round
    goes_on: bool
    is_just_over: bool = False


@dataclass(frozen=True, slots=True)
class _Step:
    """What one page came to: where to go on, what to count, what stood on the carrier's list."""

    position: str
    tally: Tally
    listed: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Upkeep:
    """Walks the carrier's list, then everybody here; `register` is None where there is no list.

    Both walks read what may have changed by the time it is acted on. So every change is made only
    to the contact as it then stands, and what was told to the list is looked at once more after.
    """

    rounds: RoundStore
    roll: Roll
    contacts: ContactStore
    register: OptOutRegister | None
    opt_out_list: OptOutList
    outside: OutsideWord
    carriers_word: CarriersWord
    clock: Callable[[], datetime]

    def go_on(self, round_id: str, is_time_short: Callable[[], bool]) -> Went:
        """Take the round as far as time allows; who is overtaken leaves it to the other worker.

        Raises ports.carrier.SendFailed where the carrier's list cannot be read just now.
        """
        current = begun = self.rounds.open(round_id, self.clock())
        listed: set[str] | None = None
        while current.phase is not Phase.DONE and not is_time_short():
            if current.phase is Phase.LIST:
                step = self._compare(current)
            else:
                listed = self.rounds.listed(round_id) if listed is None else listed
                step = self._look_after(current, listed)
            now = self.clock()
            following = current.after(step.position, step.tally, now)
            try:
                self.rounds.advance(current, following, step.listed, now)
            except Overtaken:
                return Went(self.rounds.open(round_id, now), goes_on=False)
            current = following
        is_over = current.phase is Phase.DONE
        return Went(current, not is_over, is_over and current != begun)

    def _compare(self, current: Round) -> _Step:
        """A page of the carrier's list: whom it has, and we do not know to have left."""
        if self.register is None:
            return _Step("", Tally())
        try:
            page = self.register.page(current.position)
        except SendFailed as failure:
            if failure.certainty is not Certainty.REFUSED:
                raise
            return _Step("", Tally({UNREADABLE: 1}))
        phones = [one.phone for one in page.numbers]
        standing = self.contacts.read(phones)
        tally = Tally(listed=len(phones))
        for one in page.numbers:
            tally.update(self._judge(one, standing.get(one.phone)))
        return _Step(page.position, tally, phones)

    def _judge(self, listed: Listed, contact: Contact | None) -> Tally:
        match verdict(contact, listed.since):
            case Verdict.STRANGER:
                return Tally(strangers=1)
            case Verdict.OPT_OUT:
                return self._opt_out(listed)
            case Verdict.TAKE_OFF:
                return Tally({self._take_off(listed.phone): 1})
        return Tally()

    def _opt_out(self, listed: Listed) -> Tally:
        words = _LISTED_BY_CUSTOMER if listed.by_customer else _LISTED
        at = listed.since or self.clock()
        has_changed = self.carriers_word.refuses(listed.phone, words, at)
        return Tally(opted_out_here=int(has_changed))

    def _take_off(self, phone: str) -> str:
        """The counter of how that went; the carrier may forbid it for thirty days."""
        try:
            self.opt_out_list.remove(phone)
            if self._has_left(phone):  # at this very moment: the list must have it after all
                self.opt_out_list.add(phone)
        except SendFailed:
            return "not_taken_off"
        return "taken_off"

    def _look_after(self, current: Round, listed: set[str]) -> _Step:
        """A page of our own: who has left and is not on the list."""
        page = self.roll.page(current.position)
        left = [phone for phone, status in page.standings if status in LEFT]
        passing = [phone for phone, status in page.standings if status in PASSING]
        tally = Tally(contacts=len(page.standings), opted_out=len(left))
        for phone, contact in self.contacts.read(self._missing(current, left, listed)).items():
            if belongs_on_list(contact, current.started_at):
                tally[self._put_on(phone)] += 1
        for contact in self.contacts.read(passing).values():
            tally.update(self._lapse(contact))
        return _Step(page.position, tally)

    def _lapse(self, contact: Contact) -> Tally:
        now = self.clock()
        if lapse(contact, now)[1] is None:
            return Tally()
        effect = self.outside.change(contact.phone, partial(lapse, now=now))
        if not effect.has_changed:
            return Tally()
        return Tally({"pauses_ended" if contact.status is Status.PAUSED else "unanswered": 1})

    def _missing(self, current: Round, left: Sequence[str], listed: set[str]) -> list[str]:
        takes_numbers = self.register is not None and self.register.takes_numbers
        if not takes_numbers or UNREADABLE in current.counts:
            return []
        return [phone for phone in left if phone not in listed]

    def _put_on(self, phone: str) -> str:
        try:
            self.opt_out_list.add(phone)
            if not self._has_left(phone):  # a new opt-in came between
                self.opt_out_list.remove(phone)
        except SendFailed:
            return "not_put_on"
        return "put_on"

    def _has_left(self, phone: str) -> bool:
        contact = self.contacts.read([phone]).get(phone)
        return contact is not None and contact.status in LEFT
