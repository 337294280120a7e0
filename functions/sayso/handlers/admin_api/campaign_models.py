"""What a campaign looks like from outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pydantic import Field

from sayso.domain.campaign import NAME_AT_MOST, Campaign, Kind, State
from sayso.domain.parts import Encoding
from sayso.handlers.admin_api.forms import Form, View


class AudienceForm(Form):
    """Who is texted, of those who are subscribed. Empty means everyone."""

    locations: Sequence[str] = Field(
        default_factory=list[str],
        max_length=500,
        description="Codes of locations",
        examples=[["DOWNTOWN"]],
    )


class ScheduleForm(Form):
    """When it goes out: either `at`, with a `timezone`, or `now`."""

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
        None, max_length=200, description="Recurring campaigns are not supported yet"
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
    audience: AudienceForm = Field(default_factory=AudienceForm)
    schedule: ScheduleForm | None = Field(
        None, description="When to send; it takes effect with /schedule"
    )


class CampaignPatch(Form):
    """Changes to a draft. What is left out stays; `schedule: null` takes the schedule out."""

    name: str | None = Field(None, max_length=NAME_AT_MOST)
    kind: Kind | None = None
    body: str | None = None
    audience: AudienceForm | None = None
    schedule: ScheduleForm | None = None


class PreviewForm(Form):
    """A campaign as it would be written. Only `body` and `audience` matter to the preview."""

    name: str | None = None
    kind: Kind | None = None
    body: str
    audience: AudienceForm = Field(default_factory=AudienceForm)
    schedule: ScheduleForm | None = None


class AudienceView(View):
    """Who is texted; no location means everyone."""

    locations: list[str]


class ScheduleView(View):
    """When it goes out."""

    at: str | None
    timezone: str | None
    now: bool


class CampaignView(View):
    """A campaign and how far it has come."""

    id: str = Field(examples=["01KAMZ3S8E5XQW0V7Y9T2B4C6D"])
    name: str
    kind: Kind
    body: str
    audience: AudienceView
    schedule: ScheduleView | None
    status: State
    runs: list[str] = Field(description="The runs of its newest scheduling, one a time zone")
    created_at: datetime
    updated_at: datetime


class CampaignList(View):
    """Campaigns, newest first."""

    items: list[CampaignView]
    next: str | None


class PreviewView(View):
    """What sending a text would mean."""

    recipients: int = Field(description="How many would be texted now")
    parts: int = Field(description="Message parts a person: what carriers bill")
    encoding: Encoding
    units: int = Field(description="Septets in GSM-7, UTF-16 code units in UCS-2")
    costly: list[str] = Field(description="The characters that forced UCS-2")
    plain: str | None = Field(description="The text in cheaper characters, where there are any")


class ReportView(View):
    """What came of a campaign so far, in people.

    `targeted` = `sent` + `refused` + `unknown` + `waiting` + all of `excluded`.
    """

    campaign_id: str
    status: State
    is_finished: bool
    targeted: int
    sent: int = Field(description="Taken by the carrier")
    delivered: int = Field(description="Of those sent, known to have arrived")
    undelivered: int = Field(description="Of those sent, known not to have arrived")
    failed: int = Field(description="`refused` and `undelivered` together")
    refused: int = Field(description="Not taken by the carrier")
    unknown: int = Field(description="May have been sent; a delivery event will tell")
    waiting: int = Field(description="Not tried yet")
    opted_out: int = Field(description="Said stop after this campaign's text")
    excluded: Mapping[str, int] = Field(description="Not texted, by reason")
    failures: Mapping[str, int] = Field(description="Of those failed, by reason")


def campaign_view(campaign: Campaign) -> CampaignView:
    """The campaign as the API shows it."""
    schedule = campaign.schedule
    return CampaignView.model_construct(
        id=campaign.id,
        name=campaign.name,
        kind=campaign.kind,
        body=campaign.body,
        audience=AudienceView(locations=list(campaign.locations)),
        schedule=schedule
        and ScheduleView(
            at=schedule.at or None, timezone=schedule.timezone or None, now=schedule.now
        ),
        status=campaign.state,
        runs=list(campaign.runs),
        created_at=campaign.created_at,
        updated_at=campaign.updated_at,
    )
