"""When people were last texted: a hundred of them a call, since whole pages are asked for.

A campaign's texts are found by the runs that the campaign lists (of a recurring one the newest
RUNS_LISTED, see services.recurring), a slot a person and run. For any
campaign it is the newest element of the list that the limits are checked against, which a text
that surely did not go out has left again.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.campaigns import DynamoCampaigns
from sayso.adapters.dynamodb.items import Item, to_item
from sayso.adapters.dynamodb.reads import get_items
from sayso.adapters.dynamodb.recent_texts import texted_at
from sayso.adapters.dynamodb.slot_items import slot_from
from sayso.domain.segment.testing import ANY_CAMPAIGN
from sayso.domain.slot import SlotState

_KEYS_A_READ = 100
_GONE_OUT = frozenset({SlotState.CLAIMED, SlotState.SENT, SlotState.UNKNOWN, SlotState.DELIVERED})
_Found = dict[str, dict[str, datetime]]


@dataclass(frozen=True, slots=True)
class DynamoCampaignHistory:
    """CampaignHistory on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def last_texts(self, phones: Collection[str], campaigns: Collection[str]) -> _Found:
        found: _Found = {}
        if ANY_CAMPAIGN in campaigns:
            self._add_any(phones, found)
        for campaign_id in sorted(set(campaigns) - {ANY_CAMPAIGN}):
            self._add_of(campaign_id, phones, found)
        return found

    def _add_any(self, phones: Collection[str], found: _Found) -> None:
        for item in self._items(keys.subscriber(phone) for phone in phones):
            if newest := max(texted_at(item), default=None):
                found.setdefault(item["phone"]["S"], {})[ANY_CAMPAIGN] = newest

    def _add_of(self, campaign_id: str, phones: Collection[str], found: _Found) -> None:
        campaign = DynamoCampaigns(self.client, self.table).get(campaign_id)
        runs = campaign.runs if campaign else ()
        for item in self._items(keys.slot(phone, run) for phone in phones for run in runs):
            slot = slot_from(item)
            if slot.state in _GONE_OUT and slot.touched_at:
                of_them = found.setdefault(slot.phone, {})
                before = of_them.get(campaign_id, slot.touched_at)
                of_them[campaign_id] = max(before, slot.touched_at)

    def _items(self, wanted: Iterable[keys.Key]) -> Iterator[Item]:
        left = iter(wanted)
        # A hundred at a time: a page of people times the runs of a recurring campaign are many.
        while batch := [to_item(key) for key in islice(left, _KEYS_A_READ)]:
            # The index that people are found by lags too: half the price is enough.
            yield from get_items(self.client, self.table, batch, is_consistent=False)
