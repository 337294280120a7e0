"""Numbers as people type them, read by libphonenumber's rules.

The library is loaded when the first number is read: some 70 ms that showing a page never pays.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.services.ports.web_opt_ins import ELSEWHERE, NOT_MOBILE, UNREADABLE, NotTextable

_LONGEST = 40


@dataclass(frozen=True, slots=True)
class TypedNumbers:
    """NumberReader for the regions (ISO 3166-1, `US`) that the shop texts, its own first.

    A country code is not enough: +1 is also Jamaica and the Dominican Republic, where a text costs
    ten times as much and where pumping pays.
    """

    regions: Sequence[str]

    def read(self, typed: str) -> str:
        import phonenumbers  # noqa: PLC0415 (only who sends a form in pays for it)

        if len(typed) > _LONGEST:
            raise NotTextable(UNREADABLE)
        try:
            number = phonenumbers.parse(typed, self.regions[0])
        except phonenumbers.NumberParseException:
            raise NotTextable(UNREADABLE) from None
        if not phonenumbers.is_valid_number(number) or number.extension:
            raise NotTextable(UNREADABLE)
        if phonenumbers.region_code_for_number(number) not in self.regions:
            raise NotTextable(ELSEWHERE)
        kinds = phonenumbers.PhoneNumberType
        if phonenumbers.number_type(number) not in (kinds.MOBILE, kinds.FIXED_LINE_OR_MOBILE):
            raise NotTextable(NOT_MOBILE)
        return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
