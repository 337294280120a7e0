"""Programs that open links are told from people."""

import subprocess
import sys
from typing import Any

import crawleruseragents  # type: ignore[import-untyped]
import pytest

from sayso.domain.visitors import PREVIEWS, Visit, is_robot
from tests.support.repository import ROOT
from tests.support.user_agents import ON_AN_IPHONE, PEOPLE

TABLE = ROOT / "functions" / "sayso" / "domain" / "robots_table.py"
EVERY: list[Any] = crawleruseragents.CRAWLER_USER_AGENTS_DATA


def a_visit(method: str = "GET", user_agent: str = ON_AN_IPHONE, **headers: str) -> Visit:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Visit(method, user_agent, named)


@pytest.mark.parametrize("who", PEOPLE)
def test_a_browser_is_a_person(who: str) -> None:
    assert not is_robot(PEOPLE[who])


def test_every_program_on_record_is_known_by_each_of_its_names() -> None:
    people = {"AP3A\\.240617\\.008", "MetaIAB Facebook"}
    names = [one for row in EVERY if row["pattern"] not in people for one in row["instances"]]
    assert len(names) > 2_000
    assert [name for name in names if not is_robot(name)] == []


def test_the_record_itself_knows_them_where_they_call_themselves_a_browser() -> None:
    """Not only for want of a browser's name: the table is asked, and has them all."""
    names = [row["instances"][0] for row in EVERY if row["instances"]]
    disguised = [f"{ON_AN_IPHONE} {name}" for name in names if not name.startswith("Mozilla")]
    assert len(disguised) > 300
    unknown = [one for one in disguised if not is_robot(one)]
    anchored = [row["instances"][0] for row in EVERY if row["pattern"].startswith("^")]
    assert {one.removeprefix(f"{ON_AN_IPHONE} ") for one in unknown} <= set(anchored)


@pytest.mark.parametrize("name", PREVIEWS)
def test_the_previews_of_texts_and_chats_are_no_people(name: str) -> None:
    assert is_robot(f"{ON_AN_IPHONE} {name}/1.0")
    assert PREVIEWS[name].startswith("https://")


def test_what_apples_messages_fetches_ahead_is_no_click() -> None:
    assert is_robot(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) "
        "Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0"
    )


@pytest.mark.parametrize("name", ["", "LinkCheck", "Mozilla/5.0 (compatible; X/1; +https://x.y)"])
def test_what_is_no_browser_or_explains_itself_is_no_person(name: str) -> None:
    assert is_robot(name)


def test_a_person_opens_a_document() -> None:
    assert a_visit().is_persons
    assert a_visit(sec_fetch_dest="document").is_persons
    assert not a_visit(sec_fetch_dest="empty").is_persons


def test_asking_for_the_head_alone_is_no_persons() -> None:
    assert not a_visit("HEAD").is_persons


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sec_purpose", "prefetch"),
        ("sec_purpose", "prefetch;prerender"),
        ("purpose", "prefetch"),
        ("purpose", "preview"),
        ("x_purpose", "preview"),
        ("x_moz", "prefetch"),
    ],
)
def test_what_a_browser_loads_ahead_nobody_has_seen(name: str, value: str) -> None:
    assert not a_visit(**{name: value}).is_persons


def test_the_table_is_what_the_package_says_today() -> None:
    program = "import runpy; print(runpy.run_path('scripts/robots.py')['table'](), end='')"
    made = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert made.stdout == TABLE.read_text(), "run scripts/robots.py"
