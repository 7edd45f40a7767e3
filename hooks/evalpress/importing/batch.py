"""A folder of files from many departments -> drafts, and what became of each file.

What two files say is never mixed unless one has the text and the other the form of one report; of
several versions of a report none is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

from evalpress.findings import Mistaken
from evalpress.importing.drafts import Draft
from evalpress.importing.importer import (
    Gathered,
    Part,
    draft_of,
    form_draft,
    gather,
    parts_of,
)
from evalpress.importing.intake import read_file
from evalpress.importing.merge import Written, write
from evalpress.importing.neutral import Document, Refusal
from evalpress.importing.ownership import Asked
from evalpress.importing.workbook.returned import is_workbook
from evalpress.load import Loaded
from evalpress.model import Key, Kind
from evalpress.wording import word

MAX_FILES = 5_000
_OF_SYSTEMS = ("thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Outcome:
    """What became of one or more files; `kind` is a word of the table: imported, unreadable,
    double, versions, missing. `key` is whose report they are, where that is known."""

    kind: str
    files: tuple[str, ...] = ()
    what: str = ""
    written: Written | None = None
    key: Key | None = None

    @property
    def bad(self) -> bool:
        """Whether somebody has to look at it before there is a report."""
        return self.kind in ("unreadable", "versions")


def import_folder(folder: Path, asked: Asked, loaded: Loaded, data_dir: Path) -> list[Outcome]:
    """Import every file below a folder; gives what became of them, and who has sent nothing."""
    parts: list[Part] = []
    forms: list[Draft] = []
    outcomes: list[Outcome] = []
    seen: dict[str | Document, str] = {}
    for path in files_in(folder):
        name = path.relative_to(folder).as_posix()
        try:
            first = seen.setdefault(sha256(path.read_bytes()).hexdigest(), name)
            if first == name:
                document = replace(read_file(path), name="")
                first = seen.setdefault(document, name)  # saved again, with nothing changed
            if first != name:
                outcomes.append(Outcome("double", (name,), first))
            elif is_workbook(path):
                forms.append(replace(form_draft(path, loaded), files=(name,)))
            else:
                parts += parts_of([replace(document, name=name)], asked, loaded)
        except Refusal as refusal:
            outcomes.append(Outcome("unreadable", (name,), refusal.said))
        except Mistaken as mistake:
            outcomes.append(Outcome("unreadable", (name,), str(mistake)))
    reports = [*map(partial(_of_parts, loaded=loaded), gather(iter(parts))), *map(_of_form, forms)]
    written = list(_written(reports, loaded, data_dir))
    return [*written, *outcomes, *_missing(written, loaded)]


def files_in(folder: Path) -> list[Path]:
    """The files below a folder, by name; hidden ones, those of open editors and of the system are
    none. Raises Mistaken for more than a year of a district has."""
    below = sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    found = [
        p for p in below
        if not p.name.startswith((".", "~")) and p.name.lower() not in _OF_SYSTEMS
    ]  # fmt: skip
    if len(found) > MAX_FILES:
        raise Mistaken(word("batch", "too_many").format(folder.name, len(found), MAX_FILES))
    return found


@dataclass(frozen=True)
class _Found:
    """A report that was found: in which files, whether they compete, how its draft is made."""

    key: Key
    files: tuple[str, ...]
    competing: bool
    make: Callable[[], Draft]


def _of_parts(gathered: Gathered, loaded: Loaded) -> _Found:
    files = tuple(dict.fromkeys(part.document.name for part in gathered.parts))
    competing = len(files) > 1 and _compete(gathered)
    return _Found(gathered.owner.key, files, competing, partial(draft_of, gathered, loaded))


def _of_form(form: Draft) -> _Found:
    return _Found(form.key, form.files, False, lambda: form)


def _written(found: Sequence[_Found], loaded: Loaded, data_dir: Path) -> Iterator[Outcome]:
    by_key: dict[Key, list[_Found]] = {}
    for one in found:
        by_key.setdefault(one.key, []).append(one)
    for key, same in by_key.items():
        files = tuple(dict.fromkeys(name for one in same for name in one.files))
        if len(same) > 1 or same[0].competing:
            yield Outcome("versions", files, key.name, key=key)
            continue
        try:
            written = write(same[0].make(), loaded, data_dir)
            yield Outcome("imported", files, written=written, key=key)
        except Mistaken as mistake:
            yield Outcome("unreadable", files, str(mistake), key=key)


def _compete(gathered: Gathered) -> bool:
    """Whether two files say the same part of a report."""
    said = Counter(kind for part in gathered.parts for kind in _said(part))
    return any(count > 1 for count in said.values())


def _said(part: Part) -> set[str]:
    reading = part.reading
    parts = {"funds": reading.fund_rows, "indicators": reading.indicators, "body": reading.body}
    return {kind for kind, found in parts.items() if found}


def _missing(outcomes: Sequence[Outcome], loaded: Loaded) -> Iterator[Outcome]:
    """Departments whose overall report of the year is neither in the folder, be it in versions that
    compete, nor in the data."""
    keys = [outcome.key for outcome in outcomes if outcome.key]
    years = Counter(key.year for key in keys)
    if not years:
        return
    year = years.most_common(1)[0][0]
    have = {k.department for k in keys if k.kind is Kind.DEPARTMENT and k.year == year}
    have |= {r.key.department for r in loaded.reports if r.key.year == year and not r.key.slug}
    for department in loaded.reference.departments.values():
        owes = department.existed_in(year) and not department.exemption(year)
        if owes and department.id not in have:
            yield Outcome("missing", what=f"{department.named_in(year).name} {year}")
