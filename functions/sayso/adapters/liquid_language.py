"""Liquid by python-liquid, cut down to what a text message needs.

Liquid cannot reach Python's objects. What could make it slow or big is left out: nothing repeats,
no value is kept or joined to itself, so the work is bounded by the length of what was written.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Any

from liquid import BoundTemplate, Environment, FalsyStrictUndefined
from liquid.builtin import content, illegal, output
from liquid.builtin.filters import misc, string
from liquid.builtin.tags import case_tag, comment_tag, if_tag, unless_tag
from liquid.exceptions import LiquidError, OutputStreamLimitError, UndefinedError
from liquid.static_analysis import TemplateAnalysis

from sayso.domain.template_values import Values
from sayso.domain.written import SOURCE_AT_MOST
from sayso.services.ports.templates import BadTemplate, NotFilled, Unfilled

TAGS = ("if", "unless", "case", "comment")
FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "capitalize": string.capitalize,
        "default": misc.default,
        "downcase": string.downcase,
        "strip": string.strip,
        "truncate": string.truncate,
        "upcase": string.upcase,
    }
)
# The longest text that a carrier takes is 1,530 characters of GSM-7, some of three octets each.
OUTPUT_AT_MOST_BYTES = 3 * 1530
_NESTED_AT_MOST = 5
# What comparing and converting texts and numbers of a template may come to, beside Liquid's own.
_FAILURES = (LiquidError, ArithmeticError, LookupError, TypeError, ValueError, RecursionError)


class _Missing(FalsyStrictUndefined):
    """A name without a value: only `default` and `if` may meet it. Its error says the name."""

    force_liquid_default = True

    def __init__(self, name: str, **context: Any) -> None:
        super().__init__(name, **context | {"hint": name})


class _Language(Environment):
    """Strict Liquid without loops, variables of its own, files or arithmetic."""

    block_nesting_limit = _NESTED_AT_MOST
    context_depth_limit = _NESTED_AT_MOST
    loop_iteration_limit = 1
    local_namespace_limit = 1
    output_stream_limit = OUTPUT_AT_MOST_BYTES

    def setup_tags_and_filters(self, *, extra: bool = False) -> None:  # noqa: ARG002
        """Only what TAGS and FILTERS name, and the text around it."""
        for tag in (content.Literal, output.Output, illegal.Illegal):
            self.add_tag(tag)
        for known in (if_tag.IfTag, unless_tag.UnlessTag, case_tag.CaseTag, comment_tag.CommentTag):
            self.add_tag(known)
        for name, function in FILTERS.items():
            self.add_filter(name, function)


@dataclass(frozen=True, slots=True)
class LiquidTemplate:
    """Template, as python-liquid has parsed it."""

    bound: BoundTemplate
    names: frozenset[str]

    def filled(self, values: Values) -> str:
        """See services.ports.templates.Template."""
        try:
            return self.bound.render(values)
        except UndefinedError as missing:
            raise NotFilled(Unfilled.MISSING, str(missing.message)) from None
        except OutputStreamLimitError:
            raise NotFilled(Unfilled.TOO_LONG) from None
        except _FAILURES:
            # Not chained: what Liquid says of a failure may quote somebody's data.
            raise NotFilled(Unfilled.FAILED) from None


def parsed(source: str) -> LiquidTemplate:
    """The template. Raises BadTemplate."""
    if len(source) > SOURCE_AT_MOST:
        raise BadTemplate(1, f"The template has more than {SOURCE_AT_MOST} characters.")
    if empty := _EMPTY.search(source):
        raise BadTemplate(_line(source, empty.start()), "Nothing is named between {{ and }}.")
    try:
        bound = _LANGUAGE.from_string(source)
        found = bound.analyze(include_partials=False)
    except _FAILURES as error:
        raise _bad(source, error) from None
    _check_filters(source, found)
    return LiquidTemplate(bound, frozenset(_names(source, found)))


def _check_filters(source: str, found: TemplateAnalysis) -> None:
    """Refuse an unknown filter while its author is looking, not when the texts go out."""
    for name, places in found.filters.items():
        if name not in FILTERS:
            detail = f"There is no filter {name}; there are {', '.join(FILTERS)}."
            raise BadTemplate(_line(source, places[0].index), detail)


def _names(source: str, found: TemplateAnalysis) -> Iterator[str]:
    for use in chain.from_iterable(found.variables.values()):
        is_plain = source.startswith(str(use), use.span.index)
        if not is_plain or not _PATH.fullmatch(str(use)):
            raise BadTemplate(_line(source, use.span.index), f"Nothing can be named {use}.")
        yield str(use)


def _bad(source: str, error: Exception) -> BadTemplate:
    token = getattr(error, "token", None)
    at = token.start_index if token and token.start_index >= 0 else len(source)
    said = str(getattr(error, "message", None) or "it cannot be read").rstrip(".")
    hint = f" Only {', '.join(TAGS)} are known." if said.startswith("unexpected tag") else ""
    return BadTemplate(_line(source, at), f"{said[:1].upper()}{said[1:]}.{hint}")


def _line(source: str, at: int) -> int:
    return source.count("\n", 0, at) + 1


_LANGUAGE = _Language(undefined=_Missing)
_EMPTY = re.compile(r"\{\{-?\s*-?\}\}")
# A name, or a name within a name; what else Liquid allows (brackets, indexes) nobody needs here.
_PATH = re.compile(r"[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)?")
