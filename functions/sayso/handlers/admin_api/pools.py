"""`/admin/pools`: codes of the shop's own till system, for campaigns to give out."""

from http import HTTPStatus

from sayso.handlers.admin_api.access import MARKETERS
from sayso.handlers.admin_api.desks import Desks
from sayso.handlers.admin_api.path_ids import pool_id as _id
from sayso.handlers.admin_api.pool_models import (
    BODY_AT_MOST,
    CodesForm,
    FilledView,
    PoolForm,
    PoolList,
    PoolView,
    filled_view,
    pool_view,
)
from sayso.handlers.admin_api.routing import Answer, Call, Route
from sayso.services.pools import rows


def _create(desks: Desks, call: Call[PoolForm, None]) -> Answer:
    form = call.body
    filled = desks.pools.create(form.name, rows(form.codes, form.csv), desks.clock())
    return Answer(filled_view(filled), HTTPStatus.CREATED)


def _list(desks: Desks, _: Call[None, None]) -> Answer:
    items = [pool_view(pool) for pool in desks.pools.all(desks.clock())]
    return Answer(PoolList(items=items, next=None))


def _get(desks: Desks, call: Call[None, None]) -> Answer:
    return Answer(pool_view(desks.pools.get(_id(call), desks.clock())))


def _add(desks: Desks, call: Call[CodesForm, None]) -> Answer:
    form = call.body
    return Answer(
        filled_view(desks.pools.add(_id(call), rows(form.codes, form.csv), desks.clock()))
    )


def _delete(desks: Desks, call: Call[None, None]) -> Answer:
    desks.pools.delete(_id(call), desks.clock())
    return Answer(status=HTTPStatus.NO_CONTENT)


_ALL = "/admin/pools"
_ONE = f"{_ALL}/{{id}}"
_MISSING, _CONFLICT = HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT
ROUTES = (
    Route(
        "POST",
        _ALL,
        "Import codes of the till system into a pool",
        _create,
        roles=MARKETERS,
        body=PoolForm,
        body_at_most=BODY_AT_MOST,
        answers={HTTPStatus.CREATED: FilledView},
    ),
    Route(
        "GET",
        _ALL,
        "Every pool, newest first, and how far each goes",
        _list,
        roles=MARKETERS,
        answers={HTTPStatus.OK: PoolList},
    ),
    Route(
        "GET",
        _ONE,
        "One pool",
        _get,
        roles=MARKETERS,
        answers={HTTPStatus.OK: PoolView},
        problems=[_MISSING],
    ),
    Route(
        "POST",
        f"{_ONE}/codes",
        "Import more codes into a pool",
        _add,
        roles=MARKETERS,
        body=CodesForm,
        body_at_most=BODY_AT_MOST,
        answers={HTTPStatus.OK: FilledView},
        problems=[_MISSING, _CONFLICT],
    ),
    Route(
        "DELETE",
        _ONE,
        "Remove a pool of which nobody has a code",
        _delete,
        roles=MARKETERS,
        answers={HTTPStatus.NO_CONTENT: None},
        problems=[_MISSING, _CONFLICT],
    ),
)
