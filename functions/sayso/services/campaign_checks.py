"""A campaign beside the shop's catalog: whether its audience exists, and what runs it makes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sayso.domain.campaign import Campaign, checked_name
from sayso.domain.catalog import Catalog
from sayso.domain.offer_checks import check_links, checked_offer
from sayso.domain.recurring import Recurrence, recurrence
from sayso.domain.refusal import Refused
from sayso.domain.reminding import check_reminder
from sayso.domain.run import Run, RunState, run_ids
from sayso.domain.schedule import RECIPIENT, Firing, Schedule, resolve
from sayso.domain.triggers import check_trigger
from sayso.services.refusals import Conflict

_NO_ZONE = "UTC"


class UnknownLocation(Refused):
    """The audience names a location that the shop does not have."""


def checked(campaign: Campaign, catalog: Catalog, now: datetime) -> Campaign:
    """The campaign in its tidy form. Raises Refused, or Conflict where no program is set up."""
    sound = replace(
        campaign,
        name=checked_name(campaign.name),
        locations=checked_locations(campaign.locations, catalog),
        offer=checked_offer(campaign.offer, catalog),
    )
    check_links(campaign.links)
    begins, ends = campaign.valid_from, campaign.valid_until
    if begins and ends and ends <= begins:
        raise Refused("valid_until", "the offer ends before it begins")
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
    """When the campaign goes out where; () if something else than time triggers it.

    Raises Refused, or Conflict for want of a program.

    The locations of "everyone" are those of this moment: fixed, so that the runs of several time
    zones neither leave out nor double a location whose zone is corrected in between.
    """
    if catalog.program is None:
        raise Conflict("set the program up first: a text goes out in its name")
    if campaign.schedule is None:
        raise Refused("schedule", 'say when: give a time as "at", or "now": true')
    checked_offer(campaign.offer, catalog)
    if campaign.is_triggered:
        check_trigger(campaign.schedule)
        checked_locations(campaign.locations, catalog)
        _check_offer(campaign, [])
        if campaign.valid_until and campaign.valid_until <= now:
            raise Refused("valid_until", "the offer has ended already")
        return ()
    # Checked again: a location may have been deleted since the draft was written.
    checked_locations(campaign.locations, catalog)
    if campaign.recurs:
        firings = recurrence_of(campaign, catalog).first(now).firings
    else:
        zones, home = _zones_of(campaign, catalog)
        firings = resolve(campaign.schedule, zones, home, now)
    _check_offer(campaign, firings)
    return firings


def recurrence_of(campaign: Campaign, catalog: Catalog) -> Recurrence:
    """When a recurring campaign goes out where; a location that has been deleted is nowhere."""
    zones, home = _zones_of(campaign, catalog)
    return recurrence(campaign.schedule or Schedule(), zones, home)


def _zones_of(campaign: Campaign, catalog: Catalog) -> tuple[dict[str, str], str]:
    """The zone of each location of the audience, and the program's own."""
    home = catalog.program.timezone if catalog.program else _NO_ZONE
    zones = {location.code: location.timezone for location in catalog.locations} | {"": home}
    codes = places_of(campaign.locations, catalog)
    return {code: zones[code] for code in codes if code in zones}, home


def _check_offer(campaign: Campaign, firings: Sequence[Firing]) -> None:
    ends = campaign.valid_until
    if ends and any(firing.at >= ends for firing in firings):
        raise Refused("valid_until", "the offer ends before the text goes out")
    check_reminder(campaign, [firing.at for firing in firings])


def zones_of(campaign: Campaign, catalog: Catalog) -> dict[str, str]:
    """The zone by which each location of a triggered campaign keeps time, if it still exists."""
    zones, home = _zones_of(campaign, catalog)
    wanted = campaign.schedule.timezone if campaign.schedule else ""
    return {code: zone if wanted == RECIPIENT else wanted or home for code, zone in zones.items()}


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
            valid_from=campaign.valid_from,
            offer=campaign.offer,
            links=campaign.links,
        )
        for run_id, firing in zip(run_ids(occasion, len(firings)), firings, strict=True)
    ]


def series_of(campaign: Campaign, now: datetime) -> Run:
    """The run that carries the counters of a triggered campaign; it has no audience of its own."""
    return Run(
        id=campaign.id,
        campaign_id=campaign.id,
        body=campaign.body,
        due_at=now,
        timezone="UTC",
        locations=(),
        state=RunState.SENDING,
        launched_at=now,
        valid_until=campaign.valid_until,
    )
