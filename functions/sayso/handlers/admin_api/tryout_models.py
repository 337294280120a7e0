"""What a preview and a test text look like from outside."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from sayso.domain.campaign import NAME_AT_MOST
from sayso.domain.linting.findings import Level
from sayso.domain.parts import Encoding
from sayso.domain.versions import FIRST
from sayso.handlers.admin_api.campaign_models import CampaignForm
from sayso.handlers.admin_api.forms import Form, View

_PHONES_AT_ONCE = 10


class PreviewForm(CampaignForm):
    """A campaign as it would be written; its name does not matter here."""

    name: str = Field("", max_length=NAME_AT_MOST)
    phone: str | None = Field(
        None,
        max_length=40,
        description="The subscriber to show it to; somebody made up where left out",
        examples=["+13125550101"],
    )


class FindingView(View):
    """One thing about a text. A campaign with an `error` is not scheduled."""

    level: Level
    code: str = Field(examples=["no_opt_out_line"])
    message: str = Field(description="A sentence for whoever wrote the text")
    variant: str = Field(description="Which wording; empty for all of them", examples=["A"])
    language: str = Field(description="Which translation; empty for the wording's own body")


class TextView(View):
    """One text as it would arrive."""

    variant: str
    language: str
    text: str
    parts: int
    encoding: Encoding


class PreviewView(View):
    """What sending a campaign would mean."""

    recipients: int = Field(description="How many would be texted now")
    held_out: int = Field(description="How many of those would get nothing, to compare with")
    parts: int = Field(description="Message parts of the first text: what carriers bill")
    encoding: Encoding
    units: int = Field(description="Septets in GSM-7, UTF-16 code units in UCS-2")
    costly: list[str] = Field(description="The characters that forced UCS-2")
    plain: str | None = Field(description="The body in cheaper characters, where there are any")
    parts_least: int = Field(description="Of a text, over the audience and all variants")
    parts_most: int
    price_least: Decimal | None = Field(
        description="Of all texts together, in dollars; null where the program has no price"
    )
    price_most: Decimal | None
    findings: list[FindingView] = Field(description="Errors first")
    texts: list[TextView] = Field(
        description="Each variant as `phone` would get it; for nobody in particular, each language"
    )


class TrialForm(Form):
    """Whom to try the campaign on, and as which customer."""

    phones: Sequence[Annotated[str, Field(max_length=40)]] = Field(
        min_length=1,
        max_length=_PHONES_AT_ONCE,
        description="Of the program's `staff_phones`",
        examples=[["+13125550199"]],
    )
    location: str = Field(
        "", max_length=20, description="As a customer of this location; the phone's own if left out"
    )
    language: str = Field("", max_length=3, description="In this language; likewise")
    variant: str = Field(FIRST, max_length=20, description="Which wording")


class SentView(View):
    """A test text that the carrier took."""

    phone: str
    text: str
    message_id: str


class RefusedView(View):
    """A phone that got none."""

    phone: str
    why: str


class TrialsView(View):
    """What became of each phone."""

    sent: list[SentView]
    refused: list[RefusedView]
