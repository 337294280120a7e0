"""From texts as people would get them to what is to be said about them."""

from collections.abc import Iterable, Iterator

from sayso.domain.linting.findings import Draft, Finding, Level
from sayso.domain.linting.rules import RULES
from sayso.domain.written import Written

_WEIGHT = {Level.ERROR: 0, Level.WARNING: 1, Level.HINT: 2}


def findings_in(written: Written, drafts: Iterable[Draft]) -> Iterator[Finding]:
    """What the rules find in one text as several people would get it, each thing once."""
    seen: set[tuple[str, str]] = set()
    for draft in drafts:
        for rule in RULES:
            for message in rule.look(draft):
                if (rule.code, message) not in seen:
                    seen.add((rule.code, message))
                    yield Finding(
                        rule.level,
                        rule.code,
                        message,
                        written.variant,
                        written.language,
                        written.field,
                    )


def by_weight(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, errors first; those of the same level stay in their order."""
    return tuple(sorted(findings, key=lambda one: _WEIGHT[one.level]))
