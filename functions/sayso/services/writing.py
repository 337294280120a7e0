"""From what a marketer wrote to one person's text: wording, language, values, size."""

from dataclasses import dataclass, field
from datetime import datetime

from sayso.domain.campaign import InvalidText, checked_body
from sayso.domain.catalog import Catalog, Location, Program
from sayso.domain.experiment import HELD_OUT, assigned
from sayso.domain.recipient import Recipient
from sayso.domain.run import Run
from sayso.domain.template_values import Values, shared_values, values_for
from sayso.domain.versions import Versions
from sayso.domain.written import chosen
from sayso.services.composing import Composed, Unwritable
from sayso.services.ports.templates import BadTemplate, NotFilled, Template, Templates

# Why those are skipped for whom the text cannot be written.
UNWRITABLE = "unwritable"


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be written: a campaign's texts, and until when its offer holds."""

    body: str
    versions: Versions
    valid_until: datetime | None = None


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

    def text_of(self, variant: str, recipient: Recipient) -> Composed:
        """The variant's text for this person, in their language or else the program's.

        Raises NotFilled, InvalidText for a text that the carrier would not take, BadTemplate, and
        LookupError for a variant that there is not.
        """
        language, template = self._template(variant, recipient.language)
        body = template.filled(values_for(self._values(language), recipient.values))
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

    def compose(self, run: Run, recipient: Recipient) -> Composed:
        """See services.composing.Composer: the whole text, or none."""
        variant = assigned(run.series or run.occasion, recipient.phone, run.versions)
        if variant == HELD_OUT:
            raise Unwritable(HELD_OUT)
        try:
            return self.writer.text_of(variant, recipient)
        except (NotFilled, InvalidText, BadTemplate):
            # Not chained: it says what is wrong with somebody's own text.
            raise Unwritable(UNWRITABLE) from None


@dataclass(frozen=True, slots=True)
class VersionsComposer:
    """Composers of texts in the versions that a campaign has."""

    templates: Templates

    def for_batch(self, run: Run, catalog: Catalog, location: str) -> BatchComposer:
        """See services.composing.Composers. Raises LookupError where there is no program."""
        if catalog.program is None:
            raise LookupError("no program")
        work = Work(run.body, run.versions, run.valid_until)
        place = catalog.location(location)
        return BatchComposer(Writer(self.templates, work, catalog.program, place))
