"""How the demo talks: acts, phones' threads side by side with nothing, notes and tables."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from sayso_local.client import Text

_WIDTH = 96
_BUBBLE = 62


class Stage:
    """Prints; colours only where the terminal has them, plain lines in a pipe."""

    def __init__(self) -> None:
        self._console = Console(width=_WIDTH, highlight=False)
        self._acts = 0

    def act(self, title: str, about: str) -> None:
        self._acts += 1
        self._console.print(f"\n[bold]{self._acts}. {escape(title)}[/bold]")
        self.note(about)

    def note(self, text: str) -> None:
        for line in textwrap.wrap(text, _WIDTH - 3):
            self._console.print(f"   {escape(line)}")

    def thread(self, phone: str, texts: Iterable[Text]) -> None:
        """A phone's texts: theirs on the right, ours on the left, as on a phone's screen."""
        self._console.print(f"\n   [dim]{phone}[/dim]")
        for text in texts:
            mine = text.direction == "in"
            for line in textwrap.wrap(text.body, _BUBBLE) or [""]:
                shown = line.rjust(_WIDTH - 4) if mine else f"   {line}"
                style = "cyan" if mine else "green"
                self._console.print(f"[{style}]{escape(shown)}[/{style}]")

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        table = Table(title=title, title_justify="left", title_style="bold", min_width=60)
        for number, column in enumerate(columns):
            table.add_column(column, justify="left" if number == 0 else "right")
        for row in rows:
            table.add_row(*(escape(str(cell)) for cell in row))
        self._console.print()
        self._console.print(table)

    def check(self, text: str, problems: Sequence[str]) -> None:
        """One promise: a tick, or a cross with the first few ways in which it was broken."""
        mark = "[red]✗[/red]" if problems else "[green]✓[/green]"
        self._console.print(f"   {mark} {escape(text)}")
        for problem in problems[:3]:
            self._console.print(f"       [red]{escape(problem)}[/red]")

    def line(self, text: str = "") -> None:
        self._console.print(text)
