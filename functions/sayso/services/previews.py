"""What sending a campaign would mean, before anything is kept or sent."""

from dataclasses import dataclass, replace
from datetime import datetime

from sayso.domain.campaign import Campaign, InvalidText, checked_body
from sayso.domain.catalog import Catalog, Location, Program
from sayso.domain.catalog_rules import Fault
from sayso.domain.contact import Contact, Status
from sayso.domain.linting.findings import Finding, Level
from sayso.domain.linting.lint import by_weight
from sayso.domain.offer_checks import check_links, checked_offer
from sayso.domain.parts import Parts, count_parts, suggest_plain
from sayso.domain.refusal import Refused
from sayso.domain.template_values import sample_of, shared_values, values_for
from sayso.domain.written import Written, chosen, written_in
from sayso.services.audiences import Audiences
from sayso.services.campaign_checks import checked_locations, firings_of, places_of
from sayso.services.ports.campaigns import CatalogReader
from sayso.services.ports.subscribers import SubscriberStore
from sayso.services.ports.templates import NotFilled, Templates, Unfilled
from sayso.services.proofreading import Proofreader, Review
from sayso.services.refusals import Conflict, Invalid
from sayso.services.writing import Work


@dataclass(frozen=True, slots=True)
class Shown:
    """One text as somebody would get it."""

    variant: str
    language: str
    text: str
    size: Parts


@dataclass(frozen=True, slots=True)
class PartsRange:
    """A text has `least` to `most` parts, all of them together `least_in_all` to `most_in_all`."""

    least: int
    most: int
    least_in_all: int
    most_in_all: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What sending would mean.

    `recipients` is how many the index lists now, `held_out` how many of them would get nothing, to
    compare with. `size` is that of the first text. `plain` is the body in cheaper characters, "" if
    there are none; `price_per_part` is in millionths of a dollar, 0 where it is not known.
    """

    recipients: int
    held_out: int
    size: Parts
    plain: str
    parts: PartsRange
    price_per_part: int
    findings: tuple[Finding, ...]
    texts: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class PreviewDesk:
    """Shows campaigns as their readers would see them."""

    proofreader: Proofreader
    audiences: Audiences
    catalog: CatalogReader
    subscribers: SubscriberStore

    def preview(self, campaign: Campaign, phone: str, now: datetime) -> Preview:
        """The campaign to the subscriber of this number, or else ("") to a made-up person.

        Raises Invalid, Conflict.
        """
        catalog = self.catalog.load()
        program = catalog.program
        if program is None:
            raise Conflict("set the program up first: a text goes out in its name")
        try:
            checked_locations(campaign.locations, catalog)
            campaign = replace(campaign, offer=checked_offer(campaign.offer, catalog))
            check_links(campaign.links)
            campaign = self.audiences.copied(campaign, catalog)
            firings = firings_of(campaign, catalog, now) if campaign.schedule else ()
            review = self.proofreader.review(campaign, catalog, firings, now)
        except Refused as refused:
            raise Invalid.because(refused) from None
        reader = self._reader(phone)
        templates, address = self.proofreader.templates, self.proofreader.address
        easel = _Easel(campaign, catalog, program, templates, reader, address)
        texts, missing = easel.shown()
        places = places_of(campaign.locations, catalog)
        people = self.proofreader.sampler.size(places, review.sample)
        size = texts[0].size if texts else count_parts(campaign.body)
        plain = suggest_plain(campaign.body)
        return Preview(
            recipients=people,
            held_out=_share(people, campaign.versions.holdout_percent),
            size=size,
            plain=plain if plain != campaign.body else "",
            parts=_parts(review, people, campaign.versions.holdout_percent, size.parts),
            price_per_part=program.price_per_part,
            findings=by_weight((*review.findings, *missing)),
            texts=tuple(texts),
        )

    def _reader(self, phone: str) -> Contact | None:
        """The subscriber of this number, None for nobody in particular. Raises Invalid."""
        if not phone:
            return None
        contact = self.subscribers.get(phone)
        if contact is None or contact.status is not Status.SUBSCRIBED:
            raise Invalid([Fault("phone", "there is no subscriber with this number")])
        return contact


@dataclass(frozen=True, slots=True)
class _Easel:
    """Where texts are shown: to one reader, at their place or else at the first of the audience."""

    campaign: Campaign
    catalog: Catalog
    program: Program
    templates: Templates
    reader: Contact | None
    address: str = ""

    def shown(self) -> tuple[list[Shown], list[Finding]]:
        """The reader's text in each variant; to nobody in particular, every text that there is."""
        texts: list[Shown] = []
        missing: list[Finding] = []
        for written in self._meant():
            try:
                texts.append(self._text(written))
            except (NotFilled, InvalidText) as failure:
                missing.append(_none_for(written, failure))
        return texts, missing

    def _meant(self) -> list[Written]:
        every = list(written_in(self.campaign.body, self.campaign.versions))
        if self.reader is None:
            return every
        variants = dict.fromkeys(one.variant for one in every)
        languages = (self.reader.language, self.program.language)
        found = (
            chosen(self.campaign.body, self.campaign.versions, one, *languages) for one in variants
        )
        return [one for one in found if one]

    def _text(self, written: Written) -> Shown:
        language = written.language or self.program.language
        template = self.templates.parse(written.source)
        attributes = self.reader.attributes if self.reader else sample_of(template.names)
        shared = shared_values(self.program, self._place(), self.campaign.valid_until, language)
        shared |= Work.of(self.campaign, self.address).sample()
        text = template.filled(values_for(shared, attributes))
        return Shown(written.variant, language, text, checked_body(text))

    def _place(self) -> Location | None:
        if self.reader and self.reader.location:
            return self.catalog.location(self.reader.location)
        places = places_of(self.campaign.locations, self.catalog)
        return self.catalog.location(places[0])


def _none_for(written: Written, failure: NotFilled | InvalidText) -> Finding:
    why = "it would be empty or too long"
    if isinstance(failure, NotFilled) and failure.why is Unfilled.MISSING:
        why = f"{failure.name} is not known, and has no default"
    return Finding(
        Level.WARNING,
        "unwritable",
        f"This reader gets no text: {why}.",
        written.variant,
        written.language,
        written.field,
    )


def _share(people: int, percent: int) -> int:
    return round(people * percent / 100)


def _parts(review: Review, people: int, held_out: int, usual: int) -> PartsRange:
    """Parts a text, and of all of them together: exact where the whole audience was looked at."""
    sizes = review.sizes
    least, most = min(sizes.least, default=usual), max(sizes.most, default=usual)
    if review.sample.is_whole:
        totals = sum(sizes.least), sum(sizes.most)
    else:
        totals = least * people, most * people
    texted = 100 - held_out
    return PartsRange(least, most, totals[0] * texted // 100, -(-totals[1] * texted // 100))
