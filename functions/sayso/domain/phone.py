"""Phone numbers in E.164, and the only form in which they may appear in a log."""

import re

_E164 = re.compile(r"\+[1-9][0-9]{7,14}")
_PUNCTUATION = re.compile(r"[\s().\-\u2010-\u2015]+")


class NotAPhoneNumber(ValueError):
    """The text is no E.164 number; the message says what one looks like."""


def parse_phone(text: str) -> str:
    """The number in E.164 (`+13125550101`); spaces, brackets, dots and dashes are forgiven.

    Raises NotAPhoneNumber. Source of the form: ITU-T E.164 (at most 15 digits, no leading zero).
    """
    compact = _PUNCTUATION.sub("", text)
    if not _E164.fullmatch(compact):
        raise NotAPhoneNumber(
            "a phone number is a plus sign, the country code and the number, such as +13125550101"
        )
    return compact


def masked(phone: str) -> str:
    """The number as logs may show it: country digit and the last two, `+1*******01`."""
    return f"{phone[:2]}{'*' * (len(phone) - 4)}{phone[-2:]}" if len(phone) > 6 else "***"
