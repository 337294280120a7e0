"""What people do and what comes to its end, as one list of things that each happened once.

Each is found in a change of the table that somebody else has written: nobody who serves a customer
waits for it, and what was not written has not happened.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sayso.domain.campaign import Campaign, State
from sayso.domain.contact import LEFT, Contact, Status
from sayso.domain.conversation import answers_campaign, leaves_campaign
from sayso.domain.coupon import Coupon, Use
from sayso.domain.referrals import is_brought
from sayso.domain.slot import VARIANT


class Kind(StrEnum):
    """What happened; the words that reports and web hooks use."""

    JOINED = "joined"
    OPTED_OUT = "opted_out"
    REPLIED = "replied"  # the first text since a campaign's, within a week, and no opt-out
    CLICKED = "clicked"  # a person's first click on what a campaign brought
    REDEEMED = "redeemed"
    UNDONE = "redemption_undone"
    FINISHED = "campaign_finished"
    TEST = "test"  # nothing has: a developer tries their endpoint


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing that happened. Times are aware UTC; "" means that there is none, or not known.

    `id` is a ULID made from the change that tells it, `run` the one that it is credited to,
    `location` the person's own store and `place` where they redeemed; `code` the coupon, or the
    friend's that somebody new joined by. `amount` is the sale, in millionths of a dollar; what is
    taken back `undoes` a redemption of that time. Of somebody who `is_forgotten` it is kept no
    longer than it is needed.
    """

    kind: Kind
    at: datetime
    id: str = ""
    phone: str = ""
    campaign: str = ""
    run: str = ""
    variant: str = ""
    channel: str = ""
    location: str = ""
    place: str = ""
    code: str = ""
    amount: int | None = None
    undoes: datetime | None = None
    is_forgotten: bool = False

    @property
    def counts_at(self) -> datetime:
        """What is taken back is taken out of the day that it was counted for."""
        return self.undoes or self.at


def of_contact(before: Contact | None, after: Contact) -> list[Activity]:
    """What a change of a subscriber (`before` None: a new one) says that they did."""
    was = before or Contact.stranger(after.phone)
    found = []
    if _has_joined(was, after) and after.joined_at:
        code = after.referrer if is_brought(was, after) else ""
        found.append(replace(_by(after, Kind.JOINED, after.joined_at), code=code))
    left_at = _left_at(was, after)
    if left_at:
        found.append(_opt_out(was, after, left_at))
    elif _has_answered(was, after) and after.last_heard_at:
        found.append(_credited(was, _by(after, Kind.REPLIED, after.last_heard_at)))
    return found


def of_coupon(before: Coupon | None, after: Coupon) -> list[Activity]:
    """What a change of a coupon says: the first click of its owner."""
    if after.clicked_at is None or (before and before.clicked_at):
        return []
    return [_on(after, Activity(Kind.CLICKED, after.clicked_at))]


def of_use(before: Use | None, after: Use, coupon: Coupon) -> list[Activity]:
    """What a change of a use of a coupon says: that it was redeemed, or that this is undone."""
    found = []
    if before is None:
        found.append(Activity(Kind.REDEEMED, after.at))
    if after.undone_at and not (before and before.undone_at):
        found.append(Activity(Kind.UNDONE, after.undone_at, undoes=after.at))
    place, amount = after.place, after.amount
    return [replace(_on(coupon, one), place=place, amount=amount) for one in found]


def of_campaign(before: Campaign | None, after: Campaign) -> list[Activity]:
    """What a change of a campaign says: that all of its texts have gone."""
    ends = after.state is State.FINISHED and (before is None or before.state is not State.FINISHED)
    return [Activity(Kind.FINISHED, after.updated_at, campaign=after.id)] if ends else []


def _has_joined(was: Contact, after: Contact) -> bool:
    if after.status is not Status.SUBSCRIBED or after.joined_at is None:
        return False
    return was.joined_at is None or after.joined_at > was.joined_at


def _left_at(was: Contact, after: Contact) -> datetime | None:
    """When they opted out, if this is new: a question that is declined leads back to an old one."""
    if after.status not in LEFT or was.status in LEFT:
        return None
    name = "forgotten_at" if after.status is Status.FORGOTTEN else "opted_out_at"
    at: datetime | None = getattr(after, name)
    return None if at == getattr(was, name) else at


def _has_answered(was: Contact, after: Contact) -> bool:
    """Whether they have texted meanwhile, for the first time since a campaign's text."""
    heard = after.last_heard_at
    if heard is None or heard == was.last_heard_at or after.status in LEFT:
        return False
    return answers_campaign(was, heard)


def _opt_out(was: Contact, after: Contact, at: datetime) -> Activity:
    # What is known of who is forgotten is gone by now: it counts for where they were.
    left = _by(was, Kind.OPTED_OUT, at)
    if after.last_heard_at == at and leaves_campaign(was, at):
        left = _credited(was, left)
    return replace(left, is_forgotten=after.status is Status.FORGOTTEN)


def _by(person: Contact, kind: Kind, at: datetime) -> Activity:
    return Activity(kind, at, phone=person.phone, channel=person.channel, location=person.location)


def _credited(was: Contact, activity: Activity) -> Activity:
    """The activity, to the credit of the run that texted them last."""
    groups = was.last_run_groups.splitlines()
    variant = next((one.removeprefix(VARIANT) for one in groups if one.startswith(VARIANT)), "")
    return replace(activity, run=was.last_run, variant=variant)


def _on(coupon: Coupon, activity: Activity) -> Activity:
    return replace(
        activity,
        phone=coupon.phone,
        campaign=coupon.campaign_id,
        run=coupon.run_id,
        variant=coupon.variant,
        channel=coupon.channel,
        location=coupon.location,
        code=coupon.code,
    )
