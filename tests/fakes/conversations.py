"""Contacts and their exchanges in memory."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from threading import Lock

from sayso.domain.catalog import Catalog
from sayso.domain.contact import Contact
from sayso.domain.conversation import Decision
from sayso.domain.erasure import erasable, erased, newest_erasure
from sayso.domain.exchange import Exchange, ReplyState
from sayso.domain.ledger import Entry, Erased
from sayso.services.ports.conversations import AlreadyHandled, Opening, Outdated
from tests.fakes.contacts import FakeContacts

_UNSETTLED = (ReplyState.INTENDED, ReplyState.UNKNOWN)


class FakeConversations:
    """Conversations. `catalog` is the newest; texts are opened with `cached`, if there is one."""

    def __init__(self, catalog: Catalog, cached: Catalog | None = None) -> None:
        self.catalog = catalog
        self.cached = cached
        self.contacts: dict[str, Contact] = {}
        self.ledgers: dict[str, list[Entry]] = defaultdict(list)
        self.erased: dict[str, list[Erased]] = defaultdict(list)
        self.exchanges: dict[tuple[str, str], Exchange] = {}
        self.credits: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._one_at_a_time = Lock()

    def open(self, phone: str, now: datetime) -> Opening:
        return Opening(self.cached or self.catalog, self._contact(phone))

    def newest_catalog(self, now: datetime) -> Catalog:
        return self.catalog

    def commit(self, before: Contact, decision: Decision, exchange: Exchange) -> None:
        with self._one_at_a_time:
            if _key(exchange) in self.exchanges:
                raise AlreadyHandled(self.exchanges[_key(exchange)])
            stored = self._contact(before.phone)
            if stored.revision != before.revision:
                raise Outdated(stored)
            self.contacts[before.phone] = replace(
                decision.contact,
                last_run=stored.last_run,
                last_run_at=stored.last_run_at,
                last_run_groups=stored.last_run_groups,
            )
            self.exchanges[_key(exchange)] = exchange
            self.ledgers[before.phone] += decision.entries
            groups = ["", *(f"{group}|" for group in before.last_run_groups.splitlines())]
            for run_id, what in (
                (decision.left_run, "opted_out"),
                (decision.answered_run, "replied"),
            ):
                if run_id:
                    self.credits[run_id].update(f"{group}{what}" for group in groups)
            if decision.referral:
                self.credits[decision.referral.run_id].update(decision.referral.counts)

    def read(self, phones: Collection[str]) -> dict[str, Contact]:
        return FakeContacts(self.contacts, self.ledgers).read(phones)

    def change(self, before: Contact, after: Contact, entry: Entry | None) -> None:
        with self._one_at_a_time:
            FakeContacts(self.contacts, self.ledgers).change(before, after, entry)

    def begin_again(self, exchange: Exchange, now: datetime) -> bool:
        with self._one_at_a_time:
            stored = self.exchanges[_key(exchange)]
            if stored.reply_state is not ReplyState.POSTPONED:
                return False
            again = replace(stored, reply_state=ReplyState.INTENDED, touched_at=now)
            self.exchanges[_key(exchange)] = again
            return True

    def erase(self, phone: str, now: datetime) -> None:
        with self._one_at_a_time:
            lines = self.ledgers[phone]
            asked = newest_erasure(lines)
            if asked is None:
                return
            gone = erasable(lines)
            self.erased[phone] += map(erased, gone)
            self.ledgers[phone] = [line for line in lines if line not in gone]
            for key, exchange in self.exchanges.items():
                text = exchange.text
                if text.phone == phone and text.received_at < asked.evidence.at:
                    silent = replace(exchange, text=replace(text, body=""), reply="", rule="erased")
                    self.exchanges[key] = silent

    def record(self, exchange: Exchange) -> None:
        with self._one_at_a_time:
            stored = self.exchanges[_key(exchange)]
            guess = exchange.reply_state is ReplyState.UNKNOWN
            settled = guess and stored.reply_state not in _UNSETTLED
            self.exchanges[_key(exchange)] = (
                replace(stored, mirror=exchange.mirror) if settled else exchange
            )

    def _contact(self, phone: str) -> Contact:
        return self.contacts.get(phone) or Contact.stranger(phone)


def _key(exchange: Exchange) -> tuple[str, str]:
    return exchange.text.phone, exchange.text.message_id
