"""What campaigns have sent, from the slots in memory."""

from collections.abc import Collection
from datetime import datetime

from sayso.domain.segment.testing import ANY_CAMPAIGN
from sayso.domain.slot import SlotState
from tests.fakes.slots import FakeSlots

_GONE_OUT = (SlotState.CLAIMED, SlotState.SENT, SlotState.UNKNOWN, SlotState.DELIVERED)


class FakeCampaignHistory:
    """A CampaignHistory; `asked` are the numbers that were asked for, call by call."""

    def __init__(self, slots: FakeSlots) -> None:
        self._slots = slots
        self.asked: list[list[str]] = []

    def last_texts(
        self, phones: Collection[str], campaigns: Collection[str]
    ) -> dict[str, dict[str, datetime]]:
        self.asked.append(list(phones))
        found = {phone: {one: self._times(phone, one) for one in campaigns} for phone in phones}
        return {
            phone: {one: max(times) for one, times in of_them.items() if times}
            for phone, of_them in found.items()
        }

    def _times(self, phone: str, campaign_id: str) -> list[datetime]:
        if campaign_id == ANY_CAMPAIGN:
            return list(self._slots.texted[phone])
        campaign = self._slots.campaigns.get(campaign_id)
        slots = [self._slots.slots.get((run, phone)) for run in (campaign.runs if campaign else ())]
        return [
            one.touched_at for one in slots if one and one.state in _GONE_OUT and one.touched_at
        ]
