"""The console in a real browser, on the whole stack."""

import itertools
import time
from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys

from sayso_local.client import Stack
from sayso_local.users import local_credentials
from tests.browser.legible import by_day_and_by_night, faint_words
from tests.local.running import running_stack
from tests.support.chromium import resize
from tests.support.console_browser import ConsolePage, pool_of
from tests.support.phones import eventually

MAYBE = "pls no more of these ok"
ATTACK = "wrong number <img src=x onerror=\"document.title='owned'\">"
TEMPORARY, CHOSEN = "Temporary-1-word", "Chosen-by-Ben-1!"
_LINES = itertools.count(100)


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with running_stack(tmp_path_factory.mktemp("console")) as running:
        yield running


@pytest.fixture
def page(browser: Chrome, stack: Stack) -> ConsolePage:
    """The console with nobody signed in, on a desktop."""
    resize(browser, 1280, 900)
    return ConsolePage(browser, stack)


@pytest.fixture
def owner(page: ConsolePage) -> ConsolePage:
    """The console of the shop's owner."""
    page.sign_in()
    return page


def somebody(stack: Stack, *texts: str) -> str:
    """A number of its own, which has texted this and been answered."""
    phone = f"+1312555{next(_LINES):04}"
    for count, words in enumerate(texts, 1):
        stack.text(phone, words)
        stack.await_texts(phone, count)
    return phone


def status_of(stack: Stack, phone: str) -> str:
    return str(stack.admin("GET", f"subscribers/{phone}").json()["status"])


def card(phone: str) -> str:
    return f'.card[data-phone="{phone}"]'


# Signing in


def test_a_wrong_password_is_told_so_and_the_right_one_opens_the_console(
    page: ConsolePage, stack: Stack
) -> None:
    email, password = local_credentials(stack.running.user_pool, "owner")
    page.enter(email, "not the password")
    page.shows("The e-mail address or the password is not right.")
    page.enter(email, password)
    page.shows("To decide", "h1")
    assert email in page.text(".who")
    assert page.complaints() == []


def test_nothing_that_a_script_can_read_outlives_the_page(owner: ConsolePage) -> None:
    kept = "return [document.cookie, localStorage.length, sessionStorage.length]"
    assert owner.browser.execute_script(kept) == ["", 0, 0]
    (cookie,) = owner.browser.get_cookies()
    assert cookie["httpOnly"]
    assert cookie["secure"]
    assert cookie["sameSite"] == "Strict"
    assert cookie["path"].endswith("/console")


def test_the_page_holds_no_password(page: ConsolePage, stack: Stack) -> None:
    _, password = local_credentials(stack.running.user_pool, "owner")
    assert password not in page.browser.page_source


def test_someone_invited_chooses_a_password_at_the_first_sign_in(
    page: ConsolePage, stack: Stack
) -> None:
    email = "ben@bluebird.example"
    pool_of(stack).invite(email, "marketer", temporary_password=TEMPORARY)
    page.enter(email, TEMPORARY)
    page.shows("Choose your password")
    page.fill(answer=CHOSEN)
    page.press("Keep it and sign in")
    page.find("nav")
    assert "marketer" in page.text(".who")
    page.press("Sign out")
    page.shows("Sign in", "h1")
    page.enter(email, CHOSEN)
    page.find("nav")


def test_a_reload_keeps_the_session_and_signing_out_ends_it(
    owner: ConsolePage, stack: Stack
) -> None:
    owner.reload()
    owner.find("nav")
    (cookie,) = owner.browser.get_cookies()
    owner.press("Sign out")
    owner.shows("Sign in", "h1")
    assert owner.browser.get_cookies() == []
    owner.reload()
    assert not owner.has("nav")
    stolen = {"cookie": f"{cookie['name']}={cookie['value']}"}
    renewal = stack.http.post(f"{stack.running.console}/session", json={}, headers=stolen)
    assert renewal.status_code == 204


def test_a_session_that_ends_under_a_form_takes_nothing_of_it(
    owner: ConsolePage, stack: Stack
) -> None:
    owner.can_lose_the_session()
    owner.go("/shop")
    owner.fill(help_contact="desk@bluebird.example")
    owner.lose_the_session()
    owner.press("Save the program")
    owner.shows("Your session has ended", "dialog")
    owner.lose_the_session(is_lost=False)
    email, password = local_credentials(stack.running.user_pool, "owner")
    owner.enter(email, password)
    owner.shows("The program is saved.")
    assert stack.admin("GET", "program").json()["help_contact"] == "desk@bluebird.example"
    assert owner.find('[name="help_contact"]').get_attribute("value") == "desk@bluebird.example"


# To decide


def test_who_may_have_opted_out_is_shown_with_the_exact_words_and_why(
    owner: ConsolePage, stack: Stack
) -> None:
    ana = somebody(stack, "JOIN DOWNTOWN", MAYBE)
    owner.go("/people")
    owner.go("/decide")
    owner.shows(MAYBE, f"{card(ana)} .theirs")
    answered = stack.received(ana)[-1].body
    assert owner.text(f"{card(ana)} .ours") == answered
    assert "When in doubt, we hold" in owner.text(card(ana))
    assert "can't be undone" in owner.text(card(ana))
    assert owner.text("nav .count [aria-hidden]") == str(len(owner.all(".card")))
    owner.find(f"{card(ana)} summary").click()
    owner.shows("JOIN DOWNTOWN", card(ana))


def test_who_wants_out_is_out_and_the_record_says_who_decided_and_why(
    owner: ConsolePage, stack: Stack
) -> None:
    ana = somebody(stack, "JOIN DOWNTOWN", MAYBE)
    owner.go("/people")
    owner.go("/decide")
    owner.find(f"{card(ana)} [name=reason]").send_keys("Said so at the counter")
    owner.press("They want out", card(ana))
    owner.shows("gets no more texts", ".toasts")
    assert not owner.has(card(ana))
    assert status_of(stack, ana) == "opted_out"
    newest = stack.admin("GET", f"subscribers/{ana}/consent").json()["items"][-1]
    assert (newest["change"], newest["medium"]) == ("opted_out", "admin")
    assert "Said so at the counter" in newest["record"]


def test_who_meant_something_else_is_subscribed_again(owner: ConsolePage, stack: Stack) -> None:
    ben, chloe = (somebody(stack, "JOIN UPTOWN", MAYBE) for _ in range(2))
    owner.go("/people")
    owner.go("/decide")
    before = int(owner.text("nav .count [aria-hidden]"))
    owner.press("They meant something else", card(ben))
    owner.shows("gets offers again", ".toasts")
    assert status_of(stack, ben) == "subscribed"
    assert status_of(stack, chloe) == "held"
    assert int(owner.text("nav .count [aria-hidden]")) == before - 1
    # The next card has the focus, for whoever works through them by keyboard.
    focused = "return document.activeElement.closest('.card') !== null"
    assert owner.browser.execute_script(focused)


def test_what_the_customer_decides_meanwhile_wins_over_the_console(
    owner: ConsolePage, stack: Stack
) -> None:
    ben = somebody(stack, "JOIN UPTOWN", MAYBE)
    owner.go("/people")
    owner.go("/decide")
    owner.find(f"{card(ben)} .choice")
    stack.text(ben, "STOP")
    stack.await_texts(ben, 3)
    owner.press("They meant something else", card(ben))
    problem = owner.find(f"{card(ben)} .problem:not([hidden])")
    assert problem.text
    assert status_of(stack, ben) == "opted_out"


def test_an_owner_erases_somebody_after_reading_what_stays(
    owner: ConsolePage, stack: Stack
) -> None:
    ana = somebody(stack, "JOIN DOWNTOWN")
    owner.go(f"/people/{ana}")
    owner.press("Erase…")
    owner.shows("What stays is the proof that they opted out", "dialog")
    owner.press("Keep", "dialog")
    assert status_of(stack, ana) == "subscribed"
    owner.press("Erase…")
    owner.press("Erase", "dialog")
    owner.shows("Erased", ".person")
    assert status_of(stack, ana) == "forgotten"
    assert "JOIN DOWNTOWN" not in owner.text("main")
    assert "complete and unchanged" in owner.text(".verdict")


def test_a_marketer_erases_nobody(page: ConsolePage, stack: Stack) -> None:
    ana = somebody(stack, "JOIN DOWNTOWN")
    page.sign_in("marketer")
    page.go(f"/people/{ana}")
    page.shows("Subscribed", ".person")
    assert "Erase" not in page.text("main")


def test_the_newest_comes_first(owner: ConsolePage, stack: Stack) -> None:
    first = somebody(stack, "JOIN UPTOWN", MAYBE)
    time.sleep(1.1)  # the emulator's topics tell the time in seconds
    second = somebody(stack, "JOIN UPTOWN", MAYBE)
    owner.go("/people")
    owner.go("/decide")
    shown = [one.get_attribute("data-phone") for one in owner.all(".card")]
    assert shown.index(second) < shown.index(first)


def test_a_customers_words_are_only_ever_text(owner: ConsolePage, stack: Stack) -> None:
    chloe = somebody(stack, "JOIN DENVER", ATTACK)
    for address in ("/people", "/decide", f"/people/{chloe}"):
        owner.go(address)
        assert not owner.has("#app img, #app script")
        assert "owned" not in owner.browser.title
    owner.shows(ATTACK, ".timeline")
    assert owner.complaints() == []


# People


def test_a_person_is_found_by_their_number_however_it_is_written(
    owner: ConsolePage, stack: Stack
) -> None:
    ana = somebody(stack, "COFFEE")
    owner.go("/people")
    owner.fill(phone=f"({ana[2:5]}) {ana[5:8]}-{ana[8:]}" + Keys.ENTER)
    owner.shows(f"+1 {ana[2:5]} {ana[5:8]} {ana[8:]}", "h1")
    assert "Subscribed" in owner.text(".person")
    assert "window sign" in owner.text(".facts-list")
    assert "complete and unchanged" in owner.text(".verdict")
    assert owner.text(".timeline .theirs") == "COFFEE"


def test_a_number_that_never_texted_is_told_so(owner: ConsolePage) -> None:
    owner.go("/people")
    owner.fill(phone="call me" + Keys.ENTER)
    owner.shows("That isn't a phone number")
    owner.fill(phone="7205559999" + Keys.ENTER)
    owner.shows("This number has never texted")


def test_the_list_is_narrowed_by_store_and_status(owner: ConsolePage, stack: Stack) -> None:
    here = somebody(stack, "BEANS")
    gone = somebody(stack, "BEANS", "STOP")
    owner.go("/people")
    for name, value in (("location", "DENVER"), ("status", "opted_out")):
        owner.find(f'[name="{name}"] option[value="{value}"]').click()
    hrefs = "return [...document.querySelectorAll('tbody a')].map((one) => one.hash.slice(9))"
    eventually(lambda: owner.browser.execute_script(hrefs) == [gone])
    assert here not in owner.text("tbody")
    owner.find('[name="status"] option[value="pending"]').click()
    owner.shows("Nobody here")


def test_the_proof_opens_in_a_window_of_its_own_as_it_is_printed(
    owner: ConsolePage, stack: Stack
) -> None:
    ana = somebody(stack, "JOIN DOWNTOWN", "STOP")
    owner.go(f"/people/{ana}")
    console = owner.browser.current_window_handle
    owner.press("Open the proof to print")
    eventually(lambda: len(owner.browser.window_handles) == 2)
    (proof,) = set(owner.browser.window_handles) - {console}
    owner.browser.switch_to.window(proof)
    try:
        owner.shows("Record of consent", "h1")
        assert "JOIN DOWNTOWN" in owner.text()
        # Its own style applies although it stands under the console's policy.
        ground = "return getComputedStyle(document.querySelector('blockquote')).whiteSpaceCollapse"
        assert owner.browser.execute_script(ground) == "preserve"
    finally:
        owner.browser.close()
        owner.browser.switch_to.window(console)


# Shop


def test_what_the_api_refuses_is_said_at_the_field(owner: ConsolePage, stack: Stack) -> None:
    before = stack.admin("GET", "program").json()
    owner.go("/shop")
    owner.fill(caps__per_day="9", timezone="Mars/Olympus")
    owner.press("Save the program")
    wrong = owner.find('.field[data-path="timezone"] .problem:not([hidden])')
    assert wrong.text
    assert owner.find('[name="timezone"]').get_attribute("aria-invalid") == "true"
    assert stack.admin("GET", "program").json() == before


def test_a_store_is_added_changed_and_removed(owner: ConsolePage, stack: Stack) -> None:
    owner.go("/shop")
    owner.press("Add a store")
    owner.fill(code="harbor", name="Harbor", timezone="America/New_York", aliases="pier, docks")
    owner.press("Save", "dialog")
    owner.shows("HARBOR is saved.")
    stored = stack.admin("GET", "locations/HARBOR").json()
    assert (stored["name"], stored["aliases"]) == ("Harbor", ["pier", "docks"])
    owner.press("Edit HARBOR")
    owner.fill(
        name="Old Harbor",
        latitude="40.7",
        longitude="-74",
        hours="monday 9:00-17:00",
        holidays="2026-12-25 closed",
    )
    owner.press("Save", "dialog")
    wrong = owner.find('.field[data-path="hours"] .problem:not([hidden])')
    assert wrong.text
    owner.fill(hours="monday 09:00-12:00, 13:00-17:00")
    owner.press("Save", "dialog")
    owner.shows("Old Harbor", "main")
    stored = stack.admin("GET", "locations/HARBOR").json()
    assert (stored["latitude"], stored["longitude"]) == (40.7, -74)
    assert stored["hours"] == {"monday": ["09:00-12:00", "13:00-17:00"]}
    assert stored["holidays"] == [{"date": "2026-12-25", "hours": []}]
    owner.press("Edit HARBOR")
    owner.press("Remove", "dialog")
    owner.press("Really remove HARBOR?", "dialog")
    owner.shows("HARBOR is removed.")
    assert stack.admin("GET", "locations/HARBOR").status_code == 404


def test_a_reserved_word_is_refused_with_the_reason(owner: ConsolePage, stack: Stack) -> None:
    owner.go("/shop")
    owner.press("Add a keyword")
    owner.fill(word="STOP")
    owner.press("Save", "dialog")
    shown = owner.find("dialog .problem:not([hidden])")
    assert shown.text
    owner.press("Close", "dialog")
    eventually(lambda: not owner.has("dialog"))


def test_a_marketer_sees_the_program_and_cannot_change_it(page: ConsolePage) -> None:
    page.sign_in("marketer")
    page.go("/shop")
    assert not page.find('[name="help_contact"]').is_enabled()
    assert "Save the program" not in page.text("main")


def test_staff_look_codes_and_people_up_and_see_no_more(page: ConsolePage, stack: Stack) -> None:
    ana = somebody(stack, "JOIN DOWNTOWN")
    page.sign_in("staff")
    assert [one.text for one in page.all("nav a")] == ["Counter", "People"]
    page.go(f"/people/{ana}")
    page.shows("Subscribed", ".person")
    assert "null" not in page.text("main")
    assert not page.has(".timeline")
    page.go("/decide")
    page.shows("Not for your role", "h1")


# Anywhere


def test_without_a_connection_the_page_says_so_and_tries_again(owner: ConsolePage) -> None:
    network = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    owner.browser.execute_cdp_cmd("Network.enable", {})
    owner.browser.execute_cdp_cmd("Network.emulateNetworkConditions", network | {"offline": True})
    try:
        owner.go("/shop")
        owner.shows("No connection", "h1")
    finally:
        online = network | {"offline": False}
        owner.browser.execute_cdp_cmd("Network.emulateNetworkConditions", online)
    owner.press("Try again")
    owner.shows("Shop", "h1")
    owner.browser.get_log("browser")  # type: ignore[no-untyped-call]


ADDRESSES = ("/decide", "/campaigns", "/campaigns/new", "/segments", "/people", "/ways", "/shop")


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_nothing_is_wider_than_the_screen(owner: ConsolePage, stack: Stack, width: int) -> None:
    longest = somebody(stack, "JOIN DOWNTOWN", "stop" + "o" * 200 + " wrong number")
    resize(owner.browser, width, 800, mobile=width < 500)
    for address in (*ADDRESSES, f"/people/{longest}"):
        owner.go(address)
        assert owner.width() <= width, address
        assert all(one.is_displayed() for one in owner.all("nav a")), address


def test_words_stand_out_from_their_ground_by_day_and_by_night(
    owner: ConsolePage, stack: Stack
) -> None:
    ana = somebody(stack, "JOIN DOWNTOWN", MAYBE)
    for scheme in by_day_and_by_night(owner.browser):
        for address in (*ADDRESSES, f"/people/{ana}"):
            owner.go(address)
            assert faint_words(owner.browser) == [], (scheme, address)


def test_every_control_has_a_name_and_every_page_a_heading(
    owner: ConsolePage, stack: Stack
) -> None:
    ana = somebody(stack, "JOIN DOWNTOWN", MAYBE)
    script = """return [...document.querySelectorAll("button, a, textarea, select, input")]
        .filter((e) => !e.getAttribute("aria-label") && !e.textContent.trim()
            && !(e.labels && e.labels.length)).map((e) => e.outerHTML)"""
    for address in (*ADDRESSES, f"/people/{ana}"):
        owner.go(address)
        assert owner.browser.execute_script(script) == []
        assert not set(owner.text("main").split("\n")) & {"false", "null", "undefined"}
        assert len(owner.all("h1")) == 1
        assert owner.browser.title.endswith("· Sayso")


def test_the_keyboard_reaches_every_page_and_its_focus_follows(owner: ConsolePage) -> None:
    people = owner.find('nav a[data-path="/people"]')
    people.send_keys(Keys.ENTER)
    owner.shows("People", "h1")
    owner.settle()
    focused = "return document.activeElement.tagName"
    eventually(lambda: owner.browser.execute_script(focused) == "MAIN")
