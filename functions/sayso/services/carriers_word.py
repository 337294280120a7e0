"""What the carrier says about a number, by refusing a text or by what became of one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sayso.domain.contact import Contact
from sayso.domain.delivery import DeliveryEvent, Suppression, suppression
from sayso.domain.outside_word import Said, became_unreachable, opted_out_by_carrier
from sayso.domain.unreached import is_given_up
from sayso.services.outside_word import Changed, OutsideWord
from sayso.services.ports.campaigns import CatalogReader
from sayso.services.ports.slot_history import SlotHistory


@dataclass(frozen=True, slots=True)
class CarriersWord:
    """Ends marketing to numbers on the carrier's word; an opt-in that is newer than it stands."""

    outside: OutsideWord
    catalog: CatalogReader
    history: SlotHistory

    def refuses(self, phone: str, words: str, at: datetime) -> bool:
        """The number is on the carrier's opt-out list: whether that was news.

        `at` is when it went on, or else when we learnt of it; `words` are the carrier's.
        """
        said = Said(at, words, program=self._program())

        def rule(contact: Contact) -> Changed | None:
            # Nobody who has never been here can leave: a list may serve other programs too.
            return opted_out_by_carrier(contact, said) if contact.revision else None

        return self.outside.change(phone, rule, is_listed=True).has_changed

    def reports(self, event: DeliveryEvent) -> Suppression:
        """What a delivery event has just ended, if anything. Raises KeepsChanging."""
        meant = suppression(event)
        rule = self._rule(meant, event)
        if rule is None or not self.outside.change(event.phone, rule).has_changed:
            return Suppression.NONE
        return Suppression.OPTED_OUT if meant is Suppression.OPTED_OUT else Suppression.UNREACHABLE

    def _rule(
        self, meant: Suppression, event: DeliveryEvent
    ) -> Callable[[Contact], Changed | None] | None:
        if meant is Suppression.NONE:
            return None
        said = Said(event.at, event.type, event.message_id, program=self._program())
        end = opted_out_by_carrier if meant is Suppression.OPTED_OUT else became_unreachable

        def rule(contact: Contact) -> Changed | None:
            if not contact.revision or not self._is_certain(meant, contact):
                return None
            return end(contact, said)

        return rule

    def _is_certain(self, meant: Suppression, contact: Contact) -> bool:
        """One text that did not arrive may have many reasons: the texts before it tell."""
        if meant is not Suppression.DOUBTFUL:
            return True
        signs_of_life = [at for at in (contact.last_heard_at, contact.joined_at) if at]
        return is_given_up(self.history.of(contact.phone), max(signs_of_life, default=None))

    def _program(self) -> str:
        program = self.catalog.load().program
        return program.name if program else ""
