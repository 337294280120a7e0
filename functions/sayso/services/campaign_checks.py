"""A campaign beside the shop's catalog: whether its audience exists, and what runs it makes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sayso.domain.campaign import Campaign, checked_body, checked_name
from sayso.domain.catalog import Catalog
from sayso.domain.refusal import Refused
from sayso.domain.run import Run, run_ids
from sayso.domain.schedule import Firing, resolve
from sayso.services.refusals import Conflict


class UnknownLocation(Refused):
    """The audience names a location that the shop does not have."""


def checked(campaign: Campaign, catalog: Catalog, now: datetime) -> Campaign:
    """The campaign in its tidy form. Raises Refused, or Conflict where no program is set up."""
    checked_body(campaign.body)
    sound = replace(
        campaign,
        name=checked_name(campaign.name),
        locations=checked_locations(campaign.locations, catalog),
    )
    if sound.schedule:
        firings_of(sound, catalog, now)
    return sound


def checked_locations(codes: Sequence[str], catalog: Catalog) -> tuple[str, ...]:
    """The codes without repetition. Raises UnknownLocation."""
    for code in codes:
        if not catalog.location(code):
            known = ", ".join(location.code for location in catalog.locations)
            hint = f"there are {known}" if known else "add one first"
            raise UnknownLocation("audience.locations", f"there is no location {code}; {hint}")
    return tuple(dict.fromkeys(codes))


def places_of(codes: tuple[str, ...], catalog: Catalog) -> tuple[str, ...]:
    """The locations of an audience; everyone's include "", for those who named none."""
    return codes or (*(location.code for location in catalog.locations), "")


def firings_of(campaign: Campaign, catalog: Catalog, now: datetime) -> tuple[Firing, ...]:
    """When the campaign goes out where. Raises Refused, or Conflict for want of a program.

    The locations of "everyone" are those of this moment: fixed, so that the runs of several time
    zones neither leave out nor double a location whose zone is corrected in between.
    """
    if catalog.program is None:
        raise Conflict("set the program up first: a text goes out in its name")
    if campaign.schedule is None:
        raise Refused("schedule", 'say when: give a time as "at", or "now": true')
    home = catalog.program.timezone
    zones = {location.code: location.timezone for location in catalog.locations} | {"": home}
    # Checked again: a location may have been deleted since the draft was written.
    codes = places_of(checked_locations(campaign.locations, catalog), catalog)
    return resolve(campaign.schedule, {code: zones[code] for code in codes}, home, now)


def runs_of(campaign: Campaign, firings: Sequence[Firing], occasion: str) -> list[Run]:
    """One run a firing."""
    return [
        Run(
            id=run_id,
            campaign_id=campaign.id,
            body=campaign.body,
            due_at=firing.at,
            timezone=firing.timezone,
            locations=firing.locations,
            where=campaign.where,
            versions=campaign.versions,
            valid_until=campaign.valid_until,
            spend_limit=campaign.spend_limit,
        )
        for run_id, firing in zip(run_ids(occasion, len(firings)), firings, strict=True)
    ]
