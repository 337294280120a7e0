"""The table of what is looked for in a text, each row with its source."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from sayso.domain.linting.findings import Draft, Level
from sayso.domain.linting.links import links_in, shorteners_in
from sayso.domain.linting.offers import silent_about_the_end, without_a_way, without_an_end
from sayso.domain.linting.opt_out_lines import says_it_in_another_language, says_the_way_out
from sayso.domain.linting.shaft import mentions_in
from sayso.domain.linting.urgency import doubts_in
from sayso.domain.parts import count_parts, suggest_plain
from sayso.domain.text import fold

_CTIA = "CTIA Messaging Principles (May 2023); Short Code Monitoring Handbook v1.9"
_OWN = "Sayso's own advice"
# A shout is a text with more capitals than this, of so many letters at least.
_SHOUTED, _LETTERS = 0.5, 20
_PARTS_WITHOUT_A_HINT = 2


class Rule(NamedTuple):
    """`look` yields a sentence for each thing that it finds in a text."""

    code: str
    level: Level
    source: str
    look: Callable[[Draft], Iterator[str]]


def _nameless(draft: Draft) -> Iterator[str]:
    if f" {fold(draft.program)} " not in f" {fold(draft.text)} ":
        yield f"The text does not say who sends it: begin with {draft.program}."


def _no_way_out(draft: Draft) -> Iterator[str]:
    if not says_the_way_out(draft.text, draft.language) and not _is_foreign_way_out(draft):
        yield 'The text does not say how to opt out: end it with "Reply STOP to end." or the like.'


def _foreign_way_out(draft: Draft) -> Iterator[str]:
    if not says_the_way_out(draft.text, draft.language) and _is_foreign_way_out(draft):
        yield f"How to opt out is said in another language than the text's ({draft.language})."


def _is_foreign_way_out(draft: Draft) -> bool:
    return says_it_in_another_language(draft.text, draft.language)


def _costly(draft: Draft) -> Iterator[str]:
    size = count_parts(draft.text)
    if not size.costly:
        return
    cheap = count_parts(draft.text.translate(dict.fromkeys(map(ord, size.costly), "x")))
    swaps = ", ".join(_swaps(size.costly))
    yield (
        f"{' '.join(size.costly[:10])} leaves 70 characters a part instead of 160: {size.parts} "
        f"parts instead of {cheap.parts}.{f' Plain ones mean the same: {swaps}.' if swaps else ''}"
    )


def _swaps(costly: tuple[str, ...]) -> Iterator[str]:
    for one in costly:
        plain = suggest_plain(one)
        if not count_parts(plain).costly:
            yield f"{plain or 'nothing'} for {one}"


def _long(draft: Draft) -> Iterator[str]:
    parts = count_parts(draft.text).parts
    if parts > _PARTS_WITHOUT_A_HINT:
        yield f"The text takes {parts} parts, and each is paid for."


def _shortened(draft: Draft) -> Iterator[str]:
    for host, source in shorteners_in(draft.text):
        yield f"Carriers filter texts with {host}: give the shop's own address ({source})."


def _shaft(level: Level) -> Callable[[Draft], Iterator[str]]:
    def look(draft: Draft) -> Iterator[str]:
        for one in mentions_in(draft.text, draft.language):
            if one.level is level:
                yield f'"{one.word}" reads as {one.topic}, which carriers restrict ({one.source}).'

    return look


def _urgent(*, is_wrong: bool) -> Callable[[Draft], Iterator[str]]:
    def look(draft: Draft) -> Iterator[str]:
        for days in draft.days:
            for doubt in doubts_in(draft.text, draft.language, days, draft.last_day):
                if doubt.is_wrong is is_wrong:
                    yield f"{doubt.message}."

    return look


def _shouting(draft: Draft) -> Iterator[str]:
    letters = [one for one in draft.text if one.isalpha()]
    capitals = sum(one.isupper() for one in letters)
    if len(letters) >= _LETTERS and capitals > _SHOUTED * len(letters):
        yield "Most of the text is in capitals, which reads as shouting and as spam."


def _many_links(draft: Draft) -> Iterator[str]:
    links = links_in(draft.text)
    if len(links) > 1:
        yield f"The text has {len(links)} links; one is easier to follow, and is filtered less."


RULES: tuple[Rule, ...] = (
    Rule("no_program_name", Level.ERROR, _CTIA, _nameless),
    Rule("no_opt_out_line", Level.ERROR, f"{_CTIA}; CASL s. 6(2)(c)", _no_way_out),
    Rule("opt_out_in_another_language", Level.WARNING, _CTIA, _foreign_way_out),
    Rule("costly_characters", Level.WARNING, "3GPP TS 23.038", _costly),
    Rule("many_parts", Level.HINT, "3GPP TS 23.040; carriers bill by the part", _long),
    Rule("link_shortener", Level.ERROR, "AT&T Code of Conduct, November 2020", _shortened),
    Rule("shaft", Level.ERROR, _CTIA, _shaft(Level.ERROR)),
    Rule("maybe_shaft", Level.WARNING, _CTIA, _shaft(Level.WARNING)),
    Rule("false_urgency", Level.ERROR, "15 U.S.C. 45; 16 CFR 233.5", _urgent(is_wrong=True)),
    Rule("urgency_without_end", Level.WARNING, "16 CFR 233.5", _urgent(is_wrong=False)),
    Rule("no_code", Level.WARNING, _OWN, without_a_way),
    Rule("offer_without_end", Level.WARNING, _OWN, without_an_end),
    Rule(
        "end_not_said",
        Level.WARNING,
        "15 U.S.C. 45; FTC .com Disclosures (March 2013)",
        silent_about_the_end,
    ),
    Rule("capitals", Level.HINT, _OWN, _shouting),
    Rule("many_links", Level.HINT, _OWN, _many_links),
)
