"""Imports: an uploaded file of subscribers is read to its end, in as many goes as it takes."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, partial
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from sayso.adapters import import_files
from sayso.adapters.aws import client, client_with
from sayso.adapters.dynamodb.catalog import DynamoCatalog
from sayso.adapters.dynamodb.entrants import DynamoEntrants
from sayso.adapters.dynamodb.imports import DynamoImports
from sayso.adapters.first_rows import notebook
from sayso.adapters.queues import SERVICE, SqsImports, parse_import
from sayso.handlers.queue_records import Answer, each
from sayso.handlers.settings import optional, required
from sayso.services.importing import Importer

logger = Logger()
metrics = Metrics()
# A window of rows takes about a second, and the list of refused rows is put together at the end.
_WINDOW_MS = 12_000


@cache
def use_case() -> Importer:
    """Importer, wired to this function's settings."""
    dynamodb, table = client("dynamodb"), required("TABLE_NAME")
    s3 = client_with(import_files.SERVICE, import_files.CONFIG)
    return Importer(
        store=DynamoImports(dynamodb, table),
        files=import_files.S3ImportFiles(lambda: s3, required("IMPORTS_BUCKET")),
        queue=SqsImports(client(SERVICE), required("IMPORTS_QUEUE_URL")),
        catalog=DynamoCatalog(dynamodb, table),
        entrants=DynamoEntrants(dynamodb, table),
        notebook=notebook,
    )


@logger.inject_lambda_context
@metrics.log_metrics
def handler(event: Mapping[str, Any], context: LambdaContext) -> Answer:
    """Go on with each import of an SQS event; see `adapters.queues` for the messages."""
    return each(event, partial(_go_on, context))


def _go_on(context: LambdaContext, record: Mapping[str, Any]) -> None:
    import_id = parse_import(record["body"])
    outcome = use_case().run(
        import_id,
        clock=lambda: datetime.now(UTC),
        is_time_short=lambda: context.get_remaining_time_in_millis() < _WINDOW_MS,
    )
    metrics.add_metric(f"Import-{outcome}", MetricUnit.Count, 1)
    logger.info("import handled", import_id=import_id, outcome=outcome)


if optional("TABLE_NAME"):
    use_case()  # during the start-up phase, which has a whole processor to itself
