"""What a segment looks like from outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import Field, JsonValue

from sayso.domain.listed import Listed
from sayso.domain.segment.bounds import TEXT_AT_MOST
from sayso.domain.segment.json_form import to_json
from sayso.domain.segment.reading import read
from sayso.domain.segment.saved import NAME_AT_MOST, SavedSegment
from sayso.domain.segment.words import COMBINING, KINDS, Kind
from sayso.handlers.admin_api.forms import Form, View
from sayso.services.counting import Counted
from sayso.services.segments import Written


class WhomForm(Form):
    """Whom somebody means: `where` in words, or `filters` instead. Empty means everyone."""

    locations: Sequence[str] = Field(
        default_factory=list[str],
        max_length=500,
        description="Codes of locations",
        examples=[["DOWNTOWN"]],
    )
    where: str = Field(
        default="",
        max_length=TEXT_AT_MOST,
        description="The text form; GET /admin/segments/vocabulary lists its filters",
        examples=["at DOWNTOWN, SOHO and joined within 30 days and not language es"],
    )
    filters: dict[str, JsonValue] | None = Field(
        None,
        description="The JSON form",
        examples=[{"and": [{"at": ["DOWNTOWN"]}, {"joined": {"within": "30 days"}}]}],
    )

    def written(self) -> Written:
        return Written(tuple(code.upper() for code in self.locations), self.where, self.filters)


class SegmentForm(WhomForm):
    """A segment to save."""

    name: str = Field(max_length=NAME_AT_MOST, examples=["New faces downtown"])


class SegmentView(View):
    """A saved segment, in both forms."""

    id: str = Field(examples=["01KAMZ3S8E5XQW0V7Y9T2B4C6D"])
    name: str
    locations: list[str]
    where: str = Field(description="Canonical text")
    filters: Mapping[str, Any] = Field(description="The same as JSON; {} for everyone")
    created_at: datetime
    updated_at: datetime


class SegmentList(View):
    """Saved segments, newest first."""

    items: list[SegmentView]
    next: str | None


class StepView(View):
    """One filter, in the order in which they are applied."""

    filter: str = Field(examples=["joined within 30 days"])
    removed: int = Field(description="How many of those before it it leaves out")
    left: int


class PersonView(View):
    """Somebody of the audience, as the index lists them."""

    phone: str
    location: str | None
    channel: str | None
    language: str | None
    joined_at: datetime | None


class CountView(View):
    """How many an audience has now. Never a proof of consent: that is checked at each text."""

    count: int
    total: int = Field(description="Subscribers of the locations before any filter")
    where: str = Field(description="Canonical text")
    filters: Mapping[str, Any] = Field(description="The same as JSON")
    steps: list[StepView]
    sample: list[PersonView] = Field(description="Some of them, drawn by lot")
    is_estimate: bool = Field(
        description="Whether it is worked out from a part of a large audience"
    )


class FilterView(View):
    """One kind of filter."""

    form: str = Field(examples=["at CODE, …"])
    meaning: str
    example: str
    filters: Mapping[str, Any] = Field(description="The example as JSON")


class VocabularyView(View):
    """All that a segment can say, and how it is combined."""

    filters: list[FilterView]
    combining: list[FilterView]


def segment_view(segment: SavedSegment) -> SegmentView:
    """The segment as the API shows it."""
    return SegmentView.model_construct(
        id=segment.id,
        name=segment.name,
        locations=list(segment.locations),
        where=segment.where,
        filters=to_json(read(segment.where)),
        created_at=segment.created_at,
        updated_at=segment.updated_at,
    )


def count_view(where: str, counted: Counted) -> CountView:
    """The count as the API shows it."""
    steps = [
        StepView(filter=one.filter, removed=one.removed, left=one.left) for one in counted.steps
    ]
    return CountView(
        count=counted.count,
        total=counted.total,
        where=where,
        filters=to_json(read(where)),
        steps=steps,
        sample=[_person(one) for one in counted.sample],
        is_estimate=counted.is_estimate,
    )


def vocabulary_view() -> VocabularyView:
    """Every filter, with its example in both forms."""
    return VocabularyView(
        filters=[_kind(one) for one in KINDS], combining=[_kind(one) for one in COMBINING]
    )


def _kind(kind: Kind) -> FilterView:
    return FilterView(
        form=kind.form,
        meaning=kind.meaning,
        example=kind.example,
        filters=to_json(read(kind.example)),
    )


def _person(who: Listed) -> PersonView:
    return PersonView(
        phone=who.phone,
        location=who.location or None,
        channel=who.channel or None,
        language=who.language or None,
        joined_at=who.joined_at,
    )
