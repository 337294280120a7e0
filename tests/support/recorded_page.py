"""The console in a browser on a server of its own, as a marketer uses it."""

from selenium.webdriver import Chrome

from tests.support.console_browser import ConsolePage
from tests.support.console_server import ConsoleServer
from tests.support.phones import eventually

ANA = "ana@bluebird.example"


class RecordedPage(ConsolePage):
    """What somebody sees of the console and does with it, where it talks to no stack."""

    def __init__(self, browser: Chrome, server: ConsoleServer) -> None:
        self.browser, self.server = browser, server
        browser.delete_all_cookies()
        self.open()

    def open(self) -> None:
        self.browser.get("about:blank")
        self.browser.get(self.server.address)
        self.find("h1")

    def enter_the_console(self, email: str = ANA) -> None:
        self.enter(email, "whatever")
        self.find("nav")
        self.settle()

    def tick(self, words: str) -> None:
        """The box, the choice or the option that says so."""
        script = """const found = [...document.querySelectorAll("label, option")].find((one) =>
            (one.closest("select") ?? one).checkVisibility()
              && one.textContent.trim() === arguments[0]);
          return found?.querySelector("input") ?? found"""
        self.browser.execute_script(
            "arguments[0].scrollIntoView({block: 'center'})",
            found := eventually(lambda: self.browser.execute_script(script, words)),
        )
        found.click()

    def choose(self, name: str, value: str) -> None:
        """An option of the field of that name."""
        self.find(f'[name="{name}"] option[value="{value}"]').click()
