"""The one kind of error that a person at the terminal gets to read."""


class CommandError(Exception):
    """Something foreseeable went wrong; the message says what, and what to do about it."""
