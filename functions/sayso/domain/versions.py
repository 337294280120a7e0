"""The versions of a campaign's text: other languages, other wordings, and nobody's."""

from collections.abc import Mapping
from dataclasses import dataclass, field

# The name of the variant that the campaign's own body is.
FIRST = "A"


@dataclass(frozen=True, slots=True)
class Variant:
    """Another wording, tried beside the first; of `weight` + the others' people, `weight` get it.

    `translations` maps languages ("es") to its body in them.
    """

    name: str
    body: str
    translations: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Versions:
    """What there is beside the campaign's own body, which is variant `A` with weight 1.

    `translations` maps languages to variant A's body in them; `holdout_percent` of the audience get
    nothing, so that it shows what the text itself brings about.
    """

    translations: Mapping[str, str] = field(default_factory=dict[str, str], hash=False)
    variants: tuple[Variant, ...] = ()
    holdout_percent: int = 0


ONE_VERSION = Versions()
