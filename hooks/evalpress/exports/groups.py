"""6 export: what may be taken home at once: all reports of a department, of a year, or all of them,
in every format.

The files of a group lie in two folders of the cache, those with the texts of the reports apart from
all others, each under a hash of what it follows from: an edited report has those of its department
and its year made anew, and an edited text only those that hold it.
"""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from evalpress.cache.ahead import ahead
from evalpress.cache.store import digest
from evalpress.exports.csv_files import table_csv
from evalpress.exports.table import Reported, Row, Table, tables
from evalpress.files.attachments import size_words
from evalpress.model import Key
from evalpress.pages.described import changed_on
from evalpress.settings import DataLicence
from evalpress.wording import word


@dataclass(frozen=True, eq=False)
class Group:
    """Reports to be taken home together: `path` is the folder of their files below those of each
    format, `page` the address of the page that shows them; `documents` gives their JSON by key,
    `licence` is what the bureau allows to do with them."""

    path: str
    title: str
    page: str
    reported: Sequence[Reported]
    documents: Callable[[Key], bytes]
    licence: DataLicence | None = None

    @cached_property
    def rows(self) -> dict[Table, list[Row]]:
        """The rows of every table that has any."""
        found = {one: [r for of in self.reported for r in one.rows(of)] for one in tables()}
        return {one: rows for one, rows in found.items() if rows}

    @cached_property
    def csv(self) -> dict[Table, bytes]:
        """The same as files of CSV."""
        return {one: table_csv(one, rows) for one, rows in self.rows.items()}

    @property
    def day(self) -> date | None:
        """The last day on which something in it is known to have changed."""
        days = (changed_on(of.assessment.report) for of in self.reported)
        return max(filter(None, days), default=None)


DATA = "data/"
Maker = Callable[[Group], Iterable[tuple[str, bytes]]]


@dataclass(frozen=True)
class Format:
    """A kind of file that every group has: the name of its words, its media type, what makes the
    files, one or several, as name and bytes, below which address of the site they lie, and whether
    they hold the texts of the reports' sections."""

    name: str
    media_type: str
    make: Maker
    root: str
    texts: bool = False

    @property
    def title(self) -> str:
        """What readers are offered: Excel."""
        return word("groups", "formats", self.name)


FORMATS: dict[str, Format] = {}


def group_format(
    name: str, media_type: str, root: str = DATA, texts: bool = False
) -> Callable[[Maker], Maker]:
    """Register what makes the files of a group in one format. Raises ValueError for a name that is
    taken, which is a bug."""

    def register(make: Maker) -> Maker:
        if name in FORMATS:
            raise ValueError(f"format {name} is registered twice")
        FORMATS[name] = Format(name, media_type, make, root, texts)
        return make

    return register


# All the other files in one; made last, because it holds them.
_ARCHIVE = Format("zip", "application/zip", lambda group: (), DATA, texts=True)
STEM = "evaluations"
_PAYS = 8  # groups for each process that makes their files


@dataclass(frozen=True)
class Taken:
    """A file of a group as it lies on the site: its address, the file, its format, its size."""

    address: str
    path: Path
    format: Format
    bytes: int

    @property
    def name(self) -> str:
        """The file's name: the last part of its address."""
        return self.address.rpartition("/")[2]

    @property
    def title(self) -> str:
        """What readers are offered: Excel, 指标（CSV）."""
        table = next((one for one in tables() if self.name == f"{one.file}.csv"), None)
        return word("groups", "csv_of").format(table.title) if table else self.format.title

    @property
    def size(self) -> str:
        """Its size in words."""
        return size_words(self.bytes)


@dataclass(frozen=True)
class Bundle:
    """A group and its files."""

    group: Group
    files: tuple[Taken, ...]

    def of(self, name: str) -> Iterator[Taken]:
        """Its files in a format."""
        return (file for file in self.files if file.format.name == name)

    @property
    def day(self) -> str:
        """The last day on which something in it is known to have changed, or "" ."""
        return str(self.group.day or "")


class Follows(NamedTuple):
    """What the files of a group are made from, as hashes: those without texts, those with them."""

    figures: Sequence[str] = ()
    texts: Sequence[str] = ()


class _Folders(NamedTuple):
    """Where the files of a group lie: those without texts, those with them."""

    figures: Path
    texts: Path

    def of(self, form: Format) -> Path:
        return (self.texts if form.texts else self.figures) / form.name

    @property
    def are_there(self) -> bool:
        return self.figures.is_dir() and self.texts.is_dir()


def bundle(groups: Mapping[Group, Follows], cache_dir: Path) -> list[Bundle]:
    """The groups with their files, made now where the cache has none that follow from the same;
    what that is stands beside each. Raises OSError where they can't be written."""
    folders = {one: _folders_of(one, follows, cache_dir) for one, follows in groups.items()}
    ahead([partial(_make, *pair) for pair in folders.items() if not pair[1].are_there], pays=_PAYS)
    for one, there in folders.items():
        if not there.are_there:
            _make(one, there)
    return [Bundle(one, tuple(_taken(one, there))) for one, there in folders.items()]


def _folders_of(group: Group, follows: Follows, cache_dir: Path) -> _Folders:
    name, own = group.path.strip("/").replace("/", "-"), (group.title, group.path)
    figures = digest(*own, *follows.figures)
    texts = digest("texts", figures, *follows.texts)
    return _Folders(cache_dir / f"{name}-{figures}", cache_dir / f"{name}-{texts}")


def _make(group: Group, folders: _Folders) -> None:
    """All files that are lacking, in folders each of which appears whole or not at all."""
    if not folders.figures.is_dir():
        _fill(folders.figures, {one: one.make(group) for one in FORMATS.values() if not one.texts})
    if not folders.texts.is_dir():
        made = {one: [*one.make(group)] for one in FORMATS.values() if one.texts}
        _fill(folders.texts, made | {_ARCHIVE: [_archive(folders, made)]})


def _archive(
    folders: _Folders, made: Mapping[Format, Iterable[tuple[str, bytes]]]
) -> tuple[str, bytes]:
    """All that lies below the address of the data, as one file."""
    figures = [one for one in FORMATS.values() if one.root == DATA and not one.texts]
    there = {p.name: p.read_bytes() for one in figures for p in folders.of(one).iterdir()}
    return f"{STEM}.zip", zipped(there | dict(file for files in made.values() for file in files))


def _fill(folder: Path, made: Mapping[Format, Iterable[tuple[str, bytes]]]) -> None:
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    for form, files in made.items():
        (part / form.name).mkdir(parents=True)
        for name, content in files:
            (part / form.name / name).write_bytes(content)
    os.rename(part, folder)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files by name in one archive, whose bytes follow from theirs alone."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name), files[name], zipfile.ZIP_DEFLATED)
    return content.getvalue()


def _taken(group: Group, folders: _Folders) -> Iterator[Taken]:
    order = {f"{table.file}.csv": place for place, table in enumerate(tables())}
    for form in (*FORMATS.values(), _ARCHIVE):
        found = folders.of(form).iterdir()
        for path in sorted(found, key=lambda path: (order.get(path.name, 0), path.name)):
            yield Taken(f"{form.root}{group.path}{path.name}", path, form, path.stat().st_size)


def drop_others(cache_dir: Path, kept: Iterable[Bundle]) -> None:
    """Delete what the cache folder holds beyond the files of these bundles."""
    wanted = {file.path.parents[1] for one in kept for file in one.files}
    for folder in cache_dir.glob("*"):
        if folder not in wanted:
            shutil.rmtree(folder, ignore_errors=True)
