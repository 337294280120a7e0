"""What reports tell apart, so that no shop's set-up makes a report without end."""

from collections.abc import Set as AbstractSet

from sayso.domain.catalog import Catalog
from sayso.domain.referrals import FRIEND

CHANNELS_AT_MOST = 40
# Who came by any other channel: one not advertised any more, an import's own, or too many.
OTHER = "other"


def reported_channels(catalog: Catalog) -> frozenset[str]:
    """The channels that a run counts by: those that the shop advertises on, and word of mouth."""
    known = {keyword.channel for keyword in catalog.keywords if keyword.channel}
    return frozenset([*sorted(known)[:CHANNELS_AT_MOST], FRIEND])


def reported_channel(channel: str, known: AbstractSet[str]) -> str:
    """The channel that somebody counts for; "" where not known how they came."""
    return channel if channel in known or not channel else OTHER
