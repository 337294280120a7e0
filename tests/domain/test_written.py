"""The texts of a campaign: which there are, who gets which, and what they may ask for."""

from dataclasses import replace

import pytest

from sayso.domain.versions import Variant, Versions
from sayso.domain.written import chosen, faults_in, is_template, variables_of, written_in
from tests.support.campaigns import a_run

ROLLS, ROLES, PETITS = "Rolls!", "Roles!", "Petits pains !"
BUNS, BOLLOS = "Buns!", "Bollos!"
BOTH = Versions({"es": ROLES, "fr": PETITS}, (Variant("B", BUNS, {"es": BOLLOS}),))


def test_every_text_says_where_it_stands() -> None:
    assert [(one.variant, one.language, one.field) for one in written_in(ROLLS, BOTH)] == [
        ("A", "", "body"),
        ("A", "es", "translations.es"),
        ("A", "fr", "translations.fr"),
        ("B", "", "variants.0.body"),
        ("B", "es", "variants.0.translations.es"),
    ]


@pytest.mark.parametrize(
    ("variant", "languages", "source"),
    [
        ("A", ("es", "en"), ROLES),
        ("A", ("fr", "en"), PETITS),
        ("A", ("en", "en"), ROLLS),
        ("A", ("", "en"), ROLLS),
        ("A", ("", "es"), ROLES),
        ("A", ("pt", "es"), ROLES),
        ("A", ("pt", "en"), ROLLS),
        ("B", ("es", "en"), BOLLOS),
        ("B", ("fr", "en"), BUNS),
        ("B", ("", ""), BUNS),
    ],
)
def test_people_get_their_own_language_or_else_the_programs_or_else_the_body(
    variant: str, languages: tuple[str, ...], source: str
) -> None:
    found = chosen(ROLLS, BOTH, variant, *languages)

    assert found
    assert found.source == source


def test_there_is_no_text_of_a_variant_that_there_is_not() -> None:
    assert chosen(ROLLS, BOTH, "C", "es") is None


@pytest.mark.parametrize("source", ["Hi {{ first_name }}", "{% if a %}b{% endif %}", "{{", "{%"])
def test_what_looks_like_liquid_is_taken_for_it(source: str) -> None:
    assert is_template(source)


@pytest.mark.parametrize("source", ["Rolls {2 for 1}", "100% {off}", ""])
def test_a_brace_alone_is_a_brace(source: str) -> None:
    assert not is_template(source)


def test_the_planner_learns_which_attributes_the_texts_ask_for() -> None:
    versions = Versions({"es": "Hola {{ nombre }}"}, (Variant("B", "{% if vip %}{{ nick }}"),))

    run = replace(a_run(), body='Hi {{ first_name | default: "x" }} and city', versions=versions)
    found = variables_of(run)

    assert {"first_name", "nombre", "vip", "nick"} <= found
    assert "city" not in found
    assert variables_of(a_run()) == frozenset()


@pytest.mark.parametrize(
    ("versions", "field"),
    [
        (Versions(variants=(Variant("A", BUNS),)), "variants.0.name"),
        (Versions(variants=(Variant("B", BUNS), Variant("B", ROLLS))), "variants.1.name"),
        (Versions(variants=(Variant("", BUNS),)), "variants.0.name"),
        (Versions(variants=(Variant("a|b", BUNS),)), "variants.0.name"),
        (Versions(variants=(Variant("B", BUNS, {"ES": "x"}),)), "variants.0.translations.ES"),
        (Versions({"Spanish": ROLES}), "translations.Spanish"),
        (Versions({"": ROLES}), "translations."),
    ],
)
def test_versions_need_names_that_reports_can_count_by(versions: Versions, field: str) -> None:
    assert [where for where, _ in faults_in(versions)] == [field]


def test_sound_versions_have_no_fault() -> None:
    assert list(faults_in(BOTH)) == []
