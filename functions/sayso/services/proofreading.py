"""Whether a campaign's texts can be sent, and what is to be said about them before they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sayso.domain.campaign import Campaign, InvalidText, checked_body
from sayso.domain.catalog import Catalog, Location, Program
from sayso.domain.catalog_rules import Fault
from sayso.domain.linting.findings import Days, Draft, Finding, Level
from sayso.domain.linting.lint import by_weight, findings_in
from sayso.domain.offer_checks import faults_of_names
from sayso.domain.refusal import Refused
from sayso.domain.schedule import Firing
from sayso.domain.template_values import (
    sample_of,
    shared_values,
    spoken_last_day,
    unknown_in,
    values_for,
)
from sayso.domain.understanding import is_reserved
from sayso.domain.versions import FIRST
from sayso.domain.written import Written, faults_in, is_template, written_in
from sayso.services.campaign_checks import places_of
from sayso.services.ports.templates import BadTemplate, NotFilled, Template, Templates, Unfilled
from sayso.services.refusals import Invalid
from sayso.services.sampling import Sample, Sampler
from sayso.services.trying_on import Sizes, tried_on
from sayso.services.writing import Work

# Locations whose own name and zone a text is looked at with.
_PLACES_AT_MOST = 20


@dataclass(frozen=True, slots=True)
class Review:
    """What is to be said of a campaign's texts, errors first, and their sizes over an audience."""

    findings: tuple[Finding, ...]
    sample: Sample
    sizes: Sizes

    @property
    def errors(self) -> list[Finding]:
        return [one for one in self.findings if one.level is Level.ERROR]


@dataclass(frozen=True, slots=True)
class Proofreader:
    """Reads what marketers write before customers do. `address` is as that of a Work."""

    templates: Templates
    sampler: Sampler
    address: str = ""

    def check(self, campaign: Campaign) -> None:
        """Raise Refused for a text that could not be sent to anybody; see `review` for the rest."""
        for field, detail in faults_in(campaign.versions):
            raise Refused(field, detail)
        shared = campaign.offer.shared_code if campaign.offer else ""
        if shared and (reason := is_reserved(shared)):
            raise Refused("offer.shared_code", f"reserved: {reason}")
        for written in written_in(campaign.body, campaign.versions):
            self._check(written, campaign)

    def pass_for_sending(
        self, campaign: Campaign, catalog: Catalog, firings: Sequence[Firing], now: datetime
    ) -> None:
        """Raise Invalid, with every error that a review finds."""
        errors = self.review(campaign, catalog, firings, now).errors
        if errors:
            raise Invalid(Fault(one.field or "body", _located(one)) for one in errors)

    def review(
        self, campaign: Campaign, catalog: Catalog, firings: Sequence[Firing], now: datetime
    ) -> Review:
        """The findings on every text, as the audience would get it.

        Raises Refused as `check` does, and LookupError where no program is set up.
        """
        if catalog.program is None:
            raise LookupError("no program")
        self.check(campaign)
        places = places_of(campaign.locations, catalog)
        sample = self.sampler.sample(
            places, campaign.where, now.astimezone(ZoneInfo(catalog.program.timezone))
        )
        work = Work.of(campaign, self.address)
        sizes = tried_on(sample, work, self.templates, catalog)
        days = tuple(dict.fromkeys(_days(one, campaign) for one in firings))
        findings = [
            *sizes.findings(sample),
            *(
                finding
                for written in written_in(campaign.body, campaign.versions)
                for finding in findings_in(
                    written, self._drafts(written, campaign, catalog, places, days)
                )
            ),
        ]
        return Review(by_weight(findings), sample, sizes)

    def _check(self, written: Written, campaign: Campaign) -> None:
        try:
            template = self.templates.parse(written.source)
            if not is_template(written.source):
                checked_body(written.source)
            self._check_names(template, campaign)
            self._check_size(template)
        except BadTemplate as bad:
            detail = f"{_which(written)}line {bad.line}: {bad.detail}"
            raise Refused(written.field, detail) from None
        except InvalidText as invalid:
            raise Refused(written.field, f"{_which(written)}{invalid.detail}") from None

    def _check_names(self, template: Template, campaign: Campaign) -> None:
        if unknown := unknown_in(template.names, campaign.links.targets):
            raise InvalidText("", f"There is nothing that is called {' or '.join(unknown)}.")
        for detail in faults_of_names(template.names, campaign.offer, self.address):
            raise InvalidText("", detail)

    def _check_size(self, template: Template) -> None:
        """Refuse what is too long with the shortest of values, and what fails with any text."""
        try:
            text = template.filled(_shortest(template.names))
        except NotFilled as failed:
            if failed.why is Unfilled.MISSING:
                return
            raise InvalidText("", _NOT_FILLED[failed.why]) from None
        if text.strip():
            checked_body(text)

    def _drafts(
        self,
        written: Written,
        campaign: Campaign,
        catalog: Catalog,
        places: Sequence[str],
        days: tuple[Days, ...],
    ) -> Iterator[Draft]:
        """The text to somebody of whom all is known and to somebody of whom nothing is."""
        program = _program(catalog)
        language = written.language or program.language
        template = self.templates.parse(written.source)
        work = Work.of(campaign, self.address)
        brought = work.sample()
        for place in places[:_PLACES_AT_MOST]:
            known = catalog.location(place)
            shared = shared_values(program, known, campaign.valid_until, language)
            offered = work.offered(str(shared.get("valid_until", "")))
            last_day = _last_day(campaign, known or program, language)
            for attributes in (sample_of(template.names), {}):
                try:
                    text = template.filled(values_for({**shared, **brought}, attributes))
                except NotFilled:
                    continue
                if text.strip():
                    yield Draft(text, language, program.name, days, offered, last_day)


def _program(catalog: Catalog) -> Program:
    if catalog.program is None:
        raise LookupError("no program")
    return catalog.program


def _shortest(names: frozenset[str]) -> dict[str, str | dict[str, str]]:
    """A value of one letter for every name."""
    values: dict[str, str | dict[str, str]] = {name: "x" for name in names if "." not in name}
    for name in names:
        outer, dot, inner = name.partition(".")
        if dot:
            within = values.setdefault(outer, {})
            if isinstance(within, dict):
                within[inner] = "x"
    return values


def _last_day(campaign: Campaign, there: Location | Program, language: str) -> str:
    if campaign.valid_until is None:
        return ""
    return spoken_last_day(campaign.valid_until, there.timezone, language)


def _days(firing: Firing, campaign: Campaign) -> Days:
    zone = ZoneInfo(firing.timezone)
    begins, ends = campaign.valid_from, campaign.valid_until
    # An offer that ends at midnight has the day before as its last.
    last = (ends - timedelta(seconds=1)).astimezone(zone).date() if ends else None
    first = begins.astimezone(zone).date() if begins else None
    return Days(firing.at.astimezone(zone).date(), first, last)


def _which(written: Written) -> str:
    """Which of several texts it is; nothing for a campaign's own body."""
    if written.variant == FIRST and not written.language:
        return ""
    language = f", {written.language}" if written.language else ""
    return f"Variant {written.variant}{language}: "


def _located(finding: Finding) -> str:
    if finding.variant in ("", FIRST) and not finding.language:
        return finding.message
    language = f", {finding.language}" if finding.language else ""
    return f"Variant {finding.variant}{language}: {finding.message}"


_NOT_FILLED = {
    Unfilled.TOO_LONG: "The text is longer than the carrier takes. Shorten it.",
    Unfilled.FAILED: "It compares what cannot be compared: every value is a text, none a number.",
}
