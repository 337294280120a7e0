"""Templates: texts with places to fill in."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from sayso.domain.template_values import Values


class BadTemplate(Exception):
    """The text is no template that could ever be filled in.

    `line` counts from 1; `detail` is a sentence for whoever wrote it.
    """

    def __init__(self, line: int, detail: str) -> None:
        super().__init__(f"line {line}: {detail}")
        self.line = line
        self.detail = detail


class Unfilled(StrEnum):
    """Why a template could not be filled in for somebody."""

    MISSING = "missing"  # a name without value, and without default
    TOO_LONG = "too_long"
    FAILED = "failed"  # it asks for something that cannot be done, such as to compare 3 and "x"


class NotFilled(Exception):
    """There is no text for these values. `name` is what was missing, "" if nothing was."""

    def __init__(self, why: Unfilled, name: str = "") -> None:
        super().__init__(f"{why} {name}".strip())
        self.why = why
        self.name = name


class Template(Protocol):
    """A text that was understood, to be filled in as often as needed, from several threads."""

    @property
    def names(self) -> frozenset[str]:
        """Every name that it asks for, such as `first_name` or `location.name`."""
        ...

    def filled(self, values: Values) -> str:
        """The text with these values. Raises NotFilled, and nothing else."""
        ...


class Templates(Protocol):
    """Understands templates."""

    def parse(self, source: str) -> Template:
        """The template that was written. Raises BadTemplate."""
        ...


@dataclass(frozen=True, slots=True)
class WordForWord:
    """Template of a text without anything to fill in."""

    text: str
    names: frozenset[str] = frozenset()

    def filled(self, values: Values) -> str:  # noqa: ARG002
        """The text itself."""
        return self.text
