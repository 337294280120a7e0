"""Records of one dataclass, kept in columns: whatever fields it has, or gets."""

import dataclasses
from collections.abc import Collection, Mapping
from datetime import datetime
from operator import attrgetter
from types import UnionType
from typing import Any, Generic, TypeVar, get_args

from simulation.columns import Column, Counts, Rare, Times, Words

R = TypeVar("R")


class Table(Generic[R]):
    """Records by row. `columns` holds the columns of fields that are kept in a way of their own."""

    def __init__(self, kind: type[R], columns: Mapping[str, Column[Any]], rows: int = 0) -> None:
        self._kind = kind
        self.columns: dict[str, Column[Any]] = {
            one.name: columns.get(one.name) or _column(one)
            for one in dataclasses.fields(kind)  # type: ignore[arg-type]
        }
        self._all = tuple(self.columns.values())
        self._names = tuple(self.columns)
        self._values = attrgetter(*self._names)
        self._rows = 0
        self.reserve(rows)

    def reserve(self, rows: int) -> None:
        """Have room for so many rows at least; a table that is outgrown grows by half."""
        if rows > self._rows:
            self._rows = max(rows, self._rows * 3 // 2)
            for column in self._all:
                column.reserve(self._rows)

    def get(self, row: int) -> R:
        """The record of a row; where none was put, one of defaults."""
        return self._kind(*[column[row] for column in self._all])

    def put(self, row: int, record: R) -> None:
        """Keep a record."""
        for column, value in zip(self._all, self._values(record), strict=True):
            column[row] = value

    def put_some(self, row: int, record: R, names: Collection[str]) -> None:
        """Keep only these fields of a record."""
        for name in names:
            self.columns[name][row] = getattr(record, name)

    def change(self, row: int, before: R, after: R) -> None:
        """Keep a record where `before` stands: what the two share need not be written again."""
        values = zip(self._all, self._values(before), self._values(after), strict=True)
        for column, old, new in values:
            if old is not new:
                column[row] = new

    def some(self, row: int, names: Collection[str]) -> list[Any]:
        """Some fields of a row, in the order of the names."""
        return [self.columns[name][row] for name in names]


def _column(field: "dataclasses.Field[Any]") -> Column[Any]:
    """What suits a field's type. Of texts, statuses and wishes there are few different ones."""
    default = field.default
    if field.default_factory is not dataclasses.MISSING:
        return Rare(field.default_factory())
    if default is dataclasses.MISSING:
        default = None
    if field.type is int:
        return Counts("i", default or 0)
    if isinstance(field.type, UnionType) and datetime in get_args(field.type):
        return Times()
    return Words(default, "I")
