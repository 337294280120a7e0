"""An answer that the carrier refuses because its own list has the number as opted out."""

from dataclasses import dataclass
from datetime import timedelta

from sayso.domain.contact import Contact, Status
from sayso.domain.exchange import Exchange
from sayso.domain.outside_word import Said, opted_out_by_carrier
from sayso.domain.vocabulary import Intent
from sayso.services.outside_word import Changed, KeepsChanging, OutsideWord
from sayso.services.ports.carrier import (
    OPTED_OUT_AT_CARRIER,
    Carrier,
    Certainty,
    OptOutList,
    OutboundText,
    Receipt,
    SendFailed,
)
from sayso.services.ports.conversations import Conversations

_OPTS_IN = frozenset({Intent.JOIN, Intent.START})
# Times are kept to the millisecond.
_A_TICK = timedelta(milliseconds=1)
_WITH_US = frozenset({Status.PENDING, Status.SUBSCRIBED})


@dataclass(frozen=True, slots=True)
class Answering:
    """Hands answers to the carrier, and heeds what a refusal says of the number."""

    conversations: Conversations
    carrier: Carrier
    opt_out_list: OptOutList

    def answer(self, exchange: Exchange, text: OutboundText) -> Receipt:
        """Send the answer. Raises SendFailed.

        An opt-in is newer than whatever put its number on the list (another program, the carrier
        itself): the number comes off and is answered after all. Anybody else on the list has left.
        """
        try:
            return self.carrier.send(text)
        except SendFailed as failure:
            if failure.reason != OPTED_OUT_AT_CARRIER:
                raise
            try:
                return self._after_all(exchange, text, failure)
            except SendFailed as for_good:
                if for_good.certainty is Certainty.REFUSED:
                    self._heed(exchange)
                raise

    def _after_all(self, exchange: Exchange, text: OutboundText, failure: SendFailed) -> Receipt:
        contact = self.conversations.read([text.to]).get(text.to)
        if contact is None or not _has_just_opted_in(contact, exchange):
            raise failure
        try:
            self.opt_out_list.remove(text.to)
        except SendFailed as kept:
            raise failure if kept.certainty is Certainty.REFUSED else kept from None
        return self.carrier.send(text)

    def _heed(self, exchange: Exchange) -> None:
        at = exchange.text.received_at
        program = self.conversations.newest_catalog(at).program
        said = Said(
            at,
            OPTED_OUT_AT_CARRIER,
            number=exchange.text.number,
            program=program.name if program else "",
        )

        def rule(contact: Contact) -> Changed:
            return opted_out_by_carrier(contact, said)

        try:
            OutsideWord(self.conversations, self.opt_out_list).change(
                exchange.text.phone, rule, is_listed=True
            )
        except KeepsChanging:
            return  # the customer is texting on: the daily round, or the next refusal, will find it


def _has_just_opted_in(contact: Contact, exchange: Exchange) -> bool:
    """Whether this very text is an explicit opt-in, and the newest word of its sender."""
    at = exchange.text.received_at
    is_newest = contact.last_heard_at is None or contact.last_heard_at <= at
    if contact.status not in _WITH_US or not is_newest:
        return False
    confirmed = contact.joined_at is not None and at - contact.joined_at < _A_TICK
    return exchange.intent in _OPTS_IN or confirmed
