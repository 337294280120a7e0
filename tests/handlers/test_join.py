"""The public opt-in page, from a request to what the phone gets."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.children import environment, function_settings
from sayso.adapters.dynamodb.web_opt_ins import DynamoWebOptIns
from sayso.domain.call_to_action import LANGUAGES, on_the_web
from sayso.domain.catalog import OptIn
from sayso.domain.contact import Status
from sayso.domain.conversation import decide
from sayso.domain.exchange import Exchange
from sayso.domain.invitation import invitation
from sayso.domain.ledger import Change, faults
from sayso.domain.understanding import understand
from sayso.handlers.join import logger
from tests.support.bluebird import ANA, BEN, EMPTY_SHOP, NUMBER, a_text
from tests.support.join_pages import LINKED_SHOP, PRIVACY, TERMS, Browser, opened_page
from tests.support.logs import LogBook
from tests.support.pages import Page
from tests.support.web_forms import BROWSER, HOME

every_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture
def browser() -> Iterator[Browser]:
    with opened_page() as found:
        yield found


class Elements(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page.html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def named(self, name: str) -> dict[str, str | None]:
        (one,) = (attrs for _, attrs in self.found if attrs.get("name") == name)
        return one


def test_the_page_says_all_that_a_yes_agrees_to(browser: Browser) -> None:
    page = browser.get()
    assert page.status == 200
    invited = invitation(LINKED_SHOP, "COFFEE")
    assert LINKED_SHOP.program is not None
    assert invited is not None
    call = on_the_web(LINKED_SHOP.program, invited, NUMBER)
    for words in (call.heading, call.consent, *(line.text for line in call.lines)):
        assert words in page.words
    links = {attrs.get("href") for tag, attrs in Elements(page).found if tag == "a"}
    assert {TERMS, PRIVACY} <= links


def test_nothing_is_ticked_before_the_person_does(browser: Browser) -> None:
    box = Elements(browser.get()).named("agree")
    assert box["type"] == "checkbox"
    assert "required" in box
    assert "checked" not in box


def test_the_page_runs_nothing_loads_nothing_and_is_framed_nowhere(browser: Browser) -> None:
    page = browser.get()
    tags = {tag for tag, _ in Elements(page).found}
    assert not tags & {"script", "img", "iframe", "link", "object", "base"}
    assert not [name for _, attrs in Elements(page).found for name in attrs if name[:2] == "on"]
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy
    assert page.headers["cache-control"] == "no-store"


def test_every_field_has_a_label(browser: Browser) -> None:
    found = Elements(browser.get("/join/BREW")).found
    labelled = {attrs.get("for") for tag, attrs in found if tag == "label"}
    fields = {
        attrs.get("id")
        for tag, attrs in found
        if tag in ("input", "select") and attrs.get("type") != "hidden"
    }
    assert fields == labelled == {"phone", "store", "website", "agree"}


def test_a_number_that_is_sent_in_is_asked_and_a_yes_subscribes_it(browser: Browser) -> None:
    page = browser.fill_in()
    assert page.status == 200
    assert "Look at your phone" in page.words
    (question,) = browser.bodies_to(ANA)
    assert question.startswith("Bluebird Coffee: reply YES")
    assert browser.shelf.contact(ANA).status is Status.PENDING


def test_the_ledger_has_the_words_of_the_page_and_where_they_were_sent_from(
    browser: Browser,
) -> None:
    shown = browser.get("/join/COFFEE?lang=es")
    browser.fill_in("/join/COFFEE?lang=es")
    (entry,) = browser.shelf.ledger(ANA)
    proof = entry.evidence
    assert entry.change is Change.ASKED
    for line in proof.shown.splitlines():
        assert line.partition(" https://")[0].removesuffix(" Términos:") in shown.words
    assert (proof.ip, proof.user_agent) == (HOME, BROWSER)
    assert (proof.page, proof.medium) == ("/join/COFFEE?lang=es", "web")
    assert (proof.keyword, proof.channel, proof.location) == ("COFFEE", "window sign", "DOWNTOWN")
    assert proof.words.startswith("(312) 555-0101\n[x] Acepto recibir")
    assert [proof.question] == browser.bodies_to(ANA)
    assert faults([entry]) == []
    assert browser.shelf.contact(ANA).language == "es"


def test_even_a_program_of_single_opt_in_asks(browser: Browser) -> None:
    assert LINKED_SHOP.program is not None
    assert LINKED_SHOP.program.opt_in is OptIn.SINGLE
    browser.fill_in()
    assert browser.shelf.contact(ANA).status is Status.PENDING


@every_language
def test_the_page_is_in_the_language_that_is_asked_for(browser: Browser, language: str) -> None:
    for page in (
        browser.get(f"/join/COFFEE?lang={language}"),
        browser.get(language=f"{language}-XX, de;q=0.9, en;q=0.1"),
    ):
        assert f'<html lang="{language}">' in page.html


@pytest.mark.parametrize("accept", ["", "de", "x;q=what", "*", ",,,", "es;q=0, en"])
def test_a_browser_without_a_language_of_ours_gets_english(browser: Browser, accept: str) -> None:
    assert '<html lang="en">' in browser.get(language=accept).html


def test_the_other_languages_are_one_click_away_and_keep_the_store(browser: Browser) -> None:
    page = browser.get("/join/JOIN?store=UPTOWN")
    links = [attrs.get("href") for tag, attrs in Elements(page).found if "hreflang" in attrs]
    assert links == ["?lang=es&store=UPTOWN", "?lang=fr&store=UPTOWN"]
    assert "Bluebird Uptown" in browser.get("/join/JOIN?lang=fr&store=UPTOWN").words


def test_where_the_keyword_fixes_no_store_one_is_chosen(browser: Browser) -> None:
    page = browser.fill_in("/join/BREW", store="DENVER")
    assert page.status == 200
    (entry,) = browser.shelf.ledger(ANA)
    assert (entry.evidence.location, entry.evidence.channel) == ("DENVER", "web page")
    assert "\nBluebird Denver\n" in entry.evidence.words
    assert "for Bluebird Denver" in browser.bodies_to(ANA)[0]


@pytest.mark.parametrize("word", ["DOWNTOWN", "downtown"])
def test_a_store_has_a_page_of_its_own(browser: Browser, word: str) -> None:
    assert "text JOIN DOWNTOWN to 80808" in browser.get(f"/join/{word}").words
    assert browser.fill_in(f"/join/{word}").status == 200
    assert browser.shelf.contact(ANA).location == "DOWNTOWN"


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"agree": ""}, "Tick the box to say that you agree"),
        ({"agree": "no"}, "Tick the box to say that you agree"),
        ({"phone": ""}, "Enter your mobile number."),
        ({"phone": "555-0101"}, "does not look like a telephone number"),
        ({"phone": "+1 876 555 0101"}, "cannot text numbers of that country"),
        ({"phone": "800 555 0199"}, "cannot get texts"),
        ({"store": ""}, "Choose the store"),
        ({"store": "PARIS"}, "Choose the store"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    browser: Browser, fields: dict[str, str], complaint: str
) -> None:
    filled = {"phone": "(312) 555-0101", "agree": "yes", "store": "UPTOWN"} | fields
    page = browser.fill_in("/join/BREW", **filled)
    assert page.status == 422
    assert page.words.count(complaint) == 2  # above the form, and beside the field
    assert browser.bodies_to(ANA) == []
    elements = Elements(page)
    assert elements.named("phone")["value"] == filled["phone"]
    assert ("checked" in elements.named("agree")) == (filled["agree"] == "yes")
    chosen = [attrs["value"] for tag, attrs in elements.found if "selected" in attrs]
    assert chosen == [filled["store"]] * (filled["store"] == "UPTOWN")
    assert browser.shelf.contact(ANA).status is Status.UNKNOWN


def test_a_corrected_form_goes_through(browser: Browser) -> None:
    page = browser.fill_in(agree="")
    again = {"phone": "(312) 555-0101", "agree": "yes", "token": page.token}
    assert browser.send(again).status == 200
    assert len(browser.bodies_to(ANA)) == 1


def test_the_button_pressed_twice_asks_once_and_says_the_same(browser: Browser) -> None:
    token = browser.get().token
    browser.now += timedelta(minutes=1)
    form = {"phone": "(312) 555-0101", "agree": "yes", "token": token}
    first, second = browser.send(form), browser.send(form)
    assert (first.status, first.html) == (second.status, second.html)
    assert len(browser.bodies_to(ANA)) == 1


@pytest.mark.parametrize("said", ["", "JOIN", "STOP", "i may want no more of it"])
def test_nobody_can_find_out_whether_a_number_is_known(browser: Browser, said: str) -> None:
    plain = browser.fill_in(phone="(312) 555-0102")
    if said:
        _texted(browser, said)
    page = browser.fill_in()
    assert page.status == plain.status
    assert page.html == plain.html.replace("555-0102", "555-0101")
    assert len(browser.bodies_to(ANA)) == (0 if said else 1)


def _texted(browser: Browser, body: str) -> None:
    text, before = a_text(body), browser.shelf.contact(ANA)
    reading = understand(body, LINKED_SHOP)
    decision = decide(before, text, reading, LINKED_SHOP)
    browser.shelf.conversations.commit(
        before, decision, Exchange(text, reading.intent, reading.rule)
    )


@pytest.mark.parametrize("token", ["", "x", "01ARZ.1795456800.0", "é" * 300, "\udcff"])
def test_a_form_that_is_not_ours_is_shown_anew_with_what_was_typed(
    browser: Browser, token: str
) -> None:
    form = {"phone": "(312) 555-0101", "agree": "yes", "token": token.encode("utf-8", "replace")}
    page = browser.send({name: str(value) for name, value in form.items()})
    assert page.status == 422
    assert "press the button once more" in page.words
    assert Elements(page).named("phone")["value"] == "(312) 555-0101"
    assert browser.bodies_to(ANA) == []


def test_words_that_changed_while_they_were_read_have_to_be_read_again(browser: Browser) -> None:
    token = browser.get("/join/COFFEE?lang=en").token
    browser.now += timedelta(minutes=1)
    form = {"phone": "(312) 555-0101", "agree": "yes", "token": token}
    assert browser.send(form, "/join/COFFEE?lang=es").status == 422
    assert browser.bodies_to(ANA) == []


def test_a_form_cannot_be_sent_in_again_for_somebody_else(browser: Browser) -> None:
    token = browser.get().token
    browser.now += timedelta(minutes=1)
    browser.send({"phone": "(312) 555-0101", "agree": "yes", "token": token})
    page = browser.send({"phone": "(312) 555-0102", "agree": "yes", "token": token})
    assert page.status == 422
    assert browser.bodies_to(BEN) == []


def test_who_fills_in_what_people_cannot_see_is_thanked_and_ignored(browser: Browser) -> None:
    page = browser.fill_in(website="https://spam.example")
    assert page.status == 200
    assert "Look at your phone" in page.words
    assert browser.bodies_to(ANA) == []
    assert browser.shelf.contact(ANA).status is Status.UNKNOWN


def test_too_much_from_one_address_is_told_how_to_text_instead(browser: Browser) -> None:
    pages = [browser.fill_in(phone=f"(312) 555-{number}") for number in range(1000, 1006)]
    assert [page.status for page in pages] == [200] * 5 + [429]
    assert "Text COFFEE to 80808" in pages[-1].words
    assert browser.bodies_to("+13125551005") == []
    browser.ip = "203.0.113.8"
    assert browser.fill_in(phone="(312) 555-1005").status == 200


def test_an_address_that_a_header_claims_counts_for_nothing(browser: Browser) -> None:
    """Every request here claims another address than it comes from; see join_pages."""
    browser.fill_in()
    (entry,) = browser.shelf.ledger(ANA)
    assert entry.evidence.ip == HOME


def test_the_shop_bounds_what_all_forms_send_in_an_hour() -> None:
    with opened_page(JOIN_PER_HOUR="2") as browser:
        statuses = []
        for number in range(1000, 1003):
            browser.ip = f"203.0.113.{number - 1000}"
            statuses.append(browser.fill_in(phone=f"(312) 555-{number}").status)
    assert statuses == [200, 200, 429]


@pytest.mark.parametrize("word", ["NOBODY", "HOURS", "STOP", "%3Cscript%3E", "a" * 300])
@every_language
def test_a_page_that_is_not_there_says_so_kindly(
    browser: Browser, word: str, language: str
) -> None:
    page = browser.get(f"/join/{word}?lang={language}")
    assert page.status == 404
    assert "hello@bluebird.example" in page.words
    assert "script" not in page.html
    assert browser.send({"phone": "(312) 555-0101"}, f"/join/{word}").status == 404


def test_a_program_that_is_not_set_up_says_so() -> None:
    with opened_page(EMPTY_SHOP) as browser:
        page = browser.get()
    assert page.status == 404
    assert "takes no sign-ups yet" in page.words


def test_a_shop_whose_number_nobody_knows_yet_invites_nobody_to_text_it() -> None:
    with opened_page(PUBLIC_NUMBER="") as browser:
        assert browser.get().status == 404


def test_storage_that_is_too_busy_is_told_as_such_and_the_form_can_be_sent_again(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = browser.get().token
    browser.now += timedelta(minutes=1)
    form = {"phone": "(312) 555-0101", "agree": "yes", "token": token}
    with monkeypatch.context() as patch:
        patch.setattr(DynamoWebOptIns, "commit", _throttled)
        busy = browser.send(form)
    assert (busy.status, busy.headers["retry-after"]) == (503, "60")
    assert "try again in a minute" in busy.words
    assert browser.send(form).status == 200
    assert len(browser.bodies_to(ANA)) == 1


def test_any_other_failure_is_not_hidden(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DynamoWebOptIns, "look", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        browser.fill_in()


def _throttled(*_: object) -> None:
    error = {"Error": {"Code": "ThrottlingException", "Message": ""}}
    raise ClientError(error, "TransactWriteItems")  # type: ignore[arg-type]


def test_a_body_that_is_too_large_is_not_read(browser: Browser) -> None:
    assert browser.send({"phone": "1" * 10_000}).status == 413


def test_a_form_of_many_fields_is_answered_with_ours(browser: Browser) -> None:
    assert browser.send({f"field{n}": "x" for n in range(30)}).status == 422


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=st.dictionaries(st.sampled_from(["phone", "store", "agree", "token"]), st.text()))
def test_whatever_is_sent_in_is_answered_with_a_page_and_shown_as_text_only(
    browser: Browser, fields: dict[str, str]
) -> None:
    attack = '"><script>alert(1)</script>'
    sent = {name: value.encode("utf-8", "replace").decode() for name, value in fields.items()}
    page = browser.send({"phone": attack} | sent)
    assert page.status == 422
    assert "<script" not in page.html


def test_the_log_has_no_number_no_address_and_no_words(browser: Browser) -> None:
    log = LogBook(logger)
    browser.fill_in()
    browser.fill_in(agree="")
    assert [line["what"] for line in log.lines] == ["shown", "asked", "shown", "invalid"]
    for secret in ("5550101", "555-0101", HOME, BROWSER, "COFFEE"):
        assert secret not in log.text


def test_showing_the_page_loads_neither_the_numbers_library_nor_pydantic() -> None:
    code = "import sayso.handlers.join, sys; print(*sys.modules)"
    given_settings = {
        **environment(function_settings("inbound")),
        "JOIN_PER_HOUR": "300",
        "JOIN_REGIONS": "US",
        "PUBLIC_NUMBER": NUMBER,
    }
    loaded = subprocess.run(
        [sys.executable, "-I", "-c", code],
        env=given_settings,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "sayso.adapters.phone_numbers" in loaded
    assert not {"phonenumbers", "pydantic", "segno"} & set(loaded)
