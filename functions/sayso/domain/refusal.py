"""What a person asked for cannot be done as asked, and a sentence that says what to do instead."""


class Refused(ValueError):
    """A rule forbids it. `field` is the path of the part at fault, such as `schedule.at`."""

    def __init__(self, field: str, detail: str) -> None:
        super().__init__(detail)
        self.field = field
        self.detail = detail
