"""A run's own body, word for word."""

from sayso.domain.parts import count_parts
from sayso.domain.recipient import Recipient
from sayso.domain.run import Run
from sayso.services.composing import Composed


class PlainComposer:
    """Composer of one text for everyone."""

    def compose(self, run: Run, recipient: Recipient) -> Composed:  # noqa: ARG002
        """See services.composing.Composer."""
        return Composed(run.body, count_parts(run.body).parts)
