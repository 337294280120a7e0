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

    def __init__(self, kind: type[R], columns: Mapping[str, Column[Any]]) -> None:
        self._kind = kind
        self.columns: dict[str, Column[Any]] = {
            one.name: columns.get(one.name) or _column(one)
            for one in dataclasses.fields(kind)  # type: ignore[arg-type]
        }
        self._all = tuple(self.columns.values())
        self._writers = self.writer(self.columns)

    def get(self, row: int) -> R:
        """The record of a row; where none was put, one of defaults."""
        return self._kind(*[column[row] for column in self._all])

    def put(self, row: int, record: R) -> None:
        """Keep a record."""
        self._writers(row, record)

    def writer(self, names: Collection[str]) -> "_Writer":
        """What puts only these fields of a record."""
        return _Writer({name: self.columns[name] for name in names})

    def some(self, row: int, names: Collection[str]) -> dict[str, Any]:
        """Some fields of a row."""
        return {name: self.columns[name][row] for name in names}


class _Writer:
    def __init__(self, columns: Mapping[str, Column[Any]]) -> None:
        self._columns = tuple(columns.values())
        self._values = attrgetter(*columns)

    def __call__(self, row: int, record: object) -> None:
        for column, value in zip(self._columns, self._values(record), strict=True):
            column[row] = value


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
