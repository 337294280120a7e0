"""Campaigns in the table: one partition, newest first by their time-sortable ids."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import Item, from_item, parse_time, to_item
from sayso.adapters.dynamodb.revisions import if_as_read
from sayso.adapters.dynamodb.runs import read_progress, run_from, run_put
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.adapters.dynamodb.versions import versions_from, versions_values
from sayso.domain.campaign import Campaign, Kind, State
from sayso.domain.offer import Links, Offer
from sayso.domain.run import Progress, Run
from sayso.domain.schedule import Schedule
from sayso.services.ports.campaigns import CampaignChanged, CampaignPage, RunMove


@dataclass(frozen=True, slots=True)
class DynamoCampaigns:
    """CampaignStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def get(self, campaign_id: str) -> Campaign | None:
        item = self._read(keys.campaign(campaign_id))
        return campaign_from(item) if item else None

    def page(self, limit: int, position: str = "") -> CampaignPage:
        request: dict[str, Any] = {
            "TableName": self.table,
            "KeyConditionExpression": "pk = :campaigns",
            "ExpressionAttributeValues": {":campaigns": {"S": keys.CAMPAIGN}},
            "ScanIndexForward": False,
            "ConsistentRead": True,
            "Limit": limit,
        }
        if position:
            request["ExclusiveStartKey"] = to_item(keys.campaign(position))
        answer = self.client.query(**request)
        last = answer.get("LastEvaluatedKey", {})
        found = tuple(campaign_from(item) for item in answer["Items"])
        return CampaignPage(found, last["sk"]["S"] if last else "")

    def save(self, before: Campaign | None, after: Campaign, runs: Sequence[RunMove] = ()) -> None:
        put = {"TableName": self.table, "Item": campaign_item(after)} | if_as_read(before)
        moves = [run_put(self.table, move.before, move.after) for move in runs]
        try:
            transact(self.client, [{"Put": put}, *moves, *self._copy(after)])
        except Cancelled:
            raise CampaignChanged("the campaign or a run of it has changed") from None

    def delete(self, campaign: Campaign) -> None:
        key = {"TableName": self.table, "Key": to_item(keys.campaign(campaign.id))}
        try:
            transact(self.client, [{"Delete": key | if_as_read(campaign)}, *self._gone(campaign)])
        except Cancelled:
            raise CampaignChanged("the campaign has changed") from None

    def run(self, run_id: str) -> Run | None:
        item = self._read(keys.run(run_id))
        return run_from(item) if item else None

    def progress(self, run_id: str) -> Progress | None:
        return read_progress(self.client, self.table, run_id)

    def _copy(self, after: Campaign) -> list[dict[str, Any]]:
        """Of a triggered campaign, the copy by which whatever happens finds it."""
        if not after.is_triggered or after.state is State.DRAFT:
            return []
        item = campaign_item(after) | to_item(keys.triggered(after.id))
        return [{"Put": {"TableName": self.table, "Item": item}}]

    def _gone(self, campaign: Campaign) -> list[dict[str, Any]]:
        if not campaign.is_triggered:
            return []
        return [{"Delete": {"TableName": self.table, "Key": to_item(keys.triggered(campaign.id))}}]

    def _read(self, key: keys.Key) -> Item | None:
        answer = self.client.get_item(TableName=self.table, Key=to_item(key), ConsistentRead=True)
        item: Item | None = answer.get("Item")
        return item


def campaign_item(campaign: Campaign) -> Item:
    """The whole item of a campaign, its key included."""
    values = {name: getattr(campaign, name) for name in _PLAIN}
    schedule = asdict(campaign.schedule) if campaign.schedule else None
    nested = {"schedule": schedule, "versions": versions_values(campaign.versions)}
    nested["offer"] = campaign.offer.values() if campaign.offer else None
    nested["links"] = campaign.links.targets or None
    return to_item(keys.campaign(campaign.id) | values | nested)


def campaign_from(item: Mapping[str, Any]) -> Campaign:
    """The campaign that an item holds."""
    values = from_item(item)
    created_at, updated_at = (parse_time(values[name]) for name in ("created_at", "updated_at"))
    if created_at is None or updated_at is None:
        raise ValueError("a campaign without its times")
    schedule = values.get("schedule")
    return Campaign(
        id=values["id"],
        name=values["name"],
        kind=Kind(values["kind"]),
        body=values["body"],
        created_at=created_at,
        updated_at=updated_at,
        locations=tuple(values["locations"]),
        where=values.get("where", ""),
        segment=values.get("segment", ""),
        versions=versions_from(values.get("versions")),
        valid_from=parse_time(values.get("valid_from")),
        valid_until=parse_time(values.get("valid_until")),
        spend_limit=values.get("spend_limit"),
        offer=Offer.of(values.get("offer")),
        links=Links(values.get("links", {})),
        schedule=Schedule(**schedule) if schedule else None,
        state=State(values["state"]),
        runs=tuple(values["runs"]),
        open_runs=values["open_runs"],
        paused_reason=values.get("paused_reason", ""),
        next_at=parse_time(values.get("next_at")),
        next_local=values.get("next_local", ""),
        earlier=values.get("earlier", {}),
        missed=values.get("missed", 0),
        revision=values["revision"],
    )


_PLAIN = (
    *("id", "name", "kind", "body", "created_at", "updated_at", "locations", "state"),
    *("where", "segment", "valid_from", "valid_until", "spend_limit"),
    *("runs", "open_runs", "revision"),
    *("paused_reason", "next_at", "next_local", "earlier", "missed"),
)
