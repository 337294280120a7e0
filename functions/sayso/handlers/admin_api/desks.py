"""The use cases that the admin API opens, together."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sayso.services.campaigns import Campaigns
from sayso.services.coupon_desk import CouponDesk
from sayso.services.deactivations import Deactivations
from sayso.services.decisions import DecisionDesk
from sayso.services.imports import ImportDesk
from sayso.services.keywords import KeywordDesk
from sayso.services.ledgers import Ledgers
from sayso.services.locations import LocationDesk
from sayso.services.overall import OverallDesk
from sayso.services.pools import PoolDesk
from sayso.services.ports.cursors import Cursors
from sayso.services.previews import PreviewDesk
from sayso.services.profiles import ProfileDesk
from sayso.services.program import ProgramDesk
from sayso.services.rounds import RoundDesk
from sayso.services.segments import SegmentDesk
from sayso.services.staff import StaffDesk
from sayso.services.subscribers import SubscriberDesk
from sayso.services.trials import TrialDesk
from sayso.services.webhooks import WebhookDesk


@dataclass(frozen=True, slots=True)
class Front:
    """What the shop shows the world: its number, and its API's address where that is its own."""

    number: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Desks:
    """One use case a resource, the cursors of their lists, and the time (aware UTC)."""

    program: ProgramDesk
    locations: LocationDesk
    keywords: KeywordDesk
    subscribers: SubscriberDesk
    decisions: DecisionDesk
    ledgers: Ledgers
    campaigns: Campaigns
    overall: OverallDesk
    previews: PreviewDesk
    trials: TrialDesk
    imports: ImportDesk
    rounds: RoundDesk
    deactivations: Deactivations
    segments: SegmentDesk
    pools: PoolDesk
    profiles: ProfileDesk
    staff: StaffDesk
    coupons: CouponDesk
    webhooks: WebhookDesk
    cursors: Cursors
    clock: Callable[[], datetime]
    front: Front = Front()
