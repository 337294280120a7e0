"""What campaigns have sent a person before: asked for whole pages of people at a time."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol


class CampaignHistory(Protocol):
    """Knows when people were last texted."""

    def last_texts(
        self, phones: Collection[str], campaigns: Collection[str]
    ) -> Mapping[str, Mapping[str, datetime]]:
        """When each number was last texted, by campaign; "" among `campaigns` stands for any.

        What may have gone out counts, what surely did not go out or arrive does not. Who was
        texted by none of them may be missing. It may lag by a moment, and of a recurring campaign
        it knows the runs that the campaign lists: the newest.
        """
        ...
