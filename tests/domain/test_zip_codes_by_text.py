"""JOIN and MOVE with a ZIP code: the nearest store, or a question that helps."""

import subprocess
import sys
from dataclasses import replace

import pytest

from sayso.domain.catalog import Catalog, Keyword, Location, OptIn
from sayso.domain.contact import Contact, Status
from sayso.domain.conversation import decide
from sayso.domain.parts import count_parts
from sayso.domain.speech.languages import LANGUAGES
from sayso.domain.understanding import understand
from sayso.domain.vocabulary import Intent
from tests.support.bluebird import (
    ANA,
    COFFEE,
    DENVER,
    DOWNTOWN,
    NOON,
    PROGRAM,
    SHOP,
    UPTOWN,
    a_text,
)

LOOP = replace(DOWNTOWN, zip="60602")
LAKEVIEW = replace(UPTOWN, zip="60657")
LODO = replace(DENVER, zip="80202")
PLACED = replace(SHOP, locations=(LOOP, LAKEVIEW, LODO))
STRANGER = Contact.stranger(ANA)
SUBSCRIBED = Contact(ANA, Status.SUBSCRIBED, 1, "DENVER", joined_at=NOON, language="en")


def texted(body: str, contact: Contact = STRANGER, shop: Catalog = PLACED) -> tuple[Contact, str]:
    """The contact after the text, and what is answered."""
    decision = decide(contact, a_text(body), understand(body, shop), shop)
    return decision.contact, decision.reply


@pytest.mark.parametrize(
    ("body", "code", "store"),
    [
        ("JOIN 60614", "60614", LAKEVIEW),
        ("join 60614!", "60614", LAKEVIEW),
        ("Join 60614-1234", "60614", LAKEVIEW),
        ("JOIN 606141234", "60614", LAKEVIEW),
        ("JOIN 60614 please", "60614", LAKEVIEW),
        ("JOIN ZIP 60614", "60614", LAKEVIEW),
        ("JOIN ６０６１４", "60614", LAKEVIEW),
        ("COFFEE 80014", "80014", LODO),
        ("UNIRSE 80014", "80014", LODO),
    ],
)
def test_a_zip_code_joins_the_nearest_store(body: str, code: str, store: Location) -> None:
    ana, reply = texted(body)
    assert (ana.status, ana.location, ana.zip) == (Status.SUBSCRIBED, store.code, code)
    assert store.name in reply
    assert code in reply


def test_the_confirmation_says_how_to_change_the_store() -> None:
    _, reply = texted("JOIN 60614")
    assert "for another text MOVE and its name" in reply


@pytest.mark.parametrize(
    ("body", "kept", "said"),
    [
        ("JOIN 00501", "00501", "We have no store near 00501."),
        ("JOIN 00601", "00601", "We have no store near 00601."),
        ("JOIN 09001", "09001", "We can't tell your store from 09001."),
        ("JOIN 00000", "", "Sorry, we don't know the ZIP code 00000."),
        ("JOIN 99999", "", "Sorry, we don't know the ZIP code 99999."),
        ("JOIN 99999-0001", "", "Sorry, we don't know the ZIP code 99999."),
    ],
)
def test_where_no_store_is_meant_the_stores_are_named(body: str, kept: str, said: str) -> None:
    ana, reply = texted(body)
    assert (ana.status, ana.location, ana.zip) == (Status.SUBSCRIBED, "", kept)
    assert said in reply
    assert "JOIN DOWNTOWN" in reply


def test_out_of_reach_the_nearest_store_is_named_first() -> None:
    _, reply = texted("JOIN 84101")  # Salt Lake City
    assert "text JOIN DENVER, JOIN" in reply


def test_two_stores_as_near_as_each_other_are_asked_about() -> None:
    beside = replace(LODO, code="LARIMER", name="Bluebird Larimer", aliases=())
    shop = replace(PLACED, locations=(LOOP, LODO, beside))
    ana, reply = texted("JOIN 80014", shop=shop)
    assert ana.location == ""
    assert "Several of our stores are near 80014." in reply
    assert "JOIN DENVER or JOIN LARIMER." in reply


@pytest.mark.parametrize("body", ["JOIN 6061", "JOIN 606145", "JOIN 60614 80014"])
def test_what_is_not_one_zip_code_is_a_store_that_nobody_knows(body: str) -> None:
    ana, reply = texted(body)
    assert (ana.location, ana.zip) == ("", "")
    assert "Sorry, we don't know that store." in reply


def test_a_store_that_is_named_goes_before_the_nearest() -> None:
    for body in ("JOIN DENVER 60614", "JOIN 60614 denvr"):
        ana, reply = texted(body)
        assert (ana.location, ana.zip) == ("DENVER", "60614")
        assert "nearest" not in reply


def test_a_store_called_by_the_very_digits_goes_before_the_nearest() -> None:
    shop = replace(PLACED, locations=(LOOP, LAKEVIEW, replace(LODO, aliases=("60614",))))
    assert texted("JOIN 60614", shop=shop)[0].location == "DENVER"
    assert texted("JOIN 60614-1234", shop=shop)[0].location == "DENVER"
    # By other digits, however like them, it is not called.
    assert texted("JOIN 60613", shop=shop)[0].location == "UPTOWN"


def test_a_keyword_of_those_very_digits_stays_the_keyword() -> None:
    sign = Keyword("60614", location="DENVER", channel="bus stop")
    shop = replace(PLACED, keywords=(sign,))
    ana, _ = texted("60614", shop=shop)
    assert (ana.location, ana.channel) == ("DENVER", "bus stop")


def test_a_shop_without_stores_asks_nothing() -> None:
    ana, reply = texted("JOIN 60614", shop=replace(PLACED, locations=()))
    assert (ana.status, ana.zip) == (Status.SUBSCRIBED, "60614")
    assert "60614" not in reply


def test_a_zip_code_that_means_no_store_asks_for_a_newer_catalog() -> None:
    assert not understand("JOIN 00501", PLACED).is_sure
    assert understand("JOIN 60614", PLACED).is_sure


@pytest.mark.parametrize(
    "body", ["MOVE 60614", "move 60614-1234", "please MOVE 60614", "JOIN 60614"]
)
def test_a_subscriber_moves_to_the_nearest_store(body: str) -> None:
    ana, reply = texted(body, SUBSCRIBED)
    assert (ana.status, ana.location, ana.zip) == (Status.SUBSCRIBED, "UPTOWN", "60614")
    assert "Bluebird Uptown is your store now" in reply
    assert "for another text MOVE and its name" in reply


@pytest.mark.parametrize("body", ["MOVE 00501", "MOVE 09001", "MOVE 99999"])
def test_nobody_is_moved_to_a_store_that_is_not_near(body: str) -> None:
    ana, reply = texted(body, SUBSCRIBED)
    assert ana.location == "DENVER"
    assert body[-5:] in reply
    assert "JOIN DOWNTOWN" in reply


def test_moving_by_zip_code_subscribes_nobody() -> None:
    ana, _ = texted("MOVE 60614")
    assert (ana.status, ana.location) == (Status.UNKNOWN, "")


def test_a_double_opt_in_asks_for_the_nearest_store_and_keeps_it() -> None:
    shop = replace(PLACED, program=replace(PROGRAM, opt_in=OptIn.DOUBLE))
    asked, question = texted("JOIN 60614", shop=shop)
    assert "Bluebird Uptown" in question
    ana, reply = texted("YES", asked, shop)
    assert (ana.status, ana.location, ana.zip) == (Status.SUBSCRIBED, "UPTOWN", "60614")
    assert "Bluebird Uptown" in reply


def test_after_a_double_opt_in_the_question_remembers_the_zip_code() -> None:
    shop = replace(PLACED, program=replace(PROGRAM, opt_in=OptIn.DOUBLE))
    asked, _ = texted("JOIN 84101", shop=shop)
    ana, reply = texted("YES", asked, shop)
    assert (ana.status, ana.location) == (Status.SUBSCRIBED, "")
    assert "We have no store near 84101." in reply
    assert "text JOIN DENVER," in reply


def test_whoever_asks_is_told_that_their_zip_code_is_kept() -> None:
    ana, _ = texted("JOIN 60614")
    _, reply = texted("ME", ana)
    assert "subscribed at Bluebird Uptown, ZIP 60614," in reply


def test_forgetting_somebody_forgets_where_they_live() -> None:
    ana, _ = texted("JOIN 60614")
    forgotten, _ = texted("FORGET ME", ana)
    assert forgotten.zip == ""


def test_stop_goes_before_any_zip_code() -> None:
    assert understand("STOP 60614", PLACED).intent is Intent.STOP


@pytest.mark.parametrize("language", sorted(LANGUAGES))
@pytest.mark.parametrize("code", ["60614", "00501", "09001", "99999"])
def test_the_answers_cost_what_plain_letters_cost(language: str, code: str) -> None:
    for body, contact in (("JOIN", STRANGER), ("MOVE", SUBSCRIBED)):
        _, reply = texted(f"{body} {code}", replace(contact, language=language))
        size = count_parts(reply)
        assert (size.encoding, size.costly) == ("GSM-7", ())
        assert size.parts <= 3
        assert code in reply


def test_the_map_is_loaded_only_when_a_zip_code_comes() -> None:
    program = (
        "import sys\n"
        "from sayso.domain.understanding import understand\n"
        "from tests.support.bluebird import SHOP\n"
        "for said in ('JOIN DOWNTOWN', 'JOIN 12', 'MOVE UPTOWN', 'JOIN Evanston'):\n"
        "    understand(said, SHOP)\n"
        "assert not [name for name in sys.modules if 'zip_' in name or 'nearest' in name]\n"
        "understand('JOIN 60614', SHOP)\n"
        "assert 'sayso.domain.zip_table' in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_keywords_own_store_is_not_kept_against_the_zip_code() -> None:
    assert COFFEE.location == "DOWNTOWN"
    assert texted("COFFEE 60614")[0].location == "UPTOWN"
