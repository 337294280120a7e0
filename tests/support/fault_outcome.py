"""What came of a campaign some of whose calls failed, and what has to hold whatever fails."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.adapters.dynamodb import keys
from sayso.domain.contact import Status
from sayso.domain.run import RunState
from sayso.services.report import Report
from tests.support.campaign_pipeline import Pipeline
from tests.support.campaigns import table_contacts
from tests.support.fault_codes import Issued
from tests.support.fault_story import DAN, LISTED, Story
from tests.support.faulty_calls import Call
from tests.support.table import TABLE

_ENDS = (RunState.FINISHED, RunState.CANCELLED)


@dataclass(frozen=True)
class Outcome:
    """What came of a campaign.

    `texted` is the carrier's count by run and number; `reminders` are those of its runs that remind
    people of another; `dead` the messages given up.
    """

    texted: Counter[tuple[str, str]]
    runs: tuple[str, ...]
    reminders: frozenset[str]
    codes: Issued | None
    report: Report
    dead: Counter[str]
    calls: tuple[Call, ...]
    deliveries: int
    open_runs: int
    left: frozenset[str]
    answered: frozenset[str]

    @property
    def times(self) -> Counter[str]:
        """How often each number was texted, in whatever run but reminders."""
        return Counter(phone for run, phone in self.texted.elements() if run not in self.reminders)

    @property
    def reminded(self) -> Counter[str]:
        """How often each number was reminded."""
        return Counter(phone for run, phone in self.texted.elements() if run in self.reminders)

    def check(self, story: Story) -> None:
        """The promises that hold whatever fails."""
        report, texted = self.report, self.times.total()
        assert all(count == 1 for count in self.texted.values()), "nobody is texted twice in a run"
        assert all(count <= story.times for count in self.times.values()), "nor in another one"
        assert set(self.times) <= set(story.texted), "nobody is texted who has opted out"
        assert report.status is story.status, "the campaign has ended"
        assert self.open_runs == 0, "and each run of it"
        assert len(self.runs) == story.runs
        assert report.targeted == story.times * len(story.listed)
        assert report.waiting == 0, "nobody is left over"
        assert report.sent == texted, "the report is the carrier's count"
        assert report.delivered + report.undelivered == texted, "and has the end of each text"
        assert self.answered == {*story.answers}, "each answer has its end"
        assert story.leave & {*self.times} <= self.left, "the carrier's word on a text is heeded"
        assert not report.refused or story.refused <= self.left, "and so is its word on a number"
        assert not self.dead, "no message is given up"
        self._check_reminders(story)
        if self.codes:
            self.codes.check(story)
            assert len(self.codes.read) == self.texted.total(), "each text brings a code"

    def check_all_texted(self, story: Story) -> None:
        """What holds where nothing gets lost."""
        self.check(story)
        assert self.times == dict.fromkeys(story.texted, story.times)
        assert self.left == ({DAN} & {*story.listed}) | story.leave
        assert self.report.unknown == 0
        assert self.reminded == dict.fromkeys(story.reminded, 1)

    def _check_reminders(self, story: Story) -> None:
        assert set(self.reminded) <= set(story.reminded) & set(self.times)
        told = self.report.reminders
        assert (told is not None) == bool(self.reminders)
        if told:
            assert told.waiting == 0, "nobody is left over who is to be reminded"
            assert told.sent == self.reminded.total()
            assert told.delivered == told.sent


def open_runs(pipeline: Pipeline, runs: Iterable[str]) -> int:
    """How many of them have not ended."""
    found = [pipeline.store.run(run_id) for run_id in runs]
    return sum(one is None or one.state not in _ENDS for one in found)


def is_answered(pipeline: Pipeline, phone: str) -> bool:
    """Whether it is known what became of the answers to their texts."""
    found = pipeline.dynamodb.query(
        TableName=TABLE,
        KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
        ExpressionAttributeValues={
            f":{name}": {"S": value} for name, value in keys.inbound_text(phone, "").items()
        },
    )
    return all("reply_delivery" in item for item in found["Items"])


def left(pipeline: Pipeline) -> frozenset[str]:
    """Who gets no marketing any more."""
    get = table_contacts(pipeline.dynamodb).get
    found = [get(phone) for phone in LISTED]
    return frozenset(one.phone for one in found if one and one.status is Status.OPTED_OUT)
