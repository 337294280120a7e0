"""What has been spent, in the table: an item an account, counted up before texts are sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sayso.adapters.dynamodb import keys
from sayso.adapters.dynamodb.items import from_item, to_item
from sayso.adapters.dynamodb.transactions import Cancelled, transact
from sayso.adapters.failures import is_passing
from sayso.domain.spending import Account
from sayso.services.ports.spending import LimitReached


@dataclass(frozen=True, slots=True)
class DynamoSpending:
    """SpendingStore on the table. `client` is a DynamoDB client."""

    client: Any
    table: str

    def reserve(self, accounts: Sequence[Account], amount: int, now: datetime) -> None:
        """See services.ports.spending.SpendingStore."""
        try:
            transact(self.client, [self._add(one, amount, now) for one in accounts])
        except Cancelled as cancelled:
            spent = {
                accounts[position]: from_item(item).get("spent", 0)
                for position, item in cancelled.failed.items()
            }
            left, account = min(
                (((one.limit or 0) - before, one) for one, before in spent.items()),
                key=lambda found: found[0],
            )
            raise LimitReached(account, max(0, left)) from None

    def give_back(self, accounts: Sequence[Account], amount: int) -> None:
        """See services.ports.spending.SpendingStore."""
        try:
            transact(self.client, [self._take_out(one, amount) for one in accounts])
        except Exception as failure:
            if not is_passing(failure):
                raise

    def _add(self, account: Account, amount: int, now: datetime) -> dict[str, Any]:
        update = self._change(account, amount)
        update["UpdateExpression"] += " SET expires_at = :expires_at"
        update["ExpressionAttributeValues"] |= to_item({":expires_at": keys.expires_at(now)})
        if account.limit is not None:
            most = account.limit - amount
            # Where the amount alone is too much, the account need not be there for a refusal.
            fresh = "attribute_not_exists(spent) OR " if most >= 0 else ""
            update["ConditionExpression"] = f"{fresh}spent <= :most"
            update["ExpressionAttributeValues"] |= to_item({":most": most})
            update["ReturnValuesOnConditionCheckFailure"] = "ALL_OLD"
        return {"Update": update}

    def _take_out(self, account: Account, amount: int) -> dict[str, Any]:
        return {"Update": self._change(account, -amount)}

    def _change(self, account: Account, amount: int) -> dict[str, Any]:
        return {
            "TableName": self.table,
            "Key": to_item(keys.spending(account.name)),
            "UpdateExpression": "ADD spent :amount",
            "ExpressionAttributeValues": to_item({":amount": amount}),
        }
