"""Money as the admin API says it, in dollars, and as the domain counts it, in their millionths."""

from decimal import Decimal

_MICROS = 1_000_000


def micros(amount: Decimal | None) -> int | None:
    """Dollars in millionths of a dollar."""
    return None if amount is None else int(amount * _MICROS)


def dollars(amount: int | None) -> Decimal | None:
    """Millionths of a dollar as dollars."""
    return None if amount is None else Decimal(amount) / _MICROS


def sum_of(amount: int) -> Decimal:
    """A sum in millionths of a dollar as dollars."""
    return Decimal(amount) / _MICROS
