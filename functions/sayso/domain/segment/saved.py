"""A segment that the shop has saved under a name."""

from dataclasses import dataclass
from datetime import datetime

from sayso.domain.refusal import Refused
from sayso.domain.segment.bounds import BadSegment
from sayso.domain.segment.filters import all_of
from sayso.domain.segment.printing import text_of
from sayso.domain.segment.reading import read

NAME_AT_MOST = 80


@dataclass(frozen=True, slots=True)
class SavedSegment:
    """Times are aware UTC. No `locations` means every one; `where` is canonical text.

    `revision` counts the writes: of two concurrent changes one loses.
    """

    id: str
    name: str
    created_at: datetime
    updated_at: datetime
    locations: tuple[str, ...] = ()
    where: str = ""
    revision: int = 1


def canonical(where: str) -> str:
    """The one spelling of the segment that the text says. Raises BadSegment."""
    return text_of(read(where))


def joined(*texts: str) -> str:
    """The text of whoever passes all of these segments. Raises BadSegment."""
    return canonical(text_of(all_of(read(text) for text in texts)))


def common(wanted: tuple[str, ...], of_segment: tuple[str, ...]) -> tuple[str, ...]:
    """The locations that both audiences have; none of them named means all of the other's.

    Raises BadSegment where they have none in common.
    """
    if not wanted or not of_segment:
        return wanted or of_segment
    both = tuple(code for code in wanted if code in of_segment)
    if not both:
        raise BadSegment(
            f"the segment is for {', '.join(of_segment)}: none of these locations is in it",
            "locations",
        )
    return both


def checked_segment_name(name: str) -> str:
    """The name without blanks around it. Raises Refused."""
    tidy = " ".join(name.split())
    if not 1 <= len(tidy) <= NAME_AT_MOST or not tidy.isprintable():
        raise Refused("name", f"give it a name of 1 to {NAME_AT_MOST} visible characters")
    return tidy
