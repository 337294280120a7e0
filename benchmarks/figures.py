"""What a benchmark is, and what it yields."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `name` is one of the names that stay put from release to release."""

    name: str
    value: float
    unit: str

    def line(self) -> str:
        """`name value unit`, with three decimals at most."""
        return f"{self.name} {self.rounded:g} {self.unit}"

    @property
    def rounded(self) -> float:
        """The value as it is reported: more digits would be noise."""
        return round(self.value, 3)


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A way to measure the figures `names`; `compares` says in one line what with what."""

    names: Sequence[str]
    compares: str
    measure: Callable[[], Iterable[Figure]]
