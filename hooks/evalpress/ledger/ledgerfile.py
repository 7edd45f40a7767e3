"""`data/ledger/<department>.yml`, `data/ledger/volumes/` and `data/ledger/pages/` <-> entries: for
people to read, and to merge line by line.

Reports stand in the order of their addresses, books and sets of data in a file for each page that
offers them, the tables and charts of pages in one for each first part of their addresses; every
hash is on a line of its own. A file that cannot be read is told as a finding; nothing is guessed
from the rest of it.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from evalpress.cache.cachefiles import write_whole
from evalpress.cache.store import Store, digest
from evalpress.findings import Finding, Place, find
from evalpress.ledger.known import OF_PAGES
from evalpress.ledger.recorded import Ledger, ReportEntry, Volume
from evalpress.model.values import Frozen
from evalpress.wording import word

FOLDER = "ledger"
VOLUMES = f"{FOLDER}/volumes"
PAGES = f"{FOLDER}/pages"


@dataclass(frozen=True)
class _Sort:
    """A sort of file of the ledger: where it lies, the key of its entries, their type, the formats
    that are read, the last of which is written."""

    folder: str
    key: str
    entries: TypeAdapter[dict[str, Any]]
    formats: tuple[str, ...]


# 2 knows files with data; in 1 there are none.
_REPORTS = _Sort(
    FOLDER, "reports", TypeAdapter(dict[str, ReportEntry]),
    ("evalpress-ledger/1", "evalpress-ledger/2"),
)  # fmt: skip
_OF_VOLUMES = "volumes", TypeAdapter(dict[str, Volume]), ("evalpress-volumes/1",)
_VOLUMES, _PAGES = _Sort(VOLUMES, *_OF_VOLUMES), _Sort(PAGES, *_OF_VOLUMES)
_SORTS = (_REPORTS, _VOLUMES, _PAGES)


def read_ledger(
    data_dir: Path, store: Store | None = None, named: str = "data",
    only: Collection[str] | None = None,
) -> tuple[Ledger, list[Finding]]:  # fmt: skip
    """The ledger of a data folder, empty where there is none, and a finding for every file that is
    no ledger; `named` is what findings call the folder, `only` the files to read (see `files_for`)
    where not all are. What `store` holds of a file is not read again."""
    store = store or Store(None)
    read = [_read(sort, data_dir, store, named, only) for sort in _SORTS]
    (reports, _), *others = read
    volumes = {address: volume for found, _ in others for address, volume in found.items()}
    mistakes = [mistake for _, wrong in read for mistake in wrong]
    return Ledger(reports, dict(sorted(volumes.items()))), mistakes


def files_for(addresses: Iterable[str], volumes: Mapping[str, Volume]) -> set[str]:
    """The files, by their paths from the data folder, in which these reports and volumes lie."""
    reports = (_named(_REPORTS, _file_of(address, None)) for address in addresses)
    return {*reports, *(_named(_sort_of(v), _file_of(a, v)) for a, v in volumes.items())}


def digest_of_ledger(data_dir: Path) -> str:
    """A hash of all files of the ledger."""
    paths = (path for sort in _SORTS for path in sorted((data_dir / sort.folder).glob("*.yml")))
    return digest(*(part for path in paths for part in (path.name, path.read_bytes())))


def _named(sort: _Sort, name: str) -> str:
    return f"{sort.folder}/{name}.yml"


def _sort_of(volume: Volume) -> _Sort:
    return _PAGES if volume.kind in OF_PAGES else _VOLUMES


def _read(
    sort: _Sort, data_dir: Path, store: Store, named: str, only: Collection[str] | None
) -> tuple[dict[str, Any], list[Finding]]:
    """The entries of a sort of files by address, and what is wrong with these."""
    found: dict[str, Any] = {}
    folder = data_dir / sort.folder
    if os.path.lexists(folder) and not folder.is_dir():
        return {}, [find("ledger_no_file", Place(f"{named}/{sort.folder}"))]
    mistakes: list[Finding] = []
    for path in sorted(folder.glob("*.yml")):
        if only is not None and _named(sort, path.stem) not in only:
            continue
        where = f"{named}/{sort.folder}/{path.name}"
        if not path.is_file():
            mistakes.append(find("ledger_no_file", Place(where)))
            continue
        content = path.read_bytes()
        parts = ("ledger", where, content)
        entries, wrong = store.get(parts, partial(_entries, sort, content, where))
        mistakes += wrong
        found |= entries
    return dict(sorted(found.items())), mistakes


def _entries(sort: _Sort, content: bytes, where: str) -> tuple[dict[str, Any], list[Finding]]:
    """The entries of one file, and what is wrong with it."""
    try:
        tree = yaml.load(content, Loader=yaml.CSafeLoader)
        found = tree.get("format") if isinstance(tree, dict) else None
        if found not in sort.formats:
            known = "、".join(sort.formats)
            return {}, [find("ledger_format", Place(where, 1), found=found or "", known=known)]
        return sort.entries.validate_python(tree.get(sort.key) or {}), []
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return {}, [find("ledger_damaged", Place(where, line), found=error.problem or "")]
    except (ValidationError, UnicodeDecodeError, yaml.YAMLError) as error:
        return {}, [find("ledger_damaged", Place(where), found=_first(error))]


def _first(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error).partition("\n")[0]
    first = error.errors(include_url=False)[0]
    return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"


def write_ledger(ledger: Ledger, data_dir: Path, only: Collection[str] | None = None) -> list[Path]:
    """Write the files whose entries changed; gives these. A file without entries is removed. Of a
    ledger that was read in part, `only` are the files that were read.

    Raises OSError where a file can't be written.
    """
    of_pages = {a: v for a, v in ledger.volumes.items() if _sort_of(v) is _PAGES}
    others = {a: v for a, v in ledger.volumes.items() if a not in of_pages}
    texts = _texts(_REPORTS, ledger.reports) | _texts(_VOLUMES, others) | _texts(_PAGES, of_pages)
    folders = ((sort, data_dir / sort.folder) for sort in _SORTS)
    there = {_named(sort, path.stem) for sort, folder in folders for path in folder.glob("*.yml")}
    gone = (there if only is None else there.intersection(only)) - texts.keys()
    for name in gone:
        (data_dir / name).unlink()
    changed = [name for name, text in texts.items() if _write(data_dir / name, text)]
    return [data_dir / name for name in sorted([*changed, *gone])]


def _write(path: Path, text: bytes) -> bool:
    """Write a file, unless it is there as it is to be."""
    if path.is_file() and path.read_bytes() == text:
        return False
    write_whole(path, text)
    path.chmod(0o644)
    return True


def _texts(sort: _Sort, entries: Mapping[str, Any]) -> dict[str, bytes]:
    """Every file of a sort by its path from the data folder."""
    files: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for address, entry in sorted(entries.items()):
        own = entry if isinstance(entry, Volume) else None
        files[_file_of(address, own)][address] = entry
    return {_named(sort, name): _text(sort, found).encode() for name, found in files.items()}


def _file_of(address: str, volume: Volume | None) -> str:
    """The name of the file in which a volume lies or, without one, a report."""
    if volume is None:
        return address.partition("/")[0]
    page = volume.page.strip("/")
    name = page.partition("/")[0] if _sort_of(volume) is _PAGES else page.replace("/", "-")
    return name or "all"


def as_text(entries: Mapping[str, ReportEntry]) -> str:
    """The text of a ledger file with these reports."""
    return _text(_REPORTS, entries)


def _text(sort: _Sort, entries: Mapping[str, Frozen]) -> str:
    held = {address: _plain(entry) for address, entry in entries.items()}
    return ledger_text({"format": sort.formats[-1], sort.key: held})


def ledger_text(tree: Mapping[str, Any]) -> str:
    """The text of any file of the ledger: what it is, for who opens it, and these entries."""
    dumped = yaml.dump(
        dict(tree), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1000,
        default_flow_style=False,
    )  # fmt: skip
    return f"# {word('ledger', 'head')}\n{dumped}"


def _plain(entry: Frozen) -> dict[str, Any]:
    return entry.model_dump(mode="python", exclude_defaults=True)


class _Dumper(yaml.CSafeDumper):
    """Writes tuples as lists."""


_Dumper.add_representer(tuple, lambda dumper, found: dumper.represent_list(found))
