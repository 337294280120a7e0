"""The carrier's opt-out list in memory, as it is read."""

from collections.abc import Mapping

from sayso.services.ports.opt_out_register import Listed, ListedPage
from tests.fakes.opt_out_list import FakeOptOutList


class FakeOptOutRegister:
    """An OptOutRegister of `opt_outs`; `told` is what it knows of some of the numbers."""

    def __init__(self, opt_outs: FakeOptOutList, page_size: int = 100) -> None:
        self.opt_outs = opt_outs
        self.page_size = page_size
        self.told: Mapping[str, Listed] = {}
        self.takes_numbers = True

    def page(self, position: str = "") -> ListedPage:
        rest = sorted(phone for phone in self.opt_outs.phones if phone > position)
        page = rest[: self.page_size]
        numbers = tuple(self.told.get(phone) or Listed(phone) for phone in page)
        return ListedPage(numbers, page[-1] if len(rest) > len(page) else "")
