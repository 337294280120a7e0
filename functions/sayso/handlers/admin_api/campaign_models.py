"""What a campaign looks like from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal

from pydantic import AwareDatetime, Field

from sayso.domain.campaign import NAME_AT_MOST, Campaign, Kind, State
from sayso.domain.offer import Codes, Offer
from sayso.domain.offer_checks import (
    REMIND_AT_MOST,
    TERMS_AT_MOST,
    TITLE_AT_MOST,
    USES_AT_MOST,
)
from sayso.domain.schedule import Schedule
from sayso.domain.segment.bounds import TEXT_AT_MOST
from sayso.handlers.admin_api.forms import Form, View
from sayso.handlers.admin_api.money import dollars


class AudienceForm(Form):
    """Who is texted, of those who are subscribed. Empty means everyone."""

    locations: Sequence[str] = Field(
        default_factory=list[str],
        max_length=500,
        description="Codes of locations",
        examples=[["DOWNTOWN"]],
    )
    where: str = Field(
        default="",
        max_length=TEXT_AT_MOST,
        description="Narrows the audience: a segment's text form",
        examples=["joined within 30 days and language es"],
    )
    segment: str = Field(
        default="", max_length=26, description="The id of a saved segment to start from"
    )


class VariantForm(Form):
    """Another wording of a campaign's text, tried beside the first."""

    name: str = Field(max_length=20, examples=["B"])
    body: str
    translations: Mapping[str, str] = Field(default_factory=dict[str, str])
    weight: int = Field(1, ge=1, le=100)


class ScheduleForm(Form):
    """When it goes out: `at`, `cron` (each with a `timezone`), `now`, or `on` an occasion."""

    at: str | None = Field(
        None,
        max_length=40,
        description="ISO 8601; a time that the clocks show twice means the first of the two",
        examples=["2026-12-01T10:00:00"],
    )
    timezone: str | None = Field(
        None,
        max_length=64,
        description="IANA time zone, or `recipient` for the time at each person's location; "
        "the program's own where left out",
        examples=["recipient"],
    )
    now: bool = Field(default=False, description="At once")
    cron: str | None = Field(
        None,
        max_length=200,
        description="Minute, hour, day of month, month and day of week, as in crontab; once an "
        "hour at most. A time that the clocks skip means the next that they show",
        examples=["0 10 * * TUE"],
    )
    on: str | None = Field(
        None,
        max_length=20,
        description="joined, visited, redeemed, birthday, or silent for `days`; the last two are "
        "looked for once a day, at the time of day that `at` then is (10:00)",
    )
    days: int = Field(0, ge=0, le=730)
    delay_minutes: int = Field(0, ge=0, le=60 * 24 * 365)
    exit_on_reply: bool = Field(
        default=True, description="Whether a reply during the delay ends it without a text"
    )


class OfferForm(Form):
    """What people get. From when to when it holds is the campaign's."""

    title: str = Field(max_length=TITLE_AT_MOST, examples=["A free filter coffee"])
    codes: Codes = Field(
        Codes.OWN,
        description="`own`: everybody gets one of Sayso's; `shared`: one for all; `pool`: "
        "everybody one of the till system's",
    )
    shared_code: str = Field(default="", max_length=40, examples=["SPRING"])
    pool: str = Field(default="", max_length=26, description="The id of a pool")
    uses: int = Field(1, ge=1, le=USES_AT_MOST, description="How often a person may redeem it")
    terms: str = Field(default="", max_length=TERMS_AT_MOST, description="The small print")
    places: Sequence[str] = Field(
        default_factory=list[str],
        max_length=500,
        description="Codes of the locations where it is redeemed; empty for all",
    )
    remind_hours: int = Field(
        0, ge=0, le=REMIND_AT_MOST, description="How long before the end; 0 for no reminder"
    )
    worth: Decimal | None = Field(
        None, ge=0, le=100_000, description="What a redemption costs the shop, in dollars"
    )


class CampaignForm(Form):
    """One text to many."""

    name: str = Field(
        max_length=NAME_AT_MOST, description="For the shop's own eyes", examples=["Cinnamon week"]
    )
    kind: Kind = Kind.OFFER
    body: str = Field(
        description="The text: at most 1530 characters of GSM-7, or 630 others",
        examples=["Bluebird Coffee: two cinnamon rolls for one today. Reply STOP to end."],
    )
    translations: Mapping[str, str] = Field(
        default_factory=dict[str, str], description="The body in other languages, by language"
    )
    variants: Sequence[VariantForm] = Field(default_factory=list[VariantForm], max_length=5)
    holdout_percent: int = Field(0, ge=0, le=50, description="Who get nothing, to compare with")
    valid_from: AwareDatetime | None = Field(None, description="When the offer begins to hold")
    valid_until: AwareDatetime | None = Field(None, description="Nobody is texted afterwards")
    spend_limit: Decimal | None = Field(
        None,
        gt=0,
        le=100_000,
        decimal_places=6,
        description="In dollars, a run: a time of a recurring campaign, and of a triggered one all "
        "texts that are due together",
    )
    offer: OfferForm | None = Field(None, description="What texts with a code or a link are about")
    links: Mapping[str, str] = Field(
        default_factory=dict[str, str],
        description="Where `{{ links.name }}` leads, by name",
        examples=[{"menu": "https://bluebird.example.com/menu"}],
    )
    audience: AudienceForm = AudienceForm()
    schedule: ScheduleForm | None = Field(
        None, description="When to send; it takes effect with /schedule"
    )


class CampaignPatch(Form):
    """Changes to a draft. What is left out stays; null takes out schedule, date, limit or offer."""

    name: str | None = Field(None, max_length=NAME_AT_MOST)
    kind: Kind | None = None
    body: str | None = None
    translations: Mapping[str, str] | None = None
    variants: Sequence[VariantForm] | None = Field(None, max_length=5)
    holdout_percent: int | None = Field(None, ge=0, le=50)
    valid_from: AwareDatetime | None = None
    valid_until: AwareDatetime | None = None
    spend_limit: Decimal | None = Field(None, gt=0, le=100_000, decimal_places=6)
    offer: OfferForm | None = None
    links: Mapping[str, str] | None = None
    audience: AudienceForm | None = None
    schedule: ScheduleForm | None = None


class AudienceView(View):
    """Who is texted; no location means everyone."""

    locations: list[str]
    where: str
    segment: str | None


class VariantView(View):
    """Another wording."""

    name: str
    body: str
    translations: Mapping[str, str]
    weight: int


class OfferView(View):
    """What people get."""

    title: str
    codes: Codes
    shared_code: str | None
    pool: str | None
    uses: int
    terms: str
    places: list[str]
    remind_hours: int
    worth: Decimal | None


class ScheduleView(View):
    """When it goes out."""

    at: str | None
    timezone: str | None
    now: bool
    cron: str | None
    on: str | None
    days: int
    delay_minutes: int
    exit_on_reply: bool


class CampaignView(View):
    """A campaign and how far it has come."""

    id: str = Field(examples=["01KAMZ3S8E5XQW0V7Y9T2B4C6D"])
    name: str
    kind: Kind
    body: str
    translations: Mapping[str, str]
    variants: list[VariantView]
    holdout_percent: int
    valid_from: datetime | None
    valid_until: datetime | None
    spend_limit: Decimal | None
    offer: OfferView | None
    links: Mapping[str, str]
    audience: AudienceView
    schedule: ScheduleView | None
    status: State
    paused_reason: str | None = Field(
        description="`by hand`, or the ceiling reached: `spend_limit_` and run, day or month"
    )
    next_at: datetime | None = Field(description="When it goes out next")
    missed: int = Field(
        description="Times of a recurring one at which people were left out: it was paused then, "
        "or more than an hour late"
    )
    runs: list[str] = Field(
        description="The runs of its newest scheduling, one a time zone; of a recurring one the "
        "newest"
    )
    created_at: datetime
    updated_at: datetime


class CampaignList(View):
    """Campaigns, newest first."""

    items: list[CampaignView]
    next: str | None


def campaign_view(campaign: Campaign) -> CampaignView:
    """The campaign as the API shows it."""
    return CampaignView.model_construct(
        id=campaign.id,
        name=campaign.name,
        kind=campaign.kind,
        body=campaign.body,
        translations=campaign.versions.translations,
        variants=[VariantView(**asdict(one)) for one in campaign.versions.variants],
        holdout_percent=campaign.versions.holdout_percent,
        valid_from=campaign.valid_from,
        valid_until=campaign.valid_until,
        spend_limit=dollars(campaign.spend_limit),
        offer=offer_view(campaign.offer),
        links=campaign.links.targets,
        audience=AudienceView(
            locations=list(campaign.locations),
            where=campaign.where,
            segment=campaign.segment or None,
        ),
        schedule=schedule_view(campaign.schedule),
        status=campaign.state,
        paused_reason=campaign.paused_reason or None,
        next_at=campaign.next_at,
        missed=campaign.missed,
        runs=list(campaign.runs),
        created_at=campaign.created_at,
        updated_at=campaign.updated_at,
    )


def schedule_view(schedule: Schedule | None) -> ScheduleView | None:
    """The schedule as the API shows it."""
    if schedule is None:
        return None
    values = asdict(schedule)
    empty = {name: values[name] or None for name in ("at", "timezone", "cron", "on")}
    return ScheduleView(**values | empty)


def offer_view(offer: Offer | None) -> OfferView | None:
    """The offer as the API shows it."""
    if offer is None:
        return None
    empty = {"shared_code": offer.shared_code or None, "pool": offer.pool or None}
    changed = {"places": list(offer.places), "worth": dollars(offer.worth)}
    return OfferView(**offer.values() | empty | changed)
