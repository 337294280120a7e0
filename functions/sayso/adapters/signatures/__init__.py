"""Whether a web request really comes from the carrier that it names."""


class Forged(Exception):
    """The request is not (or not any more) what its sender signed; the reason says what is off."""
