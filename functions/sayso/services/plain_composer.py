"""A run's own body, word for word."""

from typing import Self

from sayso.domain.catalog import Catalog
from sayso.domain.parts import count_parts
from sayso.domain.recipient import Recipient
from sayso.domain.run import Batch, Run
from sayso.services.composing import Composed


class PlainComposer:
    """Composer of one text for everyone, everywhere."""

    def for_batch(self, run: Run, catalog: Catalog, batch: Batch) -> Self:  # noqa: ARG002
        """See services.composing.Composers."""
        return self

    def compose(self, run: Run, recipient: Recipient, attempt: int = 0) -> Composed:  # noqa: ARG002
        """See services.composing.Composer."""
        return Composed(run.body, count_parts(run.body).parts)
