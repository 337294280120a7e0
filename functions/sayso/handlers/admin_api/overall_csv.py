"""A report's rows as a CSV file that a spreadsheet opens."""

import csv
import io
from collections.abc import Sequence

from sayso.handlers.admin_api.forms import View

# A spreadsheet takes what begins so for a formula, and runs it (OWASP, CSV injection).
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(rows: Sequence[View]) -> bytes:
    """UTF-8 with a byte order mark, a header line, lines as RFC 4180 has them."""
    out = io.StringIO(newline="")
    if rows:
        writer = csv.writer(out)
        names = list(type(rows[0]).model_fields)
        writer.writerow(names)
        writer.writerows([_cell(getattr(row, name)) for name in names] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA):
        return f"'{value}"
    return value
