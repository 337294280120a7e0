"""Where everything on a sign stands: read from afar at the top, from near at the bottom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sayso.domain.call_to_action import CallToAction
from sayso.handlers.poster.metrics import fitting, width, wrapped

_MARGIN = 46.0
_INK, _SOFT, _ACCENT, _GROUND = "#1d1a17", "#4d463f", "#a33f16", "#f6efe4"
_LEADING = 1.32
# Below this nobody reads the terms of a sign from where they stand.
_SMALL_PRINT, _SMALLEST = 10.5, 6.5

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "text": "Text",
        "to": "to {number}",
        "scan": "Or point your phone’s camera here: it writes the text, you send it.",
        "web": "On the web: {page}",
    },
    "es": {
        "text": "Envíe",
        "to": "al {number}",
        "scan": "O apunte aquí la cámara de su teléfono: escribe el texto, y usted lo envía.",
        "web": "En la web: {page}",
    },
    "fr": {
        "text": "Envoyez",
        "to": "au {number}",
        "scan": "Ou visez ici avec votre téléphone : il écrit le texto, vous l’envoyez.",
        "web": "Sur le web : {page}",
    },
}


class Paper(StrEnum):
    """What the sign is printed on."""

    LETTER = "letter"
    A4 = "a4"

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points, 1/72 inch."""
        return (612.0, 792.0) if self is Paper.LETTER else (595.28, 841.89)


@dataclass(frozen=True, slots=True)
class Notice:
    """What a sign says. `modules` are the rows of its QR code, true for dark; `page` an address."""

    words: str
    number: str
    page: str
    call: CallToAction
    modules: Sequence[Sequence[bool]]


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text; `x` and `y` are where its baseline begins, in points from the top left."""

    x: float
    y: float
    size: float
    text: str
    color: str
    bold: bool = False

    @property
    def width(self) -> float:
        return width(self.text, self.size, bold=self.bold)


@dataclass(frozen=True, slots=True)
class Block:
    """A filled rectangle; `x` and `y` are its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    color: str


Mark = Words | Block


class TooMuchToSay(ValueError):
    """The words do not fit on the paper in a size that can be read."""


def laid_out(notice: Notice, paper: Paper) -> list[Mark]:
    """Everything on the sign, from the top down. Raises TooMuchToSay."""
    across, down = paper.size
    terms = _terms(notice, across, down)
    top = min(mark.y for mark in terms if isinstance(mark, Words)) - _SMALL_PRINT - 12
    says = _WORDS[notice.call.language]
    head: list[Mark] = [
        Block(0, 0, across, 92, _ACCENT),
        _centered(notice.call.heading, 57, 34, across, "#ffffff", bold=True),
        _centered(says["text"], 140, 34, across, _SOFT),
        _centered(notice.words, 212, 82, across, _INK, bold=True),
        _centered(says["to"].format(number=notice.number), 280, 60, across, _ACCENT, bold=True),
    ]
    foot: list[Mark] = [
        _centered(says["scan"], top - 34, 13, across, _SOFT),
        _centered(says["web"].format(page=notice.page), top - 14, 12, across, _INK, bold=True),
    ]
    side = min(top - 54 - 300, across - 2 * _MARGIN)
    return [*head, *_code(notice.modules, (across - side) / 2, 300, side), *foot, *terms]


def _centered(
    text: str, y: float, size: float, across: float, color: str, *, bold: bool = False
) -> Words:
    size = fitting(text, across - 2 * _MARGIN, size, bold=bold)
    return Words((across - width(text, size, bold=bold)) / 2, y, size, text, color, bold)


def _code(modules: Sequence[Sequence[bool]], x: float, y: float, side: float) -> Iterator[Block]:
    """The QR code on white, with the four modules of margin that ISO/IEC 18004 asks for."""
    yield Block(x, y, side, side, "#ffffff")
    one = side / (len(modules) + 8)
    for row, dark in enumerate(modules, 4):
        for start, length in _runs(dark):
            yield Block(x + (start + 4) * one, y + row * one, length * one, one, "#000000")


def _runs(row: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Where dark modules stand side by side, and how many: one rectangle leaves no seams."""
    start = 0
    while start < len(row):
        length = 0
        while start + length < len(row) and row[start + length]:
            length += 1
        if length:
            yield start, length
        start += length or 1


def _terms(notice: Notice, across: float, down: float) -> list[Mark]:
    """The rest of the call to action on its ground, as large as the space for it allows."""
    words = [notice.call.consent, *(line.words for line in notice.call.lines)]
    most = across - 2 * _MARGIN
    size = _SMALL_PRINT
    while True:
        lines = [line for text in words for line in wrapped(text, most, size)]
        height = len(lines) * size * _LEADING
        if height <= down * 0.3:
            break
        size -= 0.25
        if size < _SMALLEST:
            raise TooMuchToSay
    top = down - height - 26
    said = [
        Words(_MARGIN, top + (at + 0.8) * size * _LEADING, size, line, _INK)
        for at, line in enumerate(lines)
    ]
    return [Block(0, top - 12, across, down - top + 12, _GROUND), *said]
