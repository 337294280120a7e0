"""`/admin/campaigns`: what goes out to whom and when, and what came of it."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from sayso.domain.offer import Links, Offer
from sayso.domain.schedule import Schedule
from sayso.domain.versions import ONE_VERSION, Variant, Versions
from sayso.handlers.admin_api.access import MARKETERS
from sayso.handlers.admin_api.campaign_models import (
    AudienceForm,
    CampaignForm,
    CampaignList,
    CampaignPatch,
    CampaignView,
    OfferForm,
    ScheduleForm,
    VariantForm,
    campaign_view,
)
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Paging
from sayso.handlers.admin_api.money import micros
from sayso.handlers.admin_api.paging import after, cursor_to
from sayso.handlers.admin_api.path_ids import campaign_id as _id
from sayso.handlers.admin_api.report_models import ReportView, report_view
from sayso.handlers.admin_api.routing import Answer, Call, Route
from sayso.services.campaigns import CampaignEdit, NewCampaign
from sayso.services.refusals import Invalid


def _create(desks: Desks, call: Call[CampaignForm, None]) -> Answer:
    campaign = desks.campaigns.create(new_campaign(call.body), desks.clock())
    return Answer(campaign_view(campaign), HTTPStatus.CREATED)


def _list(desks: Desks, call: Call[None, Paging]) -> Answer:
    page = desks.campaigns.page(call.query.limit, after(desks, call))
    items = [campaign_view(campaign) for campaign in page.campaigns]
    return Answer(CampaignList(items=items, next=cursor_to(desks, call, page.position)))


def _get(desks: Desks, call: Call[None, None]) -> Answer:
    return Answer(campaign_view(desks.campaigns.get(_id(call))))


def _update(desks: Desks, call: Call[CampaignPatch, None]) -> Answer:
    before = desks.campaigns.get(_id(call))
    edit = CampaignEdit(_changes(call.body, call.body.model_fields_set, before.versions))
    return Answer(campaign_view(desks.campaigns.update(_id(call), edit, desks.clock())))


def _delete(desks: Desks, call: Call[None, None]) -> Answer:
    desks.campaigns.delete(_id(call))
    return Answer(status=HTTPStatus.NO_CONTENT)


def _schedule_it(desks: Desks, call: Call[ScheduleForm | None, None]) -> Answer:
    schedule = _schedule(call.body)
    try:
        campaign = desks.campaigns.schedule(_id(call), desks.clock(), schedule)
    except Invalid as invalid:
        if schedule is None:
            raise
        # Here the schedule is the whole body: what is wrong with it stands at the top.
        raise invalid.within("schedule") from None
    return Answer(campaign_view(campaign))


def _pause(desks: Desks, call: Call[None, None]) -> Answer:
    return Answer(campaign_view(desks.campaigns.pause(_id(call), desks.clock())))


def _resume(desks: Desks, call: Call[None, None]) -> Answer:
    return Answer(campaign_view(desks.campaigns.resume(_id(call), desks.clock())))


def _cancel(desks: Desks, call: Call[None, None]) -> Answer:
    return Answer(campaign_view(desks.campaigns.cancel(_id(call), desks.clock())))


def _report(desks: Desks, call: Call[None, None]) -> Answer:
    return Answer(report_view(desks.campaigns.report(_id(call), desks.clock())))


def new_campaign(form: CampaignForm) -> NewCampaign:
    """What the form says, as the use cases take it."""
    return NewCampaign(**_changes(form, frozenset(CampaignForm.model_fields)))


# Of a change, null says "nothing of this kind" for these only.
_MAY_BE_NONE = frozenset({"schedule", "valid_from", "valid_until", "spend_limit", "offer"})
_OF_VERSIONS = frozenset({"translations", "variants", "holdout_percent"})


def _changes(
    form: CampaignForm | CampaignPatch, named: AbstractSet[str], versions: Versions = ONE_VERSION
) -> dict[str, Any]:
    """The fields of a campaign that the form's `named` ones decide, with their values."""
    given = {name: getattr(form, name) for name in named}
    changes = {
        name: value for name, value in given.items() if value is not None or name in _MAY_BE_NONE
    }
    if audience := changes.pop("audience", None):
        changes |= {"locations": _locations(audience)}
        changes |= {"where": audience.where.strip(), "segment": audience.segment}
    if "schedule" in changes:
        changes["schedule"] = _schedule(form.schedule)
    if "spend_limit" in changes:
        changes["spend_limit"] = micros(form.spend_limit)
    if "offer" in changes:
        changes["offer"] = _offer(form.offer)
    if "links" in changes:
        changes["links"] = Links(dict(changes["links"]))
    of_versions = {name: changes.pop(name) for name in _OF_VERSIONS & changes.keys()}
    if "variants" in of_versions:
        of_versions["variants"] = tuple(_variant(one) for one in of_versions["variants"])
    return changes | {"versions": replace(versions, **of_versions)}


def _variant(form: VariantForm) -> Variant:
    return Variant(form.name, form.body, dict(form.translations), form.weight)


def _locations(audience: AudienceForm) -> tuple[str, ...]:
    return tuple(code.upper() for code in audience.locations)


def _offer(form: OfferForm | None) -> Offer | None:
    if form is None:
        return None
    places = tuple(code.upper() for code in form.places)
    return Offer(**form.model_dump() | {"places": places, "worth": micros(form.worth)})


def _schedule(form: ScheduleForm | None) -> Schedule | None:
    if form is None:
        return None
    values = form.model_dump()
    texts = {name: values[name] or "" for name in ("at", "timezone", "cron", "on")}
    return Schedule(**values | texts)


_ALL = "/admin/campaigns"
_ONE = f"{_ALL}/{{id}}"
_SEEN = {HTTPStatus.OK: CampaignView}
_MISSING, _CONFLICT = HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT
ROUTES = (
    Route(
        "POST",
        _ALL,
        "Write a campaign: a draft until it is scheduled",
        _create,
        roles=MARKETERS,
        body=CampaignForm,
        answers={HTTPStatus.CREATED: CampaignView},
        problems=[_CONFLICT],
    ),
    Route(
        "GET",
        _ALL,
        "Every campaign, newest first",
        _list,
        roles=MARKETERS,
        query=Paging,
        answers={HTTPStatus.OK: CampaignList},
    ),
    Route("GET", _ONE, "One campaign", _get, MARKETERS, answers=_SEEN, problems=[_MISSING]),
    Route(
        "PATCH",
        _ONE,
        "Change a draft",
        _update,
        roles=MARKETERS,
        body=CampaignPatch,
        answers=_SEEN,
        problems=[_MISSING, _CONFLICT],
    ),
    Route(
        "DELETE",
        _ONE,
        "Remove a draft or a cancelled campaign",
        _delete,
        roles=MARKETERS,
        answers={HTTPStatus.NO_CONTENT: None},
        problems=[_MISSING, _CONFLICT],
    ),
    Route(
        "POST",
        f"{_ONE}/schedule",
        "Have it go out: by the schedule in the body, or else by its own",
        _schedule_it,
        roles=MARKETERS,
        body=ScheduleForm,
        body_is_optional=True,
        answers=_SEEN,
        problems=[_MISSING, _CONFLICT],
    ),
    Route(
        "POST",
        f"{_ONE}/pause",
        "Stop it for now, within seconds; what is on its way still arrives",
        _pause,
        roles=MARKETERS,
        answers=_SEEN,
        problems=[_MISSING, _CONFLICT],
    ),
    Route(
        "POST",
        f"{_ONE}/resume",
        "Go on where it was paused",
        _resume,
        roles=MARKETERS,
        answers=_SEEN,
        problems=[_MISSING, _CONFLICT],
    ),
    Route(
        "POST",
        f"{_ONE}/cancel",
        "Stop it for good; what is on its way still arrives",
        _cancel,
        roles=MARKETERS,
        answers=_SEEN,
        problems=[_MISSING, _CONFLICT],
    ),
    Route(
        "GET",
        f"{_ONE}/report",
        "What came of it so far",
        _report,
        roles=MARKETERS,
        answers={HTTPStatus.OK: ReportView},
        problems=[_MISSING],
    ),
)
