"""A form that came back -> the report that it says, with the cell of every value, and all that is
different from when it was made."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from openpyxl.workbook import Workbook

from evalpress.authoring.sheet import Tree
from evalpress.files.scan.packages import Package
from evalpress.findings import Finding, Level, Place, find
from evalpress.importing.besides import besides
from evalpress.importing.drafts import Draft, Unplaced
from evalpress.importing.modeltree import tree_of
from evalpress.importing.neutral import Picture
from evalpress.importing.workbook import hiddensheet as hidden
from evalpress.importing.workbook.formrows import Path_, Row
from evalpress.importing.workbook.formsheets import PROJECTS
from evalpress.importing.workbook.gather import Gathered, gather
from evalpress.importing.workbook.hiddensheet import Records
from evalpress.importing.workbook.issuing import fresh_records
from evalpress.importing.workbook.opened import NotOpened, Opened, is_ours, load_book, open_form
from evalpress.importing.workbook.packing import MOST_READ
from evalpress.importing.workbook.recognised import Known, recognise
from evalpress.importing.workbook.spreading import project_words, spread
from evalpress.load import Loaded
from evalpress.model import Key
from evalpress.wording import word

_TELLING = re.compile(r"docProps/custom\.xml|xl/(?:sharedStrings|worksheets/sheet\d+)\.xml")
_BESIDE = ("comment", "drawing", "chart", "picture", "header", "link", "hidden_part")
_SIGNS = (b"evalpress-form", hidden.SIGN.encode())


@dataclass
class Returned:
    """What a form says: whose it is, its report as a tree, where every place of it stands, what was
    not placed, and what there is to tell of the form, each with its cell."""

    key: Key
    tree: Tree
    cells: dict[Path_, str] = field(default_factory=dict)
    unplaced: list[Unplaced] = field(default_factory=list)
    told: list[tuple[str, Finding]] = field(default_factory=list)


def is_workbook(path: Path) -> bool:
    """True for a file that is a form of this program, whatever it is called; it is not parsed."""
    try:
        with ZipFile(path) as package:
            return _bears_sign(package)
    except (BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return False


def _bears_sign(package: ZipFile) -> bool:
    """True where the file's properties or a sheet say what it is."""
    parts = [e for e in package.infolist() if _TELLING.fullmatch(e.filename)]
    contents = (package.read(entry) for entry in parts if entry.file_size <= MOST_READ)
    return any(sign in content for content in contents for sign in _SIGNS)


def _is_form(book: Workbook) -> bool:
    return hidden.identity_of(book) is not None or hidden.has_records(book)


def read_workbook(path: Path, loaded: Loaded) -> Draft:
    """The draft that a form says. Raises NotOpened for what is no form of this program."""
    found = read_form(path, loaded)
    notes = [f"{where}：{finding.what}" for where, finding in found.told]
    return Draft(found.key, found.tree, (path.name,), tuple(found.unplaced), tuple(notes))


def read_form(path: Path, loaded: Loaded) -> Returned:
    """Everything that a form says. Raises NotOpened for what is no form of this program."""
    book = load_book(path)
    if not _is_form(book):
        raise NotOpened(word("workbook", "not_opened", "foreign").format(path.name))
    records, told = _records(book, loaded)
    if records.key.department not in loaded.reference.departments:
        said = word("workbook", "not_opened", "department")
        raise NotOpened(said.format(path.name, records.key.department))
    opened = open_form(path, book, records)
    _tell_of_file(opened, book, records)
    _tell_of_besides(opened, book, path, records)
    rows = recognise(opened, records, _known(loaded, records.key))
    found = _gathered(rows, records)
    return Returned(
        records.key, found.tree, found.cells, [*opened.unplaced, *found.unplaced],
        [*told, *opened.told],
    )  # fmt: skip


def _gathered(rows: dict[str, list[Row]], records: Records) -> Gathered:
    projects = [{"name": row.values.get("name"), "id": row.id} for row in rows[PROJECTS.name]]
    words = project_words({"projects": projects})
    return gather(rows, records.empty, {said: n for n, said in enumerate(words)})


def _records(book: Workbook, loaded: Loaded) -> tuple[Records, list[tuple[str, Finding]]]:
    """What the hidden sheet says; where it was deleted or written in, what a new form would."""
    try:
        found = hidden.read(book)
    except (ValueError, TypeError, KeyError):
        found = None
    if found and found.version == hidden.VERSION:
        return found, []
    key = found.key if found else hidden.identity_of(book)
    if key is None or found or key.department not in loaded.reference.departments:
        why = "version" if found else "damaged"
        raise NotOpened(word("workbook", "not_opened", why).format(key.name if key else ""))
    lost = find("form_hidden_lost", Place(""), Level.WARNING)
    return fresh_records(loaded, key), [("", lost)]


def _tell_of_file(opened: Opened, book: Workbook, records: Records) -> None:
    lost = [name for name in records.names if name not in book.defined_names]
    if lost:
        opened.tell("", "form_names_lost", Level.HINT, found="、".join(lost[:5]), count=len(lost))
    for sheet in (s for s in book.worksheets if s.title in opened.titles.values()):
        lines = [n for n, line in sheet.row_dimensions.items() if line.hidden or line.ht == 0]
        columns = [n for n, column in sheet.column_dimensions.items()
                   if column.hidden or column.width == 0]  # fmt: skip
        if lines:
            opened.tell(sheet.title, "form_lines_hidden", Level.HINT, found=len(lines))
        if columns:
            opened.tell(sheet.title, "form_columns_hidden", Level.HINT, found="、".join(columns))
        if sheet.sheet_state != "visible":
            opened.tell(sheet.title, "form_sheet_hidden", Level.HINT, found=sheet.title)


def _tell_of_besides(opened: Opened, book: Workbook, path: Path, records: Records) -> None:
    """What people have put beside the cells: notes, pictures, drawings, heads of pages. Notes of
    the form's own heads are known by the heads, because LibreOffice keeps no author; links of other
    pages and its title over every page are its own."""
    sheets = [s for s in book.worksheets if not is_ours(s)]
    known = opened.titles.values()
    own = {head.word for heads in records.form.heads.values() for head in heads}
    explained = {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in sheets for cell in sheet._cells.values() if cell.comment and cell.value in own
    }  # fmt: skip
    for found in besides(book, sheets, Package(path.read_bytes())):
        kind = "picture" if isinstance(found, Picture) else found.kind
        is_own = (kind == "link" and found.source.rpartition("!")[0] not in known) or (
            kind == "header" and found.text in records.texts)  # fmt: skip
        if kind in _BESIDE and found.source not in explained and not is_own:
            said = word("import", "told", kind).format(found.source)
            text = " ".join(found.text.split())
            opened.tell(found.source, "form_beside", Level.WARNING, said=said, found=text)


def _known(loaded: Loaded, key: Key) -> Known:
    """The ids of rows that may be added, by kind and name: rows of the region's fund tables, and
    whatever the report or those of earlier years call so."""
    found: dict[tuple[str, str], str] = {}
    for table in loaded.reference.fund_tables.values():
        found |= {("fund_row", row.name): row.id for row in table.rows}
    same = [
        r for r in loaded.reports if (r.key.department, r.key.slug) == (key.department, key.slug)
    ]
    for report in sorted(same, key=lambda r: r.key):
        rows = [row for rows in spread(tree_of(report.content)).rows.values() for row in rows]
        found |= {(row.kind.name, row.name): row.id for row in rows if row.id and row.name}
    return found
