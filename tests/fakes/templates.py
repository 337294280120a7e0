"""Templates without Liquid: names, defaults, and one `if` without a nest."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sayso.domain.template_values import Values
from sayso.services.ports.templates import BadTemplate, NotFilled, Template, Unfilled

_PLACE = re.compile(r"\{\{ *([a-z_.]+) *(?:\| *default: *\"([^\"]*)\" *)?\}\}")
_IF = re.compile(r"\{% if ([a-z_.]+) %\}(.*?)\{% endif %\}", re.DOTALL)
_AT_MOST = 4590


@dataclass(frozen=True)
class FakeTemplate:
    """Template by regular expressions."""

    source: str
    names: frozenset[str]

    def filled(self, values: Values) -> str:
        text = _IF.sub(lambda match: match[2] if _value(values, match[1]) else "", self.source)
        text = _PLACE.sub(lambda match: _filled_in(values, match), text)
        if len(text.encode()) > _AT_MOST:
            raise NotFilled(Unfilled.TOO_LONG)
        return text


class FakeTemplates:
    """Templates of the simplest kind."""

    def parse(self, source: str) -> Template:
        left = _IF.sub(lambda match: match[2], _PLACE.sub("", source))
        for line, text in enumerate(left.split("\n"), 1):
            if "{{" in text or "{%" in text:
                raise BadTemplate(line, "Not understood.")
        found = [*_PLACE.finditer(source), *_IF.finditer(source)]
        return FakeTemplate(source, frozenset(match[1] for match in found))


def _filled_in(values: Values, match: re.Match[str]) -> str:
    value = _value(values, match[1]) or match[2]
    if value is None:
        raise NotFilled(Unfilled.MISSING, match[1])
    return value


def _value(values: Values, name: str) -> str | None:
    outer, _, inner = name.partition(".")
    value = values.get(outer)
    if isinstance(value, Mapping):
        return value.get(inner)
    return value
