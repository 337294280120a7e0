"""How many message parts a text takes, and which characters make it dear.

Carriers bill and pace by the part. Source of the alphabet and of the sizes: 3GPP TS 23.038
(section 6.2.1, the GSM 7-bit default alphabet and its extension table) and TS 23.040
(concatenated short messages).
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Encoding = Literal["GSM-7", "UCS-2"]

GSM_SINGLE, GSM_PER_PART = 160, 153  # septets, alone and beside a concatenation header
UCS2_SINGLE, UCS2_PER_PART = 70, 67  # UTF-16 code units, likewise

_ESCAPE = "\x1b"  # announces an extension character, and so is no character of its own
_EXTENSION = "\f^{}\\[~]|€"
_BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_IS_FOREIGN = re.compile(f"[^{re.escape(_BASIC + _EXTENSION)}]")

# What word processors and phones put in place of what people typed; the reader sees no difference.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000\t", " "),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", ""),
        "\u2022": "*",
        **dict.fromkeys("\u2028\u2029", "\n"),
        "\u2026": "...",
        "\u00d7": "x",
    }
)


@dataclass(frozen=True, slots=True)
class Parts:
    """The size of a text on the air.

    `units`: septets (an extension character takes two) or UTF-16 code units. `costly`: the
    distinct characters that forced UCS-2, in order of appearance; empty for GSM-7.
    """

    parts: int
    encoding: Encoding
    units: int
    costly: tuple[str, ...]


def count_parts(text: str) -> Parts:
    """How the text travels. An escape pair or a surrogate pair is never split across parts.

    An empty text counts as one part: a short message without content is still a message.
    """
    costly = tuple(dict.fromkeys(_IS_FOREIGN.findall(text)))
    if costly:
        return _ucs2(text, costly)
    septets = text
    for character in _EXTENSION:
        septets = septets.replace(character, _ESCAPE + character)
    units = len(septets)
    if units <= GSM_SINGLE:
        return Parts(1, "GSM-7", units, ())
    parts = _cut(units, GSM_PER_PART, lambda last: septets[last] == _ESCAPE)
    return Parts(parts, "GSM-7", units, ())


def suggest_plain(text: str) -> str:
    """The text with typographic characters in their plain forms, accents composed.

    Only what a reader would not miss: an emoji or an `á` stays, and still costs UCS-2.
    """
    # Composed twice: some spaces only become ordinary ones when composed, and a removed
    # invisible character can leave a letter beside its accent.
    composed = unicodedata.normalize("NFC", text)
    return unicodedata.normalize("NFC", composed.translate(_PLAIN))


def _ucs2(text: str, costly: tuple[str, ...]) -> Parts:
    octets = text.encode("utf-16-be", "surrogatepass")
    units = len(octets) // 2
    if units <= UCS2_SINGLE:
        return Parts(1, "UCS-2", units, costly)
    parts = _cut(units, UCS2_PER_PART, lambda last: octets[2 * last] & 0xFC == 0xD8)
    return Parts(parts, "UCS-2", units, costly)


def _cut(units: int, size: int, opens_pair: Callable[[int], bool]) -> int:
    """Parts of at most `size` units; a unit that opens a pair moves on with the other."""
    parts = start = 0
    while start < units:
        end = start + size
        if end < units and opens_pair(end - 1):
            end -= 1
        start = end
        parts += 1
    return parts
