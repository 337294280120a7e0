"""Contacts, their ledgers and their texts: what the inbound use case keeps."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import fields, replace
from datetime import datetime
from sys import intern

from sayso.domain.catalog import Catalog
from sayso.domain.contact import Contact
from sayso.domain.conversation import Decision
from sayso.domain.erasure import erasable, erased, newest_erasure
from sayso.domain.exchange import Exchange, ReplyState
from sayso.domain.ledger import Entry, Kept
from sayso.domain.slot import Result, SlotState
from sayso.services.breakdown import OPTED_OUT
from sayso.services.ports.conversations import AlreadyHandled, Opening, Outdated
from simulation.audience import SimulatedAudience
from simulation.campaigns import SimulatedCampaigns
from simulation.people import People
from simulation.tables import Table

# Sends, and the shop itself, write these.
_NOT_OF_TEXTS = {
    *("phone", "last_run", "last_run_at", "last_run_groups"),
    *("visited_at", "clicked_at", "redeemed_at", "attributes"),
}
_OF_TEXTS = [one.name for one in fields(Contact) if one.name not in _NOT_OF_TEXTS]
_OPEN = (ReplyState.INTENDED, ReplyState.UNKNOWN)
# What a delivery event makes of an answer.
_ENDS = {
    SlotState.SENT: ReplyState.SENT,
    SlotState.DELIVERED: ReplyState.SENT,
    SlotState.UNDELIVERED: ReplyState.REFUSED,
}


class SimulatedConversations:
    """Conversations and ReplyStore. `origin` gives the entries that a row's ledger begins with.

    `changed` hears of what texts have made of a contact, as the table's stream tells it.
    """

    def __init__(
        self,
        catalog: Catalog,
        people: People,
        contacts: Table[Contact],
        audience: SimulatedAudience,
        campaigns: SimulatedCampaigns,
        origin: Callable[[int], Sequence[Entry]] = lambda row: (),  # noqa: ARG005
    ) -> None:
        self.catalog = catalog
        self.changed: Callable[[Contact, Contact], None] = lambda before, after: None  # noqa: ARG005
        self.ledgers: dict[int, list[Kept]] = {}
        self.exchanges: dict[tuple[int, str], Exchange] = {}
        self._people = people
        self._contacts = contacts
        self._audience = audience
        self._campaigns = campaigns
        self._origin = origin

    def open(self, phone: str, now: datetime) -> Opening:  # noqa: ARG002
        return Opening(self.catalog, self._contacts.get(self._row(phone)))

    def newest_catalog(self, now: datetime) -> Catalog:  # noqa: ARG002
        return self.catalog

    def commit(self, before: Contact, decision: Decision, exchange: Exchange) -> None:
        with self._campaigns.lock:
            row = self._row(before.phone)
            key = row, exchange.text.message_id
            if key in self.exchanges:
                raise AlreadyHandled(self.exchanges[key])
            self._require(row, before)
            self._store(row, decision.contact, decision.entries)
            self.exchanges[key] = replace(exchange, reply=intern(exchange.reply))
            self._credit(before, decision)
            self.changed(before, decision.contact)

    def read(self, phones: Collection[str]) -> dict[str, Contact]:
        found = (self._contacts.get(self._row(phone)) for phone in phones)
        return {contact.phone: contact for contact in found if contact.revision}

    def change(self, before: Contact, after: Contact, entry: Entry | None) -> None:
        with self._campaigns.lock:
            row = self._row(before.phone)
            self._require(row, before)
            self._store(row, after, (entry,) if entry else ())

    def begin_again(self, exchange: Exchange, now: datetime) -> bool:
        with self._campaigns.lock:
            key = self._key(exchange)
            if self.exchanges[key].reply_state is not ReplyState.POSTPONED:
                return False
            self.exchanges[key] = replace(
                self.exchanges[key], reply_state=ReplyState.INTENDED, touched_at=now
            )
            return True

    def record(self, exchange: Exchange) -> None:
        with self._campaigns.lock:
            key = self._key(exchange)
            standing = self.exchanges[key]
            is_guess = exchange.reply_state is ReplyState.UNKNOWN
            if is_guess and standing.reply_state not in _OPEN:
                exchange = replace(standing, mirror=exchange.mirror)
            self.exchanges[key] = exchange

    def erase(self, phone: str, now: datetime) -> None:  # noqa: ARG002
        with self._campaigns.lock:
            row = self._people.row(phone)
            lines = self.ledgers.get(row, [])
            asked = newest_erasure(lines)
            if asked is None:
                return
            gone = {entry.seq: erased(entry) for entry in erasable(lines)}
            self.ledgers[row] = [gone.get(line.seq, line) for line in lines]
            for key, exchange in self.exchanges.items():
                text = exchange.text
                if key[0] == row and text.received_at < asked.evidence.at:
                    silent = replace(exchange, text=replace(text, body=""), reply="", rule="erased")
                    self.exchanges[key] = silent

    def settle_reply(self, phone: str, exchange_id: str, result: Result) -> None:
        key = self._people.row(phone), exchange_id
        standing = self.exchanges.get(key)
        if standing and standing.reply_state in (*_OPEN, ReplyState.SENT):
            self.exchanges[key] = replace(
                standing, reply_state=_ENDS[result.state], reply_message_id=result.message_id
            )

    def _row(self, phone: str) -> int:
        row = self._people.row(phone)
        self._contacts.reserve(row + 1)
        return row

    def _require(self, row: int, before: Contact) -> None:
        standing = self._contacts.get(row)
        if standing.revision != before.revision:
            raise Outdated(standing)

    def _store(self, row: int, contact: Contact, entries: Sequence[Entry]) -> None:
        self._contacts.put_some(row, contact, _OF_TEXTS)
        if entries:
            if row not in self.ledgers:
                self.ledgers[row] = list(self._origin(row))
            self.ledgers[row] += entries
        self._audience.note(row, contact)

    def _credit(self, before: Contact, decision: Decision) -> None:
        """Count an opt-out or an answer for the run that it follows, and for its groups there."""
        groups = ["", *(f"{group}|" for group in before.last_run_groups.splitlines())]
        for run_id, what in ((decision.left_run, OPTED_OUT), (decision.answered_run, "replied")):
            if run_id:
                self._campaigns.tallies[run_id].update(f"{group}{what}" for group in groups)
        if decision.referral:
            self._campaigns.tallies[decision.referral.run_id].update(decision.referral.counts)

    def _key(self, exchange: Exchange) -> tuple[int, str]:
        return self._people.row(exchange.text.phone), exchange.text.message_id
