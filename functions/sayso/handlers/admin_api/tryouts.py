"""`/admin/campaigns/preview` and `…/test`: a campaign before its customers get it."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated

from pydantic import Field

from sayso.domain.campaign import NAME_AT_MOST, Campaign
from sayso.domain.linting.findings import Finding, Level
from sayso.domain.parts import Encoding
from sayso.domain.phone import NotAPhoneNumber, parse_phone
from sayso.domain.versions import FIRST
from sayso.handlers.admin_api.access import MARKETERS
from sayso.handlers.admin_api.campaign_ids import campaign_id
from sayso.handlers.admin_api.campaign_models import CampaignForm, dollars
from sayso.handlers.admin_api.campaigns import new_campaign
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Form, View
from sayso.handlers.admin_api.problems import not_valid
from sayso.handlers.admin_api.routing import Answer, Call, Route
from sayso.services.campaigns import NewCampaign
from sayso.services.previews import Preview, Shown
from sayso.services.trials import AsIf, Trial

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


def _preview(desks: Desks, call: Call[PreviewForm, None]) -> Answer:
    phone = _parsed("phone", call.body.phone) if call.body.phone else ""
    now = desks.clock()
    new = new_campaign(call.body)
    values = {one.name: getattr(new, one.name) for one in fields(NewCampaign)}
    campaign = Campaign(id="", created_at=now, updated_at=now, **values)
    return Answer(_view(desks.previews.preview(campaign, phone, now)))


def _test(desks: Desks, call: Call[TrialForm, None]) -> Answer:
    phones = [_parsed(f"phones.{n}", phone) for n, phone in enumerate(call.body.phones)]
    as_if = AsIf(call.body.location.upper(), call.body.language, call.body.variant)
    trials = desks.trials.send(campaign_id(call), phones, as_if, desks.clock())
    return Answer(_told(trials))


def _parsed(field: str, phone: str) -> str:
    try:
        return parse_phone(phone)
    except NotAPhoneNumber as wrong:
        raise not_valid([(field, str(wrong))]) from None


def _view(preview: Preview) -> PreviewView:
    size, parts, is_priced = preview.size, preview.parts, preview.price_per_part > 0
    return PreviewView(
        recipients=preview.recipients,
        held_out=preview.held_out,
        parts=size.parts,
        encoding=size.encoding,
        units=size.units,
        costly=list(size.costly),
        plain=preview.plain or None,
        parts_least=parts.least,
        parts_most=parts.most,
        price_least=dollars(preview.price_per_part * parts.least_in_all) if is_priced else None,
        price_most=dollars(preview.price_per_part * parts.most_in_all) if is_priced else None,
        findings=[_finding(one) for one in preview.findings],
        texts=[_text(one) for one in preview.texts],
    )


def _finding(finding: Finding) -> FindingView:
    values = asdict(finding)
    values.pop("field")
    return FindingView(**values)


def _text(shown: Shown) -> TextView:
    return TextView(
        variant=shown.variant,
        language=shown.language,
        text=shown.text,
        parts=shown.size.parts,
        encoding=shown.size.encoding,
    )


def _told(trials: Sequence[Trial]) -> TrialsView:
    return TrialsView(
        sent=[
            SentView(phone=one.phone, text=one.text, message_id=one.message_id)
            for one in trials
            if not one.why
        ],
        refused=[RefusedView(phone=one.phone, why=one.why) for one in trials if one.why],
    )


_ALL = "/admin/campaigns"
ROUTES = (
    Route(
        "POST",
        f"{_ALL}/preview",
        "How a campaign would read, whom it would reach, its price, and what is wrong with it",
        _preview,
        roles=MARKETERS,
        body=PreviewForm,
        answers={HTTPStatus.OK: PreviewView},
        problems=[HTTPStatus.CONFLICT],
    ),
    Route(
        "POST",
        f"{_ALL}/{{id}}/test",
        "Text it to phones of the shop's own staff, marked as a test",
        _test,
        roles=MARKETERS,
        body=TrialForm,
        answers={HTTPStatus.OK: TrialsView},
        problems=[HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT],
    ),
)
