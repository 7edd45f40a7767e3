"""6 export: tables as CSV after RFC 4180, in UTF-8 with a mark, for spreadsheets and programs.

What a spreadsheet would run, or read as another value than the text that stands there, has an
apostrophe before it; numbers, dates and flags are written so that it reads them as such.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial

from evalpress.assess import Assessment, Catalogue
from evalpress.exports.registry import export
from evalpress.exports.table import Reported, Row, Table, Value, heads, tables
from evalpress.wording import word

# What a spreadsheet would run; a number with its sign is none.
_FORMULA = re.compile(r"[\s\0]*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?%?", re.ASCII)
# Texts that it would take for another value: 0012, 16 digits and more, 1E5, 3-4, 2025-8, 12:30.
_CODE = re.compile(
    r"0\d+|\d{16,}|\d+(\.\d+)?[eE]\d+|\d{1,4}[-/]\d{1,2}|\d{1,2}/\d{1,2}/\d{1,4}|\d{1,2}:\d{2}(:\d{2})?",
    re.ASCII,
)


def as_csv(head: Iterable[str], rows: Iterable[Iterable[Value]]) -> bytes:
    """A table with this first row."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_shown(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def table_csv(table: Table, rows: Sequence[Row]) -> bytes:
    """A table of reports, with the Chinese names of its columns first."""
    return as_csv(heads(table), rows)


def _shown(value: Value) -> str:
    """A value as the file has it; what is not there is empty."""
    if isinstance(value, str):
        return harmless(value)
    return written(value)


def written(value: Value) -> str:
    """A value as text, whole and without what a spreadsheet needs: 43.20, 2025-08-25, 是."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return word("flags", "yes" if value else "no")
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def harmless(text: str) -> str:
    """The text, with an apostrophe before one that a spreadsheet would take for a formula, or for
    a number or date other than what stands there."""
    formula = _FORMULA.match(text) and not _NUMBER.fullmatch(text)
    return f"'{text}" if formula or _CODE.fullmatch(text) else text


def beside_reports() -> None:
    """Register a CSV beside every report for each table that wants one."""
    for table in tables():
        if table.beside:
            export(table.name, f"-{table.file}.csv", "text/csv")(partial(_of_report, table))


def _of_report(table: Table, catalogue: Catalogue, assessment: Assessment) -> bytes | None:
    rows = table.rows(Reported(catalogue, assessment))
    return table_csv(table, rows) if rows else None
