"""From what a marketer wrote to one person's text: wording, language, values, size."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from sayso.domain.campaign import Campaign, InvalidText, checked_body
from sayso.domain.catalog import Catalog, Location, Program
from sayso.domain.codes import SAMPLE_CODE
from sayso.domain.coupon import Coupon
from sayso.domain.experiment import HELD_OUT, assigned
from sayso.domain.linting.findings import Offered
from sayso.domain.offer import NO_LINKS, Links, Offer
from sayso.domain.recipient import Recipient
from sayso.domain.run import Batch, Run, location_of
from sayso.domain.template_values import Values, offer_values, shared_values, values_for
from sayso.domain.versions import Versions
from sayso.domain.written import chosen
from sayso.services.composing import Composed, Unwritable
from sayso.services.issuing import BatchIssuing, Issuing
from sayso.services.ports.templates import BadTemplate, NotFilled, Template, Templates

# Why those are skipped for whom the text cannot be written.
UNWRITABLE = "unwritable"


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be written: a campaign's texts, its offer, until when that holds, its links.

    `address` is that of the shop's own pages, "" where there is none.
    """

    body: str
    versions: Versions
    valid_until: datetime | None = None
    offer: Offer | None = None
    links: Links = NO_LINKS
    address: str = ""

    @classmethod
    def of(cls, campaign: Campaign, address: str) -> Self:
        """A campaign's."""
        until, offer, links = campaign.valid_until, campaign.offer, campaign.links
        return cls(campaign.body, campaign.versions, until, offer, links, address)

    @classmethod
    def of_run(cls, run: Run, address: str) -> Self:
        """A run's."""
        return cls(run.body, run.versions, run.holds_until, run.offer, run.links, address)

    def brought_by(self, coupon: Coupon) -> Values:
        """What the owner of a coupon reads of the offer."""
        return offer_values(coupon.code, coupon.shown, self.offer, self.links, self.address)

    def offered(self, ends: str) -> Offered | None:
        """What a text should say of the offer, which `ends` then; None for none."""
        sample = self.sample()
        ways = (str(sample[name]) for name in ("code", "link") if name in sample)
        return Offered(tuple(ways), ends) if self.offer else None

    def sample(self) -> Values:
        """What nobody in particular reads of it: the code is nobody's."""
        shown = self.offer.shared_code if self.offer else ""
        return offer_values(SAMPLE_CODE, shown or SAMPLE_CODE, self.offer, self.links, self.address)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the texts of one work to people at one place; safe to use from several threads.

    What is the same for all of them, the parsed texts above all, is made once.
    """

    templates: Templates
    work: Work
    program: Program
    location: Location | None
    _parsed: dict[tuple[str, str], tuple[str, Template]] = field(default_factory=dict)
    _shared: dict[str, Values] = field(default_factory=dict)

    def text_of(self, variant: str, recipient: Recipient, brings: Values | None = None) -> Composed:
        """The variant's text for this person, in their language or else the program's.

        `brings` is what they alone read of the offer.

        Raises NotFilled, InvalidText for a text that the carrier would not take, BadTemplate, and
        LookupError for a variant that there is not.
        """
        language, template = self._template(variant, recipient.language)
        shared = {**self._values(language), **brings} if brings else self._values(language)
        body = template.filled(values_for(shared, recipient.values))
        return Composed(body, checked_body(body).parts, variant, language)

    def _template(self, variant: str, language: str) -> tuple[str, Template]:
        """The variant's text to somebody who speaks that language, and the one it is in."""
        if (variant, language) not in self._parsed:
            own = self.program.language
            written = chosen(self.work.body, self.work.versions, variant, language, own)
            if written is None:
                raise LookupError(f"no variant {variant}")
            parsed = self.templates.parse(written.source)
            self._parsed[variant, language] = (written.language or own, parsed)
        return self._parsed[variant, language]

    def _values(self, language: str) -> Values:
        if language not in self._shared:
            until = self.work.valid_until
            self._shared[language] = shared_values(self.program, self.location, until, language)
        return self._shared[language]


@dataclass(frozen=True, slots=True)
class BatchComposer:
    """Composer of a run's texts to the people of one batch."""

    writer: Writer
    issuing: BatchIssuing | None = None

    def compose(self, run: Run, recipient: Recipient, attempt: int = 0) -> Composed:
        """See services.composing.Composer: the whole text, or none."""
        variant = assigned(run.series or run.occasion, recipient.phone, run.versions)
        if variant == HELD_OUT:
            raise Unwritable(HELD_OUT)
        coupon = self.issuing.coupon(recipient, attempt) if self.issuing else None
        brings = self.writer.work.brought_by(coupon) if coupon else None
        try:
            text = self.writer.text_of(variant, recipient, brings)
        except (NotFilled, InvalidText, BadTemplate):
            # Not chained: it says what is wrong with somebody's own text.
            raise Unwritable(UNWRITABLE) from None
        return replace(text, coupon=coupon) if coupon else text


@dataclass(frozen=True, slots=True)
class VersionsComposer:
    """Composers of texts in the versions that a campaign has. `address` is as that of a Work.

    Without `issuing` they write those only that bring no code.
    """

    templates: Templates
    issuing: Issuing | None = None
    address: str = ""

    def for_batch(self, run: Run, catalog: Catalog, batch: Batch) -> BatchComposer:
        """See services.composing.Composers. Raises LookupError for want of a program."""
        if catalog.program is None:
            raise LookupError("no program")
        if run.has_codes and self.issuing is None:
            raise LookupError("nobody gives codes")
        place = catalog.location(location_of(batch.id))
        work = Work.of_run(run, self.address)
        writer = Writer(self.templates, work, catalog.program, place)
        return BatchComposer(writer, self.issuing.for_batch(run, batch) if self.issuing else None)
