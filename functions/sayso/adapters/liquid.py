"""Templates in Liquid. The language itself is loaded when the first text asks for it."""

from functools import lru_cache

from sayso.domain.written import is_template
from sayso.services.ports.templates import Template, WordForWord

# A warm function meets the texts of a few runs again and again.
_KEPT = 128


class LiquidTemplates:
    """Templates; what was parsed before is not parsed again."""

    def parse(self, source: str) -> Template:
        """See services.ports.templates.Templates."""
        return _parsed(source) if is_template(source) else WordForWord(source)


@lru_cache(_KEPT)
def _parsed(source: str) -> Template:
    from sayso.adapters.liquid_language import parsed  # noqa: PLC0415 (most runs need no Liquid)

    return parsed(source)
