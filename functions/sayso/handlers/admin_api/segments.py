"""`/admin/segments`: whom to send to, in words or as JSON, and how many they are."""

from http import HTTPStatus

from sayso.handlers.admin_api.access import MARKETERS
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.forms import Paging
from sayso.handlers.admin_api.paging import after, cursor_to
from sayso.handlers.admin_api.path_ids import segment_id as _id
from sayso.handlers.admin_api.routing import Answer, Call, Route
from sayso.handlers.admin_api.segment_models import (
    CountView,
    SegmentForm,
    SegmentList,
    SegmentView,
    VocabularyView,
    WhomForm,
    count_view,
    segment_view,
    vocabulary_view,
)


def _create(desks: Desks, call: Call[SegmentForm, None]) -> Answer:
    segment = desks.segments.create(call.body.name, call.body.written(), desks.clock())
    return Answer(segment_view(segment), HTTPStatus.CREATED)


def _list(desks: Desks, call: Call[None, Paging]) -> Answer:
    page = desks.segments.page(call.query.limit, after(desks, call))
    items = [segment_view(segment) for segment in page.segments]
    return Answer(SegmentList(items=items, next=cursor_to(desks, call, page.position)))


def _get(desks: Desks, call: Call[None, None]) -> Answer:
    return Answer(segment_view(desks.segments.get(_id(call))))


def _put(desks: Desks, call: Call[SegmentForm, None]) -> Answer:
    form = call.body
    segment = desks.segments.update(_id(call), form.name, form.written(), desks.clock())
    return Answer(segment_view(segment))


def _delete(desks: Desks, call: Call[None, None]) -> Answer:
    desks.segments.delete(_id(call))
    return Answer(status=HTTPStatus.NO_CONTENT)


def _count(desks: Desks, call: Call[WhomForm, None]) -> Answer:
    return Answer(count_view(*desks.segments.count(call.body.written(), desks.clock())))


def _vocabulary(_: Desks, __: Call[None, None]) -> Answer:
    return Answer(vocabulary_view())


_ALL = "/admin/segments"
_ONE = f"{_ALL}/{{id}}"
_SEEN = {HTTPStatus.OK: SegmentView}
_MISSING, _CONFLICT = HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT
ROUTES = (
    Route(
        "POST",
        _ALL,
        "Save a segment, to start campaigns from",
        _create,
        roles=MARKETERS,
        body=SegmentForm,
        answers={HTTPStatus.CREATED: SegmentView},
    ),
    Route(
        "GET",
        _ALL,
        "Every saved segment, newest first",
        _list,
        roles=MARKETERS,
        query=Paging,
        answers={HTTPStatus.OK: SegmentList},
    ),
    Route(
        "POST",
        f"{_ALL}/count",
        "How many an audience has now, what each filter removes, and some of them",
        _count,
        roles=MARKETERS,
        body=WhomForm,
        answers={HTTPStatus.OK: CountView},
    ),
    Route(
        "GET",
        f"{_ALL}/vocabulary",
        "Every filter that a segment can hold",
        _vocabulary,
        roles=MARKETERS,
        answers={HTTPStatus.OK: VocabularyView},
    ),
    Route("GET", _ONE, "One segment", _get, MARKETERS, answers=_SEEN, problems=[_MISSING]),
    Route(
        "PUT",
        _ONE,
        "Change a segment; campaigns that are scheduled keep it as it was",
        _put,
        roles=MARKETERS,
        body=SegmentForm,
        answers=_SEEN,
        problems=[_MISSING, _CONFLICT],
    ),
    Route(
        "DELETE",
        _ONE,
        "Remove a segment; drafts that name it cannot be scheduled then",
        _delete,
        roles=MARKETERS,
        answers={HTTPStatus.NO_CONTENT: None},
        problems=[_MISSING, _CONFLICT],
    ),
)
