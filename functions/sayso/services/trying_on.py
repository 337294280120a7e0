"""Texts tried on real people: how many parts they take, and who would get none."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sayso.domain.campaign import InvalidText
from sayso.domain.catalog import Catalog
from sayso.domain.linting.findings import Finding, Level
from sayso.domain.recipient import Recipient
from sayso.domain.versions import FIRST
from sayso.services.ports.templates import NotFilled, Templates, Unfilled
from sayso.services.sampling import Member, Sample
from sayso.services.writing import Work, Writer


@dataclass(frozen=True, slots=True)
class Sizes:
    """Over a sample: parts a person, at least and at most, and why some get no text.

    `least` and `most` are one a person who could be written to, over all variants. `missing` counts
    people by variant and by what they have no value of; `unsendable` by variant.
    """

    least: tuple[int, ...]
    most: tuple[int, ...]
    missing: Mapping[tuple[str, str], int]
    unsendable: Mapping[str, int]

    def findings(self, sample: Sample) -> Iterator[Finding]:
        """What to say about those who would get nothing."""
        people = len(sample.people)
        for (variant, name), count in self.missing.items():
            is_all = count == people and sample.is_whole
            yield Finding(
                Level.ERROR if is_all else Level.WARNING,
                "unresolved_variable",
                f"{name} is missing for {_of(count, people)} and has no default: they get no text.",
                variant,
                field="body" if variant == FIRST else "variants",
            )
        for variant, count in self.unsendable.items():
            yield Finding(
                Level.WARNING,
                "unwritable",
                f"For {_of(count, people)} the text is empty or too long: they get none.",
                variant,
                field="body" if variant == FIRST else "variants",
            )


def tried_on(sample: Sample, work: Work, templates: Templates, catalog: Catalog) -> Sizes:
    """Every variant written to everybody of the sample. Raises LookupError without a program."""
    if catalog.program is None:
        raise LookupError("no program")
    writers = {
        place: Writer(templates, work, catalog.program, catalog.location(place))
        for place in dict.fromkeys(member.location for member in sample.people)
    }
    variants = (FIRST, *(one.name for one in work.versions.variants))
    fitting = _Fitting(variants)
    written = [
        parts
        for member in sample.people
        if (parts := list(fitting.parts(writers[member.location], recipient_of(member))))
    ]
    return Sizes(
        least=tuple(map(min, written)),
        most=tuple(map(max, written)),
        missing=fitting.missing,
        unsendable=fitting.unsendable,
    )


@dataclass(frozen=True, slots=True)
class _Fitting:
    """One person after the other, and what kept them from a text."""

    variants: tuple[str, ...]
    missing: Counter[tuple[str, str]] = field(default_factory=Counter)
    unsendable: Counter[str] = field(default_factory=Counter)

    def parts(self, writer: Writer, recipient: Recipient) -> Iterator[int]:
        """The parts of each variant that there is for them."""
        for variant in self.variants:
            try:
                yield writer.text_of(variant, recipient, writer.work.sample()).parts
            except InvalidText:
                self.unsendable[variant] += 1
            except NotFilled as failed:
                if failed.why is Unfilled.MISSING:
                    self.missing[variant, failed.name] += 1
                else:
                    self.unsendable[variant] += 1


def recipient_of(member: Member) -> Recipient:
    """The member as a batch would carry them."""
    one = member.listed
    return Recipient(one.phone, one.language, one.channel, dict(one.attributes))


def _of(count: int, people: int) -> str:
    if count == people:
        return "everybody" if people > 1 else "the one person who would get it"
    return f"{count} of {people} people"
