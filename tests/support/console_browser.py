"""The console in a browser, as a person uses it."""

from typing import Any

from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from sayso_local.client import Stack
from sayso_local.users import Role, UserPool, local_credentials
from tests.support.phones import eventually

# What a page's script would have to do for a session to end under it: its token is spoilt.
_SPOIL = """
  const real = window.fetch;
  window.fetch = (path, options = {}) => {
    const headers = { ...options.headers };
    if (window.spoilt && headers.Authorization) headers.Authorization = "Bearer spoilt";
    if (window.spoilt && String(path) === "console/session" && options.body === "{}") {
      return Promise.resolve(new Response(null, { status: 204 }));
    }
    return real(path, { ...options, headers });
  };
"""


class ConsolePage:
    """What somebody sees of the console and does with it."""

    def __init__(self, browser: Chrome, stack: Stack) -> None:
        self.browser, self.stack = browser, stack
        browser.delete_all_cookies()
        self.open()

    def open(self) -> None:
        self.browser.get("about:blank")
        self.browser.get(self.stack.running.console)
        self.find("h1")

    def reload(self) -> None:
        self.browser.refresh()
        self.find("h1")

    def find(self, selector: str, within_s: float = 15) -> WebElement:
        found = eventually(
            lambda: self.browser.find_elements(By.CSS_SELECTOR, selector), within_s=within_s
        )
        element: WebElement = found[0]
        return element

    def all(self, selector: str) -> list[WebElement]:
        return self.browser.find_elements(By.CSS_SELECTOR, selector)

    def has(self, selector: str) -> bool:
        return bool(self.all(selector))

    def text(self, selector: str = "body") -> str:
        try:
            return self.find(selector).text
        except WebDriverException as gone:
            if not _is_of_a_gone_element(gone):
                raise
            return self.text(selector)

    def shows(self, words: str, selector: str = "body") -> None:
        """Wait until these words are to be read there."""
        eventually(lambda: words in self.text(selector), within_s=15)

    def fill(self, **values: str) -> None:
        """Fields by their names; what stood in them is replaced."""
        place = "dialog " if self.has("dialog[open]") else ""
        for name, value in values.items():
            field = self.find(f'{place}[name="{name.replace("__", ".")}"]')
            field.send_keys(Keys.CONTROL + "a" + Keys.NULL, Keys.DELETE, value)

    def press(self, words: str, within: str = "") -> None:
        """The button or link that says so, or is named so."""
        script = """return [...document.querySelectorAll("button, a")]
          .filter((one) => !arguments[1] || one.closest(arguments[1]))
          .find((one) => one.checkVisibility() && (one.textContent.trim() === arguments[0]
            || one.getAttribute("aria-label") === arguments[0]))"""
        found = eventually(lambda: self.browser.execute_script(script, words, within), within_s=15)
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
        found.click()

    def sign_in(self, role: Role = "owner") -> None:
        self.stack.token(role)  # makes the user
        email, password = local_credentials(self.stack.running.user_pool, role)
        self.enter(email, password)
        self.find("nav")
        self.settle()

    def enter(self, email: str, password: str) -> None:
        self.fill(email=email, password=password)
        self.press("Sign in", "form")

    def go(self, address: str) -> None:
        """A page by the part of its address after `#`."""
        self.browser.execute_script("location.hash = arguments[0]", address)
        self.settle()

    def settle(self) -> None:
        """Wait until the page is there, and nothing of it is still to come."""
        ready = """const main = document.querySelector('main');
          return main && !main.hasAttribute('aria-busy') && !document.querySelector('.skeleton')
            && !document.querySelector('[aria-busy=true]')"""
        eventually(lambda: self.browser.execute_script(ready), within_s=15)

    def can_lose_the_session(self) -> None:
        """From the next reload on `lose_the_session` works."""
        source = {"source": _SPOIL}
        self.browser.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", source)
        self.reload()

    def lose_the_session(self, is_lost: bool = True) -> None:
        self.browser.execute_script("window.spoilt = arguments[0]", is_lost)

    def complaints(self) -> list[str]:
        """What the browser complained of, answers with an error status left out."""
        log: list[dict[str, Any]] = self.browser.get_log("browser")  # type: ignore[no-untyped-call]
        severe = [one["message"] for one in log if one["level"] == "SEVERE"]
        return [one for one in severe if "the server responded with a status of" not in one]

    def width(self) -> int:
        wide: int = self.browser.execute_script("return document.documentElement.scrollWidth")
        return wide


def pool_of(stack: Stack) -> UserPool:
    """The stack's users, to invite somebody."""
    return UserPool(stack.aws.cognito(), stack.running.user_pool)


def _is_of_a_gone_element(error: WebDriverException) -> bool:
    """The driver has no name of its own for one that goes while its text is being read."""
    is_stale = isinstance(error, StaleElementReferenceException)
    return is_stale or "does not belong to the document" in (error.msg or "")
