"""Answering Twilio in the response to its own request."""

from xml.sax.saxutils import escape

from sayso.services.ports.carrier import OutboundText, Receipt


class TwimlReply:
    """Carrier for the one reply that a Twilio request may be answered with.

    Twilio sends what its response says. No message id is known at that moment.
    """

    def __init__(self) -> None:
        self._bodies: list[str] = []

    def send(self, text: OutboundText) -> Receipt:
        """See services.ports.carrier.Carrier."""
        self._bodies.append(text.body)
        return Receipt("")

    @property
    def is_given(self) -> bool:
        """Whether there is a message to respond with."""
        return bool(self._bodies)

    def document(self) -> str:
        """The TwiML to respond with; without a message when nothing is to be said."""
        messages = "".join(f"<Message>{escape(body)}</Message>" for body in self._bodies)
        return f'<?xml version="1.0" encoding="UTF-8"?><Response>{messages}</Response>'
