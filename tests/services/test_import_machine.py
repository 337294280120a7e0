"""Files are imported in the middle of everything else: people's own word stays the last."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from sayso.domain.imports.job import ImportState
from tests.fakes.imports import FakeEntrants
from tests.services.test_consent_machine import (
    HOME,
    OPT_INS,
    OPT_OUTS,
    PEOPLE,
    ConsentMachine,
    Person,
)
from tests.support.bluebird import ANA
from tests.support.importing import Importing
from tests.support.sheets import GOOD

DORA = "+13125550104"
HOME[DORA] = HOME[ANA]  # the same area code
SAYINGS = [
    *((body, "out") for body in OPT_OUTS[:4]),
    *((body, "in") for body in OPT_INS),
    *(("YES", "yes"), ("HELP", "neither"), ("what time do you open", "neither")),
]


class ImportMachine(ConsentMachine):
    """The lives that the bookkeeper watches, of Dora too, who begins as a stranger."""

    def __init__(self) -> None:
        super().__init__()
        self.people[DORA] = Person()
        entrants = FakeEntrants()
        entrants.contacts = self.world.slots.contacts
        entrants.ledgers = self.world.conversations.ledgers
        self.imports = Importing(catalog=self.world.catalog, entrants=entrants)

    @rule(said=st.sampled_from(SAYINGS))
    def dora_texts(self, said: tuple[str, str]) -> None:
        self._deliver(self._text(DORA, said[0]), said[1])

    @rule(phones=st.lists(st.sampled_from([*PEOPLE, DORA]), max_size=6), entered=st.integers(0, 2))
    def a_file_is_imported(self, phones: list[str], entered: int) -> None:
        """By a worker that crashes, perhaps, and another one that goes on."""
        before = {phone: self.world.contact(phone) for phone in phones}
        with_ledger = {phone for phone in phones if self.world.conversations.ledgers[phone]}
        self.imports.now = self.world.now
        import_id = self.imports.started([GOOD | {"phone": phone} for phone in phones])
        self.imports.entrants.crash_after = entered
        while self.imports.desk.get(import_id).is_running:
            try:
                self.imports.work(import_id)
            except RuntimeError:
                continue
        self.world.audience.contacts = list(self.world.slots.contacts.values())
        assert self.imports.desk.get(import_id).state is ImportState.IMPORTED
        for phone in phones:
            if phone in with_ledger:
                assert self.world.contact(phone) == before[phone]
            else:
                self.people[phone].may_be_texted = True

    @invariant()
    def doras_ledger_verifies(self) -> None:
        assert self.world.faults(DORA) == []


TestImportMachine = ImportMachine.TestCase
TestImportMachine.settings = settings(max_examples=80, stateful_step_count=30)
