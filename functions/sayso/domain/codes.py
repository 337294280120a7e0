"""Codes that people say aloud, type and scan: `K7P4-XQ9M`.

Seven characters are drawn, the eighth checks them: weighted with 3 to 10, the values of all eight
add up to a multiple of 23. That is a prime, so that no single slip and no swap of two characters
goes unnoticed (as in ISBN-10, ISO 2108). No vowels, so that there are no words, and nothing that
looks like something else: of 0 O Q D and 1 I L only Q and D are left, of 2 Z, 5 S, 6 G and 8 B the
digits, of U V Y the V. Whoever reads one of those for the one that is there is understood.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping

ALPHABET = "23456789CDFHJKMNPQRTVWX"
LENGTH = 8
# So many codes there are (docs/offers.md says what that is worth).
DRAWN = len(ALPHABET) ** (LENGTH - 1)
# In samples and tests to staff; nobody's.
SAMPLE_CODE = "K7P4XQ9M"
# What people enter for what stands there.
_MEANT = str.maketrans("ZSGBU", "2568V")
_BETWEEN = re.compile(r"[\s\-–—_.]+")
_WEIGHTS = range(3, 3 + LENGTH)
_VALUES: Mapping[str, int] = {letter: value for value, letter in enumerate(ALPHABET)}
_SEPARATOR = "|"


def derived(key: bytes, run_id: str, phone: str, attempt: int = 0) -> str:
    """The code of one person in one run: always the same, and nobody's guess without the key.

    The next `attempt` is for when it turns out to be somebody else's. HMAC-SHA256, RFC 2104.
    """
    number = 0
    while True:
        text = _SEPARATOR.join((run_id, phone, str(attempt), str(number)))
        digest = hmac.digest(key, text.encode(), hashlib.sha256)
        code = with_check(_spelled(int.from_bytes(digest[:16], "big") % DRAWN))
        if is_decent(code) and code != SAMPLE_CODE:
            return code
        number += 1


def with_check(drawn: str) -> str:
    """The seven characters and the one that checks them."""
    total = sum(weight * _VALUES[one] for weight, one in zip(_WEIGHTS, drawn, strict=False))
    value = -total * pow(_WEIGHTS[-1], -1, len(ALPHABET)) % len(ALPHABET)
    return drawn + ALPHABET[value]


def parsed(text: str) -> str | None:
    """The code that somebody entered, in whichever case and grouping; None if it can be none."""
    code = bare(text).translate(_MEANT)
    if len(code) != LENGTH or not set(code) <= _VALUES.keys():
        return None
    total = sum(weight * _VALUES[one] for weight, one in zip(_WEIGHTS, code, strict=True))
    return None if total % len(ALPHABET) else code


def bare(text: str) -> str:
    """What somebody entered in capitals, without blanks and hyphens."""
    return _BETWEEN.sub("", text.upper())


def spoken(code: str) -> str:
    """A code as it is written for people; any other word (a shared code, a till's) as it is."""
    half = LENGTH // 2
    return f"{code[:half]}-{code[half:]}" if parsed(code) == code else code


def page_of(code: str, address: str) -> str:
    """Where a customer's own page is; `address` is the shop's, without a slash at its end."""
    return f"{address}/o/{code}"


def is_decent(code: str) -> bool:
    """Whether nobody can read a rude word into it."""
    return not _RUDE.search(code)


def _spelled(number: int) -> str:
    letters: list[str] = []
    for _ in range(LENGTH - 1):
        number, value = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[value])
    return "".join(letters)


# Rude words of English, Spanish, French and German, and signs of hatred, as far as the alphabet can
# suggest them: with what may stand for a letter, and where the one in brackets is left out.
_WORDS = """
    f(u)ck fuk fkn f(i)ck ffs wtf stf c(u)nt k(u)nt cum c(o)ck k(o)ck d(i)ck pr(i)ck tw(a)t w(a)nk
    cr(a)p sh(i)t ass an(u)s sex xxx p(o)rn f(a)rt fag f(a)gg t(i)ts t(i)tt b(i)tch wh(o)r(e) hoe
    p(u)ss p(e)n(i)s vag sperm t(u)rd b(a)st(a)rd d(a)mn n(i)gg n(e)gr coon gook k(i)ke kkk naz h8
    666 hate dead murd rape r(a)p(i)st pedo h(e)r(o)(i)n m(e)th crack
    put m(i)erd m(e)rd c(a)br(o)n con(o) caca kaka p(e)nd(e)j verg j(o)d(e)r mar(i)c b(i)te ench
    encu hure f(o)tz
"""
_STANDS_FOR: Mapping[str, str] = {
    "a": "4",
    "b": "8",
    "e": "3",
    "g": "69",
    "o": "DQ",
    "s": "5",
    "t": "T7",
    "u": "V",
    "z": "2",
}


def _pattern(word: str) -> str:
    letters = re.findall(r"\((\w)\)|(\w)", word)
    return "".join(
        f"[{_class(optional)}]?" if optional else f"[{_class(always)}]"
        for optional, always in letters
    )


def _class(letter: str) -> str:
    return _STANDS_FOR.get(letter, letter.upper())


_RUDE = re.compile("|".join(_pattern(word) for word in _WORDS.split()))
