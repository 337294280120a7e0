"""Word of mouth: a customer's code in somebody's first JOIN credits that customer once. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from sayso.domain.contact import Contact, Status

# The channel of whoever comes by a friend's code.
FRIEND = "friend"


@dataclass(frozen=True, slots=True)
class Referral:
    """What a friend's joining adds to the counters of a run; `phone` is whose code it was."""

    run_id: str
    phone: str
    counts: Mapping[str, int]


def is_new(contact: Contact) -> bool:
    """Whether the number has never been subscribed, and nobody has opted it out either."""
    return not (
        contact.joined_at
        or contact.opted_out_at
        or contact.forgotten_at
        or contact.unreachable_at
        or contact.held_at
    )


def is_brought(before: Contact, after: Contact) -> bool:
    """Whether this change makes a subscriber of somebody new whom a friend has sent."""
    return bool(after.referrer) and after.status is Status.SUBSCRIBED and is_new(before)
