"""Every route of the admin API."""

from sayso.handlers.admin_api import (
    campaigns,
    consent,
    deactivations,
    decisions,
    imports,
    keywords,
    ledgers,
    locations,
    overall,
    profiles,
    program,
    segments,
    sign,
    subscribers,
    tryouts,
    upkeep,
)
from sayso.handlers.admin_api.openapi import document_route
from sayso.handlers.admin_api.routing import Routes

_RESOURCES = (
    *program.ROUTES,
    *locations.ROUTES,
    *keywords.ROUTES,
    *sign.ROUTES,
    *subscribers.ROUTES,
    *profiles.ROUTES,
    *decisions.ROUTES,
    *consent.ROUTES,
    *ledgers.ROUTES,
    *segments.ROUTES,
    *tryouts.ROUTES,
    *campaigns.ROUTES,
    *overall.ROUTES,
    *imports.ROUTES,
    *upkeep.ROUTES,
    *deactivations.ROUTES,
)


def admin_routes() -> Routes:
    """The table, with the document that describes it."""
    return Routes((*_RESOURCES, document_route(_RESOURCES)))
