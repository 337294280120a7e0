"""A contact changes by something that is not a text: the carrier's word, a person's, or time."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sayso.domain.contact import LEFT, Contact
from sayso.domain.ledger import Entry
from sayso.services.ports.carrier import OptOutList, SendFailed
from sayso.services.ports.contacts import ContactStore
from sayso.services.ports.conversations import Outdated

# A contact changes under a change only when its own texts race it.
_LOOKS = 6
# The contact after the change, and its proof; None where nothing is to change.
Changed = tuple[Contact, Entry | None]
Rule = Callable[[Contact], Changed | None]


class KeepsChanging(Exception):
    """The contact changed under every try: try again later."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What stands now, and whether the carrier's opt-out list knows all that it has to."""

    contact: Contact
    has_changed: bool
    is_mirrored: bool = True


@dataclass(frozen=True, slots=True)
class OutsideWord:
    """Changes contacts by rules. A text of the customer that comes in between is heeded first."""

    contacts: ContactStore
    opt_out_list: OptOutList

    def change(self, phone: str, rule: Rule, *, is_listed: bool = False) -> Effect:
        """Ask the rule what the contact becomes, store that with its proof, mirror an opt-out.

        The rule is asked again with what stands there whenever the contact changes meanwhile, so
        it must not rely on anything else. `is_listed` where the carrier's list is known to have
        the number. A list that can't be reached holds nothing up: the daily reconciliation finds
        what is missing there. Raises KeepsChanging.
        """
        before = self.contacts.read([phone]).get(phone) or Contact.stranger(phone)
        for _ in range(_LOOKS):
            change = rule(before)
            if change is None or change == (before, None):
                return Effect(before, has_changed=False)
            after, entry = change
            after = replace(after, revision=before.revision + 1)
            try:
                self.contacts.change(before, after, entry)
            except Outdated as outdated:
                before = outdated.contact
            else:
                return Effect(after, True, is_listed or self._mirrored(before, after))
        raise KeepsChanging("the contact kept changing")

    def _mirrored(self, before: Contact, after: Contact) -> bool:
        if after.status not in LEFT or before.status in LEFT:
            return True
        try:
            self.opt_out_list.add(after.phone)
        except SendFailed:
            return False
        return True
