"""What redeeming says of whoever does: that they came, when and where. Pure."""

from dataclasses import replace
from datetime import UTC, datetime

from sayso.domain.contact import Contact
from sayso.domain.coupon import Use


def seen(contact: Contact, use: Use) -> Contact:
    """The contact after the visit; of several the newest time stays, whatever their order.

    Their own store stays what it is: where they go is beside it.
    """
    visits = dict(contact.visits)
    if use.place:
        at = use.at.astimezone(UTC).isoformat(timespec="milliseconds")
        visits[use.place] = max(at, visits.get(use.place, at))
    return replace(
        contact,
        visits=visits,
        visited_at=_later(contact.visited_at, use.at),
        redeemed_at=_later(contact.redeemed_at, use.at),
    )


def _later(before: datetime | None, at: datetime) -> datetime:
    return max(before, at) if before else at
