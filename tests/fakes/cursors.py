"""Cursors that need no key: only good where nobody looks at them."""

from sayso.services.ports.cursors import NotACursor


class FakeCursors:
    """Cursors by remembering each position under a number."""

    def __init__(self) -> None:
        self.sealed: list[tuple[str, str]] = []

    def seal(self, position: str, purpose: str) -> str:
        self.sealed.append((position, purpose))
        return f"cursor-{len(self.sealed)}"

    def unseal(self, token: str, purpose: str) -> str:
        for number, (position, wanted) in enumerate(self.sealed, 1):
            if (token, purpose) == (f"cursor-{number}", wanted):
                return position
        raise NotACursor("made elsewhere, for another list, or changed on the way")
