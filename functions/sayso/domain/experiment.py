"""Which wording of a campaign a person gets."""

from hashlib import blake2b
from itertools import accumulate

from sayso.domain.versions import FIRST, Versions

# In place of a variant's name: the person gets nothing, to compare with.
HELD_OUT = "held_out"


def assigned(occasion: str, phone: str, versions: Versions) -> str:
    """The name of the person's variant in this occasion or series, or HELD_OUT.

    The same number gets the same answer every time and everywhere; neighbouring numbers and
    occasions have nothing to do with each other.
    """
    if not versions.variants and not versions.holdout_percent:
        return FIRST
    if _drawn("holdout", occasion, phone, 100) < versions.holdout_percent:
        return HELD_OUT
    names = (FIRST, *(one.name for one in versions.variants))
    ends = list(accumulate((1, *(one.weight for one in versions.variants))))
    ticket = _drawn("variant", occasion, phone, ends[-1])
    return next(name for name, end in zip(names, ends, strict=True) if ticket < end)


def _drawn(purpose: str, occasion: str, phone: str, tickets: int) -> int:
    digest = blake2b(f"{purpose}#{occasion}#{phone}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) % tickets
