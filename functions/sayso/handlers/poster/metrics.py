"""How wide words are in Helvetica, which every PDF reader has (PDF 32000-1, 9.6.2.2).

Source of the widths: Adobe's Core 14 font metrics, in thousandths of the size. Arial, Liberation
Sans and their like have the same.
"""

import unicodedata
from collections.abc import Iterator

_FIRST = ord(" ")
_PLAIN = [
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
]
_BOLD = [
    *(278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611),
    *(975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556),
    *(333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611),
    *(611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584),
]
# Beyond ASCII letters are as wide as without their accents; other characters at most as these.
_WIDEST = 1000


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of text, in the unit of its size."""
    table = _BOLD if bold else _PLAIN
    return sum(_of(character, table) for character in text) * size / 1000


def fitting(text: str, most: float, size: float, *, bold: bool = False) -> float:
    """The size, `size` at the most, at which a line is no wider than `most`."""
    return min(size, size * most / max(width(text, size, bold=bold), 1))


def wrapped(text: str, most: float, size: float) -> Iterator[str]:
    """The text in lines no wider than `most`; a word that is wider is broken."""
    line = ""
    for word in (piece for whole in text.split() for piece in _pieces(whole, most, size)):
        longer = f"{line} {word}" if line else word
        if line and width(longer, size) > most:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _pieces(word: str, most: float, size: float) -> Iterator[str]:
    piece = ""
    for character in word:
        if piece and width(piece + character, size) > most:
            yield piece
            piece = ""
        piece += character
    yield piece


def _of(character: str, table: list[int]) -> int:
    plain = unicodedata.normalize("NFD", character)[0]
    place = ord(plain) - _FIRST
    return table[place] if 0 <= place < len(table) else _WIDEST
