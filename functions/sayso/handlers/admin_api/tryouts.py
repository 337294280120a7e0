"""`/admin/campaigns/preview` and `…/test`: a campaign before its customers get it."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from http import HTTPStatus

from sayso.domain.campaign import Campaign
from sayso.domain.linting.findings import Finding
from sayso.domain.phone import NotAPhoneNumber, parse_phone
from sayso.handlers.admin_api.access import MARKETERS
from sayso.handlers.admin_api.campaigns import new_campaign
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.money import dollars
from sayso.handlers.admin_api.path_ids import campaign_id
from sayso.handlers.admin_api.problems import not_valid
from sayso.handlers.admin_api.routing import Answer, Call, Route
from sayso.handlers.admin_api.tryout_models import (
    FindingView,
    PreviewForm,
    PreviewView,
    RefusedView,
    SentView,
    TextView,
    TrialForm,
    TrialsView,
)
from sayso.services.campaigns import NewCampaign
from sayso.services.previews import Preview, Shown
from sayso.services.trials import AsIf, Trial


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
