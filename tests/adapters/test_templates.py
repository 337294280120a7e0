"""Templates: what every kind of them does, and that no text can get out of Liquid's bounds."""

import subprocess
import sys
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.adapters.liquid import LiquidTemplates
from sayso.adapters.liquid_language import FILTERS, OUTPUT_AT_MOST_BYTES, TAGS
from sayso.domain.campaign import checked_body
from sayso.domain.recipient import Recipient
from sayso.domain.run import Batch
from sayso.domain.template_values import Values
from sayso.domain.written import SOURCE_AT_MOST, variables_of
from sayso.services.composing import Unwritable
from sayso.services.ports.templates import BadTemplate, NotFilled, Templates, Unfilled
from sayso.services.writing import VersionsComposer
from tests.fakes.templates import FakeTemplates
from tests.support.bluebird import ANA, SHOP
from tests.support.campaigns import a_run

LIQUID = LiquidTemplates()
VALUES: Values = {"first_name": "Ana", "location": {"name": "Bluebird Downtown"}}


@pytest.fixture(params=["fake", "liquid"])
def templates(request: pytest.FixtureRequest) -> Templates:
    return FakeTemplates() if request.param == "fake" else LiquidTemplates()


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Two rolls for one.", "Two rolls for one."),
        ("Hi {{ first_name }}!", "Hi Ana!"),
        ("Hi {{first_name}}!", "Hi Ana!"),
        ("At {{ location.name }}", "At Bluebird Downtown"),
        ('Hi {{ nick | default: "there" }}!', "Hi there!"),
        ('Hi {{ first_name | default: "there" }}!', "Hi Ana!"),
        ("{% if first_name %}Hi {{ first_name }}{% endif %}", "Hi Ana"),
        ("Rolls{% if nick %} for {{ nick }}{% endif %}!", "Rolls!"),
        ("Line one\nline two {2 for 1}", "Line one\nline two {2 for 1}"),
    ],
)
def test_places_are_filled_in(templates: Templates, source: str, text: str) -> None:
    assert templates.parse(source).filled(VALUES) == text


def test_a_missing_value_without_default_leaves_no_text(templates: Templates) -> None:
    with pytest.raises(NotFilled) as missing:
        templates.parse("Hi {{ nick }}!").filled(VALUES)

    assert (missing.value.why, missing.value.name) == (Unfilled.MISSING, "nick")


def test_a_text_beyond_any_carriers_limit_is_not_made(templates: Templates) -> None:
    with pytest.raises(NotFilled) as failed:
        templates.parse("{{ novel }}").filled({"novel": "x" * 5000})

    assert failed.value.why is Unfilled.TOO_LONG


def test_names_are_told(templates: Templates) -> None:
    source = '{{ first_name }} {{ nick | default: "x" }} {{ location.name }}'

    assert templates.parse(source).names == {"first_name", "nick", "location.name"}
    assert templates.parse("No names.").names == frozenset()


def test_what_is_no_template_is_refused_with_its_line(templates: Templates) -> None:
    with pytest.raises(BadTemplate) as bad:
        templates.parse("Hello,\n{{ 1 + 2 }}")

    assert bad.value.line == 2


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ first_name | upcase }}", "ANA"),
        ("{{ first_name | downcase | capitalize }}", "Ana"),
        ("{{ first_name | truncate: 2, '' }}", "An"),
        ("{% unless nick %}Hello{% endunless %}", "Hello"),
        ("{% case first_name %}{% when 'Ana' %}A{% else %}?{% endcase %}", "A"),
        (
            "{% if first_name == 'Ana' and nick %}1{% elsif first_name %}2{% else %}3{% endif %}",
            "2",
        ),
        ("a{% comment %}no one reads this{% endcomment %}b", "ab"),
        ("{{- first_name -}} !", "Ana!"),
    ],
)
def test_what_a_text_message_needs_of_liquid_is_there(source: str, text: str) -> None:
    assert LIQUID.parse(source).filled(VALUES) == text


@pytest.mark.parametrize(
    ("source", "detail"),
    [
        ("{% for x in y %}{% endfor %}", "Unexpected tag 'for'"),
        ("{% include 'secrets' %}", "Unexpected tag 'include'"),
        ("{% render 'secrets' %}", "Unexpected tag 'render'"),
        ("{% assign x = 1 %}", "Unexpected tag 'assign'"),
        ("{% capture x %}{% endcapture %}", "Unexpected tag 'capture'"),
        ("{% liquid echo x %}", "Unexpected tag 'liquid'"),
        ("{% tablerow x in y %}{% endtablerow %}", "Unexpected tag 'tablerow'"),
        ("{{ first_name | append: first_name }}", "There is no filter append"),
        ("{{ 9 | times: 9 }}", "There is no filter times"),
        ("{{ first_name | replace: '', 'x' }}", "There is no filter replace"),
        ("{{ first_name['x'] }}", "Nothing can be named"),
        ("{{ ['first_name'] }}", "Nothing can be named"),
        ("{{ a.b.c }}", "Nothing can be named"),
        ("{{ }}", "Nothing is named"),
        ("{{ first_name", "Expected '}}'"),
        ("{% if first_name %}", "Expected tag endif"),
        ("{% if a %}" * 6 + "{% endif %}" * 6, "nesting limit"),
        ("{{ a }}" + "x" * SOURCE_AT_MOST, "more than 4000 characters"),
    ],
)
def test_what_no_text_needs_is_refused(source: str, detail: str) -> None:
    with pytest.raises(BadTemplate, match=detail.replace("{", "").replace("(", "")):
        LIQUID.parse(source)


def test_a_value_is_never_read_as_a_template() -> None:
    assert LIQUID.parse("Hi {{ a }}").filled({"a": "{{ b }}", "b": "secret"}) == "Hi {{ b }}"


def test_python_is_out_of_reach() -> None:
    for source in ("{{ a.__class__ }}", "{{ a.__init__ }}", "{{ a.upper }}"):
        with pytest.raises(NotFilled):
            LIQUID.parse(source).filled({"a": "x"})


def test_a_failure_quotes_nobodys_data() -> None:
    with pytest.raises(NotFilled) as failed:
        LIQUID.parse("{% if first_name > 3 %}x{% endif %}").filled(VALUES)

    assert "Ana" not in str(failed.value)
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__


def test_a_text_is_parsed_once() -> None:
    source = "Hi {{ first_name }}, once."

    assert LIQUID.parse(source) is LIQUID.parse(source)


def test_liquid_is_loaded_by_the_first_template_only() -> None:
    code = (
        "import sys\n"
        "from sayso.adapters.liquid import LiquidTemplates\n"
        "LiquidTemplates().parse('Two rolls for one.').filled({})\n"
        "assert 'liquid' not in sys.modules\n"
        "LiquidTemplates().parse('Hi {{ first_name }}')\n"
        "assert 'liquid' in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("function", ["send", "plan", "admin"])
def test_no_function_starts_with_liquid(function: str) -> None:
    code = f"import sys, sayso.handlers.{function}; assert 'liquid' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


# Pieces that a template may be made of, good ones and bad ones, in any order.
PIECES = st.sampled_from(
    [
        *("{{ first_name }}", "{{ nick }}", "{{ location.name }}", "{{", "}}", "{%", "%}", "{{-"),
        *(f"{{% {tag} first_name %}}" for tag in (*TAGS, "for x in", "assign x =", "elsif")),
        *(f"{{% end{tag} %}}" for tag in (*TAGS, "for")),
        *(f"{{{{ first_name | {name} }}}}" for name in FILTERS),
        *("{% else %}", "{% when 'Ana' %}", "{{ (1..999999999) }}", "{{ 1e99999 | truncate: 9 }}"),
        *("{{ first_name | truncate: 999999999, first_name }}", "{{ 'a' | default: nick }}"),
        *("{% if 1 < 'a' %}", "{{ first_name.size }}", "{{ nil }}", "{{ '\\u0061' }}", "\n", "x"),
    ]
)
SOURCES = st.lists(PIECES | st.text(max_size=8), max_size=30).map("".join)


@settings(max_examples=400)
@given(SOURCES, st.dictionaries(st.sampled_from(["first_name", "city"]), st.text(max_size=2000)))
def test_nothing_that_can_be_written_gets_out_of_bounds(source: str, own: dict[str, str]) -> None:
    started = time.process_time()
    try:
        template = LIQUID.parse(source)
        text = template.filled(own | {"location": {"name": "Bluebird"}})
        assert len(text.encode("utf-8", "surrogatepass")) <= max(
            OUTPUT_AT_MOST_BYTES, len(source.encode("utf-8", "surrogatepass"))
        )
    except (BadTemplate, NotFilled):
        pass
    assert time.process_time() - started < 2


@settings(max_examples=300)
@given(SOURCES)
def test_the_planner_passes_on_every_name_that_a_template_asks_for(source: str) -> None:
    try:
        names = LIQUID.parse(source).names
    except BadTemplate:
        return
    assert {name.partition(".")[0] for name in names} <= variables_of(replace(a_run(), body=source))


# A carriage return is a line break, and comes out as one.
NAMES = st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=30)


@given(NAMES, NAMES)
def test_one_persons_text_holds_nothing_of_anothers(ana: str, ben: str) -> None:
    template = LIQUID.parse(
        'Hi {{ first_name | default: "there" }}{% if vip %}, {{ vip }}{% endif %}'
    )

    template.filled({"first_name": ana, "vip": ana})

    assert template.filled({"first_name": ben}) == f"Hi {ben or 'there'}"


@settings(max_examples=200)
@given(SOURCES, st.dictionaries(st.sampled_from(["first_name", "nick"]), st.text(max_size=600)))
def test_a_person_gets_a_whole_text_that_the_carrier_takes_or_none(
    source: str, own: dict[str, str]
) -> None:
    run = replace(a_run(), body=source)
    composer = VersionsComposer(LIQUID).for_batch(run, SHOP, Batch("DOWNTOWN#0#0", ()))
    try:
        composed = composer.compose(run, Recipient(ANA, values=own))
    except Unwritable:
        return
    assert composed.body.strip()
    assert checked_body(composed.body).parts == composed.parts
