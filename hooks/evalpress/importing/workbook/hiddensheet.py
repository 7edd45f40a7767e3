"""What the hidden sheet of a form keeps: whose form it is, its heads and lists, ids of its rows.

A line a record: what it is about, its key, the rest as JSON, which goes on in lines of its own
where a cell of Excel cannot hold it. The words of the lists stand in
columns of their own besides, where the drop-down lists look for them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl.packaging.custom import CustomPropertyList, StringProperty
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evalpress.importing.workbook.fitted import Fitted, Head
from evalpress.importing.workbook.formrows import Row
from evalpress.model import Key

SHEET = "_evalpress"
SIGN = "evalpress-workbook"
VERSION = "1"
_MORE = "more"
_MOST = 30_000  # characters of a cell; Excel's hold 32,767
_LISTS_FROM = 6  # the first column of drop-down words
_PROPERTIES = ("form", "department", "year", "slug")


@dataclass(frozen=True)
class Remembered:
    """What a row was when the form was made."""

    kind: str
    id: str
    identity: str
    is_held: bool
    is_blank: bool
    shown: dict[str, str]
    offered: dict[str, str]
    empty: dict[str, Any]

    @classmethod
    def of(cls, row: Row) -> Remembered:
        """What there is to remember of a row."""
        told = row.id, row.identity, row.is_held, row.is_blank
        return cls(row.kind.name, *told, row.shown, row.offered, row.empty)


@dataclass
class Records:
    """All of it. `rows` are by table and number, `empty` is what a spread has of it, `names` are
    defined names, `texts` what the form itself says beside heads."""

    key: Key
    version: str = VERSION
    form: Fitted = field(default_factory=Fitted)
    sheets: dict[str, str] = field(default_factory=dict)
    rows: dict[str, dict[int, Remembered]] = field(default_factory=dict)
    empty: list[tuple[str, str, Any]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def write(records: Records, book: Workbook) -> None:
    """Put the records into a hidden sheet, and the identity into the file's properties."""
    sheet = book.create_sheet(SHEET)
    sheet.sheet_state = "hidden"
    for number, line in enumerate(_parted(_lines(records)), 1):
        for column, text in enumerate(line, 1):
            cell = sheet.cell(number, column)
            cell.value, cell.data_type, cell.number_format = text, "s", "@"
    _write_lists(records.form, sheet)
    for name, value in zip(_PROPERTIES, _identity(records), strict=True):
        _properties(book).append(StringProperty(name=f"evalpress-{name}", value=value))


def _properties(book: Workbook) -> CustomPropertyList[Any]:
    found: CustomPropertyList[Any] = vars(book)["custom_doc_props"]
    return found


def _identity(records: Records) -> tuple[str, str, str, str]:
    key = records.key
    return records.version, key.department, str(key.year), key.slug


def _lines(records: Records) -> Iterator[tuple[str, ...]]:
    yield (SIGN, *_identity(records))
    for name, title in records.sheets.items():
        yield "sheet", name, _json(title)
    for table, heads in records.form.heads.items():
        yield "heads", table, _json([(h.column, h.word, h.width) for h in heads])
    for name, words in records.form.lists.items():
        yield "list", name, _json(words)
    for table, rows in records.rows.items():
        for number, row in rows.items():
            yield "row", f"{table} {number}", _json(list(vars(row).values()))
    for owner, path, value in records.empty:
        yield "empty", path, _json([owner, value])
    yield "names", "", _json(records.names)
    for text in records.texts:
        yield "text", "", _json(text)


def _parted(lines: Iterator[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    for *before, rest in lines:
        yield (*before, rest[:_MOST])
        for at in range(_MOST, len(rest), _MOST):
            yield _MORE, "", rest[at : at + _MOST]


def _joined(lines: list[list[str]]) -> list[list[str]]:
    whole: list[list[str]] = []
    for line in lines:
        if line[0] == _MORE and whole:
            whole[-1][2] += line[2]
        else:
            whole.append(line)
    return whole


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True).replace("_x", "\\u005fx")  # no escape of Excel's


def _write_lists(form: Fitted, sheet: Worksheet) -> None:
    for column, (_, words) in enumerate(_all_lists(form), _LISTS_FROM):
        for number, said in enumerate(words, 1):
            cell = sheet.cell(number, column)
            cell.value, cell.data_type, cell.number_format = said, "s", "@"


def _all_lists(form: Fitted) -> list[tuple[str, list[str]]]:
    lists = [(name, list(words)) for name, words in form.lists.items()]
    return [*lists, *form.offers.items()]


def range_of(form: Fitted, name: str) -> str:
    """Where the words of a list stand, for a drop-down list; nothing for a list without words."""
    for column, (known, words) in enumerate(_all_lists(form), _LISTS_FROM):
        if known == name and words:
            letter = get_column_letter(column)
            return f"'{SHEET}'!${letter}$1:${letter}${len(words)}"
    return ""


def has_records(book: Workbook) -> bool:
    """True for a workbook with the hidden sheet, whatever that is called."""
    return any(sheet.cell(1, 1).value == SIGN for sheet in book.worksheets)


def read(book: Workbook) -> Records | None:
    """The records of a form, of another version only whose it is; None for a workbook without.
    Raises ValueError where the hidden sheet was written in."""
    sheet = next((s for s in book.worksheets if s.cell(1, 1).value == SIGN), None)
    if sheet is None:
        return None
    lines = [
        [str(cell or "") for cell in line] for line in sheet.iter_rows(max_col=5, values_only=True)
    ]
    _, version, department, year, slug = lines[0]
    found = Records(Key(department, int(year), slug), version)
    for about, key, rest, *_ in _joined(lines[1:]) if version == VERSION else ():
        if about:
            _take(found, about, key, json.loads(rest))
    return found


def _take(found: Records, about: str, key: str, value: Any) -> None:
    if about == "sheet":
        found.sheets[key] = value
    elif about == "heads":
        found.form.heads[key] = [Head(*head) for head in value]
    elif about == "list":
        found.form.lists[key] = value
    elif about == "row":
        table, _, number = key.partition(" ")
        found.rows.setdefault(table, {})[int(number)] = Remembered(*value)
    elif about == "empty":
        found.empty.append((value[0], key, value[1]))
    elif about == "names":
        found.names = value
    elif about == "text":
        found.texts.append(value)


def identity_of(book: Workbook) -> Key | None:
    """Whose form it is, from the file's properties; None for a file that does not say so."""
    said = {p.name: str(p.value or "") for p in _properties(book).props}
    department, year = said.get("evalpress-department"), said.get("evalpress-year", "")
    if not department or not year.isdigit():
        return None
    return Key(department, int(year), said.get("evalpress-slug", ""))
