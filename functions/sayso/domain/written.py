"""The texts that a marketer has written for a campaign: each wording, in each of its languages.

Any of them may be a Liquid template (docs/templates.md). What stands here needs no parser.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from sayso.domain.versions import FIRST, Versions

# A template is longer than what it makes, but nobody needs more than this to write a text.
SOURCE_AT_MOST = 4000
_MARKUP = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_NAME = re.compile(r"[^\W\d][\w-]*")
# What reports count by.
_VARIANT = re.compile(r"[A-Za-z0-9][A-Za-z0-9 _-]{0,19}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_OPENS_MARKUP = re.compile(r"\{\{|\{%")


@dataclass(frozen=True, slots=True)
class Written:
    """One text as it was written. `language` is "" for a wording's own body.

    `field` is where it stands in the API, such as `variants.0.translations.es`.
    """

    variant: str
    language: str
    field: str
    source: str


def written_in(body: str, versions: Versions) -> Iterator[Written]:
    """Every text of a campaign, the first wording's before the others'."""
    yield Written(FIRST, "", "body", body)
    for language, source in versions.translations.items():
        yield Written(FIRST, language, f"translations.{language}", source)
    for number, variant in enumerate(versions.variants):
        at = f"variants.{number}"
        yield Written(variant.name, "", f"{at}.body", variant.body)
        for language, source in variant.translations.items():
            yield Written(variant.name, language, f"{at}.translations.{language}", source)


def faults_in(versions: Versions) -> Iterator[tuple[str, str]]:
    """What is wrong with how the versions are named: where in the API, and a sentence."""
    taken = {FIRST}
    for number, variant in enumerate(versions.variants):
        at = f"variants.{number}"
        if not _VARIANT.fullmatch(variant.name):
            yield f"{at}.name", "Name a variant in letters and digits, such as B."
        elif variant.name in taken:
            yield f"{at}.name", f"There is a variant {variant.name} already ({FIRST} is the first)."
        taken.add(variant.name)
        yield from _unreadable(f"{at}.translations", variant.translations)
    yield from _unreadable("translations", versions.translations)


def _unreadable(field: str, translations: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for language in translations:
        if not _LANGUAGE.fullmatch(language):
            yield f"{field}.{language}", "Give a language as its two letters, such as es."


def chosen(body: str, versions: Versions, variant: str, *languages: str) -> Written | None:
    """The variant's text in the first of the languages that it has been translated to.

    Its own body where there is none of them; None for a variant that does not exist.
    """
    of_variant = {one.language: one for one in written_in(body, versions) if one.variant == variant}
    for language in languages:
        if language and language in of_variant:
            return of_variant[language]
    return of_variant.get("")


def is_template(source: str) -> bool:
    """Whether the text holds anything of Liquid's; any other goes out word for word."""
    return bool(_OPENS_MARKUP.search(source))


class Texts(Protocol):
    """Whatever holds a campaign's texts: itself, or one of its runs."""

    @property
    def body(self) -> str: ...

    @property
    def versions(self) -> Versions: ...


def variables_of(texts: Texts) -> frozenset[str]:
    """The names that the templates may ask for, and at most some words more.

    Every word within the markup counts, a filter's name included: a planner that needs no parser
    is worth a few values that nobody asked for.
    """
    return frozenset(
        name
        for one in written_in(texts.body, texts.versions)
        for markup in _MARKUP.findall(one.source)
        for name in _NAME.findall(markup)
    )
