"""What a text should say of the offer that its campaign makes."""

import re
from collections.abc import Iterator, Mapping

from sayso.domain.linting.findings import Draft
from sayso.domain.text import fold

# Folded words that tell an end, in whichever way the text puts it.
_ENDS: Mapping[str, str] = {
    "en": "until|till|thru|through|ends|ending|expires|valid|today|tonight|tomorrow",
    "es": "hasta|termina|acaba|vence|caduca|valid[oa]|hoy|manana",
    "fr": "jusqua|jusquau|termine|finit|expire|valable|aujourdhui|demain",
}


def without_a_way(draft: Draft) -> Iterator[str]:
    """A text that says neither the code nor where it is."""
    if draft.offered and not any(way in draft.text for way in draft.offered.ways):
        yield (
            "The text says neither {{ code }} nor {{ link }}: people would have to ask for their "
            "code with OFFERS."
        )


def without_an_end(draft: Draft) -> Iterator[str]:
    """An offer that never ends: its codes are honored for ever."""
    if draft.offered and not draft.offered.ends:
        yield "The offer has no valid_until: whoever keeps the text may redeem it in ten years."


def silent_about_the_end(draft: Draft) -> Iterator[str]:
    """A text that lets people come too late."""
    if draft.offered is None or not draft.offered.ends or draft.offered.ends in draft.text:
        return
    words = _ENDS.get(draft.language, _ENDS["en"])
    if not re.search(rf"\b(?:{words})\b", fold(draft.text)):
        yield f"The text does not say until when the offer holds: {draft.offered.ends}."
