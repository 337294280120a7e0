"""Windows in memory."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from threading import Lock

from sayso.domain.limits import Use, Window
from sayso.services.ports.windows import WindowFull


class FakeWindows:
    """Windows, each counted in step."""

    def __init__(self) -> None:
        self.windows: dict[str, Window] = {}
        self._lock = Lock()

    def read(self, names: Collection[str]) -> dict[str, Window]:
        return {name: self.windows[name] for name in names if name in self.windows}

    def count(self, uses: Mapping[str, Use]) -> None:
        with self._lock:
            if not all(self._fits(name, use) for name, use in uses.items()):
                raise WindowFull
            for name, use in uses.items():
                before = 0 if use.is_first else self.windows[name].uses
                self.windows[name] = Window(before + 1, use.after.ends_at)

    def give_back(self, uses: Mapping[str, Use]) -> None:
        with self._lock:
            for name, use in uses.items():
                window = self.windows[name]
                if window.ends_at == use.after.ends_at and window.uses:
                    self.windows[name] = replace(window, uses=window.uses - 1)

    def _fits(self, name: str, use: Use) -> bool:
        standing = self.windows.get(name)
        if use.is_first:
            return (standing and standing.ends_at) == (use.before and use.before.ends_at)
        return (
            standing is not None
            and standing.ends_at == use.after.ends_at
            and standing.uses < use.most
        )
