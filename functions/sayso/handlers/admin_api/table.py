"""Every route of the admin API."""

from sayso.handlers.admin_api import (
    campaigns,
    consent,
    coupons,
    deactivations,
    decisions,
    imports,
    keywords,
    ledgers,
    locations,
    overall,
    pools,
    profiles,
    program,
    segments,
    sign,
    staff,
    subscribers,
    tryouts,
    upkeep,
    webhooks,
)
from sayso.handlers.admin_api.openapi import document_route
from sayso.handlers.admin_api.routing import Routes

_RESOURCES = (
    *program.ROUTES,
    *locations.ROUTES,
    *keywords.ROUTES,
    *staff.ROUTES,
    *sign.ROUTES,
    *subscribers.ROUTES,
    *profiles.ROUTES,
    *decisions.ROUTES,
    *consent.ROUTES,
    *ledgers.ROUTES,
    *segments.ROUTES,
    *pools.ROUTES,
    *tryouts.ROUTES,
    *campaigns.ROUTES,
    *coupons.ROUTES,
    *overall.ROUTES,
    *imports.ROUTES,
    *upkeep.ROUTES,
    *deactivations.ROUTES,
    *webhooks.ROUTES,
)


def admin_routes() -> Routes:
    """The table, with the document that describes it."""
    return Routes((*_RESOURCES, document_route(_RESOURCES)))
