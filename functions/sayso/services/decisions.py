"""What people of the program decide about a number: opted out, no opt-out after all, erased."""

from dataclasses import dataclass
from datetime import datetime

from sayso.domain.contact import Contact
from sayso.domain.outside_word import NotHeld, Said, erased, kept, taken_off
from sayso.services.outside_word import KeepsChanging, OutsideWord, Rule
from sayso.services.ports.catalog import CatalogStore
from sayso.services.ports.erasures import Erasures, Traces
from sayso.services.refusals import Busy, Conflict, NotFound


@dataclass(frozen=True, slots=True)
class Ruling:
    """Who decided what, and why: `by` is the user's id in the pool."""

    phone: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DecisionDesk:
    """Enters people's decisions, each with its proof; a text that comes meanwhile goes first."""

    outside: OutsideWord
    erasures: Erasures
    catalog: CatalogStore

    def opt_out(self, ruling: Ruling) -> Contact:
        """Opt the number out: customers may say so by any reasonable means (64.1200(a)(10)).

        Also one that never texted. Raises Busy.
        """
        said = self._said(ruling)
        return self._change(ruling, lambda contact: taken_off(contact, said))

    def keep(self, ruling: Ruling) -> Contact:
        """Find that held words were no opt-out. Raises Conflict for a number not held, Busy."""
        said = self._said(ruling)
        try:
            return self._change(ruling, lambda contact: kept(contact, said))
        except NotHeld:
            raise Conflict("only a number that is held can be kept") from None

    def erase(self, ruling: Ruling) -> Traces:
        """Opt the number out and erase all but the proof of that. Raises NotFound, Busy.

        Done again, it finishes what was cut short.
        """
        if not self.outside.contacts.read([ruling.phone]):
            raise NotFound("this number has never texted")
        said = self._said(ruling)
        self._change(ruling, lambda contact: erased(contact, said))
        return self.erasures.erase(ruling.phone, ruling.at)

    def _said(self, ruling: Ruling) -> Said:
        program = self.catalog.load().program
        name = program.name if program else ""
        return Said(ruling.at, ruling.reason, program=name, by=ruling.by)

    def _change(self, ruling: Ruling, rule: Rule) -> Contact:
        try:
            return self.outside.change(ruling.phone, rule).contact
        except KeepsChanging:
            raise Busy("this number's own texts keep coming in between") from None
